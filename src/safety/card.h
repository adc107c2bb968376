#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "safety/care_card.h"
#include "safety/rule_book.h"
#include "safety/screener.h"

namespace backchat::safety {

/// The care card for findings (worst first), with the numbers of `region`; nothing when no advice
/// is due.
std::optional<CareCard> make_card(const RuleBook& book, std::span<const Finding> findings,
                                  Tier tier, std::string_view region);

/// A person's words as they are quoted back: one line of bearable length, cut at a character.
std::string shortened(std::string_view quote);

/// The emergency numbers for a person whose region is not known, each with the regions that call
/// it.
std::vector<EmergencyNumber> make_emergency_numbers(const RuleBook& book);

}  // namespace backchat::safety
