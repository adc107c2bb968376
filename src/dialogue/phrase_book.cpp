#include "dialogue/phrase_book.h"

#include <algorithm>

#include "answer/phrase.h"
#include "text/normalise.h"

namespace backchat::dialogue {
namespace {

// Pronouns far into a long message refer to that message itself.
constexpr std::size_t kLongestLeaningMessage = 12;

}  // namespace

PhraseBook::PhraseBook(const knowledge::DialogueWords& words, const text::Analyzer& analyzer)
    : analyzer_(analyzer), filler_(words.filler.begin(), words.filler.end()) {
  const auto compile = [this](const std::vector<knowledge::PhraseGroup>& groups,
                              std::vector<Phrase>& out) {
    for (const knowledge::PhraseGroup& group : groups) {
      for (const std::string& phrase : group.phrases) {
        out.push_back({words_of(phrase), group.message});
      }
    }
    // The longest phrase explains the most.
    std::ranges::stable_sort(out, std::greater<>(), [](const Phrase& p) { return p.words.size(); });
  };
  compile(words.small_talk, small_talk_);
  compile(words.not_ours, not_ours_);
  openings_ = all(words.openings);
  pronouns_ = all(words.pronouns);
  more_ = all(words.more);
  sources_ = all(words.sources);
  repeat_ = all(words.repeat);
  tried_ = all(words.tried);
}

bool PhraseBook::tells_of_trying(std::string_view sentence) const {
  const Words words = words_of(sentence);
  return std::ranges::any_of(tried_, [&words](const Words& phrase) {
    return !phrase.empty() &&
           std::search(words.begin(), words.end(), phrase.begin(), phrase.end()) != words.end();
  });
}

PhraseBook::Words PhraseBook::words_of(std::string_view text) const {
  Words out;
  for (text::Token& token : analyzer_.tokens(text::normalise(text).text)) {
    out.push_back(std::move(token.exact));
  }
  return out;
}

std::vector<PhraseBook::Words> PhraseBook::all(const std::vector<std::string>& phrases) const {
  std::vector<Words> out;
  for (const std::string& phrase : phrases) out.push_back(words_of(phrase));
  return out;
}

bool PhraseBook::is_whole(const Words& message, const Words& phrase) const {
  if (phrase.empty()) return false;
  const auto found = std::search(message.begin(), message.end(), phrase.begin(), phrase.end());
  if (found == message.end()) return false;
  const auto end = found + static_cast<std::ptrdiff_t>(phrase.size());
  const auto filler = [this](const std::string& word) { return filler_.contains(word); };
  return std::all_of(message.begin(), found, filler) && std::all_of(end, message.end(), filler);
}

bool PhraseBook::is_any_whole(const Words& message, const std::vector<Words>& phrases) const {
  return std::ranges::any_of(phrases,
                             [&](const Words& phrase) { return is_whole(message, phrase); });
}

PhraseBook::Reading PhraseBook::read(std::string_view text) const {
  const Words message = words_of(text);
  Reading out;
  if (message.empty()) {
    out.empty = true;
    return out;
  }
  for (const Phrase& phrase : not_ours_) {
    if (answer::holds_phrase(message, phrase.words)) {
      out.not_ours = phrase.message;
      return out;
    }
  }
  out.more = is_any_whole(message, more_);
  out.sources = !out.more && is_any_whole(message, sources_);
  out.repeat = !out.more && !out.sources && is_any_whole(message, repeat_);
  if (out.more || out.sources || out.repeat) return out;
  for (const Phrase& phrase : small_talk_) {
    if (is_whole(message, phrase.words)) {
      out.small_talk = phrase.message;
      return out;
    }
  }
  out.opens = std::ranges::any_of(openings_, [&](const Words& opening) {
    return message.size() > opening.size() &&
           std::equal(opening.begin(), opening.end(), message.begin());
  });
  out.leans = out.opens || (message.size() <= kLongestLeaningMessage &&
                            std::ranges::any_of(pronouns_, [&](const Words& pronoun) {
                              return answer::holds_phrase(message, pronoun);
                            }));
  return out;
}

}  // namespace backchat::dialogue
