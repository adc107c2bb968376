#pragma once

#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "index/snapshot.h"
#include "knowledge/passage.h"
#include "retrieve/query.h"
#include "retrieve/rank.h"
#include "retrieve/retriever.h"

namespace backchat::retrieve {

/// The first stage with what the second one reads.
///
/// Shape:   at most limits.candidates, each once; empty when the query has no concept that the
///          edition knows.
/// Errors:  kUnavailable after the deadline; those of the reader.
Result<std::vector<Candidate>> bring(const Query& query, const Retriever& retriever,
                                     index::Reader& reader, const Limits& limits);

/// Both stages: brings candidates and ranks them.
///
/// Shape:   as rank(); empty when the query has no concept that the edition knows.
/// Errors:  kUnavailable after the deadline; those of the reader.
Result<std::vector<Hit>> search(const Query& query, const Retriever& retriever,
                                index::Reader& reader, const Limits& limits,
                                const RankOptions& options = {});

/// A document of a corpus (an article of a pack), ranked by its passages.
struct RankedDocument {
  std::string id;  ///< the article's id: a corpus line's "id"
  double score = 0;
  index::Row best = 0;  ///< its best passage
};

/// How passages make the score of their document.
struct DocumentOptions {
  /// Of the article ranked as one passage; the rest is its best passage's score.
  double article_weight = 0.7;
  RankOptions rank = {};
  std::size_t considered = 200;  ///< documents whose passages are all read
};

/// Ranks documents: the best passage of each, and with a lower weight all its passages together.
///
/// Shape:   at most `limit`, each id once, scores non-increasing, equal ones by their best
///          passage's row.
/// Errors:  those of the reader. `hits`: as search() gave them for the same query.
Result<std::vector<RankedDocument>> rank_documents(const Query& query, std::span<const Hit> hits,
                                                   index::Reader& reader, std::size_t limit,
                                                   const DocumentOptions& options = {});

/// The passages of the first `limit` hits, in their order.
/// Errors:  those of the reader.
Result<std::vector<knowledge::Passage>> fetch(std::span<const Hit> hits, index::Reader& reader,
                                              std::size_t limit);

}  // namespace backchat::retrieve
