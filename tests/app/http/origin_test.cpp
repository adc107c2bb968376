#include "app/http/origin.h"

#include <gtest/gtest.h>

namespace backchat::app::http {
namespace {

TEST(OriginTest, AnOriginIsSchemeHostAndPort) {
  EXPECT_EQ(parse_origin("https://Site.example").value(), "https://site.example");
  EXPECT_EQ(parse_origin("https://site.example/").value(), "https://site.example");
  EXPECT_EQ(parse_origin("http://127.0.0.1:8081").value(), "http://127.0.0.1:8081");
  EXPECT_EQ(parse_origin("https://[::1]:443").value(), "https://[::1]:443");
}

TEST(OriginTest, NothingElsePasses) {
  for (const char* text : {"",
                           "site.example",
                           "https://",
                           "https:///",
                           "ftp://site.example",
                           "https://site.example/a",
                           "https://a.example https://b.example",
                           "https://a.example;script-src *",
                           "*",
                           "https://*",
                           "https://site.example:",
                           "https://site.example:123456",
                           "https://site.example:80a",
                           "https://user@site.example",
                           "https://a\r\nX: y",
                           "https://[::1",
                           "https://[]",
                           "https://[::1]x:80",
                           "javascript:alert(1)",
                           "'self'"}) {
    const auto origin = parse_origin(text);
    ASSERT_FALSE(origin.has_value()) << text;
    EXPECT_EQ(origin.error().code, ErrorCode::kInvalidInput);
    EXPECT_NE(origin.error().message.find("https://site.example"), std::string::npos);
  }
}

}  // namespace
}  // namespace backchat::app::http
