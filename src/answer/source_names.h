#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "answer/evidence.h"
#include "knowledge/pack.h"
#include "text/analyzer.h"

namespace backchat::answer {

/// Finds the articles that a question names by their publisher ("what does Hinge Health say about
/// ice"). Immutable; thread-safe.
class SourceNames {
 public:
  /// `pack` must outlive this.
  SourceNames(const knowledge::Pack& pack, const text::Analyzer& analyzer);

  /// Sets `evidence.sources`, and takes the words of the names out of what must be answered.
  /// `evidence.query` and `evidence.roles` must be set.
  void apply(Evidence& evidence) const;

 private:
  struct Name {
    std::vector<std::string> stems;
    std::string text;  // as the lexicon has it
    std::string_view article;
  };
  std::vector<Name> names_;
};

}  // namespace backchat::answer
