#include "text/utf8.h"

#include <gtest/gtest.h>

namespace backchat::text {
namespace {

TEST(Utf8Test, FindsTheFirstInvalidByte) {
  const struct {
    std::string text;
    std::optional<std::size_t> at;
  } rows[] = {
      {"", {}},
      {"plain", {}},
      {"\xF0\x9F\x99\x83", {}},
      {"a\xC0\xAF", 1},         // overlong
      {"\xED\xA0\x80", 0},      // surrogate
      {"\xF4\x90\x80\x80", 0},  // above U+10FFFF
      {"ab\xE2\x80", 2},        // cut off
      {"\xEF\xBF\xBD", {}},     // a real U+FFFD
  };
  for (const auto& row : rows) EXPECT_EQ(first_invalid(row.text), row.at) << row.text;
}

TEST(Utf8Test, MakesAnyBytesValid) {
  const std::string fixed = make_valid(
      "a\xFF"
      "b");
  EXPECT_EQ(fixed,
            "a\xEF\xBF\xBD"
            "b");
  EXPECT_EQ(length(fixed), 3U);
}

}  // namespace
}  // namespace backchat::text
