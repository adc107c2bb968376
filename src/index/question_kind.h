#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace backchat::index {

/// What a question wants to know; also what a heading promises to answer.
enum class QuestionKind : std::uint8_t {
  kNone,
  kCause,
  kSymptom,
  kWhat,
  kHowTo,
  kHowLong,
  kHowOften,
  kHowMuch,
  kWhenToSee,
  kTest,
  kAvoid,
  kPrevent,
  kCompare,
  kWho,
  kTreat,
};

/// "none", "cause", "symptom", "what", "how_to", "how_long", "how_often", "how_much",
/// "when_to_see", "test", "avoid", "prevent", "compare", "who", "treat": the names that packs use.
std::string_view kind_name(QuestionKind kind);

/// Some kinds: bit 1 << kind.
using KindSet = std::uint32_t;
constexpr KindSet bit(QuestionKind kind) { return KindSet{1} << static_cast<unsigned>(kind); }

/// The kinds found in some words.
struct Kinds {
  std::vector<QuestionKind> found;  ///< most telling first, each once; empty when nothing tells
  std::vector<bool>
      cue;  ///< for each word given: it only says what kind of question this is ("how", "long")

  QuestionKind first() const { return found.empty() ? QuestionKind::kNone : found.front(); }
  KindSet set() const;
};

/// The kinds of a question or a heading, by English cue phrases. `words`: normalised, lower-case,
/// unstemmed, in order. Pure; thread-safe.
Kinds question_kinds(std::span<const std::string> words);

}  // namespace backchat::index
