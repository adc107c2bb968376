#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "safety/analysis.h"
#include "safety/marks.h"
#include "safety/rule_book.h"
#include "safety/screener.h"
#include "safety/second_reader.h"

namespace backchat::safety {

struct Memory::State {
  std::vector<Mark> marks;  ///< at most one per concept, outcome and person
  Tier held = Tier::kNone;
  std::vector<Finding> kept;  ///< emergencies, which stay
  std::string open_question;
  int put_in = -1;                   ///< the turn whose reply put it last
  std::map<std::string, int> asked;  ///< question id -> times put
  std::set<std::string> closed;      ///< answered, or asked often enough
  /// Concepts that a correction denies, until the check is answered; kRead for what was read.
  std::set<int> doubted;
  std::vector<Finding> read;  ///< raised by the second reader
  /// What a yes to the open question whether it is so would raise.
  std::optional<Finding> unsure;
  std::string asked_about;      ///< the question whether it is so, as it was put last
  std::vector<Segment> recent;  ///< the last segments said, for the second reader
};

/// Stands for the findings of the second reader among the concepts of Memory::State::doubted.
inline constexpr int kRead = -2;

/// What one turn makes of the memory.
struct Folded {
  std::vector<Finding> findings;  ///< in force, worst first
  Tier tier = Tier::kNone;
  Tier raised = Tier::kNone;
  std::optional<ScreeningQuestion> ask;
  bool answered_only = false;
  bool reports = false;  ///< the turn tells of a complaint on which questions are put
};

/// Folds a turn into `state`: marks, answers, corrections; then rules, what the second reader adds
/// or doubts, then the next question. Pure but for `state`.
Folded fold(const RuleBook& book, const UserTurn& turn, const Analysis& analysis,
            const SecondReading& reading, Memory::State& state);

/// One sentence of the pack on how a mention was read ("You wrote this as happening now."), or
/// nothing.
const std::string& reading_of(const RuleBook& book, const Mention& mention);

}  // namespace backchat::safety
