#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

namespace backchat::app::http {

/// What a request may bring. Sizes in bytes.
struct RequestLimits {
  std::size_t head = 16 * 1024;  ///< request line and fields with their line ends
  std::size_t fields = 64;
  std::size_t line = 8000;  ///< one field, or the target; cpp-httplib refuses 8,192 by itself
  std::size_t body = 64 * 1024;
};

/// A checked request line and fields. Views into the buffer that was parsed.
struct Head {
  std::string_view method;
  std::string_view path;  ///< target without the query, not decoded
  std::string_view accept;
  bool keep_alive = true;
  std::size_t size = 0;       ///< bytes of the head with its empty line
  std::size_t body_size = 0;  ///< declared length of the body
};

/// Why a request is not served. The connection ends with it: what follows in the stream is not
/// known to be a request.
struct Refusal {
  int status = 400;
  std::string_view code;
  std::string_view message;
  bool html = false;  ///< a browser waits for a page
};

/// Names under which this server may be addressed: a page of another name that resolves to our
/// address (DNS rebinding) gets nothing.
class HostNames {
 public:
  /// The loopback names, `bound` (unless it means every address) and `more`. Each without a port;
  /// case does not matter.
  HostNames(std::string_view bound, const std::vector<std::string>& more);
  /// `host` is the value of a Host field, with or without a port.
  bool allows(std::string_view host) const;

 private:
  std::vector<std::string> names_;  ///< lower case; IPv6 without brackets
};

/// Reads the head at the start of `buffer`.
///
/// Shape:   nothing while it is not complete. `scanned` is where the last call on the same, shorter
/// buffer stopped (0
///          at first), so that a head that comes byte by byte costs no more than one that comes at
///          once.
/// Errors:  a Refusal for whatever is malformed, too large or not served here. Strict where
/// leniency would let two
///          programs on the way read two different requests: bare CR or LF, folded lines, blanks
///          before the colon, repeated Host or Content-Length, any Transfer-Encoding.
/// Threads: thread-safe; pure.
/// Source:  RFC 9112, sections 2.2, 3, 5 and 6.3.
tl::expected<std::optional<Head>, Refusal> parse_head(std::string_view buffer,
                                                      const RequestLimits& limits,
                                                      const HostNames& hosts, std::size_t& scanned);

}  // namespace backchat::app::http
