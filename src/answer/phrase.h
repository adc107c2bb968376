#pragma once

#include <algorithm>
#include <string>
#include <vector>

namespace backchat::answer {

/// Whether the words of `phrase` stand in `words` in a row. Never for an empty phrase.
inline bool holds_phrase(const std::vector<std::string>& words,
                         const std::vector<std::string>& phrase) {
  return !phrase.empty() &&
         std::search(words.begin(), words.end(), phrase.begin(), phrase.end()) != words.end();
}

}  // namespace backchat::answer
