#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "safety/analysis.h"
#include "safety/rule_book.h"

namespace backchat::safety {

/// What the second reader sees of a sentence, or of a piece of a very long one: hashed features.
struct Segment {
  std::uint32_t begin = 0;  ///< tokens, half-open
  std::uint32_t end = 0;
  std::vector<std::uint32_t> features;  ///< ascending, each once, below kFeatureBuckets
};

/// Features are told apart by this many buckets; two that share one are taken for the same.
inline constexpr std::uint32_t kFeatureBuckets = 1U << 18;

/// Cuts a turn into segments and hashes their features: words alone and in pairs, the beginnings of
/// words that stand near each other, pieces of words of three to five letters (so that a slip of
/// the keyboard costs little), the pack's word classes alone and in pairs, and the cues that deny,
/// date or frame. Linear.
std::vector<Segment> segments_of(const RuleBook& book, const Analysis& analysis);

/// A feature of a segment in words, for `explain`: "lost + feeling".
struct NamedFeature {
  std::uint32_t feature = 0;
  std::string name;
};

/// The features of a segment again, with their names. Slow: for tools.
std::vector<NamedFeature> named_features(const RuleBook& book, const Analysis& analysis,
                                         const Segment& segment);

/// Most segments that are read together.
inline constexpr std::size_t kWindow = 5;

/// Calls `visit(first, last, features)` for every run of one to kWindow neighbouring segments, with
/// `last` inclusive, and the features of the run, ascending, each once. `features` lives only for
/// the call.
template <class Visit>
void for_each_window(std::span<const Segment> segments, Visit visit) {
  std::vector<std::uint32_t> features;
  std::vector<std::uint32_t> joined;
  for (std::size_t first = 0; first < segments.size(); ++first) {
    features = segments[first].features;
    for (std::size_t last = first; last < segments.size() && last < first + kWindow; ++last) {
      if (last > first) {
        joined.clear();
        std::set_union(features.begin(), features.end(), segments[last].features.begin(),
                       segments[last].features.end(), std::back_inserter(joined));
        features.swap(joined);
      }
      visit(first, last, std::span<const std::uint32_t>(features));
    }
  }
}

/// The features of all these segments, ascending, each once.
std::vector<std::uint32_t> features_of(std::span<const Segment> segments);

}  // namespace backchat::safety
