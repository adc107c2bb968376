#include "dialogue/summary.h"

#include <algorithm>

#include "dialogue/guided_talk.h"
#include "text/sentences.h"
#include "text/utf8.h"

namespace backchat::dialogue {
namespace {

using Entry = Summary::Entry;
using Section = Summary::Section;

// So much fits on two printed pages.
constexpr std::size_t kMostSaid = 16;
constexpr std::size_t kMostAdvice = 28;
constexpr std::size_t kMostOther = 12;
constexpr std::size_t kLongestWords = 200;
constexpr std::size_t kQuestions = 3;

// One line of bearable length, cut at a character.
std::string shortened(std::string_view words) {
  std::string out = text::make_valid(text::trim(words));
  for (char& c : out) {
    if (text::is_space(c)) c = ' ';
  }
  if (out.size() <= kLongestWords) return out;
  std::size_t end = kLongestWords;
  while (end > 0 && (static_cast<unsigned char>(out[end]) & 0xC0U) == 0x80U) --end;
  out.resize(end);
  return out + "\xE2\x80\xA6";
}

std::string in_quotes(std::string_view words) {
  return "\xE2\x80\x9C" + shortened(words) + "\xE2\x80\x9D";
}

// Gathers the sections. One use.
class Gatherer {
 public:
  Gatherer(const knowledge::Messages& messages, const PhraseBook* phrases,
           const Transcript& transcript, std::span<const answer::Reply> replies)
      : messages_(messages), phrases_(phrases), transcript_(transcript), replies_(replies) {}

  Summary make(std::string_view date) {
    out_.title = messages_.get("summary.title");
    out_.note = messages_.get("summary.note");
    out_.none = messages_.get("summary.none");
    out_.date = date;
    for (const char* id : {"said", "signs", "checks", "advice", "tried", "questions"}) {
      out_.sections.push_back({id, std::string(messages_.get(std::string("summary.") + id)), {}});
    }
    for (std::size_t i = 0; i < transcript_.turns.size(); ++i) {
      add_said(i);
      if (i >= replies_.size()) continue;
      add_signs(replies_[i]);
      add_check(i);
      add_advice(replies_[i]);
    }
    shorten("said", kMostSaid);
    shorten("signs", kMostOther);
    shorten("checks", kMostOther);
    shorten("advice", kMostAdvice);
    shorten("tried", kMostOther);
    section("questions").entries.resize(kQuestions);
    drop_unused_sources();
    return std::move(out_);
  }

 private:
  Section& section(std::string_view id) {
    return *std::ranges::find(out_.sections, id, &Section::id);
  }

  // Adds what does not stand there yet.
  void add(std::string_view id, Entry entry) {
    std::vector<Entry>& entries = section(id).entries;
    const bool known = std::ranges::any_of(entries, [&](const Entry& each) {
      return each.text == entry.text && each.note == entry.note;
    });
    if (!known) entries.push_back(std::move(entry));
  }

  // Answers to checks stand with these; thanks, greetings and follow-ups ("how long?") say nothing
  // to a doctor.
  void add_said(std::size_t i) {
    const Turn& turn = transcript_.turns[i];
    if (text::trim(turn.text).empty()) return;
    if (const answer::Reply* guide = guide_question_before(i)) {
      add("said", {label(*guide, turn.text), guide->body.back().text, {}});
      add_tried(turn.text);
      return;
    }
    const bool small_talk = i < replies_.size() && replies_[i].kind == answer::Kind::kChat;
    if (turn.answers || small_talk) return;
    const bool tries = add_tried(turn.text);
    if (tries || !only_asks_on(i)) add("said", {in_quotes(turn.text), {}, {}});
  }

  // Adds the sentences that tell what was tried. False: none.
  bool add_tried(const std::string& text) {
    if (phrases_ == nullptr) return false;
    bool any = false;
    for (const text::Span& span : text::sentences(text)) {
      const auto sentence = std::string_view(text).substr(span.begin, span.size());
      if (!phrases_->tells_of_trying(sentence)) continue;
      add("tried", {in_quotes(sentence), {}, {}});
      any = true;
    }
    return any;
  }

