#pragma once

#include <string>
#include <vector>

namespace backchat::knowledge {

/// One idea and the words people have for it.
struct LexiconEntry {
  std::string term;  ///< as the articles say it
  std::vector<std::string>
      variants;  ///< the same meaning: lay, clinical, brand, abbreviation, misspelling
  std::vector<std::string> related;        ///< near in meaning: searched at a lower weight
  std::vector<std::string> clinical = {};  ///< words of `term` and `variants` that need explaining
  std::vector<std::string> lay = {};       ///< words of `term` and `variants` that explain them
  std::string kind = {};                   ///< "drug", "condition": a name; or empty
  int line = 0;                            ///< 1-based line in lexicon.yaml
};

using Lexicon = std::vector<LexiconEntry>;

}  // namespace backchat::knowledge
