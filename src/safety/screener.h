#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/documents.h"
#include "base/result.h"
#include "safety/care_card.h"

namespace backchat::safety {

/// How fast a person must be seen. Meanings: the pack's safety rules; ordered, so that the highest
/// wins.
enum class Tier : std::uint8_t { kNone, kSoon, kUrgent, kEmergency };

/// "none", "soon", "urgent", "emergency": part of the JSON contract.
std::string_view tier_name(Tier tier);

/// The five values of a mention: how the words around a symptom set it.
enum class Presence : std::uint8_t { kPresent, kAbsent, kPossible };
enum class Time : std::uint8_t { kNow, kPast, kResolved, kLongStanding };
enum class Frame : std::uint8_t { kReport, kHypothetical, kQuestion, kQuoted };
enum class Person : std::uint8_t { kSelf, kOtherNow, kOtherPast, kFamilyHistory, kNotHuman };
enum class Origin : std::uint8_t { kUserText, kAnswer, kCorrection };

/// One decision of the screen, traceable to the words that caused it.
struct Finding {
  std::string rule;   ///< id of the pack's rule: "cauda_equina.saddle"
  std::string group;  ///< flag identifier: "cauda_equina"
  Tier tier = Tier::kNone;
  std::string quote;    ///< the person's own words, as typed
  int turn = 0;         ///< 0-based turn in which those words stand
  std::string why;      ///< one plain sentence: what the sign is and how the words were read
  std::string source;   ///< where the rule comes from: publisher or address
  bool helper = false;  ///< the person writes about someone else
};

/// A truth that may be worked out only when somebody asks for it. Working it out must be pure.
class Late {
 public:
  Late(bool value) : value_(value) {}  // NOLINT(google-explicit-constructor): known already
  explicit Late(std::function<bool()> later) : later_(std::move(later)) {}
  bool operator()() const { return later_ ? later_() : value_; }

 private:
  bool value_ = false;
  std::function<bool()> later_;
};

/// What one user turn gives the screen.
struct UserTurn {
  std::string_view text;               ///< as typed, any bytes
  std::optional<std::string> answers;  ///< id of the question this replies to; an unknown id is a
                                       ///< question that was not medical
  /// The last reply asked something that was not a screening question. Asked for only where a
  /// screening question waits and the turn could be read as a reply to it.
  Late other_question_open = false;
  int index = 0;  ///< 0-based number of the turn
  bool wants_checks =
      false;  ///< the person asks to be led: put a screening question if one is left
};

/// What earlier turns said, as far as the screen needs it: facts, parts of rules, the tier that
/// stays, the open question. A value: copy it, keep it, compare nothing. Default-made means a
/// conversation that has not begun.
class Memory {
 public:
  Memory();
  Memory(const Memory&);
  Memory(Memory&&) noexcept;
  Memory& operator=(const Memory&);
  Memory& operator=(Memory&&) noexcept;
  ~Memory();
  /// The tier in force after the turns folded so far.
  Tier held() const;
  /// Id of the screening question that waits for an answer, or empty.
  const std::string& open_question() const;
  struct State;
  const State& state() const { return *state_; }
  State& state() { return *state_; }

 private:
  std::unique_ptr<State> state_;
};

/// The outcome of screening one turn. Only `Screener::screen` makes one, so whoever demands a
/// Screening cannot be called without the red-flag check.
class Screening {
 public:
  /// The highest tier in force after this turn (an emergency stays for the conversation).
  Tier tier() const { return tier_; }
  /// The highest tier that this turn's own words raised (with what earlier turns said).
  Tier raised() const { return raised_; }
  /// Why; the worst first. All that are in force, not only this turn's.
  std::span<const Finding> findings() const { return findings_; }
  /// The screening question that this turn's reply should put, or nothing.
  const std::optional<ScreeningQuestion>& ask() const { return ask_; }
  /// True when the turn was read as an answer to a screening question and says nothing else.
  bool answered_only() const { return answered_only_; }
  /// True when the turn tells of a complaint on which screening questions are put.
  bool reports() const { return reports_; }
  /// True when the turn tells of anything that the screen remembers: a sign, a fact.
  bool noted() const { return noted_; }
  /// True when the turn is in a language other than the pack's and only its worst phrases were
  /// looked for.
  bool other_language() const { return other_language_; }
  /// What the next turn needs.
  const Memory& memory() const { return memory_; }

 private:
  friend class Screener;
  Screening() = default;
  Tier tier_ = Tier::kNone;
  Tier raised_ = Tier::kNone;
  std::vector<Finding> findings_;
  std::optional<ScreeningQuestion> ask_;
  bool answered_only_ = false;
  bool reports_ = false;
  bool noted_ = false;
  bool other_language_ = false;
  Memory memory_;
};

/// The red-flag check. Knows nothing medical: rules, cues, questions and advice are the pack's
/// `safety/` documents. Immutable after `create`; thread-safe.
class Screener {
 public:
  /// Compiles the `safety/*.yaml` documents of a pack.
  /// Errors: kCorruptData, all problems in one message, `where` names the first file and line.
  static Result<Screener> create(const Documents& documents);
  Screener(Screener&&) noexcept;
  Screener& operator=(Screener&&) noexcept;
  ~Screener();

  /// Reads one turn. Never fails and never throws, on any bytes. Pure: same arguments, same
  /// Screening. Cost: linear in the text; well under a millisecond for 4 KiB.
  Screening screen(const UserTurn& turn, const Memory& earlier) const;

  /// The care card for what is in force, or nothing when the tier is none and nothing has to be
  /// said. `region` is an ISO 3166 country code ("US", "GB") or empty: then the numbers of several
  /// regions are given.
  std::optional<CareCard> card(const Screening& screening, std::string_view region) const;

  /// The one-line safety net that a reply without a card carries once a conversation.
  const std::string& safety_net() const;

  /// What is remembered, as text for `backchat replay`: the tier that stays, the open question,
  /// what was said.
  std::string remembered(const Memory& memory) const;
  /// The danger signs to show before anything is asked, the worst first: one to six.
  std::span<const std::string> signs() const;

  /// The emergency numbers for a person whose region is not known.
  std::vector<EmergencyNumber> emergency_numbers() const;

  /// How the turn was read, as text for `backchat explain`: concepts, matched words, the five
  /// values and what set each.
  std::string explain(const UserTurn& turn, const Memory& earlier) const;

 private:
  struct Impl;
  explicit Screener(std::unique_ptr<const Impl> impl);
  std::unique_ptr<const Impl> impl_;
};

}  // namespace backchat::safety
