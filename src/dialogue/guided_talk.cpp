#include "dialogue/guided_talk.h"

#include <algorithm>

#include "dialogue/words.h"
#include "text/contractions.h"
#include "text/utf8.h"

namespace backchat::dialogue {
namespace {

// Words of the longest of the phrases that stands in the message; 0 when none does.
std::size_t longest_held(const Words& message, const std::vector<Words>& phrases) {
  std::size_t out = 0;
  for (const Words& phrase : phrases) {
    if (phrase.size() > out && answer::holds_phrase(message, phrase)) out = phrase.size();
  }
  return out;
}

bool given(const GuideState& state, const std::string& choice) {
  return state.given.contains(choice);
}

bool fits(const GuideState& state, const knowledge::GuideQuote& quote) {
  const auto has = [&state](const std::string& choice) { return given(state, choice); };
  return std::ranges::all_of(quote.when,
                             [&has](const auto& any) { return std::ranges::any_of(any, has); }) &&
         std::ranges::none_of(quote.unless, has);
}

}  // namespace

GuidedTalk::GuidedTalk(const knowledge::Pack& pack, const text::Analyzer& analyzer)
    : pack_(pack), analyzer_(analyzer) {
  const knowledge::Guide& guide = pack.guide;
  starts_ = words_of_all(guide.starts, analyzer);
  starts_after_report_ = words_of_all(guide.starts_after_report, analyzer);
  starts_when_told_ = words_of_all(guide.starts_when_told, analyzer);
  telling_words_ = words_of_all(guide.telling_words, analyzer);
  asking_words_ = words_of_all(guide.asking_words, analyzer);
  for (const Phrases* phrases : {&starts_, &starts_after_report_, &starts_when_told_}) {
    for (const Words& phrase : *phrases) {
      if (!phrase.empty()) last_words_.insert(phrase.back());
    }
  }
  resume_ = words_of_all(guide.resume, analyzer);
  skip_ = words_of_all(guide.skip, analyzer);
  stop_ = words_of_all(guide.stop, analyzer);
  for (const knowledge::GuideStep& step : guide.steps) {
    std::vector<Phrases> choices;
    for (const knowledge::GuideChoice& choice : step.choices) {
      choices.push_back(words_of_all(choice.words, analyzer));
      choices.back().push_back(words_of(choice.label, analyzer));
    }
    steps_.push_back(std::move(choices));
  }
}

// Looks at the last word alone: every turn of a conversation is asked for this, few start the talk.
bool GuidedTalk::may_start(std::string_view text) const {
  std::string last;
  for (auto c = text.rbegin(); c != text.rend(); ++c) {
    const bool plain = text::is_alpha(*c) || text::is_digit(*c);
    if (!plain && (*c == '\'' || static_cast<unsigned char>(*c) >= 0x80)) return true;
    if (!plain && !last.empty()) break;
    if (plain) last.insert(last.begin(), text::to_lower(*c));
  }
  return last_words_.contains(last) || !text::expand_contraction(last).empty();
}

bool GuidedTalk::starts(std::string_view text, bool reports, bool asks) const {
  if (steps_.empty() || !may_start(text)) return false;
  const Words message = words_of(text, analyzer_);
  if (ends_with_any(message, starts_)) return true;
  if (!reports) return false;
  return ends_with_any(message, starts_after_report_) ||
         (!asks && ends_with_any(message, starts_when_told_));
}

bool GuidedTalk::tells(std::string_view text) const {
  if (steps_.empty()) return false;
  const Words message = words_of(text, analyzer_);
  return holds_any(message, telling_words_) && !holds_any(message, asking_words_);
}

GuidedTalk::Command GuidedTalk::command(std::string_view text) const {
  const Words message = words_of(text, analyzer_);
  const auto is = [&message](const Phrases& phrases) {
    return std::ranges::find(phrases, message) != phrases.end();
  };
  if (is(stop_)) return Command::kStop;
  if (is(resume_)) return Command::kResume;
  const auto says_so = [&message](const Words& phrase) {
    return phrase.size() > 1 && answer::holds_phrase(message, phrase);
  };
  if (is(skip_) || std::ranges::any_of(skip_, says_so)) return Command::kSkip;
  return Command::kNone;
}

bool GuidedTalk::read(std::string_view text, std::size_t step, GuideState& state) const {
  const Words message = words_of(text, analyzer_);
  const knowledge::GuideStep& what = guide().steps[step];
  bool found = false;
  // A tapped label names one choice, whatever other words it holds.
  for (const knowledge::GuideChoice& choice : what.choices) {
    if (message != words_of(choice.label, analyzer_)) continue;
    state.given.insert(choice.id);
    state.settled.insert(step);
    return true;
  }
  // "It locked up two days ago": the longest phrase tells most; of two as long, the later choice.
  std::size_t most = 0;
  std::size_t told = 0;
  for (std::size_t i = 0; i < what.choices.size(); ++i) {
    const std::size_t words = longest_held(message, steps_[step][i]);
    if (words == 0) continue;
    found = true;
    if (what.several) state.given.insert(what.choices[i].id);
    if (words >= most) told = i;
    most = std::max(most, words);
  }
  if (found && !what.several) state.given.insert(what.choices[told].id);
  if (found) state.settled.insert(step);
  return found;
}

bool GuidedTalk::listen(std::string_view text, GuideState& state) const {
  bool heard = false;
  for (std::size_t step = 0; step < steps_.size(); ++step) {
    if (!guide().steps[step].listens || state.settled.contains(step)) continue;
    heard = read(text, step, state) || heard;
  }
  return heard;
}

bool GuidedTalk::hear(std::string_view text, std::optional<std::size_t> open,
                      GuideState& state) const {
  bool heard = false;
  for (std::size_t step = 0; step < steps_.size(); ++step) {
    if (!guide().steps[step].listens || step == open) continue;
    GuideState told;
    if (!read(text, step, told)) continue;
    for (const knowledge::GuideChoice& choice : guide().steps[step].choices) {
      state.given.erase(choice.id);
    }
    state.given.insert(told.given.begin(), told.given.end());
    state.settled.insert(step);
    heard = true;
  }
  return heard;
}

GuideState GuidedTalk::begin(std::string_view text) const {
  GuideState state;
  state.active = true;
  state.begun = true;
  listen(text, state);
  return state;
}

bool GuidedTalk::advance(GuideState& state) const {
  for (std::size_t step = 0; step < steps_.size(); ++step) {
    if (state.settled.contains(step)) continue;
    state.step = step;
    return true;
  }
  return false;
}

answer::Asked GuidedTalk::question(const GuideState& state) const {
  const knowledge::GuideStep& step = guide().steps[state.step];
  answer::Asked out{step.id, "", step.ask, {}};
  for (const knowledge::GuideChoice& choice : step.choices) {
    out.replies.push_back({choice.label, choice.label, step.id});
  }
  const std::string skip(pack_.messages.get("guide.skip"));
  out.replies.push_back({skip, skip, step.id});
  return out;
}

std::vector<answer::QuotedPart> GuidedTalk::parts(const GuideState& state) const {
  std::vector<answer::QuotedPart> out;
  for (const knowledge::GuidePart& part : guide().parts) {
    answer::QuotedPart quoted{part.heading, {}};
    for (const knowledge::GuideQuote& quote : part.quotes) {
      if (quoted.quotes.size() < part.most && fits(state, quote)) quoted.quotes.push_back(&quote);
    }
    if (!quoted.quotes.empty()) out.push_back(std::move(quoted));
  }
  return out;
}

std::vector<const knowledge::Exercise*> GuidedTalk::exercises(const GuideState& state) const {
  std::vector<const knowledge::Exercise*> out;
  for (const knowledge::GuideExercises& group : guide().exercises) {
    if (!given(state, group.when)) continue;
    for (const std::string& id : group.show) out.push_back(pack_.exercise(id));
  }
  return out;
}

}  // namespace backchat::dialogue
