#pragma once

#include <array>
#include <string_view>

namespace backchat::knowledge {

/// The messages that the program itself asks for. A pack that lacks one is refused.
inline constexpr auto kMessageKeys = std::to_array<std::string_view>({
    "about.prefix",     "about.spelling",      "answer.differs",     "answer.named_only",
    "answer.next",      "answer.no_date",      "answer.partial",     "answer.published",
    "answer.reviewed",  "answer.sources",      "answer.steps",       "answer.upright",
    "card.emergency",   "card.routine",        "card.urgent",        "chat.language",
    "clarify.no_topic", "edition.unavailable", "emergency.line",     "not_covered.empty",
    "not_covered.lead", "not_covered.next",    "not_covered.terms",  "not_covered.who",
    "page.check_after", "page.covers",         "page.retold",        "page.title",
    "screen.held",      "screen.thanks",       "screen.thanks_none", "summary.advice",
    "summary.checks",   "summary.more",        "summary.no_answer",  "summary.none",
    "summary.note",     "summary.questions",   "summary.said",       "summary.signs",
    "summary.title",    "summary.tried",
});

}  // namespace backchat::knowledge
