#pragma once

#include <cstdio>
#include <string>
#include <string_view>

#include "answer/reply.h"
#include "base/error.h"

namespace backchat::app::cli {

/// True when `stream` is a terminal that takes colours: NO_COLOR is unset or empty and TERM is not
/// "dumb".
bool takes_colour(std::FILE* stream);

/// Prints a reply's text; on a terminal the card stands out.
void print_reply(const answer::Reply& reply);

/// Prints "backchat: where: message" to standard error and gives the exit code that fits the error.
int report(const Error& error);

/// `text` with control characters other than line breaks and tabs made harmless for a terminal.
std::string printable(std::string_view text);

}  // namespace backchat::app::cli
