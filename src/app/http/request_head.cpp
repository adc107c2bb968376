#include "app/http/request_head.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "app/http/message.h"
#include "text/utf8.h"

namespace backchat::app::http {
namespace {

constexpr Refusal kMalformed{400, "invalid_input", "The request is not well-formed HTTP."};
constexpr Refusal kHeadTooLarge{431, "too_large", "The request's header fields are too large."};
constexpr Refusal kTargetTooLong{414, "too_large", "The address is too long."};
constexpr Refusal kNoLength{411, "length_required", "The request must say its Content-Length."};
constexpr Refusal kBadLength{400, "invalid_input", "Content-Length must be one plain number."};
constexpr Refusal kBodyTooLarge{413, "too_large",
                                "This conversation is too long to send. Please start a new one."};
constexpr Refusal kTransferEncoding{411, "unsupported",
                                    "Transfer-Encoding is not supported; send a Content-Length."};
constexpr Refusal kContentEncoding{415, "unsupported", "Content-Encoding is not supported."};
constexpr Refusal kExpect{417, "unsupported", "Expect is not supported."};
constexpr Refusal kRange{416, "unsupported", "Range is not supported."};
constexpr Refusal kWrongHost{421, "wrong_host",
                             "This server does not answer under that name. See --allow-host."};
constexpr Refusal kNoHost{400, "invalid_input", "The request must have one Host field."};
constexpr Refusal kUnknownMethod{501, "unsupported", "This method is not supported."};
constexpr Refusal kWrongVersion{505, "unsupported", "Only HTTP/1.1 and HTTP/1.0 are supported."};

constexpr auto kMethods =
    std::to_array<std::string_view>({"GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS"});

bool is_token(std::string_view text) {
  constexpr std::string_view kPunctuation = "!#$%&'*+-.^_`|~";
  return !text.empty() && std::all_of(text.begin(), text.end(), [&](char c) {
    return text::is_alpha(c) || text::is_digit(c) || kPunctuation.find(c) != std::string_view::npos;
  });
}

/// No control characters besides TAB. Bytes above 127 are allowed, as RFC 9110 section 5.5 has it.
bool is_field_value(std::string_view text) {
  return std::none_of(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == 0x7f;
  });
}

bool equal_ignoring_case(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](char x, char y) { return text::to_lower(x) == text::to_lower(y); });
}

/// True when `name` is an element of the comma-separated `list`.
bool lists(std::string_view list, std::string_view name) {
  while (!list.empty()) {
    const std::size_t comma = std::min(list.find(','), list.size());
    if (equal_ignoring_case(text::trim(list.substr(0, comma)), name)) return true;
    list.remove_prefix(std::min(comma + 1, list.size()));
  }
  return false;
}

/// What the fields say, as far as framing and safety need it.
struct Fields {
  std::optional<std::string_view> host;
  std::optional<std::string_view> length;
  std::string_view accept;
  std::string_view connection;
};

std::optional<Refusal> read_field(std::string_view line, Fields& fields) {
  const std::size_t colon = line.find(':');
  if (colon == std::string_view::npos || !is_token(line.substr(0, colon))) return kMalformed;
  const std::string_view name = line.substr(0, colon);
  const std::string_view value = text::trim(line.substr(colon + 1));
  if (!is_field_value(value)) return kMalformed;
  const auto is = [&](std::string_view other) { return equal_ignoring_case(name, other); };
  if (is("Transfer-Encoding")) return kTransferEncoding;
  if (is("Content-Encoding")) return kContentEncoding;
  if (is("Expect")) return kExpect;
  if (is("Range")) return kRange;
  if (is("Host")) {
    if (fields.host) return kNoHost;
    fields.host = value;
  } else if (is("Content-Length")) {
    if (fields.length) return kBadLength;
    fields.length = value;
  } else if (is("Accept")) {
    fields.accept = value;
  } else if (is("Connection")) {
    fields.connection = value;
  }
  return std::nullopt;
}

/// "GET /path?query HTTP/1.1" into `head`; gives the minor version.
tl::expected<int, Refusal> read_request_line(std::string_view line, const RequestLimits& limits,
                                             Head& head) {
  const std::size_t first = line.find(' ');
  const std::size_t last = line.rfind(' ');
  if (first == std::string_view::npos || first == last) return tl::unexpected(kMalformed);
  head.method = line.substr(0, first);
  const std::string_view target = line.substr(first + 1, last - first - 1);
  const std::string_view version = line.substr(last + 1);
  if (!is_token(head.method)) return tl::unexpected(kMalformed);
  if (!version.starts_with("HTTP/")) return tl::unexpected(kMalformed);
  if (version != "HTTP/1.1" && version != "HTTP/1.0") return tl::unexpected(kWrongVersion);
  if (std::find(kMethods.begin(), kMethods.end(), head.method) == kMethods.end()) {
    return tl::unexpected(kUnknownMethod);
  }
  if (target.size() > limits.line) return tl::unexpected(kTargetTooLong);
  // Only the origin form: a target that names a server is meant for a proxy.
  const bool plain = std::all_of(target.begin(), target.end(),
                                 [](char c) { return c > ' ' && c < 0x7f && c != '#'; });
  if (!target.starts_with('/') || !plain) return tl::unexpected(kMalformed);
  head.path = target.substr(0, target.find('?'));
  return version.back() - '0';
}

