#include "app/http/request_head.h"

#include <gtest/gtest.h>

#include <random>
#include <string>

namespace backchat::app::http {
namespace {

const HostNames kHosts("127.0.0.1", {});

tl::expected<std::optional<Head>, Refusal> parse_at_once(std::string_view bytes) {
  std::size_t scanned = 0;
  return parse_head(bytes, RequestLimits{}, kHosts, scanned);
}

/// The same bytes as they may come from a slow client.
tl::expected<std::optional<Head>, Refusal> parse_byte_by_byte(const std::string& bytes) {
  std::size_t scanned = 0;
  for (std::size_t size = 0; size <= bytes.size(); ++size) {
    auto head =
        parse_head(std::string_view(bytes).substr(0, size), RequestLimits{}, kHosts, scanned);
    if (!head || *head) return head;
  }
  return std::optional<Head>{};
}

TEST(ParseHeadTest, GivesWhatFramingNeeds) {
  const std::string bytes =
      "POST /a/b?c=d HTTP/1.1\r\nhOsT: localhost:8080\r\nAccept:  text/html \r\n"
      "CONTENT-LENGTH: 007\r\n\r\nbody...";
  const auto head = parse_at_once(bytes);
  ASSERT_TRUE(head.has_value());
  ASSERT_TRUE(head->has_value());
  EXPECT_EQ((*head)->method, "POST");
  EXPECT_EQ((*head)->path, "/a/b");
  EXPECT_EQ((*head)->accept, "text/html");
  EXPECT_EQ((*head)->body_size, 7U);
  EXPECT_EQ(bytes.substr((*head)->size), "body...");
  EXPECT_TRUE((*head)->keep_alive);
}

TEST(ParseHeadTest, WaitsForTheEmptyLine) {
  const std::string bytes = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n";
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    const auto head = parse_at_once(std::string_view(bytes).substr(0, size));
    ASSERT_TRUE(head.has_value()) << size;
    EXPECT_FALSE(head->has_value()) << size;
  }
}

// Two ways of reading the same bytes agree, whatever the bytes.
TEST(ParseHeadTest, ComingSlowlyChangesNothing) {
  const std::string seed =
      "POST /ask?x=1 HTTP/1.1\r\nHost: localhost\r\nContent-Length: 12\r\n"
      "Connection: close\r\nContent-Type: application/json\r\n\r\n{\"turns\":[]}";
  std::mt19937 random(11);
  int whole = 0;
  for (int round = 0; round < 5000; ++round) {
    std::string bytes = seed;
    for (std::size_t i = 0, n = random() % 4; i < n; ++i) {
      const std::size_t at = random() % bytes.size();
      switch (random() % 4) {
        case 0:
          bytes[at] = static_cast<char>(random());
          break;
        case 1:
          bytes.erase(at, 1 + random() % 5);
          break;
        case 2:
          bytes.insert(at, 1, "\r\n: \0\t"[random() % 6]);
          break;
        default:
          bytes.insert(at, bytes.substr(random() % bytes.size(), random() % 30));
      }
      if (bytes.empty()) bytes = "\r";
    }
    const auto fast = parse_at_once(bytes);
    const auto slow = parse_byte_by_byte(bytes);
    ASSERT_EQ(fast.has_value(), slow.has_value()) << round;
    if (!fast) {
      EXPECT_EQ(fast.error().status, slow.error().status) << round;
      continue;
    }
    ASSERT_EQ(fast->has_value(), slow->has_value()) << round;
    if (!fast->has_value()) continue;
    ++whole;
    EXPECT_EQ((*fast)->size, (*slow)->size);
    EXPECT_EQ((*fast)->body_size, (*slow)->body_size);
    EXPECT_EQ((*fast)->keep_alive, (*slow)->keep_alive);
  }
  EXPECT_GT(whole, 500);
}

TEST(HostNamesTest, NamesTheBoundAddressButNotEveryAddress) {
  EXPECT_TRUE(HostNames("192.168.1.5", {}).allows("192.168.1.5:8080"));
  EXPECT_TRUE(HostNames("::1", {}).allows("[::1]"));
  EXPECT_TRUE(HostNames("fe80::1", {}).allows("[FE80::1]:80"));
  EXPECT_FALSE(HostNames("0.0.0.0", {}).allows("0.0.0.0"));
  EXPECT_FALSE(HostNames("::", {}).allows("[::]"));
}

TEST(HostNamesTest, RefusesWhatIsNoHost) {
  for (const char* host :
       {"", ":80", "[::1", "[::1]x", "::1", "localhost:", "a b", "localhost:1:2"}) {
    if (std::string_view(host) == "localhost:") {
      EXPECT_TRUE(kHosts.allows(host)) << "an empty port is allowed, RFC 3986 section 3.2.3";
    } else {
      EXPECT_FALSE(kHosts.allows(host)) << host;
    }
  }
}

}  // namespace
}  // namespace backchat::app::http
