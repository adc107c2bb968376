#include "safety/explain.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <iterator>
#include <string_view>
#include <vector>

namespace backchat::safety {
namespace {

std::string_view name(Presence value) {
  switch (value) {
    case Presence::kPresent:
      return "present";
    case Presence::kAbsent:
      return "absent";
    case Presence::kPossible:
      return "possible";
  }
  return "";
}

std::string_view name(Time value) {
  switch (value) {
    case Time::kNow:
      return "now";
    case Time::kPast:
      return "past";
    case Time::kResolved:
      return "resolved";
    case Time::kLongStanding:
      return "long_standing";
  }
  return "";
}

std::string_view name(Frame value) {
  switch (value) {
    case Frame::kReport:
      return "report";
    case Frame::kHypothetical:
      return "hypothetical";
    case Frame::kQuestion:
      return "question";
    case Frame::kQuoted:
      return "quoted";
  }
  return "";
}

std::string_view name(Person value) {
  switch (value) {
    case Person::kSelf:
      return "self";
    case Person::kOtherNow:
      return "other_now";
    case Person::kOtherPast:
      return "other_past";
    case Person::kFamilyHistory:
      return "family_history";
    case Person::kNotHuman:
      return "not_human";
  }
  return "";
}

std::string_view name(Outcome value) {
  switch (value) {
    case Outcome::kCounts:
      return "counts";
    case Outcome::kOld:
      return "old and unchanged";
    case Outcome::kPast:
      return "past";
    case Outcome::kQuestion:
      return "a question";
    case Outcome::kHypothetical:
      return "hypothetical";
    case Outcome::kAbsent:
      return "absent";
    case Outcome::kElse:
      return "does not count";
    case Outcome::kDoubted:
      return "asked about first";
  }
  return "";
}

void value(std::string& out, const RuleBook& book, std::string_view axis, std::string_view text,
           int cue) {
  out += "    ";
  out += axis;
  out += ": ";
  out += text;
  if (cue < 0) {
    out += " (default)\n";
    return;
  }
  const Cue& set_by = book.cues[static_cast<std::size_t>(cue)];
  out += " (set by " + set_by.id + ", " + set_by.where + ")\n";
}

}  // namespace

std::string explain_turn(const RuleBook& book, const UserTurn& turn, const Analysis& analysis,
                         const Folded& folded, const Memory::State& after) {
  std::string out = "turn " + std::to_string(turn.index) + "\n  words:";
  for (std::size_t at = 0; at < analysis.sheet.tokens.size() && at < 200; ++at) {
    if (at > 0 && analysis.sheet.clause[at] != analysis.sheet.clause[at - 1]) out += " |";
    out += " " + analysis.sheet.tokens[at].text;
    if (analysis.sheet.tokens[at].word == kUnknownWord) out += "*";
  }
  out += "\n";
  for (const PatternHit& hit : analysis.idioms) {
    out +=
        "  idiom taken away: \"" + quote_of(turn.text, analysis.sheet, hit.begin, hit.end) + "\"\n";
  }
  for (const Mention& m : analysis.mentions) {
    const Concept& what = book.concepts[static_cast<std::size_t>(m.concept_index)];
    out += "  concept " + what.id + " (" + what.label + "): \"" +
           quote_of(turn.text, analysis.sheet, m.begin, m.end) + "\" -> " +
           std::string(name(m.outcome)) + "\n";
    out += "    words: ";
    out += m.pattern < 0
               ? "an amount worked out from number and strength\n"
               : "matched by " +
                     book.concept_patterns.where(static_cast<std::uint32_t>(m.pattern)) + "\n";
    if (!what.answers.empty()) out += "    only as an answer to " + what.answers + "\n";
    value(out, book, "presence", name(m.presence), m.presence_cue);
    value(out, book, "time", name(m.time), m.time_cue);
    value(out, book, "frame", name(m.frame), m.frame_cue);
    value(out, book, "person", name(m.person), m.person_cue);
    out += "    origin: ";
    out += analysis.correction ? "correction\n" : "user_text\n";
  }
  for (const Mark& mark : after.marks) {
    if (mark.origin == Origin::kAnswer && mark.last_turn == turn.index) {
      out += "  answer: " + book.concepts[static_cast<std::size_t>(mark.concept_index)].id +
             " -> " + std::string(name(mark.outcome)) + "\n";
    }
  }
  for (const Finding& finding : folded.findings) {
    out += "  finding " + finding.rule + " [" + std::string(tier_name(finding.tier)) + "] turn " +
           std::to_string(finding.turn) + " \"" + finding.quote + "\": " + finding.why +
           " Source: " + finding.source + "\n";
  }
  out += "  tier: " + std::string(tier_name(folded.tier)) + "\n";
  if (folded.ask) out += "  asks: " + folded.ask->id + "\n";
  return out;
}

std::string explain_reading(const RuleBook& book, const UserTurn& turn, const Analysis& analysis,
                            const SecondReader& reader, std::span<const Segment> segments,
                            const SecondReading& reading) {
  if (segments.empty()) return "  second reader: not asked\n";
  constexpr std::size_t kMost = 8;
  const SecondReaderModel& model = reader.model();
  const auto fixed = [](double value) {
    std::array<char, 32> text{};
    std::snprintf(text.data(), text.size(), "%+.2f", value);
    return std::string(text.data());
  };
  const bool by_itself = reading.tier() != Tier::kNone;
  std::string out =
      "  second reader: " + fixed(reading.balance(false)) + " (alarm from " +
      fixed(model.danger_at) + ", asks from " + fixed(model.ask_at) + "); where a rule fires " +
      fixed(reading.balance(true)) + " (doubted below " + fixed(model.harmless_at) + ") -> " +
      std::string(by_itself          ? tier_name(reading.tier())
                  : reading.unsure() ? "unsure, asks"
                                     : "nothing to add") +
      "\n    highest sentences " + fixed(reading.highest) + ", whole turn " + fixed(reading.turn) +
      ", with what was said before " + fixed(reading.together) + ", sentences " +
      std::to_string(reading.sentences) + ": \"" +
      quote_of(turn.text, analysis.sheet, reading.begin, reading.end) + "\"\n    by sentence:";
  for (const SecondReading::Part& part : reading.parts) out += " " + fixed(part.highest);
  out += "\n";
  if (!reading.groups.empty()) out += "    likeliest group: " + reading.groups.front() + "\n";
  std::vector<NamedFeature> named;
  for (const Segment& segment : segments) {
    if (segment.begin < reading.begin || segment.end > reading.end) continue;
    std::vector<NamedFeature> more = named_features(book, analysis, segment);
    std::move(more.begin(), more.end(), std::back_inserter(named));
  }
  std::sort(named.begin(), named.end(), [&](const NamedFeature& a, const NamedFeature& b) {
    const double of_a = std::abs(model.danger.weight(a.feature));
    const double of_b = std::abs(model.danger.weight(b.feature));
    return of_a != of_b ? of_a > of_b : a.name < b.name;
  });
  for (std::size_t at = 0; at < named.size() && at < kMost; ++at)
    out += "    " + fixed(model.danger.weight(named[at].feature)) + " " + named[at].name + "\n";
  return out;
}

std::string explain_memory(const RuleBook& book, const Memory::State& state) {
  std::string out = "  tier in force: " + std::string(tier_name(state.held)) + "\n";
  if (!state.open_question.empty()) out += "  open question: " + state.open_question + "\n";
  for (const Mark& mark : state.marks) {
    const Concept& what = book.concepts[static_cast<std::size_t>(mark.concept_index)];
    out += "  " + what.id + " (" + what.label + "): " + std::string(name(mark.outcome)) +
           (mark.other ? ", about someone else" : "") + ", turn " + std::to_string(mark.turn + 1) +
           " \"" + mark.quote + "\"\n";
  }
  return out;
}

}  // namespace backchat::safety
