#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace backchat::app::http {

/// Reads the origin of a site: "https://site.example" or "http://127.0.0.1:8081", in lower case,
/// without anything behind it (one "/" at the end is taken off). It goes into a header as it is, so
/// nothing but letters, digits, dots, hyphens, a port and the brackets of an IPv6 address passes.
///
/// Errors:  kInvalidInput, saying what an origin looks like.
/// Threads: thread-safe; pure.
Result<std::string> parse_origin(std::string_view text);

}  // namespace backchat::app::http
