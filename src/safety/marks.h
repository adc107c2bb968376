#pragma once

#include <string>
#include <vector>

#include "safety/analysis.h"
#include "safety/rule_book.h"
#include "safety/screener.h"

namespace backchat::safety {

/// Something said or answered, kept for the rest of the conversation.
struct Mark {
  int concept_index = -1;
  Outcome outcome = Outcome::kCounts;
  bool other = false;  ///< about someone else
  bool named =
      false;  ///< a word says whose it is; otherwise it may be anybody's the conversation is about
  int turn = 0;  ///< where its quote stands
  int last_turn = 0;
  double number = -1;
  std::string quote;
  std::string reading;  ///< how the words were read, for `why`
  Origin origin = Origin::kUserText;
};

/// Which marks speak for a term or fulfil a rule. Looks at `marks` as they are at the time; after
/// marks of other concepts came or went, look() again. Both must live as long.
class MarkLookup {
 public:
  MarkLookup(const RuleBook& book, const std::vector<Mark>& marks)
      : book_(book), marks_(marks), spoken_(book.concepts.size(), false) {}

  void look();

  /// The latest mark of the term for the person (`other`: somebody else), or null. A mark that
  /// nobody is named for speaks for both, and so does a topic.
  const Mark* find(const Term& term, bool other) const;
  bool holds(const Term& term) const { return find(term, false) || find(term, true); }
  /// Said in that turn, of whomever.
  bool said_in(const Term& term, int turn) const;
  /// The marks that fulfil a rule for one person; empty when it does not hold.
  std::vector<const Mark*> fulfilled(const Rule& rule, bool other) const;

 private:
  const RuleBook& book_;
  const std::vector<Mark>& marks_;
  std::vector<bool> spoken_;  // by concept: most terms are of concepts that nobody spoke of
};

}  // namespace backchat::safety
