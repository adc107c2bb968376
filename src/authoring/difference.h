#pragma once

#include <string>
#include <vector>

#include "authoring/questions.h"
#include "base/result.h"
#include "dialogue/edition.h"

namespace backchat::authoring {

/// A question whose reply is another one.
struct Change {
  const Question* question = nullptr;
  std::vector<std::string> parts;   ///< "kind", "tier", "card", "lead", "body", ...: what changed
  std::vector<std::string> before;  ///< the lines that are gone: "lead: text [passage]"
  std::vector<std::string> after;   ///< the lines that are new
  bool was_right = false;           ///< by what the question wants
  bool is_right = false;
};

struct Difference {
  std::size_t questions = 0;
  std::vector<Change> changes;  ///< in order of the questions

  std::size_t mended() const;  ///< wrong before, right now
  std::size_t broken() const;  ///< right before, wrong now
};

/// Asks two editions the same questions. Compared is what a person reads: kind, tier, card, lead,
/// body, sides, exercises, the sources with their dates; not the suggestions and the edition's id.
/// `questions` must outlive the result. Errors: those of `evaluate`.
Result<Difference> compare(const dialogue::Edition& before, const dialogue::Edition& after,
                           const std::vector<Question>& questions);

/// The changed replies, old and new side by side in `width` columns, then the counts.
std::string to_text(const Difference& difference, std::size_t width = 120);

/// `left` and `right` side by side, each wrapped between words; `width` columns in all, and a bar
/// between them. Columns count code points.
std::string side_by_side(const std::vector<std::string>& left,
                         const std::vector<std::string>& right, std::size_t width);

}  // namespace backchat::authoring
