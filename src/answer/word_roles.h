#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "retrieve/query.h"
#include "text/analyzer.h"

namespace backchat::answer {

/// What a content word is to its question.
enum class WordRole {
  kSubject,   ///< what the question is about: an answer must hold it
  kDetail,    ///< a detail of a subject ("brand"): an answer without it names the gap
  kCue,       ///< says what kind of question it is ("causes")
  kEveryday,  ///< helps to ask or tells a story; figures too
};

/// Tells what a question is about from the words that only help to ask. A small pack lacks most
/// words of everyday English, and a word that it lacks must not look like a subject that it does
/// not cover. Immutable; thread-safe.
class WordRoles {
 public:
  /// `details`: words and phrases that ask for a detail of a subject ("brand", "which make"), from
  /// the pack.
  WordRoles(const std::vector<std::string>& details, const text::Analyzer& analyzer);

  /// The role of each concept of the query. A word that the edition does not know is a subject only
  /// where something is asked: in "I drive a van. Do relaxants make me sleepy?" the van is story.
  /// Only the first `own` bytes of the question are searched for story; what it leans on is none.
  std::vector<WordRole> roles(const retrieve::Query& query,
                              std::size_t own = std::string::npos) const;

  /// Lowers the weight of words that are no subject; never to nothing. An everyday word that is
  /// part of a phrase of the lexicon ("all at once") counts for what the phrase means.
  void weigh(const std::vector<WordRole>& roles, retrieve::Query& query) const;

 private:
  using Stems = std::vector<std::string>;

  std::set<std::string, std::less<>> everyday_;
  std::vector<Stems> details_;
};

}  // namespace backchat::answer
