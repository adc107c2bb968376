#pragma once

#include <string>
#include <vector>

#include "answer/evidence.h"
#include "answer/selection.h"

// Inside this folder only.
namespace backchat::answer {

/// A part of the question that the articles do not answer.
struct Gap {
  std::string text;  ///< as typed, or as the pack names it
  text::Span span;   ///< in the query's text
  bool caution = false;
  bool unknown = false;  ///< a subject that stands in no article
};

/// Moves the sentences forward that hold a detail asked for ("while I breastfeed") together with
/// what it is asked of. `quotes`: as find_quotes gave them; they stay sorted.
void prefer_details(const Evidence& evidence, std::vector<Quote>& quotes);

/// The turn puts more than one question: "does it help, and what does it cost?"
bool asks_several_things(const Evidence& evidence);

/// The turn is so much like questions with an answer that an odd word in it asks for nothing, and
/// that a detail is no more than a gap of the answer.
bool is_surely_covered(const Evidence& evidence);

/// What the turn asks for and `chosen` does not hold, in the order of the question: subjects that
/// no article knows, words of which the articles know only something near, and details that none of
/// `others` holds either. Words that stand together are one gap.
std::vector<Gap> find_gaps(const Evidence& evidence, const std::vector<Quote>& chosen,
                           const std::vector<Quote>& others);

/// The turn has words enough, but none that the articles are about, and the lead holds too few of
/// them: "my phone will not charge past 80 percent".
bool names_nothing(const Evidence& evidence, const Quote& lead);

/// Whether an answer may stand beside the gaps: a part of the turn asks for what has none, or the
/// lead says enough of the question that what no article knows is no subject of it ("small muscles
/// work like a corset, true?").
bool stands_beside(const Evidence& evidence, const std::vector<Gap>& gaps, const Quote& lead);

}  // namespace backchat::answer