std::optional<Refusal> check_host(const Fields& fields, int minor, const HostNames& hosts) {
  if (!fields.host) return minor == 1 ? std::optional(kNoHost) : std::nullopt;
  return hosts.allows(*fields.host) ? std::nullopt : std::optional(kWrongHost);
}

std::optional<Refusal> read_length(const Fields& fields, const RequestLimits& limits, Head& head) {
  if (!fields.length) {
    const bool has_body = head.method == "POST" || head.method == "PUT" || head.method == "PATCH";
    return has_body ? std::optional(kNoLength) : std::nullopt;
  }
  const std::string_view digits = *fields.length;
  if (digits.empty() || !std::all_of(digits.begin(), digits.end(), text::is_digit)) {
    return kBadLength;
  }
  const auto [end, error] =
      std::from_chars(digits.data(), digits.data() + digits.size(), head.body_size);
  if (error != std::errc{} || head.body_size > limits.body) return kBodyTooLarge;
  return std::nullopt;
}

/// "Example.org:8080" -> "example.org"; "[::1]:80" -> "::1".
std::string bare_name(std::string_view host) {
  if (host.starts_with('[')) return text::to_lower(host.substr(1, host.find(']') - 1));
  return text::to_lower(host.substr(0, host.find(':')));
}

/// True when what follows the name is nothing or a port.
bool has_valid_port(std::string_view host) {
  const std::size_t name_end = host.starts_with('[') ? host.find(']') : 0;
  if (name_end == std::string_view::npos) return false;
  const std::size_t colon = host.find(':', name_end);
  if (host.starts_with('[') && host.size() > name_end + 1 && colon != name_end + 1) return false;
  if (colon == std::string_view::npos) return true;
  const std::string_view port = host.substr(colon + 1);
  return port.size() <= 5 && std::all_of(port.begin(), port.end(), text::is_digit);
}

}  // namespace

HostNames::HostNames(std::string_view bound, const std::vector<std::string>& more)
    : names_{"localhost", "127.0.0.1", "::1"} {
  const auto is_ipv6 = [](std::string_view name) {
    return std::count(name.begin(), name.end(), ':') > 1 && !name.starts_with('[');
  };
  const auto add = [&](std::string_view name) {
    names_.push_back(is_ipv6(name) ? text::to_lower(name) : bare_name(name));
  };
  if (!bound.empty() && bound != "0.0.0.0" && bound != "::") add(bound);
  for (const std::string& name : more) add(name);
}

bool HostNames::allows(std::string_view host) const {
  return has_valid_port(host) &&
         std::find(names_.begin(), names_.end(), bare_name(host)) != names_.end();
}

tl::expected<std::optional<Head>, Refusal> parse_head(std::string_view buffer,
                                                      const RequestLimits& limits,
                                                      const HostNames& hosts,
                                                      std::size_t& scanned) {
  // Line ends first: a line that ends otherwise than in CR LF is refused as soon as it is seen.
  for (; scanned < buffer.size(); ++scanned) {
    const bool after_cr = scanned > 0 && buffer[scanned - 1] == '\r';
    if ((buffer[scanned] == '\n') != after_cr) return tl::unexpected(kMalformed);
    if (scanned >= limits.head) return tl::unexpected(kHeadTooLarge);
    if (buffer[scanned] == '\n' && scanned >= 3 && buffer[scanned - 2] == '\n') break;
  }
  if (scanned == buffer.size()) return std::optional<Head>{};

  Head head;
  head.size = scanned + 1;
  std::string_view rest = buffer.substr(0, head.size - 2);
  const auto next_line = [&rest] {
    const std::size_t end = rest.find("\r\n");
    const std::string_view line = rest.substr(0, end);
    rest.remove_prefix(end + 2);
    return line;
  };
  const auto minor = read_request_line(next_line(), limits, head);
  if (!minor) return tl::unexpected(minor.error());

  Fields fields;
  for (std::size_t count = 1; !rest.empty(); ++count) {
    const std::string_view line = next_line();
    if (count > limits.fields || line.size() > limits.line) return tl::unexpected(kHeadTooLarge);
    if (const auto refusal = read_field(line, fields)) return tl::unexpected(*refusal);
  }
  head.accept = fields.accept;
  auto refusal = check_host(fields, *minor, hosts);
  if (!refusal) refusal = read_length(fields, limits, head);
  if (refusal) {
    refusal->html = wants_html(head.path, head.accept);
    return tl::unexpected(*refusal);
  }
  head.keep_alive =
      *minor == 1 ? !lists(fields.connection, "close") : lists(fields.connection, "keep-alive");
  return std::optional<Head>{head};
}

}  // namespace backchat::app::http
