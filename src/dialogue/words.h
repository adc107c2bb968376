#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "answer/phrase.h"
#include "text/analyzer.h"
#include "text/normalise.h"

// Inside this folder only.
namespace backchat::dialogue {

/// The words of a message or phrase: lower-case, unstemmed, contractions written out.
using Words = std::vector<std::string>;

inline Words words_of(std::string_view text, const text::Analyzer& analyzer) {
  Words out;
  for (text::Token& token : analyzer.tokens(text::normalise(text).text)) {
    out.push_back(std::move(token.exact));
  }
  return out;
}

inline std::vector<Words> words_of_all(const std::vector<std::string>& phrases,
                                       const text::Analyzer& analyzer) {
  std::vector<Words> out;
  for (const std::string& phrase : phrases) out.push_back(words_of(phrase, analyzer));
  return out;
}

/// Whether one of the phrases stands anywhere in the message.
inline bool holds_any(const Words& message, const std::vector<Words>& phrases) {
  return std::ranges::any_of(
      phrases, [&message](const Words& phrase) { return answer::holds_phrase(message, phrase); });
}

/// Whether the message ends with one of the phrases.
inline bool ends_with_any(const Words& message, const std::vector<Words>& phrases) {
  return std::ranges::any_of(phrases, [&message](const Words& phrase) {
    return !phrase.empty() && phrase.size() <= message.size() &&
           std::equal(phrase.rbegin(), phrase.rend(), message.rbegin());
  });
}

}  // namespace backchat::dialogue
