#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "index/forward.h"
#include "index/snapshot.h"
#include "retrieve/query.h"

namespace backchat::retrieve {

/// How much each sign of a good passage counts. One setting for every pack and corpus, chosen on
/// public collections (biomedical claims, aeronautics). Field scores are shares of the question's
/// information, so weights have no unit.
struct RankOptions {
  double body_k1 = 1.9;
  double body_b = 0.45;
  double title_in_body = 1.5;    ///< how often a word of the title counts as one of the body
  double heading_in_body = 1.5;  ///< the same for the heading
  double exact_weight = 0.05;    ///< words in the very form asked, counted once more
  double title_weight = 0.25;    ///< title as a field of its own
  double heading_weight = 0.25;  ///< heading as a field of its own
  double head_k1 = 1.2;
  double head_b = 0.7;
  double title_share_weight = 0.4;  ///< share of the question's information found in the title
  double kind_weight = 0.25;        ///< the heading answers this kind of question

  // Only for statements and key words: every word of these names what is sought, while a question
  // also has words that only frame it.
  double coverage_weight =
      0.3;  ///< share of the question found, rare words counting by the square of their idf
  double window_weight = 0.5;  ///< the same for the best run of 30 words
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
  /// Share [0, 1] of the question's information that body, heading or title hold.
  double coverage = 0;
  double body_coverage = 0;  ///< the same for the body alone
  /// For each concept of the query [0, 1]: how well the passage holds it.
  std::vector<double> covered;
  std::vector<Feature> why;
};

/// A passage to rank.
struct Candidate {
  index::Row row = 0;
  index::Forward forward;
};

/// The second stage: orders candidates, whichever engine brought them.
///
/// Shape:   every candidate that holds anything of the question once, scores non-increasing, equal
///          scores by row.
/// Units:   see Hit. Pure; thread-safe.
/// Cost:    about 3 us a candidate of 100 words.
/// Source:  BM25 after Robertson and Zaragoza 2009.
std::vector<Hit> rank(const Query& query, std::span<const Candidate> candidates,
                      const index::Statistics& statistics, const RankOptions& options = {});

}  // namespace backchat::retrieve
