#pragma once

#include <string>
#include <vector>

namespace backchat::safety {

/// One thing to do at once: a telephone link.
struct CardAction {
  std::string label;  ///< "Call 999 now"
  std::string href;   ///< "tel:999"
};

/// What a person must see before anything else. Complete by itself.
struct CareCard {
  std::string level;    ///< "emergency", "urgent" or "routine"
  std::string heading;  ///< one call to action
  std::vector<std::string> lines;
  std::vector<CardAction> actions;
};

/// A number to call, offered before anything is known of the person.
struct EmergencyNumber {
  std::string label;  ///< "US and Canada: call 911"
  std::string number;
  std::string href;                  ///< "tel:911"
  std::vector<std::string> regions;  ///< country codes whose number it is
};

/// A question of ours with its quick replies.
struct QuickReply {
  std::string label;
  std::string text;  ///< what the person is taken to have typed
};
struct ScreeningQuestion {
  std::string id;  ///< "SQ1"
  std::string text;
  std::vector<QuickReply> replies;
};

}  // namespace backchat::safety