  // The reply before turn `i`, where it put a question of the guided talk that the turn answers.
  const answer::Reply* guide_question_before(std::size_t i) const {
    if (i == 0 || i > replies_.size() || replies_[i - 1].body.empty()) return nullptr;
    const answer::Reply& before = replies_[i - 1];
    if (!GuidedTalk::is_step(before.asked)) return nullptr;
    const Turn& turn = transcript_.turns[i];
    const bool typed = !turn.answers && i < replies_.size() && replies_[i].about.empty() &&
                       (replies_[i].kind == answer::Kind::kChat ||
                        GuidedTalk::is_step(replies_[i].asked) || !replies_[i].sections.empty());
    return turn.answers == before.asked || typed ? &before : nullptr;
  }

  // The turn was understood only through the ones before it, and holds no sign.
  bool only_asks_on(std::size_t i) const {
    if (phrases_ == nullptr || i == 0 || i >= replies_.size() || replies_[i].about.empty()) {
      return false;
    }
    const auto index = static_cast<int>(i);
    return std::ranges::none_of(replies_[i].findings, [index](const safety::Finding& finding) {
      return finding.turn == index;
    });
  }

  void add_signs(const answer::Reply& reply) {
    for (const safety::Finding& finding : reply.findings) {
      std::string note = finding.quote.empty() ? std::string{} : in_quotes(finding.quote);
      if (!finding.source.empty()) note += (note.empty() ? "" : " ") + ("(" + finding.source + ")");
      add("signs", {finding.why, std::move(note), {}});
    }
  }

  // The screening question of reply `i` and what was said to it.
  void add_check(std::size_t i) {
    const answer::Reply& reply = replies_[i];
    if (reply.asked.empty() || reply.body.empty() || GuidedTalk::is_step(reply.asked)) return;
    std::string answer(messages_.get("summary.no_answer"));
    const auto later = std::find_if(
        transcript_.turns.begin() + static_cast<std::ptrdiff_t>(i) + 1, transcript_.turns.end(),
        [&reply](const Turn& turn) { return turn.answers == reply.asked; });
    if (later != transcript_.turns.end()) {
      answer = label(reply, later->text);
    } else if (i + 1 < replies_.size() && replies_[i + 1].kind == answer::Kind::kChat) {
      answer = in_quotes(transcript_.turns[i + 1].text);  // typed, and read as an answer
    }
    add("checks", {reply.body.back().text, std::move(answer), {}});
  }

  // What stood on the tapped button.
  static std::string label(const answer::Reply& reply, const std::string& text) {
    const auto tapped = std::ranges::find(reply.next, text, &answer::Next::text);
    return tapped == reply.next.end() ? in_quotes(text) : tapped->label;
  }

  void add_advice(const answer::Reply& reply) {
    if (reply.card) {
      std::string lines;
      for (const std::string& line : reply.card->lines) lines += (lines.empty() ? "" : " ") + line;
      const bool whole = reply.card->lines.size() > 1 || !advises(reply.card->heading);
      if (whole) add("advice", {reply.card->heading, std::move(lines), {}});
    }
    if (reply.only_sources) return;
    for (const auto* statements : {&reply.lead, &reply.body}) {
      for (const answer::Statement& statement : *statements) {
        if (statement.citations.empty()) continue;
        add("advice", {statement.text, {}, sources(reply, statement.citations)});
      }
    }
    for (const answer::Side& side : reply.differs) {
      add("advice", {side.text, {}, sources(reply, side.citations)});
    }
    for (const answer::Exercise& exercise : reply.exercises) {
      std::string dose;
      for (const std::string& each : exercise.dose) dose += (dose.empty() ? "" : " ") + each;
      add("advice", {exercise.name, std::move(dose), sources(reply, exercise.citations)});
    }
  }

  bool advises(const std::string& text) {
    return std::ranges::any_of(section("advice").entries,
                               [&](const Entry& each) { return each.text == text; });
  }

  // The numbers of those citations among the sources of the whole sheet: one an article.
  std::vector<int> sources(const answer::Reply& reply, const std::vector<int>& citations) {
    std::vector<int> out;
    for (const int n : citations) {
      const auto found = std::ranges::find(reply.citations, n, &answer::Citation::n);
      if (found == reply.citations.end()) continue;
      const int number = source(*found);
      if (std::ranges::find(out, number) == out.end()) out.push_back(number);
    }
    return out;
  }

