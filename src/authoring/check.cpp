#include "authoring/check.h"

#include <algorithm>
#include <array>
#include <tuple>

#include "authoring/checks.h"
#include "authoring/pack_edition.h"

namespace backchat::authoring {
namespace {

constexpr Severity kError = Severity::kError;
constexpr Severity kWarning = Severity::kWarning;

constexpr auto kKinds = std::to_array<CheckKind>({
    {"format", kError, "a file that cannot be read as its format says, or a dead reference"},
    {"rules", kError, "safety documents that cannot be read: no source, no date, unknown words"},
    {"question", kError, "an evaluation question that cannot be judged"},
    {"future-date", kError, "a date that has not come yet"},
    {"forbidden", kError, "words that the pack forbids itself"},
    {"pattern", kError, "a forbidden pattern that is no regular expression"},
    {"figure", kError, "a figure that stands in no cited article"},
    {"sentence-twice", kError, "one sentence twice in an article"},
    {"slot", kError, "a message without the place that the program fills"},
    {"phrase-twice", kError, "a phrase that leads to two messages"},
    {"id-twice", kError, "two comparisons of one id"},
    {"unanswered", kError, "a suggested question that the pack does not answer"},
    {"example-wrong", kError, "a safety case that does not come out as it says"},
    {"unconfirmed", kError, "what `backchat import` guessed and nobody has confirmed"},
    {"no-date", kWarning, "an article without a date of its source"},
    {"no-people", kWarning, "an article without author, expert or reviewer"},
    {"no-address", kWarning, "an article without the address of its source"},
    {"no-retrieved", kWarning, "an article that does not say when its source was read"},
    {"past-review", kWarning, "an article or rule that nobody has looked at for too long"},
    {"article-grade", kWarning, "an article that is hard to read"},
    {"sentence-grade", kWarning, "a sentence that is hard to read"},
    {"sentence-length", kWarning, "a long sentence"},
    {"opener", kWarning, "a sentence that cannot stand alone"},
    {"sentence-alike", kWarning, "two sentences of an article that say nearly the same"},
    {"passage-twice", kWarning, "one passage in two places"},
    {"jargon", kWarning, "a clinical word that its article does not explain"},
    {"variant-twice", kWarning, "words that the lexicon has under two terms"},
    {"term-unused", kWarning, "a lexicon entry of which no article has a word"},
    {"term-untested", kWarning, "a lexicon entry of which no question has a word"},
    {"no-drawing", kWarning, "a described exercise without a drawing"},
    {"drawing-unused", kWarning, "a drawing of no exercise"},
    {"no-questions", kWarning, "a pack without evaluation questions"},
    {"no-floors", kWarning, "a pack whose questions have no floors"},
    {"unreached", kWarning, "a passage that no question's reply cites"},
    {"no-example", kWarning, "a rule that no safety case fires"},
});

// Lines "file:line: what" of another layer's error.
void add_lines(const Error& error, Notes& notes) {
  // The first line may leave out its place, which stands in `where` anyway.
  const std::string all = error.message.starts_with(error.where) ? error.message : to_string(error);
  for (std::size_t begin = 0; begin < all.size();) {
    const std::size_t end = std::min(all.find('\n', begin), all.size());
    std::string line = all.substr(begin, end - begin);
    begin = end + 1;
    knowledge::Problem problem;
    if (const std::size_t colon = line.find(':'); colon != std::string::npos) {
      problem.file = line.substr(0, colon);
      line.erase(0, colon + 1);
      std::size_t digits = 0;
      while (digits < line.size() && line[digits] >= '0' && line[digits] <= '9') ++digits;
      if (digits > 0 && digits < 9 && digits < line.size() && line[digits] == ':') {
        problem.line = std::stoi(line.substr(0, digits));
        line.erase(0, digits + 1);
      }
      line.erase(0, line.find_first_not_of(' '));
    }
    problem.what = line;
    notes.add("rules", problem);
  }
}

std::string counted(std::size_t count, const char* what) {
  return std::to_string(count) + " " + what + (count == 1 ? "" : "s");
}

}  // namespace

std::span<const CheckKind> check_kinds() { return kKinds; }

std::string to_string(const Note& note) {
  return note.file + (note.line > 0 ? ":" + std::to_string(note.line) : "") + ": " + note.text;
}

void Notes::add(std::string_view id, std::string_view file, int line, std::string text) {
  const auto* kind = std::ranges::find(kKinds, id, &CheckKind::id);
  notes_.push_back({kind, std::string(file), line, std::move(text)});
}

bool Notes::has_errors() const {
  return std::ranges::any_of(
      notes_, [](const Note& note) { return note.kind->severity == Severity::kError; });
}

std::vector<Note> Notes::take() {
  std::ranges::stable_sort(notes_, {}, [](const Note& note) {
    return std::tuple(note.kind->severity, std::string_view(note.file), note.line);
  });
  // One thing may be met twice, as the two ends of an HTML tag are.
  const auto same = [](const Note& a, const Note& b) {
    return a.file == b.file && a.line == b.line && a.text == b.text;
  };
  notes_.erase(std::unique(notes_.begin(), notes_.end(), same), notes_.end());
  return std::move(notes_);
}

int line_of(const Documents& documents, std::string_view file, std::string_view text, int from) {
  constexpr std::size_t kEnough = 24;  // a sentence may go on on the next line
  const auto found = documents.find(file);
  if (found == documents.end() || text.empty()) return from;
  const std::string& bytes = found->second;
  std::size_t begin = 0;
  for (int line = 1; line < from && begin != std::string::npos; ++line) {
    begin = bytes.find('\n', begin);
    if (begin != std::string::npos) ++begin;
  }
  if (begin == std::string::npos) return from;
  const std::size_t at = bytes.find(text.substr(0, kEnough), begin);
  if (at == std::string::npos) return from;
  return std::max(from, 1) +
         static_cast<int>(std::count(bytes.begin() + static_cast<std::ptrdiff_t>(begin),
                                     bytes.begin() + static_cast<std::ptrdiff_t>(at), '\n'));
}

std::vector<Said> said_in(const Documents& documents, const knowledge::Article& article) {
  const auto found = documents.find("articles/" + article.slug + ".md");
  const std::string_view bytes = found == documents.end() ? std::string_view() : found->second;
  std::size_t at = 0;  // behind the last sentence that was found
  int line = 1;        // of `at`
  const auto move_to = [&](std::size_t to) {
    line += static_cast<int>(std::count(bytes.begin() + static_cast<std::ptrdiff_t>(at),
                                        bytes.begin() + static_cast<std::ptrdiff_t>(to), '\n'));
    at = to;
  };
  std::vector<Said> out;
  for (const knowledge::Section& section : article.sections) {
    out.push_back({section.heading, section.line, true});
    for (const knowledge::Block& block : section.blocks) {
      while (line < block.line && at < bytes.size()) {
        move_to(std::min(bytes.find('\n', at), bytes.size() - 1) + 1);
      }
      for (const std::string& sentence : block.sentences) {
        // Marks of Markdown and line breaks may stand inside a sentence: its beginning will do.
        constexpr std::size_t kEnough = 24;
        const std::size_t begin = bytes.find(sentence.substr(0, kEnough), at);
        if (begin == std::string_view::npos) {
          out.push_back({sentence, std::max(line, block.line), false});
          continue;
        }
        move_to(begin);
        out.push_back({sentence, line, false});
        move_to(begin + std::min(kEnough, sentence.size()));
      }
    }
  }
  return out;
}

std::size_t CheckReport::errors() const {
  return static_cast<std::size_t>(std::ranges::count_if(
      notes, [](const Note& note) { return note.kind->severity == Severity::kError; }));
}

Result<CheckReport> check_pack(const std::filesystem::path& folder, const CheckOptions& options) {
  const Result<Documents> documents = knowledge::read_documents(folder);
  if (!documents) return fail(documents.error());
  Notes notes;
  knowledge::PackReading reading = knowledge::read_pack(*documents);
  for (const knowledge::Problem& problem : reading.problems) notes.add("format", problem);
  const Subject subject{*documents, reading.pack, options};
  const QuestionSet set = read_questions(*documents, reading.pack);
  for (const knowledge::Problem& problem : set.problems) notes.add("question", problem);
  check_sources(subject, notes);
  check_sentences(subject, notes);
  check_jargon(subject, notes);
  check_own_words(subject, notes);
  check_links(subject, set.questions, notes);
  const auto rules = safety::read_rule_book(*documents);
  if (!rules) {
    add_lines(rules.error(), notes);
  } else if (const auto screener = safety::Screener::create(*documents); screener) {
    check_rules(subject, **rules, *screener, notes);
  }
  CheckReport report;
  report.articles = reading.pack.articles.size();
  report.passages = reading.pack.passages.size();
  report.questions = set.questions.size();
  if (reading.problems.empty() && rules.has_value()) {
    const auto edition = open_pack(folder);
    if (!edition) return fail(edition.error());
    if (auto asked = check_answers(subject, **edition, set, notes); !asked) {
      return fail(asked.error());
    }
  }
  report.notes = notes.take();
  return report;
}

std::string to_text(const CheckReport& report) {
  std::string out;
  for (const Severity severity : {Severity::kError, Severity::kWarning}) {
    const std::size_t count = severity == Severity::kError ? report.errors() : report.warnings();
    if (count == 0) continue;
    out += severity == Severity::kError ? "Errors\n" : "Warnings\n";
    for (const Note& note : report.notes) {
      if (note.kind->severity == severity) out += "  " + to_string(note) + "\n";
    }
    out += "\n";
  }
  return out + counted(report.errors(), "error") + ", " + counted(report.warnings(), "warning") +
         " in " + counted(report.articles, "article") + ", " + counted(report.passages, "passage") +
         " and " + counted(report.questions, "question") + "\n";
}

}  // namespace backchat::authoring
