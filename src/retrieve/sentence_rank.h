#pragma once

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

#include "index/forward.h"
#include "knowledge/passage.h"
#include "retrieve/query.h"
#include "retrieve/rank.h"

namespace backchat::retrieve {

/// A passage whose sentences may be quoted. Views: all live with the caller.
struct Quotable {
  const Hit* hit = nullptr;
  const knowledge::Passage* passage = nullptr;
  const index::Forward* forward = nullptr;
};

/// How much each sign of a fitting sentence counts.
struct SentenceOptions {
  double own_weight = 1.0;      ///< information that stands in the sentence itself
  double context_weight = 0.6;  ///< information that stands only in heading or title
  double passage_weight = 0.3;  ///< the passage's own score
  double proximity_weight = 0.2;
  double kind_weight =
      0.35;  ///< the sentence has what this kind of question wants: a figure and a unit, "because"
  double heading_kind_weight = 0.25;  ///< its heading answers this kind of question
  double length_weight = 0.012;       ///< taken off for each word beyond an easy sentence
  double negation_weight = 0.1;       ///< both or neither turn a shared word around
};

/// A sentence and how well it fits the question.
struct ScoredSentence {
  std::size_t passage = 0;   ///< index into the Quotables given
  std::size_t sentence = 0;  ///< index into Passage::sentences
  double score = 0;          ///< sum of its signs, each with its weight
  double coverage =
      0;  ///< share [0, 1] of the question's information in sentence, heading or title
  double own_coverage = 0;      ///< share in the sentence itself
  bool kind_cue = false;        ///< it has what this kind of question wants
  std::vector<double> covered;  ///< for each concept of the query [0, 1]
};

/// Scores every sentence of the passages against the question.
///
/// Shape:   one for each sentence, best first, equal scores in the order of passages and sentences.
///          Pure; thread-safe.
/// Cost:    about 1 us a sentence.
std::vector<ScoredSentence> score_sentences(const Query& query, std::span<const Quotable> passages,
                                            const SentenceOptions& options = {});

/// Whether a sentence has what a kind of question wants: a number with a unit of time for how_long,
/// "because" or "cause" for cause, "avoid" or "not" for avoid. False for kinds that no form of
/// words gives away.
bool has_kind_cue(std::string_view sentence, QuestionKind kind);

}  // namespace backchat::retrieve
