#pragma once

#include <string>

#include "answer/reply.h"
#include "knowledge/messages.h"

namespace backchat::answer {

/// All of a reply as plain text: the card first, then the answer with its source numbers, what
/// differs, the exercises, the sources, the suggested questions. Ends without a line break. What
/// the command line prints.
std::string plain_text(const Reply& reply, const knowledge::Messages& messages);

/// The article of a citation as a line: publisher, title, authors, dates, address.
std::string source_line(const Citation& citation, const knowledge::Messages& messages);

}  // namespace backchat::answer
