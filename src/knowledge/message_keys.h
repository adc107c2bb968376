#pragma once

#include <array>
#include <string_view>

namespace backchat::knowledge {

/// The messages that the program itself asks for. A pack that lacks one is refused.
inline constexpr auto kMessageKeys = std::to_array<std::string_view>({
    "about.prefix",        "about.spelling",     "answer.differs",    "answer.named_only",
    "chat.noted",          "chat.start_over",     "chat.too_long",      "clarify.what",      "clarify.which",
    "follow_up.sources",   "follow_up.none",      "follow_up.nothing_before",
    "answer.next",         "answer.no_date",     "answer.partial",    "answer.published",
    "answer.reviewed",     "answer.sources",     "answer.steps",      "clarify.no_topic",
    "card.emergency",      "card.routine",       "card.urgent",       "chat.language",
    "edition.unavailable", "emergency.line",     "not_covered.empty", "not_covered.lead",
    "not_covered.next",    "not_covered.terms",  "not_covered.who",   "screen.held",
    "screen.next",
    "screen.thanks",       "screen.thanks_none",
});

/// A place in a message that the program fills: without it the words would be lost.
struct MessageSlot {
  std::string_view key;
  std::string_view slot;
};
inline constexpr auto kMessageSlots = std::to_array<MessageSlot>({
    {"about.prefix", "{topic}"},
    {"about.spelling", "{words}"},
    {"answer.named_only", "{name}"},
    {"answer.partial", "{terms}"},
    {"answer.published", "{date}"},
    {"answer.reviewed", "{date}"},
    {"answer.steps", "{name}"},
    {"not_covered.terms", "{terms}"},
});

}  // namespace backchat::knowledge
