#include "app/http/origin.h"

#include <algorithm>

#include "text/utf8.h"

namespace backchat::app::http {
namespace {

bool is_port(std::string_view text) {
  constexpr std::size_t kDigits = 5;
  return !text.empty() && text.size() <= kDigits &&
         std::all_of(text.begin(), text.end(), text::is_digit);
}

bool is_host(std::string_view text) {
  if (text.starts_with('[') && text.ends_with(']')) {
    const std::string_view inside = text.substr(1, text.size() - 2);
    return !inside.empty() && inside.find_first_not_of("0123456789abcdef:.") == inside.npos;
  }
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return text::is_alpha(c) || text::is_digit(c) || c == '.' || c == '-';
  });
}

}  // namespace

Result<std::string> parse_origin(std::string_view text) {
  std::string origin = text::to_lower(text);
  if (origin.ends_with('/')) origin.pop_back();
  std::string_view rest = origin;
  bool good = false;
  for (const std::string_view scheme : {"https://", "http://"}) {
    if (!rest.starts_with(scheme)) continue;
    rest.remove_prefix(scheme.size());
    const std::size_t bracket = rest.find(']');
    const std::size_t colon = rest.find(':', bracket == rest.npos ? 0 : bracket);
    good =
        is_host(rest.substr(0, colon)) && (colon == rest.npos || is_port(rest.substr(colon + 1)));
    break;
  }
  if (!good) {
    return fail(ErrorCode::kInvalidInput,
                "not the origin of a site: write its scheme and host alone, such as "
                "https://site.example",
                std::string(text));
  }
  return origin;
}

}  // namespace backchat::app::http
