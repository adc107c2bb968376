#include <gtest/gtest.h>

#include "knowledge/pack.h"

namespace backchat::knowledge {
namespace {

Article article_with(std::size_t blocks, const std::string& sentence) {
  Article article;
  article.slug = "a";
  article.title = "A";
  Section section;
  section.heading = "One";
  section.slug = "one";
  for (std::size_t i = 0; i < blocks; ++i) section.blocks.push_back({{sentence}, true, 0, 1});
  article.sections = {section, section};
  article.sections[1].slug = "two";
  article.sections[1].heading = "Two";
  return article;
}

TEST(PassagesTest, NeverCrossHeadingsOrTheLimit) {
  const auto passages =
      cut_passages(article_with(5, "Ten words stand in this one sentence right here today."), 25);
  ASSERT_EQ(passages.size(), 6U);
  EXPECT_EQ(passages[0].id, "a#one.1");
  EXPECT_EQ(passages[2].id, "a#one.3");
  EXPECT_EQ(passages[3].id, "a#two.1");
  EXPECT_EQ(passages[0].sentences.size(), 2U);
  EXPECT_EQ(passages[0].sentence(1), "Ten words stand in this one sentence right here today.");
}

TEST(PassagesTest, PlainTextKeepsEverySentenceOnce) {
  const auto passages = cut_plain_text("d1", "T", "One two three. Four five six. Seven.", 4);
  ASSERT_EQ(passages.size(), 2U);
  EXPECT_EQ(passages[1].id, "d1.2");
  EXPECT_EQ(passages[1].text, "Four five six. Seven.");
  EXPECT_TRUE(cut_plain_text("d1", "T", "  ", 4).empty());
}

}  // namespace
}  // namespace backchat::knowledge
