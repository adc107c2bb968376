#pragma once

#include <vector>

#include "answer/evidence.h"
#include "knowledge/pack.h"
#include "text/analyzer.h"

namespace backchat::answer {

/// Finds the subject of a question on which the articles differ. Immutable; thread-safe.
class Differences {
 public:
  /// `pack` must outlive this.
  Differences(const knowledge::Pack& pack, const text::Analyzer& analyzer);

  /// The comparison that the question is about, or null. A line of its `when` must be in the
  /// question whole, and one of its sides must be in a passage that was found; of several the one
  /// whose line holds the rarest words. Without such a line, the one whose sides stand in sections
  /// that are asked for in nearly the words of the question, or whose sides are. Where it is sure
  /// which sentences are asked for, a side must be among them.
  const knowledge::Comparison* find(const Evidence& evidence) const;

 private:
  struct Item {
    std::string kind;                ///< "how_long" when the item is a kind of question
    std::vector<std::string> stems;  ///< else words in a row
    std::string term;                ///< as written: also met as a term of the lexicon
  };
  struct Line {
    std::vector<Item> items;
    double rarity = 0;  ///< how few passages hold its words
    const knowledge::Comparison* comparison = nullptr;
  };

  // The comparison whose sides stand in the sections that are asked for, or null.
  const knowledge::Comparison* asked_for(const Evidence& evidence) const;
  // The comparison of which the sides of two articles are asked for most, or null.
  const knowledge::Comparison* near(const Evidence& evidence) const;

  const knowledge::Pack& pack_;
  std::vector<Line> lines_;
};

}  // namespace backchat::answer
