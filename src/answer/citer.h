#pragma once

#include <string_view>
#include <vector>

#include "answer/reply.h"
#include "knowledge/pack.h"

namespace backchat::answer {

/// Numbers the quotations of one reply: each sentence of a passage gets one citation, however often
/// it is used.
class Citer {
 public:
  explicit Citer(const knowledge::Pack& pack) : pack_(pack) {}

  /// The number of that quotation. `quote` must be a sentence of the passage `passage_id` of the
  /// pack.
  int cite(std::string_view passage_id, std::string_view quote);
  /// True when that quotation has a number already.
  bool has_cited(std::string_view passage_id, std::string_view quote) const;
  std::vector<Citation> take() { return std::move(citations_); }

 private:
  const knowledge::Pack& pack_;
  std::vector<Citation> citations_;
};

}  // namespace backchat::answer
