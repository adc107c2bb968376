#include "app/http/source_view.h"

#include <chrono>
#include <optional>

namespace backchat::app::http {
namespace {

using kainjow::mustache::data;

constexpr int kOldYears = 3;

/// "A. Writer, physiotherapist; B. Doctor".
std::string join(const std::vector<std::string>& items) {
  std::string out;
  for (const std::string& item : items) out += (out.empty() ? "" : "; ") + item;
  return out;
}

/// "2024-05-31" -> the day; nothing when it is no date.
std::optional<std::chrono::year_month_day> parse_date(std::string_view iso) {
  if (iso.size() != 10 || iso[4] != '-' || iso[7] != '-') return std::nullopt;
  const auto number = [&](std::size_t at, std::size_t digits) {
    int value = 0;
    for (const char c : iso.substr(at, digits)) {
      if (c < '0' || c > '9') return 0;
      value = value * 10 + (c - '0');
    }
    return value;
  };
  const std::chrono::year_month_day date{std::chrono::year{number(0, 4)},
                                         std::chrono::month{static_cast<unsigned>(number(5, 2))},
                                         std::chrono::day{static_cast<unsigned>(number(8, 2))}};
  return date.ok() ? std::optional{date} : std::nullopt;
}

/// The text at `index` of a list of the table; empty when it has none.
std::string listed(const data& strings, const std::string& key, std::size_t index) {
  const data* list = strings.get(key);
  if (list == nullptr || !list->is_list() || index >= list->list_value().size()) return {};
  return list->list_value()[index].string_value();
}

/// Whole years from `then` to `now`.
int years_between(const std::chrono::year_month_day& then, const std::chrono::year_month_day& now) {
  const int years = static_cast<int>(now.year()) - static_cast<int>(then.year());
  const bool before_the_day =
      now.month() < then.month() || (now.month() == then.month() && now.day() < then.day());
  return before_the_day ? years - 1 : years;
}

}  // namespace

std::string written_date(const std::string& iso, const Templates& templates) {
  const auto date = parse_date(iso);
  if (!date) return iso;
  const std::string month =
      listed(templates.strings(), "months", static_cast<unsigned>(date->month()) - 1);
  if (month.empty()) return iso;
  return std::to_string(static_cast<unsigned>(date->day())) + " " + month + " " +
         std::to_string(static_cast<int>(date->year()));
}

void set_source_facts(data& out, const Templates& templates, const std::vector<PeopleOf>& people,
                      const std::string& published, const std::string& reviewed,
                      std::string_view today) {
  data groups{data::type::list};
  for (const PeopleOf& group : people) {
    if (group.names.empty()) continue;
    data item;
    item.set("role", data{templates.string(group.role)});
    item.set("names", data{join(group.names)});
    groups.push_back(item);
  }
  out.set("people", groups);

  data dates{data::type::list};
  std::optional<std::chrono::year_month_day> newest;
  const auto add_date = [&](const char* what, const std::string& iso) {
    if (iso.empty()) return;
    data item;
    item.set("what", data{templates.string(what)});
    item.set("iso", data{iso});
    item.set("day", data{written_date(iso, templates)});
    dates.push_back(item);
    const auto date = parse_date(iso);
    if (date && (!newest || *newest < *date)) newest = date;
  };
  add_date("published", published);
  add_date("reviewed", reviewed);
  out.set("has_dates", data{dates.is_non_empty_list()});
  out.set("dates", dates);

  const auto now = parse_date(today);
  const bool old = newest && now && *newest + std::chrono::years{kOldYears} < *now;
  out.set("old", data{old});
  if (!old) {
    out.set("age", data{false});
    return;
  }
  const int years = years_between(*newest, *now);
  const std::string words = listed(templates.strings(), "numbers", static_cast<std::size_t>(years));
  out.set("age", data{words.empty() ? std::to_string(years) : words});
}

std::string safe_url(const std::string& url) {
  const bool web = url.starts_with("https://") || url.starts_with("http://");
  return web ? url : std::string{};
}

}  // namespace backchat::app::http
