#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "text/utf8.h"

namespace backchat::text {

/// Text made ready for tokenising, with the way back to the original.
struct Normalised {
  std::string text;  ///< valid UTF-8
  std::vector<std::uint32_t>
      origin;  ///< for each byte of `text` and one past the end: its offset in the input

  /// The range of the input that `span` of `text` came from.
  Span original(Span span) const;
};

/// Makes one form of what keyboards write in many: typographic quotes and apostrophes become ' and
/// ", dashes become
/// -, no-break spaces become spaces, invisible characters vanish, contractions are written out
/// ("can't" -> "cannot"). Case is kept, except inside a contraction. Invalid UTF-8 becomes U+FFFD.
/// Never fails; linear in the input. Index, questions and rules all pass through here, so that one
/// spelling meets the other.
Normalised normalise(std::string_view input);

}  // namespace backchat::text
