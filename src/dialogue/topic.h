#pragma once

#include <string>
#include <string_view>

#include "dialogue/phrase_book.h"
#include "retrieve/query.h"

// Inside this folder only.
namespace backchat::dialogue {

/// What the conversation is about.
struct Topic {
  std::string subject;  ///< words of the questions that named it; empty before the first
  std::string kind;     ///< the last turn that only asked in another way ("how long?"), or empty
  std::string label;    ///< a few words of the subject, for people
};

/// A turn's question with what it leans on.
struct Resolved {
  std::string own;            ///< the turn as typed
  std::string context;        ///< what counts beside it; empty when the turn stands on its own
  double context_weight = 1;  ///< how much the context's words count beside the turn's own
  bool needs_topic = false;   ///< it leans on a topic and there is none
  std::string label;          ///< what it was taken to be about; empty when it stands on its own
};

/// Decides what a turn leans on. `query` is the turn analysed by itself; `default_subject` is what
/// a pack is about as a whole: "what are the symptoms?" needs no topic.
Resolved resolve(std::string_view turn, const PhraseBook::Reading& reading,
                 const retrieve::Query& query, const Topic& topic,
                 std::string_view default_subject);

/// The topic after that turn.
Topic next_topic(const Topic& topic, const Resolved& resolved, const retrieve::Query& query);

}  // namespace backchat::dialogue
