#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "answer/evidence.h"
#include "answer/reply.h"
#include "knowledge/pack.h"

// Inside this folder only.
namespace backchat::answer {

/// Two or three questions to ask next, that the pack can answer: headings of passages near the
/// question, then the pack's subjects on which articles differ. None whose passage was quoted, none
/// asked before.
std::vector<Next> suggest(const knowledge::Pack& pack, const Evidence& evidence,
                          const std::vector<std::string_view>& quoted_passages,
                          const std::vector<std::string>& asked_before, bool answered);

}  // namespace backchat::answer
