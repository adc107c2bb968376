#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "index/snapshot.h"

namespace backchat::retrieve {

/// The word that `word` was most likely meant to be, or nothing when that is not clear.
///
/// Only slips that fingers make: one letter left out, doubled, added, swapped with its neighbour or
/// with the next key or vowel; two slips from nine letters on. The first letter stands. A rival at
/// the same distance spoils it unless the candidate is ten times as frequent. Words under five
/// letters and words with figures are never changed. `vocabulary`: lower-case words, any order.
/// Pure.
/// Cost:    about 1 ms for 100,000 words.
std::optional<std::string> repair_spelling(std::string_view word,
                                           std::span<const index::CommonWord> vocabulary);

/// Two words that were typed as one ("40mg", "waterplants"), with a space between them, or nothing.
///
/// Figures part from letters; letters part where both sides have at least four letters and stand in
/// the vocabulary, at the place where the rarer of the two is most frequent. Pure.
/// Cost:    a few hundred microseconds for 100,000 words.
std::optional<std::string> split_word(std::string_view word,
                                      std::span<const index::CommonWord> vocabulary);

}  // namespace backchat::retrieve
