#pragma once

#include <string_view>
#include <vector>

#include "answer/composer.h"
#include "answer/evidence.h"
#include "answer/selection.h"

// Inside this folder only.
namespace backchat::answer {

/// What the latest replies of the conversation said. A follow-up that finds nothing else is told
/// so, and never hears the same answer again.
class Said {
 public:
  /// Both must outlive this.
  Said(const Evidence& evidence, const knowledge::DialogueWords& words)
      : evidence_(evidence), words_(words) {}

  bool holds(std::string_view sentence) const;
  bool holds(const Quote& quote) const;
  bool showed(std::string_view exercise) const;

  /// The first of the quotes holds every subject that the turn itself names.
  bool answers_own_words(const std::vector<Quote>& quotes) const;
  /// The quote holds what the turn itself asks for.
  bool is_asked_for(const Quote& quote) const;

  /// What is left to say.
  struct News {
    std::vector<Quote> quotes;  ///< empty: nothing that was not said before
    bool restated = false;      ///< all of them were said before
  };
  /// The quotes of a reply, out of `quotes` (as find_quotes gave them), in at most `words` words.
  /// What was said before stays only where it holds what the turn itself asks for ("how long?").
  News take_news(std::vector<Quote> quotes, const ComposeOptions& options, std::size_t words) const;

 private:
  bool is_own(const retrieve::Concept& each) const;
  double own_words_in(const Quote& quote) const;
  bool has_own_words() const;
  bool holds_context(const Quote& quote) const;
  bool is_a_reply(const std::vector<Quote>& quotes) const;
  void put_own_words_first(std::vector<Quote>& quotes) const;
  void put_asked_first(std::vector<Quote>& quotes) const;
  void drop_known(std::vector<Quote>& quotes) const;

  bool names_things(std::string_view text) const;
  bool says_when(std::string_view text) const;

  const Evidence& evidence_;
  const knowledge::DialogueWords& words_;
};

}  // namespace backchat::answer
