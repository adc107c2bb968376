#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "knowledge/pack.h"
#include "text/analyzer.h"

namespace backchat::dialogue {

/// What a message does to what was said before, when that is all it does.
enum class Move {
  kNone,
  kMore,       ///< "tell me more"
  kSources,    ///< "who says that?"
  kRepeat,     ///< "say that again"
  kShorter,    ///< "make it shorter"
  kSimpler,    ///< "in simple words"
  kList,       ///< "as a list"
  kBack,       ///< "back to what we said before"
  kStartOver,  ///< "start again"
};

/// The move's name for people who read an explanation or a replay: "more".
std::string_view move_name(Move move);

/// What leads a conversation rather than asks the articles: small talk, requests that are not ours,
/// follow-ups. The phrases are the pack's (dialogue.yaml). Immutable; thread-safe.
class PhraseBook {
 public:
  /// `analyzer` must outlive the book.
  PhraseBook(const knowledge::DialogueWords& words, const text::Analyzer& analyzer);

  /// What sort of leading a message does.
  struct Reading {
    std::string small_talk;  ///< message key, when the whole message is small talk
    std::string not_ours;    ///< message key, when it asks for what is not ours to do
    Move move = Move::kNone;
    bool empty = false;   ///< no word at all
    bool asks = false;    ///< put as a question: "so should I rest", "she is 35, is that too young"
    bool leans = false;   ///< opens like a follow-up or holds a pronoun: may need the earlier topic
    bool opens = false;   ///< opens like a follow-up: "what about heat?"
    bool points = false;  ///< holds a pronoun for what was named before, however it opens
    std::string before_pointing;  ///< its words in front of that pronoun, a blank around each
    bool single = false;    ///< speaks of one thing without naming it: "how long do I hold it?"
    bool other = false;     ///< "and the other one?"
    bool unnamed = false;   ///< "is there one that": one of its kind, not that very one
    bool ones = false;      ///< "the common ones": of the kind that was asked for
    bool returns = false;   ///< "back to the ice": names an earlier topic
    bool corrects = false;  ///< opens by taking something back: "no, I meant the hip"
    bool supposes = false;  ///< sets a case: "what if it hurts?"
    bool failed = false;    ///< tells that what was advised has failed
    bool beside = false;    ///< asks for what was not said yet: "what can I use instead?"
    bool ends = false;      ///< names what a complaint does by itself: "till it goes"
    bool when = false;      ///< asks when, or in which case
    bool which = false;     ///< only asks for names: "like which ones?"
    bool chooses = false;   ///< asks of two that were named: "which is better?"
    int ordinal = 0;        ///< "the second one" is 2, "the last one" is kLast, none is 0
  };
  static constexpr int kLast = -1;

  Reading read(std::string_view text) const;
  /// True for a word that only points: "it", "ones".
  bool is_pronoun(std::string_view word) const;
  /// True when a sentence tells what somebody has done about it: "I took a pain reliever."
  bool tells_of_trying(std::string_view sentence) const;
  /// True when what stands behind `text` is somebody's own measure: "I weigh 160".
  bool opens_measure(std::string_view text) const;

 private:
  using Words = std::vector<std::string>;
  struct Phrase {
    Words words;
    std::string message;
  };
  struct MovePhrases {
    Move move;
    std::vector<Words> phrases;
  };

  bool is_whole(const Words& message, const Words& phrase) const;
  bool is_any_whole(const Words& message, const std::vector<Words>& phrases) const;
  static std::string before_first(const Words& message, const std::vector<Words>& phrases);
  bool puts_question(std::string_view text) const;
  Words without_no_pronouns(Words message) const;
  int ordinal_in(const Words& message) const;

  const text::Analyzer& analyzer_;
  std::set<std::string, std::less<>> filler_;
  std::vector<Phrase> small_talk_;
  std::vector<Phrase> not_ours_;
  std::vector<Words> openings_;
  std::vector<Words> pronouns_;
  std::vector<Words> no_pronouns_;
  std::vector<Words> single_;
  std::vector<MovePhrases> moves_;
  std::vector<std::vector<Words>> ordinals_;
  std::vector<Words> last_;
  std::vector<Words> tried_;
  std::vector<Words> other_;
  std::vector<Words> unnamed_;
  std::vector<Words> ones_;
  std::vector<Words> returns_;
  std::vector<Words> corrections_;
  std::vector<Words> cases_;
  std::vector<Words> failures_;
  std::vector<Words> beside_;
  std::vector<Words> ends_;
  std::vector<Words> when_;
  std::vector<Words> which_;
  std::vector<Words> choices_;
  std::vector<Words> measures_;
  std::set<std::string, std::less<>> question_words_;
  std::set<std::string, std::less<>> joins_;
};

}  // namespace backchat::dialogue
