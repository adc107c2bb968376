#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace backchat::text {

/// A half-open range of byte offsets.
struct Span {
  std::size_t begin = 0;
  std::size_t end = 0;
  std::size_t size() const { return end - begin; }
  bool operator==(const Span&) const = default;
};

/// One decoded code point and the bytes it took. An invalid sequence decodes as U+FFFD over one
/// byte.
struct CodePoint {
  char32_t value = 0;
  std::size_t size = 1;
};

/// Decodes the code point at `at` (which must be < text.size()). Overlong forms, surrogates and
/// values above U+10FFFF are invalid.
CodePoint decode(std::string_view text, std::size_t at);

/// Appends `value` as UTF-8.
void append(std::string& out, char32_t value);

/// Offset of the first byte that is not valid UTF-8, or nothing when all is valid.
std::optional<std::size_t> first_invalid(std::string_view text);

/// Number of code points; each invalid byte counts as one.
std::size_t length(std::string_view text);

/// `text` with each invalid byte replaced by U+FFFD.
std::string make_valid(std::string_view text);

/// ASCII helpers that do not depend on the locale.
constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }
constexpr bool is_alpha(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
constexpr bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }
constexpr char to_lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }
std::string to_lower(std::string_view text);
std::string_view trim(std::string_view text);

}  // namespace backchat::text
