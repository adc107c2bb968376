#pragma once

#include <cstddef>
#include <map>
#include <span>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "knowledge/lexicon.h"
#include "text/analyzer.h"

namespace backchat::retrieve {

/// Finds the lexicon's words and phrases in a text. Immutable; thread-safe.
class LexiconIndex {
 public:
  using Stems = std::vector<std::string>;

  struct Entry {
    std::string term;         ///< canonical, as in the pack
    std::vector<Stems> same;  ///< the term and its variants
    std::vector<Stems> related;
  };
  /// A term or variant in a text: words [begin, begin + size).
  struct Found {
    std::size_t begin = 0;
    std::size_t size = 0;
    std::size_t entry = 0;
    bool inside = false;  ///< part of a longer one
  };

  LexiconIndex(const text::Analyzer& analyzer, const knowledge::Lexicon& lexicon);

  /// In the order of the text, the longest first at each place.
  std::vector<Found> find(std::span<const std::string> stems) const;
  const Entry& entry(std::size_t i) const { return entries_[i]; }
  /// Whether the unstemmed word stands anywhere in the lexicon: then it is spelled right, or wrong
  /// on purpose.
  bool knows(const std::string& exact) const { return words_.count(exact) != 0; }

 private:
  std::vector<Entry> entries_;
  // First stem -> phrases and their entries, in the order of the lexicon.
  std::unordered_map<std::string, std::vector<std::pair<Stems, std::size_t>>> by_first_;
  std::map<std::string, int> words_;
};

}  // namespace backchat::retrieve
