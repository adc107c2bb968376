#include "text/normalise.h"

#include <gtest/gtest.h>

#include <random>

namespace backchat::text {
namespace {

TEST(NormaliseTest, WritesContractionsOut) {
  const struct {
    const char* in;
    const char* out;
  } rows[] = {
      {"I can't feel", "I cannot feel"},
      {"I can\xE2\x80\x99t feel", "I cannot feel"},
      {"CANT pee", "cannot pee"},
      {"can\xC2\xB4t", "cannot"},
      {"it\xE2\x80\x99s", "it is"},
      {"ill", "ill"},
      {"its numb", "its numb"},
      {"15\xE2\x80\x93"
       "20 minutes",
       "15-20 minutes"},
      {"a\xC2\xA0"
       "b",
       "a b"},
      {"so\xE2\x80\x8B"
       "ft",
       "soft"},
      {"", ""},
  };
  for (const auto& row : rows) EXPECT_EQ(normalise(row.in).text, row.out) << row.in;
}

TEST(NormaliseTest, MapsSpansBackToTheOriginalWords) {
  const std::string in = "and I can\xE2\x80\x99t feel";
  const Normalised n = normalise(in);
  const std::size_t at = n.text.find("cannot");
  const Span back = n.original({at, at + 6});
  EXPECT_EQ(in.substr(back.begin, back.size()), "can\xE2\x80\x99t");
}

TEST(NormaliseTest, OriginIsMonotonousOnAnyBytes) {
  std::mt19937 random(7);
  std::uniform_int_distribution<int> byte(0, 255);
  for (int round = 0; round < 2000; ++round) {
    std::string in;
    for (int i = 0; i < round % 40; ++i) in.push_back(static_cast<char>(byte(random)));
    const Normalised n = normalise(in);
    ASSERT_EQ(n.origin.size(), n.text.size() + 1);
    for (std::size_t i = 1; i < n.origin.size(); ++i) ASSERT_LE(n.origin[i - 1], n.origin[i]);
    ASSERT_FALSE(first_invalid(n.text).has_value());
  }
}

}  // namespace
}  // namespace backchat::text
