#pragma once

#include <functional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "knowledge/lexicon.h"

namespace backchat::authoring {

/// The words of a text as they are read aloud: letters, digits, inner apostrophes. Lower case.
/// "physio-led care, 2.5 mg" -> physio, led, care, 2.5, mg.
std::vector<std::string> spoken_words(std::string_view text);

/// Syllables of an English word, by its spelling; at least 1. A number counts as one. Pure.
/// Source: groups of vowel letters, less silent ones; right for about nine words of ten.
int syllables(std::string_view word);

/// What a reading grade is computed of; readings add up.
struct Reading {
  int sentences = 0;
  int words = 0;
  int syllables = 0;

  Reading& operator+=(const Reading& other);
  /// The Flesch-Kincaid grade: the school year in the US that reads it with ease; 4 to 6 is a
  /// reading age of 9 to 11. 0 when there is no word.
  /// Source: Kincaid 1975, "Derivation of new readability formulas".
  double grade() const;
};

/// The words of the lexicon's drugs and conditions, by their terms and clinical words: nobody can
/// make them shorter.
std::set<std::string> names_of(const knowledge::Lexicon& lexicon);

/// Counts one sentence. Names are left out: words for which `is_name` holds, and words with a
/// capital that do not begin the sentence.
Reading read_sentence(std::string_view sentence,
                      const std::function<bool(const std::string&)>& is_name);

}  // namespace backchat::authoring
