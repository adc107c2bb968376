#pragma once

#include <string_view>

namespace backchat::retrieve {

/// English words that carry no subject: articles, pronouns, auxiliaries, question words,
/// politeness. `word`: lower-case, unstemmed, contractions written out.
bool is_stop_word(std::string_view word);

/// "not", "no", "without", ...: turns the words after it around. Never a content word by itself.
bool is_negation(std::string_view word);

}  // namespace backchat::retrieve
