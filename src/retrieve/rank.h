#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "index/forward.h"
#include "index/snapshot.h"
#include "retrieve/query.h"

namespace backchat::retrieve {

/// How much each sign of a good passage counts. One setting for every pack and corpus; measured on public collections
/// (docs/ranking.md). Field scores are BM25 shares of the question's information, so weights have no unit.
struct RankOptions {
  double body_k1 = 1.6;
  double body_b = 0.6;
  double title_in_body = 1.0;
  double heading_in_body = 1.0;
  double title_weight = 0.3;
  double heading_weight = 0.35;
  double head_k1 = 1.2;
  double head_b = 0.4;
  double title_share_weight = 0.3;
  double proximity_weight = 0.25;
  double exact_weight = 0.15;
  double kind_weight = 0.25;
  double coverage_weight = 0.0;
  double x_idf = 1; double x_win = 0; double x_winw = 30; double x_winp = 1; double x_covp = 1;
  double x_pair = 0;
  double x_ordered = 0;
  double x_window = 8;
  double x_exactonly = 0;
  double x_bigram_all = 0; double x_far = 12; double x_plin = 2;

};

/// One reason for a score: scores are the sum of their features' values.
struct Feature {
  std::string_view name;
  double value = 0;
};

/// A ranked passage.
struct Hit {
  index::Row row = 0;
  std::uint32_t article = 0;  ///< its number in the edition
  double score = 0;           ///< sum of `why`; comparable between questions, no upper bound
  double coverage = 0;        ///< share [0, 1] of the question's information that body, heading or title hold
  double body_coverage = 0;   ///< the same for the body alone
  std::vector<double> covered;  ///< for each concept of the query [0, 1]: how well the passage holds it
  std::vector<Feature> why;
};

/// A passage to rank.
struct Candidate {
  index::Row row = 0;
  index::Forward forward;
};

/// The second stage: orders candidates, whichever engine brought them.
///
/// Shape:   every candidate once, scores non-increasing, equal scores by row.
/// Units:   see Hit. Pure; thread-safe. Cost: about 3 us a candidate of 100 words.
/// Source:  BM25 after Robertson and Zaragoza 2009; proximity after Buettcher, Clarke and Lushman 2006.
std::vector<Hit> rank(const Query& query, std::span<const Candidate> candidates,
                      const index::Statistics& statistics, const RankOptions& options = {});

}  // namespace backchat::retrieve
