#pragma once

#include <optional>
#include <string>
#include <vector>

#include "safety/screener.h"

namespace backchat::answer {

/// What sort of reply this is. Names are part of the JSON contract.
enum class Kind { kEmergency, kAnswer, kClarify, kNotCovered, kChat };

/// "emergency", "answer", "clarify", "not_covered", "chat".
std::string_view kind_name(Kind kind);

/// A sentence of a passage, or a message of the pack (then without citations).
struct Statement {
  std::string text;
  std::vector<int> citations;  ///< numbers of Citation::n
};

/// One side of a subject on which the articles differ.
struct Side {
  std::string publisher;
  std::string text;
  std::vector<int> citations;
};

/// Where a quoted sentence stands.
struct Citation {
  int n = 0;  ///< 1-based number in this reply
  std::string article;
  std::string title;
  std::string publisher;
  std::string url;  ///< empty when the source gives none
  std::vector<std::string> authors;
  std::vector<std::string> reviewers;
  std::string published;  ///< ISO date, or empty when not given
  std::string reviewed;   ///< ISO date, or empty when not given
  std::string passage;    ///< passage id
  std::string quote;      ///< the sentence, letter by letter as in the passage
};

/// An exercise that belongs to the answer, as data of the pack.
struct Exercise {
  std::string id;
  std::string name;
  std::string eases;
  std::string position;
  std::vector<std::string> steps;
  std::vector<std::string> dose;  ///< hold, repeats, times a day: each as the source gives it
  int hold_seconds = 0;           ///< 0 when the source gives none
  int repeats_min = 0;            ///< 0 when the source gives none
  int repeats_max = 0;
  std::vector<std::string> stop_if;
  std::string drawing;  ///< name of the drawing's document, or empty
  std::vector<int> citations;
};

/// Quotations under a heading of their own.
struct Section {
  std::string heading;  ///< a message of the pack
  std::vector<Statement> statements;
};

/// A timer that belongs to the answer: for so many minutes, then perhaps a break.
struct Timer {
  std::string id;
  std::string name;
  std::vector<int> minutes;        ///< to choose from, in minutes
  std::optional<Statement> first;  ///< quoted: what to do before it starts
  int break_minutes = 0;           ///< 0: no break
  std::optional<Statement> then;   ///< quoted: what asks for the break
};

/// A question to tap: a suggestion, or a quick reply to a question of ours.
struct Next {
  std::string label;
  std::string text;
  std::string answers;  ///< id of the question that the tap replies to, or empty
};

/// What one turn gets back. One shape for the command line, batch, HTTP and the page.
struct Reply {
  Kind kind = Kind::kNotCovered;
  safety::Tier tier = safety::Tier::kNone;
  std::vector<safety::Finding> findings;
  std::string asked;  ///< id of the question put in this reply (screening or guided talk), or empty
  std::optional<safety::CareCard> card;
  std::string about;  ///< what a follow-up was taken to mean, or empty
  std::vector<Statement> lead;
  std::vector<Statement> body;
  std::vector<Side> differs;
  std::vector<Section> sections;    ///< the end of a guided talk: what to do today, this week
  std::vector<Exercise> exercises;  ///< from the floor up
  std::vector<Exercise> upright;    ///< instead of those, for who cannot get down on the floor
  std::vector<Timer> timers;
  std::vector<Citation> citations;
  std::vector<Next> next;
  bool fits_kind = false;     ///< an answer that holds what this kind of question wants
  bool only_sources = false;  ///< it says where an earlier reply was from
  std::string text;     ///< all of it as plain text, card first, as the command line prints it
  std::string edition;  ///< edition id
};

}  // namespace backchat::answer
