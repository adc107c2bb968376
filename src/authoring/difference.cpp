#include "authoring/difference.h"

#include <algorithm>

#include "authoring/evaluation.h"

namespace backchat::authoring {
namespace {

using answer::Reply;

// A line of a reply, and the part of the reply that it belongs to.
struct Line {
  std::string part;
  std::string text;
  bool operator==(const Line&) const = default;
};

// What a person reads of a reply.
class Lines {
 public:
  explicit Lines(const Reply& reply) : reply_(reply) {
    add("kind", std::string(answer::kind_name(reply.kind)));
    add("tier", std::string(safety::tier_name(reply.tier)));
    if (reply.card) {
      add("card", reply.card->heading);
      for (const std::string& line : reply.card->lines) add("card", line);
    }
    if (!reply.about.empty()) add("about", reply.about);
    for (const answer::Statement& each : reply.lead) add("lead", cited(each.text, each.citations));
    for (const answer::Statement& each : reply.body) add("body", cited(each.text, each.citations));
    for (const answer::Side& side : reply.differs) {
      add("differs", side.publisher + ": " + cited(side.text, side.citations));
    }
    for (const answer::Section& section : reply.sections) {
      add("sections", section.heading);
      for (const answer::Statement& each : section.statements) {
        add("sections", cited(each.text, each.citations));
      }
    }
    for (const answer::Exercise& exercise : reply.exercises) add_exercise("exercises", exercise);
    for (const answer::Exercise& exercise : reply.upright) add_exercise("upright", exercise);
    for (const answer::Timer& timer : reply.timers) {
      add("timers", timer.name);
      for (const auto& quoted : {timer.first, timer.then}) {
        if (quoted) add("timers", cited(quoted->text, quoted->citations));
      }
    }
    for (const answer::Citation& citation : reply.citations) add_source(citation);
  }

  const std::vector<Line>& all() const { return lines_; }

 private:
  void add(std::string part, std::string text) {
    lines_.push_back({std::move(part), std::move(text)});
  }

  std::string cited(std::string text, const std::vector<int>& citations) const {
    for (const int n : citations) {
      text += " [" + reply_.citations[static_cast<std::size_t>(n - 1)].passage + "]";
    }
    return text;
  }

  void add_exercise(const char* part, const answer::Exercise& exercise) {
    add(part, exercise.name);
    for (const auto* texts : {&exercise.steps, &exercise.dose, &exercise.stop_if}) {
      for (const std::string& text : *texts) add(part, text);
    }
  }

  void add_source(const answer::Citation& citation) {
    std::string text = citation.publisher + ": " + citation.title;
    for (const std::string* date : {&citation.published, &citation.reviewed}) {
      text += ", " + (date->empty() ? std::string("no date") : *date);
    }
    Line line{"sources", std::move(text)};
    // One line an article, however many of its sentences are quoted.
    if (std::ranges::find(lines_, line) == lines_.end()) lines_.push_back(std::move(line));
  }

  const Reply& reply_;
  std::vector<Line> lines_;
};

void note_missing(const std::vector<Line>& from, const std::vector<Line>& in, Change& change,
                  std::vector<std::string>& out) {
  for (const Line& line : from) {
    if (std::ranges::find(in, line) != in.end()) continue;
    out.push_back(line.part + ": " + line.text);
    if (std::ranges::find(change.parts, line.part) == change.parts.end()) {
      change.parts.push_back(line.part);
    }
  }
}

}  // namespace

std::size_t Difference::mended() const {
  return static_cast<std::size_t>(std::ranges::count_if(
      changes, [](const Change& change) { return !change.was_right && change.is_right; }));
}

std::size_t Difference::broken() const {
  return static_cast<std::size_t>(std::ranges::count_if(
      changes, [](const Change& change) { return change.was_right && !change.is_right; }));
}

Result<Difference> compare(const dialogue::Edition& before, const dialogue::Edition& after,
                           const std::vector<Question>& questions) {
  const Result<Evaluation> old_replies = evaluate(before, questions);
  if (!old_replies) return fail(old_replies.error());
  const Result<Evaluation> new_replies = evaluate(after, questions);
  if (!new_replies) return fail(new_replies.error());
  Difference out;
  out.questions = questions.size();
  for (std::size_t i = 0; i < questions.size(); ++i) {
    const Judged& was = old_replies->judged[i];
    const Judged& is = new_replies->judged[i];
    const Lines old_lines(was.reply);
    const Lines new_lines(is.reply);
    if (old_lines.all() == new_lines.all()) continue;
    Change change;
    change.question = &questions[i];
    change.was_right = was.wrong.empty();
    change.is_right = is.wrong.empty();
    note_missing(old_lines.all(), new_lines.all(), change, change.before);
    note_missing(new_lines.all(), old_lines.all(), change, change.after);
    if (change.parts.empty()) change.parts = {"order"};
    out.changes.push_back(std::move(change));
  }
  return out;
}

}  // namespace backchat::authoring
