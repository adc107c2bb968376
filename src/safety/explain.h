#pragma once

#include <string>

#include "safety/analysis.h"
#include "safety/fold.h"

namespace backchat::safety {

/// How a turn was read, line by line: words, mentions with their five values and the cue that set
/// each, findings.
std::string explain_turn(const RuleBook& book, const UserTurn& turn, const Analysis& analysis,
                         const Folded& folded, const Memory::State& after);

/// What is remembered, line by line: the tier that stays, the open question, what was said.
std::string explain_memory(const RuleBook& book, const Memory::State& state);

}  // namespace backchat::safety