  int source(const answer::Citation& citation) {
    for (const Summary::Source& each : out_.sources) {
      if (each.title == citation.title && each.publisher == citation.publisher) return each.n;
    }
    const int n = static_cast<int>(out_.sources.size()) + 1;
    out_.sources.push_back({n, citation.title, citation.publisher, citation.url, citation.published,
                            citation.reviewed});
    return n;
  }

  // Keeps the newest; a line says how many are missing.
  void shorten(std::string_view id, std::size_t most) {
    std::vector<Entry>& entries = section(id).entries;
    if (entries.size() <= most) return;
    const std::size_t gone = entries.size() - most;
    entries.erase(entries.begin(), entries.begin() + static_cast<std::ptrdiff_t>(gone));
    entries.insert(entries.begin(),
                   {messages_.fill("summary.more", "count", std::to_string(gone)), {}, {}});
  }

  void drop_unused_sources() {
    const std::vector<Entry>& entries = section("advice").entries;
    std::erase_if(out_.sources, [&](const Summary::Source& source) {
      return std::ranges::none_of(entries, [&](const Entry& entry) {
        return std::ranges::find(entry.sources, source.n) != entry.sources.end();
      });
    });
  }

  const knowledge::Messages& messages_;
  const PhraseBook* phrases_;
  const Transcript& transcript_;
  std::span<const answer::Reply> replies_;
  Summary out_;
};

// Characters that mean something in Markdown stand for themselves.
std::string escaped(std::string_view text) {
  constexpr std::string_view kMeaning = "\\`*_{}[]<>#+-!|~";
  std::string out;
  for (const char c : text) {
    if (kMeaning.find(c) != std::string_view::npos) out.push_back('\\');
    out.push_back(c);
  }
  return out;
}

std::string marks(const std::vector<int>& sources) {
  std::string out;
  for (const int n : sources) out += " [" + std::to_string(n) + "]";
  return out;
}

std::string dates(const Summary::Source& source, const knowledge::Messages& messages) {
  std::string out;
  if (!source.published.empty()) out = messages.fill("answer.published", "date", source.published);
  if (!source.reviewed.empty()) {
    out += (out.empty() ? "" : ", ") + messages.fill("answer.reviewed", "date", source.reviewed);
  }
  return out.empty() ? std::string(messages.get("answer.no_date")) : out;
}

std::string written(const Summary& summary, const knowledge::Messages& messages, bool markdown) {
  constexpr std::string_view kBlank = "______________________________________________";
  const auto show = [markdown](const std::string& text) { return markdown ? escaped(text) : text; };
  const std::string heading = markdown ? "## " : "";
  std::string out = (markdown ? "# " : "") + show(summary.title) + "\n\n" + show(summary.date) +
                    "\n\n" + show(summary.note) + "\n";
  for (const Section& section : summary.sections) {
    out += "\n" + heading + show(section.heading) + "\n" + (markdown ? "\n" : "");
    if (section.entries.empty()) out += show(summary.none) + "\n";
    for (const Entry& entry : section.entries) {
      out += "- " + (entry.text.empty() ? std::string(kBlank) : show(entry.text));
      if (!entry.note.empty()) out += (markdown ? "\n  " : "\n    ") + show(entry.note);
      const std::string numbers = marks(entry.sources);
      out += (markdown ? escaped(numbers) : numbers) + "\n";
    }
  }
  if (summary.sources.empty()) return out;
  out +=
      "\n" + heading + std::string(messages.get("answer.sources")) + "\n" + (markdown ? "\n" : "");
  for (const Summary::Source& source : summary.sources) {
    std::string line = "[" + std::to_string(source.n) + "] " + source.publisher + ": " +
                       source.title + " (" + dates(source, messages) + ")";
    if (!source.url.empty()) line += " " + source.url;
    out += (markdown ? "- " : "") + show(line) + "\n";
  }
  return out;
}

}  // namespace

Summary summarise(const knowledge::Messages& messages, const PhraseBook* phrases,
                  const Transcript& transcript, std::span<const answer::Reply> replies,
                  std::string_view date) {
  return Gatherer(messages, phrases, transcript, replies).make(date);
}

std::string summary_text(const Summary& summary, const knowledge::Messages& messages) {
  return written(summary, messages, /*markdown=*/false);
}

std::string summary_markdown(const Summary& summary, const knowledge::Messages& messages) {
  return written(summary, messages, /*markdown=*/true);
}

}  // namespace backchat::dialogue
