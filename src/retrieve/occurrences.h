#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "index/forward.h"
#include "retrieve/query.h"

namespace backchat::retrieve {

/// A place where a concept stands, in any of its ways of saying.
struct Occurrence {
  std::uint32_t at = 0;  ///< word in the span searched
  std::uint16_t concept_index = 0;
  float weight = 0;    ///< the way's weight, 1 for the word as asked
  bool exact = false;  ///< in the very form asked
};

/// Finds a query's concepts in runs of word ids. Immutable after construction; thread-safe.
class OccurrenceFinder {
 public:
  /// Keeps a reference to `query`.
  explicit OccurrenceFinder(const Query& query);

  /// Replaces `out` by the occurrences in order of place; of one concept at one place only the
  /// weightiest.
  void find(std::span<const index::WordId> words, std::vector<Occurrence>& out) const;

 private:
  struct Start {
    index::WordId word = 0;
    std::uint16_t concept_index = 0;
    std::uint16_t alternative = 0;
  };
  bool follows(const Alternative& alternative, std::span<const index::WordId> words) const;

  const Query& query_;
  std::vector<Start> starts_;  // by word
  std::vector<std::uint64_t>
      filter_;  // one bit for each word id modulo its size: most words of a text are in no query
};

}  // namespace backchat::retrieve
