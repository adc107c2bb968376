#pragma once

#include <string>
#include <vector>

#include "base/documents.h"
#include "knowledge/problems.h"
#include "safety/evaluation.h"
#include "safety/rule_book.h"

namespace backchat::authoring {

/// A text of `safety/cases.yaml`: it must raise `tier` for its group, or must leave the group
/// below; or it must, or must not, fire `rule`.
struct SafetyCase {
  std::string group;
  std::string rule;  ///< of a case about one rule; then `group` is empty and `tier` none
  safety::Tier tier = safety::Tier::kNone;
  bool fires = false;
  /// Parted by " // " in the file; a turn "SQ3: text" is a reply to that screening question.
  std::vector<safety::EvaluationCase::Turn> turns;
  int line = 0;
};

/// The cases of a pack. Reading problems are appended to `problems`.
std::vector<SafetyCase> read_safety_cases(const Documents& documents,
                                          knowledge::Problems& problems);

/// How a pack's own cases come out, and which of its rules none of them fires.
struct SafetyCaseReport {
  safety::Evaluation fired;  ///< the texts that must fire
  safety::Share silent;      ///< the texts in which the group must stay below its tier
  std::vector<const SafetyCase*> wrong;
  std::vector<const safety::Rule*> without_example;
};

/// Screens every case. `cases` and `rules` must outlive the result.
SafetyCaseReport run_safety_cases(const safety::Screener& screener, const safety::RuleBook& rules,
                                  const std::vector<SafetyCase>& cases);

/// "safety/cases.yaml:7": where a case stands.
std::string place_of(const SafetyCase& one);

}  // namespace backchat::authoring
