#pragma once

#include "retrieve/retriever.h"

namespace backchat::retrieve {

/// The first stage in the edition itself: FTS5's BM25 over bodies and, apart, over titles and
/// headings.
///
/// FTS5 scores every match, so its cost follows how common the words are. The rarest words go
/// first, at most 12 asked and 12 of expansions, until together they stand in about 250,000
/// passages; commoner ones still count in ranking. An edition of no more passages than are wanted
/// is brought whole.
/// Cost:    a million passages on a busy two-core machine: p50 210 ms, p99 330 ms; 12,000: p50
///          4 ms; a pack: below 0.5 ms.
class Fts5Retriever final : public Retriever {
 public:
  Result<std::vector<index::Match>> retrieve(const Query& query, index::Reader& reader,
                                             const Limits& limits) const override;
  std::string_view name() const override { return "fts5"; }
};

}  // namespace backchat::retrieve
