#pragma once

#include <array>
#include <string_view>

namespace backchat::knowledge {

/// The messages that the program itself asks for. A pack that lacks one is refused.
inline constexpr auto kMessageKeys = std::to_array<std::string_view>({
    "about.prefix",        "about.spelling",
    "answer.differs",      "answer.named_only",
    "answer.next",         "answer.no_date",
    "answer.partial",      "answer.published",
    "answer.reviewed",     "answer.sources",
    "answer.steps",        "answer.upright",
    "card.emergency",      "card.routine",
    "card.urgent",         "chat.language",
    "chat.noted",          "chat.start_over",
    "chat.too_long",       "clarify.no_topic",
    "clarify.what",        "clarify.which",
    "edition.unavailable", "emergency.line",
    "follow_up.none",      "follow_up.nothing_before",
    "follow_up.sources",   "not_covered.empty",
    "not_covered.lead",    "not_covered.next",
    "not_covered.terms",   "not_covered.who",
    "page.check_after",    "page.covers",
    "page.retold",         "page.title",
    "screen.held",         "screen.next",
    "screen.thanks",       "screen.thanks_none",
    "summary.advice",      "summary.checks",
    "summary.more",        "summary.no_answer",
    "summary.none",        "summary.note",
    "summary.questions",   "summary.said",
    "summary.signs",       "summary.title",
    "summary.tried",
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
    {"summary.more", "{count}"},
});

}  // namespace backchat::knowledge
