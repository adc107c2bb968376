#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "answer/asked_sentences.h"
#include "answer/details.h"
#include "answer/word_roles.h"
#include "knowledge/pack.h"
#include "retrieve/query.h"
#include "retrieve/rank.h"

namespace backchat::answer {

/// What one reply said.
struct SaidBefore {
  std::string lead;                    ///< the sentence that opened it
  std::vector<std::string> sentences;  ///< that it quoted
  std::vector<std::string> exercises;  ///< ids of those that it showed
};

/// A condition as it was told, for people, and the sentences that hold it, whatever they are about.
struct Condition {
  std::string text;
  const SentenceSet* held_by = nullptr;
};

/// A word of less information (Concept::idf) is the theme of the pack: it stands in most passages.
inline constexpr double kThemeInformation = 1.0;

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
  /// The sentences that are asked for in words like those of the question.
  NearSentences near;
  /// What the latest replies of the conversation said, the latest last.
  std::vector<SaidBefore> said;
  /// The turn leans on what those replies were about: what they said is not said again.
  bool follows_up = false;
  /// The turn asks for more: nothing that was said before is said again.
  bool only_new = false;
  /// The turn wants the last answer in another shape: only these sentences may be quoted. Empty:
  /// any.
  std::vector<std::string> only;
  /// The turn is a word or two ("which?").
  bool bare = false;
  /// The turn asks when something is done, or in which case.
  bool asks_when = false;
  /// What those replies were about, for people; may be empty.
  std::string_view topic;
  /// The turn's own words say what sort of answer it wants ("why?").
  bool own_kind = false;
  /// The turn only asks in another way ("how long?"): without such a figure it finds nothing.
  bool needs_figure = false;
  /// Only sentences of the wanted kind fit, where there are any.
  bool needs_cue = false;
  /// Bytes of the question that the turn itself holds; what it leans on stands behind them.
  std::size_t own = std::string::npos;
  /// What the turn's own words ask of a subject.
  std::vector<AskedDetail> details;
  bool alone = true;  ///< the turn leans on nothing that was said before
  /// The turn only sets a condition ("and if I am pregnant?"): it is held by a sentence on both.
  bool only_condition = false;
  /// Conditions that earlier turns set and that still hold.
  std::vector<Condition> conditions;
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
