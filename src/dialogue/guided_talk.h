#pragma once

#include <cstddef>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "answer/composer.h"
#include "knowledge/pack.h"
#include "text/analyzer.h"

namespace backchat::dialogue {

/// How far a guided talk has come. A value; part of the folded state.
struct GuideState {
  bool active = false;
  bool asked = false;             ///< the last reply put the open step's question
  std::size_t step = 0;           ///< the open step
  std::set<std::string> given;    ///< choices given so far: "guide.tried.ice"
  std::set<std::size_t> settled;  ///< steps answered or skipped
  bool begun = false;             ///< at some time, however it ended

  /// The state after the person has had enough of it.
  static GuideState stopped() {
    GuideState state;
    state.begun = true;
    return state;
  }
};

/// The pack's guided talk (guide.yaml): what asks for it, how answers are read, what comes next.
/// Knows nothing of the subject. Immutable; thread-safe.
class GuidedTalk {
 public:
  /// `pack` and `analyzer` must outlive this.
  GuidedTalk(const knowledge::Pack& pack, const text::Analyzer& analyzer);

  /// The message asks to be led. `reports`: it also tells of a complaint; `asks`: it asks
  /// something.
  bool starts(std::string_view text, bool reports, bool asks) const;

  /// The message tells of somebody, and is no search for something: a report of that kind that asks
  /// nothing is answered by the talk, once.
  bool tells(std::string_view text) const;

  enum class Command { kNone, kResume, kSkip, kStop };
  Command command(std::string_view text) const;

  /// Notes the choices of one step that the message gives. False when it gives none.
  bool read(std::string_view text, std::size_t step, GuideState& state) const;
  /// Notes what the message tells of the steps that listen and are not settled. False when nothing.
  bool listen(std::string_view text, GuideState& state) const;
  /// Notes what the message tells of the steps that listen, but for `open`: also what was told
  /// otherwise before ("since yesterday"). False when nothing.
  bool hear(std::string_view text, std::optional<std::size_t> open, GuideState& state) const;
  /// Begins: what the message already tells is not asked again.
  GuideState begin(std::string_view text) const;
  /// Moves on to the first step that is not settled. False when none is left.
  bool advance(GuideState& state) const;

  std::size_t steps() const { return steps_.size(); }
  /// True for an id of a step, as it stands in Reply::asked and Turn::answers.
  static bool is_step(std::string_view id) { return id.starts_with("guide."); }
  const std::string& step_id(std::size_t step) const { return guide().steps[step].id; }
  /// The open step's question with its quick replies.
  answer::Asked question(const GuideState& state) const;
  /// What the articles advise for the choices given.
  std::vector<answer::QuotedPart> parts(const GuideState& state) const;
  std::vector<const knowledge::Exercise*> exercises(const GuideState& state) const;

 private:
  using Words = std::vector<std::string>;
  using Phrases = std::vector<Words>;

  bool may_start(std::string_view text) const;
  const knowledge::Guide& guide() const { return pack_.guide; }

  const knowledge::Pack& pack_;
  const text::Analyzer& analyzer_;
  std::set<std::string, std::less<>> last_words_;  // of everything that starts the talk
  Phrases starts_;
  Phrases starts_after_report_;
  Phrases starts_when_told_;
  Phrases telling_words_;
  Phrases asking_words_;
  Phrases resume_;
  Phrases skip_;
  Phrases stop_;
  std::vector<std::vector<Phrases>> steps_;  // by step, by choice
};

}  // namespace backchat::dialogue
