#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "answer/composer.h"
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
  std::vector<Place> places;    ///< the best first; nearly the same words elsewhere follow
  double score = 0;             ///< how well it fits, lowered by what it lacks of the subjects
  double plain_score = 0;       ///< the same, however its section is asked for
  double subjects = 0;          ///< share [0, 1] of the question's known subjects that it holds
  bool kind_cue = false;        ///< it has what this kind of question wants
  std::vector<double> covered;  ///< for each concept of the query [0, 1]
  int step = 0;                 ///< number in a numbered list, 0 elsewhere
  double near = 0;              ///< [0, 1]: how much it is asked for in words like the question's

  std::string_view text() const { return places[0].passage->sentence(places[0].sentence); }
  std::string_view article() const { return places[0].passage->article; }
  bool same_section(const Quote& other) const {
    return article() == other.article() &&
           places[0].passage->heading == other.places[0].passage->heading;
  }
  /// The sentence before or after: what the lead says is often finished there.
  bool is_beside(const Quote& other) const {
    return places[0].passage == other.places[0].passage &&
           (places[0].sentence + 1 == other.places[0].sentence ||
            places[0].sentence == other.places[0].sentence + 1);
  }
};

/// A quote holds a concept of which it covers at least this much: a related word counts less than
/// the word itself.
inline constexpr double kHolds = 0.35;

/// Number of words of a sentence, as the limit of a reply counts them.
std::size_t count_words(std::string_view text);

/// The sentences of the evidence that fit the question, best first; near-duplicates from other
/// articles are one Quote with several places, those of the same article are dropped.
std::vector<Quote> find_quotes(const Evidence& evidence);

/// Takes the quotes of one reply out of `quotes` (as find_quotes gave them): the lead first, then
/// what stands in its section and what other sections say nearly as well, each section's sentences
/// in their order. At most max_bullets + 1 quotes of together `words` words.
std::vector<Quote> take_quotes(std::vector<Quote>& quotes, const Evidence& evidence,
                               const ComposeOptions& options, std::size_t words);

/// Why take_quotes left a quote out beside the lead and the others, as text for a person.
std::string_view why_left(const Quote& quote, const Quote& lead, const ComposeOptions& options);

/// Share [0, 1] of the known subjects that the turn asked for that the quotes hold together; 1 when
/// it names none.
double coverage(const Evidence& evidence, const std::vector<Quote>& quotes);

/// The question is of a kind that a figure answers ("how long", "how often", "how much").
bool asks_for_figure(const Evidence& evidence);

/// The question wants a figure ("how long", "how often", "how much") and no quote has one.
bool lacks_figure(const Evidence& evidence, const std::vector<Quote>& quotes);

}  // namespace backchat::answer
