#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "knowledge/pack.h"
#include "retrieve/query.h"
#include "retrieve/rank.h"

namespace backchat::answer {

/// What retrieval found for a question. Views: all live with the caller.
struct Evidence {
  const retrieve::Query* query = nullptr;
  std::vector<retrieve::Hit> hits;  ///< best first
  /// The first hits' passages, as the pack holds them, and their words; in the order of `hits`.
  std::vector<const knowledge::Passage*> passages;
  std::vector<retrieve::Candidate> words;
  /// For each concept of the query: the turn itself asked for it, so an answer must hold it. Empty:
  /// all.
  std::vector<bool> asked;
  std::size_t already_said =
      0;  ///< quotes that earlier replies gave to the same question: they are passed over
};

}  // namespace backchat::answer
