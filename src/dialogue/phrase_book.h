#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "knowledge/pack.h"
#include "text/analyzer.h"

namespace backchat::dialogue {

/// What leads a conversation rather than asks the articles: small talk, requests that are not ours,
/// follow-ups. The phrases are the pack's (dialogue.yaml). Immutable; thread-safe.
class PhraseBook {
 public:
  /// `analyzer` must outlive the book.
  PhraseBook(const knowledge::DialogueWords& words, const text::Analyzer& analyzer);

  /// What sort of leading a message does. At most one of the fields is set.
  struct Reading {
    std::string small_talk;  ///< message key, when the whole message is small talk
    std::string not_ours;    ///< message key, when it asks for what is not ours to do
    bool more = false;       ///< "tell me more"
    bool sources = false;    ///< "who says that?"
    bool repeat = false;     ///< "say that again"
    bool empty = false;      ///< no word at all
    bool leans = false;  ///< opens like a follow-up or holds a pronoun: may need the earlier topic
    bool opens = false;  ///< opens like a follow-up: "what about heat?"
  };
  Reading read(std::string_view text) const;
  /// True when a sentence tells what somebody has done about it: "I took a pain reliever."
  bool tells_of_trying(std::string_view sentence) const;

 private:
  using Words = std::vector<std::string>;
  struct Phrase {
    Words words;
    std::string message;
  };

  Words words_of(std::string_view text) const;
  std::vector<Words> all(const std::vector<std::string>& phrases) const;
  bool is_whole(const Words& message, const Words& phrase) const;
  bool is_any_whole(const Words& message, const std::vector<Words>& phrases) const;

  const text::Analyzer& analyzer_;
  std::set<std::string, std::less<>> filler_;
  std::vector<Phrase> small_talk_;
  std::vector<Phrase> not_ours_;
  std::vector<Words> openings_;
  std::vector<Words> pronouns_;
  std::vector<Words> more_;
  std::vector<Words> sources_;
  std::vector<Words> repeat_;
  std::vector<Words> tried_;
};

}  // namespace backchat::dialogue
