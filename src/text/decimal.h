#pragma once

#include <string>

namespace backchat::text {

/// A number with three decimals, for reports to people: "0.330".
std::string decimal(double value);

}  // namespace backchat::text
