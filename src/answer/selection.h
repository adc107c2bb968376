#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "answer/evidence.h"
#include "retrieve/sentence_rank.h"

// Inside this folder only.
namespace backchat::answer {

/// A sentence that may be said, with every place that says it.
struct Quote {
  struct Place {
    const knowledge::Passage* passage = nullptr;
    std::size_t sentence = 0;
  };
  std::vector<Place> places;  ///< the best first; nearly the same words elsewhere follow
  double score = 0;
  double coverage = 0;
  std::vector<double> covered;  ///< for each concept of the query [0, 1]
  int step = 0;                 ///< number in a numbered list, 0 elsewhere

  std::string_view text() const { return places[0].passage->sentence(places[0].sentence); }
};

/// The sentences of the evidence that fit the question, best first; near-duplicates from other
/// articles are one Quote with several places, those of the same article are dropped.
std::vector<Quote> find_quotes(const Evidence& evidence);

/// Share [0, 1] of what the turn asked for that the quotes hold together.
double coverage(const Evidence& evidence, const std::vector<Quote>& quotes);

/// The content words that the turn asked for, as typed, that no quote holds and that are a real
/// part of the question.
std::vector<std::string> gaps(const Evidence& evidence, const std::vector<Quote>& quotes);

}  // namespace backchat::answer
