#pragma once

#include <optional>
#include <string>
#include <vector>

namespace backchat::dialogue {

/// What the person sent once.
struct Turn {
  std::string text;
  std::optional<std::string> answers;  ///< id of the question it replies to, set by a quick reply
};

/// The whole state of a conversation: the user's turns, oldest first. Nothing else is kept
/// anywhere.
struct Transcript {
  std::vector<Turn> turns;
  std::string region;    ///< ISO 3166 country code, or empty
  std::string language;  ///< BCP 47, or empty for the pack's own
};

}  // namespace backchat::dialogue
