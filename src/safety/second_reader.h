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
  LinearModel danger;     ///< of neighbouring sentences: someone should be seen today or now
  LinearModel message;    ///< the same, of everything that is said
  LinearModel emergency;  ///< of dangerous sentences: now
  /// How the scores are weighed against each other.
  struct Balance {
    double start = 0;
    double highest = 1;   ///< for the highest score of neighbouring sentences
    double turn = 0;      ///< for the score of the whole turn
    double together = 0;  ///< for the score of the turn and what was said before
    double length = 0;    ///< for the logarithm of how many sentences were read: each may be wrong
    double later = 0;     ///< when more was said in earlier turns: each turn may be wrong
    double alarm = 0;     ///< when a rule fires
  } balance;
  double danger_at = 0;    ///< a balance from here on raises the alarm
  double ask_at = 0;       ///< a balance from here on makes the screen ask
  double harmless_at = 0;  ///< a rule that fires on a balance below is doubted
  double emergency_at = 0;
  double upgrade_at = 0;  ///< from here on also where a rule says that today is soon enough
  struct Group {
    std::string id;
    LinearModel model;
  };
  std::vector<Group> groups;  ///< the highest score names the flag group
};

/// A turn of fewer words than this is never held for harmless when a rule fires: it gives too
/// little to go by, and what a rule finds in it is most of what is said.
inline constexpr std::uint32_t kFewestWordsToDoubt = 8;

/// Nor is a turn of fewer words than this asked about when the reader is unsure, nor is what a rule
/// found in it made an emergency; and after another turn ("since yesterday") it raises nothing by
/// itself.
inline constexpr std::uint32_t kFewestWordsToAskOn = 5;

/// And of fewer words than this it raises nothing by itself: "bye" is a goodbye.
inline constexpr std::uint32_t kFewestWordsToRaise = 4;

/// What the sentences around a dangerous one can take away from it at most: a surely dangerous
/// sentence stays one in the longest story.
inline constexpr double kMostTakenAway = 3.5;

/// What the second reader makes of a turn. Without a model it finds nothing and doubts nothing.
/// The model must live as long.
struct SecondReading {
  const SecondReaderModel* model = nullptr;
  double highest = 0;         ///< score of the most dangerous neighbouring sentences
  double turn = 0;            ///< score of the whole turn
  double together = 0;        ///< score of the turn and what was said before it
  std::size_t sentences = 0;  ///< read
  bool later = false;         ///< some of them were said in earlier turns
  double emergency = 0;
  std::vector<std::string> groups;  ///< flag groups it may be, the likeliest first; may be empty
                                    ///< when there is no danger
  /// By segment of this turn: its tokens, the highest score of neighbours that hold it, and both
  /// scores of the segment as if it were all that is said.
  struct Part {
    std::uint32_t begin = 0;
    std::uint32_t end = 0;
    double highest = 0;
    double danger = 0;
    double message = 0;
  };
  std::vector<Part> parts;
  std::uint32_t begin = 0;  ///< tokens of this turn that the most dangerous sentences cover
  std::uint32_t end = 0;

  /// All scores weighed, with or without a rule that fires on the turn; never less than the most
  /// dangerous sentence alone less kMostTakenAway.
  double balance(bool rule_fires) const;
  /// What it raises by itself.
  Tier tier() const;
  /// Not danger enough for an alarm, too much to pass over: ask.
  bool unsure() const;
  /// How fast it is, if it is danger at all.
  Tier likely() const;
  /// An emergency, even where a rule found an urgent sign.
  bool upgrades() const;
  /// A rule that fires on the turn is to be doubted.
  bool doubts() const;
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
