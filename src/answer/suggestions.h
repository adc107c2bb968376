#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "answer/evidence.h"
#include "answer/reply.h"
#include "knowledge/pack.h"
#include "text/analyzer.h"

namespace backchat::answer {

/// The questions that a pack can answer, for people to ask next. Immutable; thread-safe.
class Suggestions {
 public:
  /// `pack` and `analyzer` must outlive this.
  Suggestions(const knowledge::Pack& pack, const text::Analyzer& analyzer);

  /// Two or three questions to ask next: headings of passages near the question, then the pack's
  /// subjects on which articles differ. None whose passage was quoted, none asked before, no two of
  /// the same meaning. `answered`: false when the reply had no answer, then there are always some.
  std::vector<Next> suggest(const Evidence& evidence,
                            const std::vector<std::string_view>& quoted_passages,
                            const std::vector<std::string>& asked_before, bool answered) const;

 private:
  using Stems = std::vector<std::string>;  // sorted, each once
  class Picked;

  Stems meaning(std::string_view question) const;

  const knowledge::Pack& pack_;
  const text::Analyzer& analyzer_;
  Stems theme_;                     // words of so many headings that they tell no two apart
  std::vector<Stems> headings_;     // by passage
  std::vector<Stems> comparisons_;  // by comparison
};

}  // namespace backchat::answer
