#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "answer/word_roles.h"
#include "dialogue/phrase_book.h"
#include "retrieve/query.h"

// Inside this folder only.
namespace backchat::dialogue {

/// What the conversation is about.
struct Topic {
  std::string subject;    ///< words of the questions that named it; empty before the first
  std::string kind;       ///< the last turn that only asked in another way ("how long?"), or empty
  std::string label;      ///< a few words of the subject, for people
  std::string words;      ///< the subject's own words, without how it was asked; may be empty
  std::string also;       ///< words of the last turn that asked on of it ("does it hurt at night?")
  std::string before;     ///< words of the subject that this one took the place of; may be empty
  bool told = false;      ///< it was told of rather than asked about
  std::string condition;  ///< what turns on it set as a condition ("and if I am pregnant?")
};

/// A turn's question with what it leans on.
struct Resolved {
  std::string own;            ///< the turn as typed
  std::string context;        ///< what counts beside it; empty when the turn stands on its own
  double context_weight = 1;  ///< how much the context's words count beside the turn's own
  bool needs_topic = false;   ///< it leans on a topic and there is none
  bool names_subject = true;  ///< it names a subject of its own
  bool points = false;        ///< a pronoun of it stands for the topic
  bool replaces = false;      ///< its subject stands in the place of the topic's: "and heat?"
  std::string instead;        ///< the topic's question with its subject in the topic's place
  bool corrects = false;      ///< it takes back what it negates: "I meant the hip, not the leg"
  bool only_kind = false;     ///< it only asks in another way: "how long?"
  std::string label;          ///< what it was taken to be about; empty when it stands on its own
  bool beside = false;        ///< it stands on its own, but may go on with the topic
  bool told = false;          ///< it asks nothing, or of what was only told of
  bool listed = false;        ///< it points at something that a reply listed; `own` is that thing
  bool of_kind = false;       ///< it asks on in the topic's way: "what is the most common one?"
  bool names = false;         ///< it only asks which ones there are, by name
  bool only_new = false;      ///< it asks for what was not said yet: "what else can I try?"
  bool swaps = false;         ///< it goes back to the topic before this one: "and the other?"
  bool failed = false;        ///< it asks what to do where the topic's advice has failed
  bool condition = false;     ///< it asks the topic's question once more, under a condition
  std::string conditions;     ///< where the conditions that still hold were set; may be empty
};

/// "What helps?" can be asked of all that a pack is about; "how long?" only of something named.
bool asks_of_the_whole(retrieve::QuestionKind kind);

/// Decides what a turn leans on. `query` is the turn analysed by itself, `roles` those of its
/// concepts; `default_subject` is what
/// a pack is about as a whole: "what are the symptoms?" needs no topic.
Resolved resolve(std::string_view turn, const PhraseBook::Reading& reading,
                 const retrieve::Query& query, const std::vector<answer::WordRole>& roles,
                 const Topic& topic, std::string_view default_subject);

/// The turn asked of what the latest answer was about, by its name: the topic itself did not hold
/// it. Nothing when the turn leans on no topic.
std::optional<Resolved> resolve_named(const Resolved& resolved, std::string_view name);

/// The same question asked of all that a pack is about, without the topic: "what else?" after "and
/// age?". Nothing when the topic took the place of no other.
std::optional<Resolved> resolve_else(const Topic& topic, std::string_view default_subject);

/// A turn that asks only for a detail of the topic ("any risks?"), or only sets a `condition` ("and
/// if I am pregnant?").
Resolved resolve_on(std::string_view turn, bool condition, const Topic& topic);

/// A turn that points at something listed before ("the second one"). `meant` is that thing, `query`
/// and `roles` are of it.
Resolved resolve_listed(std::string_view meant, const retrieve::Query& query,
                        const std::vector<answer::WordRole>& roles);

/// The topic after that turn.
Topic next_topic(const Topic& topic, const Resolved& resolved, const retrieve::Query& query,
                 const std::vector<answer::WordRole>& roles);

}  // namespace backchat::dialogue
