#include "answer/plain_text.h"

#include <algorithm>
#include <vector>

namespace backchat::answer {
namespace {

using knowledge::Messages;

std::string marks(const std::vector<int>& citations) {
  std::string out;
  for (const int n : citations) out += " [" + std::to_string(n) + "]";
  return out;
}

// Sections are separated by one empty line.
class Page {
 public:
  void section() {
    if (!text_.empty()) text_ += "\n";
  }
  void line(std::string_view text) {
    text_ += text;
    text_ += '\n';
  }
  std::string take() {
    while (!text_.empty() && text_.back() == '\n') text_.pop_back();
    return std::move(text_);
  }

 private:
  std::string text_;
};

void add_card(const safety::CareCard& card, const Messages& messages, Page& page) {
  page.section();
  page.line(std::string(messages.get("card." + card.level)) + ": " + card.heading);
  for (const std::string& line : card.lines) page.line("- " + line);
  for (const safety::CardAction& action : card.actions) page.line("> " + action.label);
}

void add_exercise(const Exercise& exercise, const Messages& messages, Page& page) {
  page.section();
  if (exercise.steps.empty()) {
    page.line(messages.fill("answer.named_only", "name", exercise.name) +
              marks(exercise.citations));
    return;
  }
  page.line(messages.fill("answer.steps", "name", exercise.name) + marks(exercise.citations));
  int number = 0;
  for (const std::string& step : exercise.steps) {
    page.line(std::to_string(++number) + ". " + step);
  }
  for (const std::string& dose : exercise.dose) page.line("- " + dose);
  for (const std::string& stop : exercise.stop_if) page.line("- " + stop);
}

// Text has no timer to start: what to do before and after it.
void add_timer(const Timer& timer, Page& page) {
  if (!timer.first && !timer.then) return;
  page.section();
  page.line(timer.name);
  for (const auto& said : {timer.first, timer.then}) {
    if (said) page.line("- " + said->text + marks(said->citations));
  }
}

// One line an article, with the numbers of all its quotations.
void add_sources(const Reply& reply, const Messages& messages, Page& page) {
  if (reply.citations.empty()) return;
  page.section();
  page.line(messages.get("answer.sources"));
  std::vector<std::string_view> done;
  for (const Citation& first : reply.citations) {
    if (std::ranges::find(done, first.article) != done.end()) continue;
    done.push_back(first.article);
    std::string numbers;
    for (const Citation& citation : reply.citations) {
      if (citation.article == first.article) numbers += "[" + std::to_string(citation.n) + "]";
    }
    page.line(numbers + " " + source_line(first, messages));
  }
}

}  // namespace

std::string source_line(const Citation& citation, const Messages& messages) {
  std::string out = citation.publisher + ": \"" + citation.title + "\"";
  for (const std::string& author : citation.authors) out += ", " + author;
  std::string dates;
  if (!citation.published.empty()) {
    dates = messages.fill("answer.published", "date", citation.published);
  }
  if (!citation.reviewed.empty()) {
    if (!dates.empty()) dates += ", ";
    dates += messages.fill("answer.reviewed", "date", citation.reviewed);
  }
  out += " (" + (dates.empty() ? std::string(messages.get("answer.no_date")) : dates) + ")";
  if (!citation.url.empty()) out += " " + citation.url;
  return out;
}

std::string plain_text(const Reply& reply, const Messages& messages) {
  Page page;
  if (reply.card) add_card(*reply.card, messages, page);
  if (!reply.about.empty()) {
    page.section();
    page.line(reply.about);
  }
  if (!reply.lead.empty()) page.section();
  for (const Statement& statement : reply.lead) {
    page.line(statement.text + marks(statement.citations));
  }
  // Quotations are a list; the program's own sentences stand after all that is quoted.
  const auto is_quoted = [](const Statement& statement) { return !statement.citations.empty(); };
  if (std::ranges::any_of(reply.body, is_quoted)) page.section();
  for (const Statement& statement : reply.body) {
    if (is_quoted(statement)) page.line("- " + statement.text + marks(statement.citations));
  }
  if (!reply.differs.empty()) {
    page.section();
    page.line(messages.get("answer.differs"));
    for (const Side& side : reply.differs) {
      page.line("- " + side.publisher + ": " + side.text + marks(side.citations));
    }
  }
  for (const Section& section : reply.sections) {
    page.section();
    page.line(section.heading + ":");
    for (const Statement& statement : section.statements) {
      page.line("- " + statement.text + marks(statement.citations));
    }
  }
  if (!std::ranges::all_of(reply.body, is_quoted)) page.section();
  for (const Statement& statement : reply.body) {
    if (!is_quoted(statement)) page.line(statement.text);
  }
  for (const Exercise& exercise : reply.exercises) add_exercise(exercise, messages, page);
  if (!reply.upright.empty()) {
    page.section();
    page.line(messages.get("answer.upright"));
  }
  for (const Exercise& exercise : reply.upright) add_exercise(exercise, messages, page);
  for (const Timer& timer : reply.timers) add_timer(timer, page);
  add_sources(reply, messages, page);
  if (!reply.next.empty()) {
    page.section();
    if (reply.asked.empty()) page.line(messages.get("answer.next"));
    for (const Next& next : reply.next) page.line("- " + next.label);
  }
  return page.take();
}

}  // namespace backchat::answer
