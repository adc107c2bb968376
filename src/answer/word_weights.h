#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "retrieve/query.h"
#include "text/analyzer.h"

namespace backchat::answer {

/// Tells what a question is about from the words that only help to ask. A small pack lacks most
/// words of everyday English, and a word that it lacks must not look like a subject that it does
/// not cover. Immutable; thread-safe.
class WordWeights {
 public:
  /// `details`: words that ask for a detail of a subject ("brand"), from the pack.
  WordWeights(const std::vector<std::string>& details, const text::Analyzer& analyzer);

  /// Lowers the weight of the query's everyday words and details; never to nothing.
  void apply(retrieve::Query& query) const;

 private:
  using Stems = std::set<std::string, std::less<>>;
  Stems everyday_;
  Stems details_;
};

}  // namespace backchat::answer
