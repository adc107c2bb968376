#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "answer/details.h"
#include "answer/word_roles.h"
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
  std::vector<WordRole> roles;            ///< for each concept of the query
  std::vector<std::string_view> sources;  ///< articles that the question names
  /// For each of `passages` [0, 1]: how much the question is put as its section is asked for.
  std::vector<double> asked_for;
  /// For each concept of the query: part of the wording that is nearest. Empty: none.
  std::vector<bool> explained;
  /// Replies that the same question got before: their quotes are passed over.
  std::size_t replies_before = 0;
  /// The turn only asks in another way ("how long?"): without such a figure it finds nothing.
  bool needs_figure = false;
  /// What the turn's own words, the first `own` bytes of the query's text, ask of a subject.
  std::vector<AskedDetail> details;
  std::size_t own = std::string::npos;
  bool alone = true;  ///< the turn leans on nothing that was said before
};

/// The turn itself asks for the i-th concept.
inline bool is_asked(const Evidence& evidence, std::size_t i) {
  return evidence.asked.empty() || evidence.asked[i];
}

/// The i-th concept is something that the question is about and that the articles know.
inline bool is_subject(const Evidence& evidence, std::size_t i) {
  return evidence.roles[i] == WordRole::kSubject && evidence.query->concepts[i].known;
}

/// The query is that very question, as suggested questions are when they are tapped.
bool asks_exactly(const retrieve::Query& query, std::string_view question);

}  // namespace backchat::answer
