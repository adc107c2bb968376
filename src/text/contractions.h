#pragma once

#include <string_view>

namespace backchat::text {

/// The full form of an English contraction ("can't" -> "cannot", "ive" -> "i have"), or empty when
/// `word` is none. `word` is lower-case ASCII with straight apostrophes. Spellings without the
/// apostrophe are known where they are not words of their own ("cant", "wont", "dont"; not "ill",
/// "were", "its").
std::string_view expand_contraction(std::string_view word);

}  // namespace backchat::text
