#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace backchat::safety {

/// Number of a word in a Vocabulary; kUnknownWord for words that no rule knows.
using WordId = std::uint32_t;
inline constexpr WordId kUnknownWord = 0;

/// How strongly a mark between two words parts them.
enum class Boundary : std::uint8_t { kNone, kSoft, kHard };

/// A word, number or emoji of what a person typed.
struct Token {
  std::string text;         ///< lower case, without accents
  std::uint32_t begin = 0;  ///< bytes of the text as typed, half-open
  std::uint32_t end = 0;
  WordId word = kUnknownWord;
  double number = -1;                 ///< value of a number ("38,5", "seventy"), else negative
  Boundary before = Boundary::kNone;  ///< what stands between the word before and this one
  char mark = 0;                      ///< the strongest mark there: '.', '?', ',', '\n', ...
};

/// Cuts text into tokens without knowing any word: folds case and accents, parts numbers from
/// letters, reads decimals, and notes the marks between words. Any bytes; linear.
std::vector<Token> cut(std::string_view typed);

/// `word` in the form that `cut` gives: lower case, no accents. For words of the pack.
std::string fold_word(std::string_view word);

}  // namespace backchat::safety
