#pragma once

#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "knowledge/pack.h"
#include "text/analyzer.h"
#include "text/utf8.h"

namespace backchat::answer {

/// Sentences of a pack: passage and number of the sentence.
using SentenceSet = std::set<std::pair<const knowledge::Passage*, std::size_t>>;

/// A detail that a message asks for, or a condition that it sets. Views live with the Details.
struct AskedDetail {
  text::Span span;        ///< where it stands in the message
  std::string_view says;  ///< what is said to be missing; empty: the words as typed
  bool caution = false;
  const SentenceSet* held_by = nullptr;  ///< sentences that hold it, whatever they are about
};

/// Knows the details that the pack says questions ask for. Immutable; thread-safe.
class Details {
 public:
  /// `pack` and `analyzer` must outlive this.
  Details(const knowledge::Pack& pack, const text::Analyzer& analyzer);

  /// The details that the message asks for, in its order; of phrases that overlap the longest.
  std::vector<AskedDetail> find(std::string_view message) const { return find(message, message); }

  /// The same, where the words that a detail is only meant beside stand in `around`.
  std::vector<AskedDetail> find(std::string_view message, std::string_view around) const;

  /// The words and phrases that always ask for a detail, whatever stands beside them.
  std::vector<std::string> plain() const;

 private:
  using Stems = std::vector<std::string>;
  struct Phrase {
    Stems stems;
    const knowledge::Detail* detail = nullptr;
    std::size_t beside = 0;  ///< index into beside_
    SentenceSet held_by;
  };

  Stems stems(std::string_view text) const;

  const knowledge::Pack& pack_;
  const text::Analyzer& analyzer_;
  std::vector<Phrase> phrases_;
  std::multimap<std::string, std::size_t, std::less<>> by_first_;  ///< phrases by first stem
  std::vector<std::vector<Stems>> beside_;                         ///< one for each detail
};

}  // namespace backchat::answer
