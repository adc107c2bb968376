#include "dialogue/phrase_book.h"

#include <algorithm>
#include <set>

#include "dialogue/words.h"

namespace backchat::dialogue {
namespace {

// Pronouns far into a long message refer to that message itself.
constexpr std::size_t kLongestLeaningMessage = 12;
// As contractions are written out.
constexpr std::string_view kNot = "not";

}  // namespace

std::string_view move_name(Move move) {
  switch (move) {
    case Move::kNone:
      return "none";
    case Move::kMore:
      return "more";
    case Move::kSources:
      return "sources";
    case Move::kRepeat:
      return "repeat";
    case Move::kShorter:
      return "shorter";
    case Move::kSimpler:
      return "simpler";
    case Move::kList:
      return "list";
    case Move::kBack:
      return "back";
    case Move::kStartOver:
      return "start over";
  }
  return "";
}

PhraseBook::PhraseBook(const knowledge::DialogueWords& words, const text::Analyzer& analyzer)
    : analyzer_(analyzer),
      filler_(words.filler.begin(), words.filler.end()),
      question_words_(words.question_words.begin(), words.question_words.end()),
      joins_(words.joins.begin(), words.joins.end()) {
  const auto compile = [&analyzer](const std::vector<knowledge::PhraseGroup>& groups,
                                   std::vector<Phrase>& out) {
    for (const knowledge::PhraseGroup& group : groups) {
      for (const std::string& phrase : group.phrases) {
        out.push_back({words_of(phrase, analyzer), group.message});
      }
    }
    // The longest phrase explains the most.
    std::ranges::stable_sort(out, std::greater<>(), [](const Phrase& p) { return p.words.size(); });
  };
  const auto all = [&analyzer](const std::vector<std::string>& phrases) {
    return words_of_all(phrases, analyzer);
  };
  compile(words.small_talk, small_talk_);
  compile(words.not_ours, not_ours_);
  openings_ = all(words.openings);
  pronouns_ = all(words.pronouns);
  no_pronouns_ = all(words.no_pronouns);
  single_ = all(words.single);
  moves_ = {{Move::kMore, all(words.more)},       {Move::kSources, all(words.sources)},
            {Move::kRepeat, all(words.repeat)},   {Move::kShorter, all(words.shorter)},
            {Move::kSimpler, all(words.simpler)}, {Move::kList, all(words.list)},
            {Move::kBack, all(words.back)},       {Move::kStartOver, all(words.start_over)}};
  for (const auto& place : words.ordinals) ordinals_.push_back(all(place));
  last_ = all(words.last);
  tried_ = all(words.tried);
  other_ = all(words.other);
  unnamed_ = all(words.unnamed);
  ones_ = all(words.ones);
  returns_ = all(words.returns);
  corrections_ = all(words.corrections);
  cases_ = all(words.cases);
  failures_ = all(words.failures);
  beside_ = all(words.beside);
  ends_ = all(words.ends);
  when_ = all(words.when);
  which_ = all(words.which);
  choices_ = all(words.choices);
  measures_ = all(words.measures);
}

bool PhraseBook::is_pronoun(std::string_view word) const {
  return std::ranges::any_of(pronouns_, [word](const Words& pronoun) {
    return pronoun.size() == 1 && pronoun.front() == word;
  });
}

bool PhraseBook::tells_of_trying(std::string_view sentence) const {
  return holds_any(words_of(sentence, analyzer_), tried_);
}

bool PhraseBook::opens_measure(std::string_view text) const {
  return ends_with_any(words_of(text, analyzer_), measures_);
}

// Whether a part of the message between stops or commas opens like a question, behind what only
// joins it to what was said before.
bool PhraseBook::puts_question(std::string_view text) const {
  constexpr std::string_view kStops = ",.;!?\n";
  if (text.find('?') != std::string_view::npos) return true;
  for (bool first_part = true; !text.empty(); first_part = false) {
    const std::size_t end = text.find_first_of(kStops);
    const Words words = words_of(text.substr(0, end), analyzer_);
    const auto first = std::ranges::find_if(
        words, [this](const std::string& word) { return !joins_.contains(word); });
    if (first != words.end() && std::next(first) != words.end() &&
        question_words_.contains(*first)) {
      // "Ice, did not touch it" tells; "did it not help" asks.
      const bool tells = !first_part && *std::next(first) == kNot;
      if (!tells) return true;
    }
    if (end == std::string_view::npos) break;
    text.remove_prefix(end + 1);
  }
  return false;
}

bool PhraseBook::is_whole(const Words& message, const Words& phrase) const {
  if (phrase.empty()) return false;
  const auto found = std::search(message.begin(), message.end(), phrase.begin(), phrase.end());
  if (found == message.end()) return false;
  const auto end = found + static_cast<std::ptrdiff_t>(phrase.size());
  const auto filler = [this](const std::string& word) { return filler_.contains(word); };
  return std::all_of(message.begin(), found, filler) && std::all_of(end, message.end(), filler);
}

// The words of the message in front of the first of those phrases, a blank around each.
std::string PhraseBook::before_first(const Words& message, const std::vector<Words>& phrases) {
  auto first = message.end();
  for (const Words& phrase : phrases) {
    if (phrase.empty()) continue;
    first =
        std::min(first, std::search(message.begin(), message.end(), phrase.begin(), phrase.end()));
  }
  std::string out = " ";
  for (auto word = message.begin(); word != first; ++word) out += *word + " ";
  return out;
}

// The message is made of the phrases and of words that change nothing: "really? that long?"
bool PhraseBook::is_any_whole(const Words& message, const std::vector<Words>& phrases) const {
  bool any = false;
  for (std::size_t i = 0; i < message.size();) {
    std::size_t longest = 0;
    for (const Words& phrase : phrases) {
      const bool here = phrase.size() > longest && phrase.size() <= message.size() - i &&
                        std::equal(phrase.begin(), phrase.end(),
                                   message.begin() + static_cast<std::ptrdiff_t>(i));
      if (here) longest = phrase.size();
    }
    if (longest == 0 && !filler_.contains(message[i])) return false;
    any = any || longest > 0;
    i += std::max<std::size_t>(longest, 1);
  }
  return any;
}

PhraseBook::Words PhraseBook::without_no_pronouns(Words message) const {
  for (const Words& phrase : no_pronouns_) {
    const auto found = std::search(message.begin(), message.end(), phrase.begin(), phrase.end());
    if (phrase.empty() || found == message.end()) continue;
    message.erase(found, found + static_cast<std::ptrdiff_t>(phrase.size()));
  }
  return message;
}

int PhraseBook::ordinal_in(const Words& message) const {
  if (message.size() > kLongestLeaningMessage) return 0;
  for (std::size_t i = 0; i < ordinals_.size(); ++i) {
    if (holds_any(message, ordinals_[i])) return static_cast<int>(i) + 1;
  }
  return holds_any(message, last_) ? kLast : 0;
}

PhraseBook::Reading PhraseBook::read(std::string_view text) const {
  const Words message = words_of(text, analyzer_);
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
  for (const MovePhrases& each : moves_) {
    if (!is_any_whole(message, each.phrases)) continue;
    out.move = each.move;
    return out;
  }
  for (const Phrase& phrase : small_talk_) {
    if (is_whole(message, phrase.words)) {
      out.small_talk = phrase.message;
      return out;
    }
  }
  const auto opens_with = [&message](const std::vector<Words>& openings) {
    return std::ranges::any_of(openings, [&message](const Words& opening) {
      return message.size() > opening.size() &&
             std::equal(opening.begin(), opening.end(), message.begin());
    });
  };
  out.asks = puts_question(text);
  out.ordinal = ordinal_in(message);
  out.corrects = opens_with(corrections_);
  out.opens = out.corrects || opens_with(openings_);
  out.returns = opens_with(returns_);
  out.supposes = opens_with(cases_);
  out.chooses = opens_with(choices_);
  out.which = is_any_whole(message, which_);
  const bool is_short = message.size() <= kLongestLeaningMessage;
  const Words pointing = without_no_pronouns(message);
  out.points = is_short && holds_any(pointing, pronouns_);
  if (out.points) out.before_pointing = before_first(pointing, pronouns_);
  out.leans = out.opens || out.points;
  out.single = is_short && holds_any(pointing, single_);
  out.other = is_short && holds_any(message, other_);
  out.unnamed = is_short && holds_any(message, unnamed_);
  out.ones = is_short && holds_any(pointing, ones_);
  out.failed = is_short && holds_any(message, failures_);
  out.beside = is_short && holds_any(message, beside_);
  out.when = is_short && holds_any(message, when_);
  out.ends = is_short && holds_any(message, ends_);
  return out;
}

}  // namespace backchat::dialogue
