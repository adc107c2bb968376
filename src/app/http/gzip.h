#pragma once

#include <string>
#include <string_view>

namespace backchat::app::http {

/// `bytes` compressed, as Content-Encoding "gzip" means it (RFC 1952). Empty when there is no
/// memory for it. Thread-safe; about 1 ms for 100 KB.
std::string gzip(std::string_view bytes);

}  // namespace backchat::app::http
