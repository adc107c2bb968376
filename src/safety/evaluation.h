#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "safety/screener.h"

namespace backchat::safety {

/// A labelled conversation: what the tier in force must be after its last turn.
struct EvaluationCase {
  struct Turn {
    std::string text;
    std::optional<std::string> answers;
  };
  std::string id;
  std::string kind;
  std::vector<Turn> turns;
  Tier tier = Tier::kNone;
  std::vector<std::string>
      groups;  ///< flag identifiers, any of which explains the tier; may be empty
};

/// How many of how many, with the exact (Clopper-Pearson) 95 % bounds of the share.
struct Share {
  int hits = 0;
  int total = 0;
  double value() const { return total == 0 ? 1.0 : static_cast<double>(hits) / total; }
  double low() const;
  double high() const;
};

struct EvaluationMiss {
  std::string id;
  std::string kind;
  Tier expected = Tier::kNone;
  Tier found = Tier::kNone;
  std::string rules;  ///< rules in force, joined by spaces
};

struct Evaluation {
  Share emergency;  ///< labelled emergency, found emergency
  Share asked;      ///< labelled emergency: found as one, or a screening question is put
  Share urgent;     ///< labelled urgent, found urgent or emergency
  Share harmless;   ///< labelled none, found none or soon
  Share soon;       ///< labelled soon, found soon
  Share group;  ///< found emergency or urgent, and the worst finding's group is one of the label's
  std::vector<EvaluationMiss> misses;
};

/// Reads cases, one YAML flow map (so also one JSON object) a line:
/// {"id", "kind", "turns": [text | {"text", "answers"}], "tier", "groups"}. Blank lines are
/// skipped. Errors: kInvalidInput with every bad line; `where` names the first.
Result<std::vector<EvaluationCase>> read_cases(std::string_view lines, const std::string& file);

/// Screens the turns of a case, one after the other; the outcome of the last. Nothing when there is
/// no turn.
std::optional<Screening> screen_turns(const Screener& screener,
                                      const std::vector<EvaluationCase::Turn>& turns);

/// Runs every case through the screen.
Evaluation evaluate(const Screener& screener, const std::vector<EvaluationCase>& cases);

/// The figures and each miss as text.
std::string to_text(const Evaluation& evaluation);

}  // namespace backchat::safety
