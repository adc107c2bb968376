#pragma once

#include <span>
#include <string>

#include "safety/analysis.h"
#include "safety/fold.h"
#include "safety/second_reader.h"

namespace backchat::safety {

/// How a turn was read, line by line: words, mentions with their five values and the cue that set
/// each, findings.
std::string explain_turn(const RuleBook& book, const UserTurn& turn, const Analysis& analysis,
                         const Folded& folded, const Memory::State& after);

/// What the second reader made of the turn: its score, the limits, the words it read, and the
/// features that weighed most.
std::string explain_reading(const RuleBook& book, const UserTurn& turn, const Analysis& analysis,
                            const SecondReader& reader, std::span<const Segment> segments,
                            const SecondReading& reading);

/// What is remembered, line by line: the tier that stays, the open question, what was said.
std::string explain_memory(const RuleBook& book, const Memory::State& state);

}  // namespace backchat::safety
