#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "safety/pattern.h"
#include "safety/rule_book.h"

namespace backchat::safety {

/// Cue `cue` of the book stands on tokens [begin, end).
struct CueHit {
  std::uint32_t cue = 0;
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
};

/// A concept found in a turn, with its five values and the line of the cue tables that set each
/// (-1: default).
struct Mention {
  int concept_index = -1;
  int pattern = -1;         ///< the line of the concept that matched; -1 for an amount worked out
  std::uint32_t begin = 0;  ///< tokens, half-open
  std::uint32_t end = 0;
  Presence presence = Presence::kPresent;
  Time time = Time::kNow;
  Frame frame = Frame::kReport;
  Person person = Person::kSelf;
  bool named = false;  ///< a word says whose it is; otherwise the person is taken to be the writer
  int presence_cue = -1;
  int time_cue = -1;
  int frame_cue = -1;
  int person_cue = -1;
  double number = -1;
  Outcome outcome = Outcome::kCounts;
};

/// One turn, read by itself.
struct Analysis {
  Sheet sheet;
  std::vector<CueHit> cues;
  std::vector<PatternHit> idioms;  ///< words taken away before matching
  std::vector<Mention> mentions;   ///< in order of their first token
  Reply reply = Reply::kNone;      ///< what the turn would mean as a reply to a question
  bool reply_only = false;         ///< and it says nothing else
  bool correction = false;
  bool same_for_me = false;
  bool foreign = false;  ///< mostly words of another language
};

/// Reads one turn: tokens, clauses, concepts, and the words around each. Linear; any bytes.
Analysis analyse(const RuleBook& book, std::string_view typed);

/// True when the mention tells of a sign, unasked, and counts.
inline bool is_told_sign(const Concept& what, const Mention& mention) {
  return mention.outcome == Outcome::kCounts && what.answers.empty() &&
         (what.kind == Kind::kSign || what.kind == Kind::kWeak);
}

/// Cuts the sheet's tokens into clauses. Needs its class hits.
void cut_clauses(const RuleBook& book, Sheet& sheet);

/// Sets the five values and the outcome of every mention.
void read_context(const RuleBook& book, Analysis& analysis);

/// Adds a mention for every amount of a medicine above its daily ceiling ("20 x 500mg").
void find_doses(const RuleBook& book, Analysis& analysis);

/// Words of the person for tokens [begin, end).
std::string quote_of(std::string_view typed, const Sheet& sheet, std::uint32_t begin,
                     std::uint32_t end);

}  // namespace backchat::safety
