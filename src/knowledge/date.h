#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace backchat::knowledge {

/// Days since 1970 of an ISO date ("2024-05-31"), or nothing when it is none.
std::optional<long> days_of(std::string_view date);

}  // namespace backchat::knowledge
