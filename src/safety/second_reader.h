#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/documents.h"
#include "base/result.h"
#include "safety/message_features.h"
#include "safety/screener.h"

namespace backchat::safety {

/// A sum over the features of a message, learnt from labelled messages: above 0 means yes.
/// The score of features F is bias + sum of their weights / sqrt(|F|).
class LinearModel {
 public:
  LinearModel() = default;
  /// `weights` by bucket, kFeatureBuckets of them, in steps of `step`.
  LinearModel(double bias, double step, std::vector<std::int8_t> weights)
      : bias_(bias), step_(step), weights_(std::move(weights)) {}

  double score(std::span<const std::uint32_t> features) const;
  double weight(std::uint32_t feature) const { return step_ * weights_[feature]; }
  double bias() const { return bias_; }
  double step() const { return step_; }
  const std::vector<std::int8_t>& weights() const { return weights_; }

 private:
  double bias_ = 0;
  double step_ = 1;
  std::vector<std::int8_t> weights_ = std::vector<std::int8_t>(kFeatureBuckets, 0);
};

/// What the second reader knows: learnt from labelled messages, stored in the pack.
struct SecondReaderModel {
  LinearModel danger;     ///< someone should be seen today or now
  LinearModel emergency;  ///< of those: now
  double danger_at = 0;   ///< a score from here on raises the alarm
  double ask_at = 0;      ///< a score from here on makes the screen ask
  double emergency_at = 0;
  double upgrade_at = 0;   ///< from here on also where a rule says that today is soon enough
  double harmless_at = 0;  ///< a score below is that of a message nobody would act on
  struct Group {
    std::string id;
    LinearModel model;
  };
  std::vector<Group> groups;  ///< the highest score names the flag group
};

/// A turn of fewer words than this is never held for surely harmless: it gives too little to go by,
/// and what a rule finds in it is most of what is said.
inline constexpr std::uint32_t kFewestWordsToDoubt = 14;

/// Nor is a turn of fewer words than this asked about when the reader is unsure.
inline constexpr std::uint32_t kFewestWordsToAskOn = 5;

/// What the second reader makes of a turn.
struct SecondReading {
  Tier tier = Tier::kNone;
  bool unsure = false;              ///< not danger enough for an alarm, too much to pass over: ask
  Tier likely = Tier::kNone;        ///< `tier`, or when unsure what a yes would make it
  bool upgrades = false;            ///< an emergency, even where a rule found an urgent sign
  std::vector<std::string> groups;  ///< flag groups it may be, the likeliest first
  double score = 0;                 ///< the highest of any window
  /// By segment of this turn: its tokens, and the highest score of a window that holds it.
  struct Part {
    std::uint32_t begin = 0;
    std::uint32_t end = 0;
    double score = 0;
  };
  std::vector<Part> parts;
  double harmless_at = 0;   ///< of the model
  std::uint32_t begin = 0;  ///< tokens of this turn that the highest window covers, half-open
  std::uint32_t end = 0;

  /// True when the words [begin, end) stand among sentences that nobody would act on: a rule that
  /// fires on them is to be doubted.
  bool doubts(std::uint32_t begin_of_words, std::uint32_t end_of_words) const;
};

/// The second pair of eyes of the screen: a learnt reader of whole sentences. It raises what no
/// rule has words for; and where a rule fires on what it holds for surely harmless, the screen asks
/// instead of alarming. Immutable; thread-safe.
class SecondReader {
 public:
  SecondReader() = default;
  explicit SecondReader(SecondReaderModel model) : model_(std::move(model)), present_(true) {}

  /// False when the pack brings none: then nothing is ever raised.
  bool present() const { return present_; }
  const SecondReaderModel& model() const { return model_; }

  /// Reads a turn together with the last segments of earlier turns (`before`).
  /// Cost: linear in the features.
  SecondReading read(std::span<const Segment> before, std::span<const Segment> segments) const;

 private:
  SecondReaderModel model_;
  bool present_ = false;
};

/// Path of the learnt model inside a pack.
inline constexpr std::string_view kSecondReaderFile = "safety/second_reader/model.yaml";

/// Reads the model of a pack; a pack without one gives a reader that is not present. Errors:
/// kCorruptData.
Result<SecondReader> read_second_reader(const Documents& documents);

/// The text of the model file. `made_of` lines say what it was learnt from.
std::string to_text(const SecondReaderModel& model, const std::vector<std::string>& made_of);

}  // namespace backchat::safety
