#pragma once

#include <string>
#include <vector>

namespace backchat::knowledge {

/// One idea and the words people have for it.
struct LexiconEntry {
  std::string term;  ///< as the articles say it
  std::vector<std::string>
      variants;  ///< the same meaning: lay, clinical, brand, abbreviation, misspelling
  std::vector<std::string> related;  ///< near in meaning: searched at a lower weight
};

using Lexicon = std::vector<LexiconEntry>;

}  // namespace backchat::knowledge
