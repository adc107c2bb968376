#include "knowledge/article_reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace backchat::knowledge {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr const char* kArticle = R"(---
title: Heat or ice
source: {publisher: Example Health Service, short: Example, published: 2023-04-01}
authors: [A. Writer]
reviewers: [{name: B. Doctor, role: physiotherapist}]
reviewed: 2024-02-10
---
# Heat or ice

## When should I use ice?
Ice eases swelling in a sore back.
Wrap the ice pack in a towel &amp; rest.

- An ice pack stays on for 15 to 20 minutes. Then it comes off.

## How to bend
1. Stand up straight.
2. Bend your knees.
)";

TEST(ArticleReaderTest, ReadsFrontMatterHeadingsParagraphsAndLists) {
  Problems problems;
  const Article article = read_article(kArticle, "articles/heat-or-ice.md", problems);
  ASSERT_TRUE(problems.empty()) << error_of(problems.all()).message;
  EXPECT_EQ(article.slug, "heat-or-ice");
  EXPECT_EQ(article.source.short_name, "Example");
  EXPECT_EQ(article.authors[0].name, "A. Writer");
  EXPECT_EQ(article.reviewers[0].role, "physiotherapist");
  ASSERT_EQ(article.sections.size(), 2U);
  const Section& ice = article.sections[0];
  EXPECT_EQ(ice.slug, "when-should-i-use-ice");
  ASSERT_EQ(ice.blocks.size(), 2U);
  EXPECT_THAT(ice.blocks[0].sentences, ElementsAre("Ice eases swelling in a sore back.",
                                                   "Wrap the ice pack in a towel & rest."));
  EXPECT_TRUE(ice.blocks[1].item);
  EXPECT_EQ(ice.blocks[1].line, 14);
  EXPECT_EQ(article.sections[1].blocks[1].step, 2);
}

TEST(ArticleReaderTest, NamesFileAndLineOfWhatAPassageCannotHold) {
  const struct {
    const char* from;
    const char* to;
    const char* message;
  } rows[] = {
      {"Ice eases swelling in a sore back.", "<b>Ice</b> eases.", "articles/x.md:11: HTML"},
      {"Ice eases swelling in a sore back.", "![ice](ice.png)", "articles/x.md:11: an image"},
      {"## How to bend", "## When should I use ice?", "twice"},
      {"# Heat or ice\n", "# Another\n", "the title differs"},
      {"published: 2023-04-01", "published: April", "is not a date"},
      {"authors: [A. Writer]", "autors: [A. Writer]", "unknown key 'autors'"},
      {"---\ntitle", "title", "no front matter"},
      {"publisher: Example Health Service, ", "", "'publisher' is missing"},
  };
  for (const auto& row : rows) {
    std::string text = kArticle;
    text.replace(text.find(row.from), std::string(row.from).size(), row.to);
    Problems problems;
    read_article(text, "articles/x.md", problems);
    ASSERT_FALSE(problems.empty()) << row.message;
    EXPECT_THAT(to_string(error_of(problems.all())), HasSubstr(row.message));
  }
}

TEST(ArticleReaderTest, SlugsAreLettersDigitsAndHyphens) {
  EXPECT_EQ(slug_of("What's a \"spasm\"? (15-20 min)"), "whats-a-spasm-15-20-min");
  EXPECT_EQ(slug_of("???"), "");
}

TEST(ArticleReaderTest, CommentsAreForAuthorsOnly) {
  Problems problems;
  const Article article = read_article(
      "---\ntitle: Necks\nsource: {publisher: P}\n---\n# Necks\n\n<!-- note to us -->\n\n## Why?\n"
      "A neck is stiff.\n\n<!-- two\nlines -->\n\n- An item.\n\n<!-- end -->\n",
      "articles/n.md", problems);
  EXPECT_TRUE(problems.empty()) << error_of(problems.all()).message;
  ASSERT_EQ(article.sections.size(), 1U);
  ASSERT_EQ(article.sections[0].blocks.size(), 2U);
  EXPECT_EQ(article.sections[0].blocks[0].sentences[0], "A neck is stiff.");
  EXPECT_EQ(article.sections[0].blocks[1].sentences[0], "An item.");
}

TEST(ArticleReaderTest, HtmlBehindACommentIsNotHidden) {
  for (const char* html : {"<div>x</div>", "<!-- a --> <b>x</b>", "a <!-- inside --> b"}) {
    Problems problems;
    read_article("---\ntitle: T\nsource: {publisher: P}\n---\n# T\n\n## Why?\nA.\n\n" +
                     std::string(html) + "\n",
                 "articles/n.md", problems);
    ASSERT_FALSE(problems.empty()) << html;
    EXPECT_EQ(problems.all()[0].line, 10) << html;
    EXPECT_THAT(problems.all()[0].what, HasSubstr("HTML cannot be quoted"));
  }
}

}  // namespace
}  // namespace backchat::knowledge
