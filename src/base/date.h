#pragma once

#include <chrono>
#include <string>

namespace backchat {

/// A day as an ISO date: "2026-11-22".
inline std::string iso_date(std::chrono::sys_days day) {
  const std::chrono::year_month_day date{day};
  const auto two = [](unsigned value) { return (value < 10 ? "0" : "") + std::to_string(value); };
  return std::to_string(static_cast<int>(date.year())) + "-" +
         two(static_cast<unsigned>(date.month())) + "-" + two(static_cast<unsigned>(date.day()));
}

/// The date of the system's clock in UTC as an ISO date. Thread-safe.
inline std::string today() {
  return iso_date(std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now()));
}

}  // namespace backchat
