#include "index/forward.h"

#include <gtest/gtest.h>

#include <random>

namespace backchat::index {
namespace {

Forward sample() {
  Forward out;
  out.article = 7;
  out.kinds = bit(QuestionKind::kTreat);
  out.words = {1, 2, 300, 70'000, 5, 6, 4'000'000'000U, 8};
  out.title_end = 1;
  out.heading_end = 3;
  out.sentence_ends = {5, 5, 7};
  return out;
}

TEST(ForwardTest, ComesBackAsItWas) {
  const Forward before = sample();
  const auto after = decode_forward(encode(before));
  ASSERT_TRUE(after.has_value());
  EXPECT_EQ(after->article, before.article);
  EXPECT_EQ(after->kinds, before.kinds);
  EXPECT_EQ(after->words, before.words);
  EXPECT_EQ(after->title_end, before.title_end);
  EXPECT_EQ(after->heading_end, before.heading_end);
  EXPECT_EQ(after->sentence_ends, before.sentence_ends);
  EXPECT_EQ(after->sentence(0).size(), 2U);
  EXPECT_TRUE(after->sentence(1).empty());
  EXPECT_EQ(after->body().size(), 5U);
}

TEST(ForwardTest, RefusesBrokenBytes) {
  const std::string whole = encode(sample());
  for (std::size_t size = 0; size < whole.size(); ++size) {
    EXPECT_FALSE(decode_forward(std::string_view(whole).substr(0, size)).has_value()) << size;
  }
  EXPECT_FALSE(decode_forward(whole + "x").has_value());
}

TEST(ForwardTest, NoBytesBreakTheReaders) {
  std::mt19937 random(3);
  for (int i = 0; i < 20'000; ++i) {
    std::string bytes;
    for (auto size = random() % 24; size > 0; --size) {
      bytes += static_cast<char>(random() % (i % 2 == 0 ? 256 : 8));
    }
    if (const auto forward = decode_forward(bytes)) {
      EXPECT_LE(forward->heading_end, forward->words.size());
      for (std::size_t s = 0; s < forward->sentence_ends.size(); ++s) (void)forward->sentence(s);
    }
    if (const auto sentences = decode_sentences(bytes, 100)) {
      for (const auto& sentence : *sentences) EXPECT_LE(sentence.span.end, 100U);
    }
  }
}

}  // namespace
}  // namespace backchat::index
