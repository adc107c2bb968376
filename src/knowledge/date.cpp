#include "knowledge/date.h"

#include <charconv>
#include <chrono>

namespace backchat::knowledge {
namespace {

template <class Number>
bool read(std::string_view digits, Number& out) {
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), out);
  return error == std::errc() && end == digits.data() + digits.size();
}

}  // namespace

std::optional<long> days_of(std::string_view date) {
  int year = 0;
  unsigned month = 0;
  unsigned day = 0;
  if (date.size() != 10 || date[4] != '-' || date[7] != '-' || !read(date.substr(0, 4), year) ||
      !read(date.substr(5, 2), month) || !read(date.substr(8, 2), day)) {
    return std::nullopt;
  }
  const std::chrono::year_month_day calendar{std::chrono::year{year}, std::chrono::month{month},
                                             std::chrono::day{day}};
  if (!calendar.ok()) return std::nullopt;
  return std::chrono::sys_days{calendar}.time_since_epoch().count();
}

}  // namespace backchat::knowledge
