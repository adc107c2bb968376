#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <random>

#include "authoring/check.h"
#include "authoring/import/importer.h"
#include "authoring/pack_edition.h"
#include "dialogue/manager.h"
#include "knowledge/article_reader.h"
#include "tests/authoring/scratch_pack.h"

namespace backchat::authoring {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

const ImportOptions kOptions{.today = "2026-11-22", .publisher = {}, .url = {}};

std::string import(const std::string& text, const std::string& name) {
  const auto draft = import_bytes(text, name, kOptions);
  EXPECT_TRUE(draft.has_value()) << to_string(draft.error());
  return draft ? *draft : std::string();
}

// A draft read as an article; nothing may be wrong with it.
knowledge::Article read(const std::string& draft) {
  knowledge::Problems problems;
  knowledge::Article article = knowledge::read_article(draft, "articles/draft.md", problems);
  for (const auto& problem : problems.all()) ADD_FAILURE() << to_string(problem) << "\n" << draft;
  return article;
}

std::vector<std::string> headings(const knowledge::Article& article) {
  std::vector<std::string> out;
  for (const auto& section : article.sections) out.push_back(section.heading);
  return out;
}

TEST(ImportTest, PlainTextGivesHeadingsParagraphsAndLists) {
  const std::string draft = import(
      "Easing a stiff neck\n\nBy Ann Able, PT\nPublished May 3, 2024\n\nA neck can be stiff. It "
      "goes away by itself.\n\nWhat helps a stiff neck?\n\nTry these:\xC2\xA0\n\n  \xE2\x80\xA2 "
      "A warm pack.[3]\n  \xE2\x80\xA2 A walk.\n\n1. Sit up.\n2. Breathe.\n\nSubscribe to our "
      "newsletter!\n\nReferences\n\nSmith 2020, Journal of Necks.\n",
      "neck.txt");
  const knowledge::Article article = read(draft);
  EXPECT_EQ(article.title, "Easing a stiff neck");
  EXPECT_EQ(article.source.published, "2024-05-03");
  ASSERT_EQ(article.authors.size(), 1U);
  EXPECT_EQ(article.authors[0].name, "Ann Able, PT");
  EXPECT_EQ(article.retrieved, "2026-11-22");
  EXPECT_THAT(headings(article), ElementsAre("Easing a stiff neck", "What helps a stiff neck?"));
  const auto& blocks = article.sections[1].blocks;
  ASSERT_EQ(blocks.size(), 5U);
  EXPECT_EQ(blocks[0].sentences[0], "Try these:");
  EXPECT_TRUE(blocks[1].item);
  EXPECT_EQ(blocks[1].sentences[0], "A warm pack.");
  EXPECT_EQ(blocks[3].step, 1);
  EXPECT_EQ(blocks[4].step, 2);
  EXPECT_THAT(draft, HasSubstr("<!-- advertising? Subscribe to our newsletter! -->"));
  EXPECT_THAT(draft, HasSubstr("<!-- references? Smith 2020, Journal of Necks. -->"));
  EXPECT_THAT(draft, HasSubstr("# guessed from the line \"Published May 3, 2024\": confirm"));
}

TEST(ImportTest, LinesBrokenAtAMarginBelongTogether) {
  const knowledge::Article article = read(
      import("A stiff neck\n\nSleeping in a draught all night long can give a person a\nneck that "
             "is stiff and sore for some days, and it goes away\nafter about a week or so in most "
             "of the people who have it.\n",
             "neck.txt"));
  ASSERT_EQ(article.sections.size(), 1U);
  EXPECT_EQ(article.sections[0].blocks.size(), 1U);
}

TEST(ImportTest, HtmlGivesTheArticleAndSetsThePageApart) {
  const std::string draft = import(R"(<!DOCTYPE html><html><head>
<title>Easing a stiff neck | Neck Clinic</title><meta property="og:site_name" content="Neck Clinic">
<meta name="author" content="Ann Able"><link rel="canonical" href="https://example.org/neck">
<meta property="article:published_time" content="2024-05-03T10:00:00Z"><style>p{}</style></head><body>
<nav><a href="/">Home</a> <a href="/x">Shop</a></nav>
<article><h1>Easing a stiff neck</h1><p>A neck can be <b>stiff</b>.<br>It goes&nbsp;away.</p>
<div class="ad-box advert">Buy a pillow.</div><h2>What helps a stiff neck?</h2>
<ul><li>A warm pack.</li><li><p>A walk &amp; rest.</p></li></ul><ol><li>Sit up.</li><li>Breathe.</li></ol>
<table><tr><td>a</td><td>b</td></tr></table><script>evil()</script>
<h2>Empty</h2></article><footer>All rights reserved</footer></body></html>)",
                                   "page.html");
  const knowledge::Article article = read(draft);
  EXPECT_EQ(article.title, "Easing a stiff neck");
  EXPECT_EQ(article.source.publisher, "Neck Clinic");
  EXPECT_EQ(article.source.url, "https://example.org/neck");
  EXPECT_EQ(article.source.published, "2024-05-03");
  ASSERT_EQ(article.authors.size(), 1U);
  EXPECT_THAT(headings(article), ElementsAre("Easing a stiff neck", "What helps a stiff neck?"));
  EXPECT_EQ(article.sections[0].blocks[0].sentences[0], "A neck can be stiff.");
  const auto& blocks = article.sections[1].blocks;
  ASSERT_EQ(blocks.size(), 4U);
  EXPECT_EQ(blocks[1].sentences[0], "A walk & rest.");
  EXPECT_TRUE(blocks[1].item);
  EXPECT_EQ(blocks[2].step, 1);
  EXPECT_EQ(blocks[3].step, 2);
  EXPECT_THAT(draft, HasSubstr("<!-- navigation? Home Shop -->"));
  EXPECT_THAT(draft, HasSubstr("<!-- advertising? Buy a pillow. -->"));
  EXPECT_THAT(draft, HasSubstr("<!-- footer? All rights reserved -->"));
  EXPECT_THAT(draft, HasSubstr("<!-- heading without text? Empty -->"));
  EXPECT_THAT(draft, Not(HasSubstr("evil")));
}

TEST(ImportTest, MarkdownKeepsItsStructureAndFrontMatter) {
  const std::string draft = import(
      "---\ntitle: \"Easing a stiff neck\"\nauthor: Ann Able\ndate: 2024-05-03\n---\n"
      "# Easing a stiff neck\n\n## What helps?\n\nA [warm pack](https://x) *helps*.\n\n"
      "- One.\n- Two.\n\n1. First.\n2. Second.\n\n![a neck](n.png)\n",
      "neck.md");
  const knowledge::Article article = read(draft);
  EXPECT_EQ(article.source.published, "2024-05-03");
  ASSERT_EQ(article.authors.size(), 1U);
  EXPECT_THAT(headings(article), ElementsAre("What helps?"));
  const auto& blocks = article.sections[0].blocks;
  ASSERT_EQ(blocks.size(), 5U);
  EXPECT_EQ(blocks[0].sentences[0], "A warm pack helps.");
  EXPECT_EQ(blocks[4].step, 2);
}

TEST(ImportTest, WhatTheAuthorKnowsIsNotGuessed) {
  const auto draft = import_bytes(
      "A neck\n\nA neck is stiff at times, and then it is not.\n", "a.txt",
      {.today = "2026-11-22", .publisher = "Neck \"Best\" Clinic", .url = "https://example.org/n"});
  ASSERT_TRUE(draft.has_value());
  const knowledge::Article article = read(*draft);
  EXPECT_EQ(article.source.publisher, "Neck \"Best\" Clinic");
  EXPECT_EQ(article.source.url, "https://example.org/n");
  EXPECT_THAT(*draft, HasSubstr("url: \"https://example.org/n\"\n"));
}

TEST(ImportTest, MarksOfMarkdownInATextStayText) {
  const std::string hard =
      "# 5 is no heading, and *this* _is_ <b>not</b> [a link](x) & no &amp; `code` \\ either.";
  const knowledge::Article article =
      read(import("A title\n\nHeads - and -- dashes?\n\n" + hard +
                      "\n\n2020. That was a year that nobody will forget soon.\n\n+ plus is a word "
                      "in this sentence.\n\nHeads - and -- dashes?\n\nA second section of the "
                      "same name.\n",
                  "hard.txt"));
  std::vector<std::string> said;
  for (const auto& section : article.sections) {
    for (const auto& block : section.blocks) {
      std::string text;
      for (const auto& sentence : block.sentences) text += (text.empty() ? "" : " ") + sentence;
      said.push_back(text);
    }
  }
  EXPECT_THAT(said, ::testing::Contains(hard));
  EXPECT_THAT(said, ::testing::Contains("2020. That was a year that nobody will forget soon."));
  EXPECT_THAT(said, ::testing::Contains("+ plus is a word in this sentence."));
  EXPECT_THAT(headings(article),
              ElementsAre("Heads - and -- dashes?", "Heads - and -- dashes? (2)"));
}

struct BadRow {
  std::string bytes;
  const char* message;
};

TEST(ImportTest, BadInputIsRefusedClearly) {
  std::string deep = "<p>text";
  for (int i = 0; i < 2000; ++i) deep = "<div>" + deep;
  for (const BadRow& row : std::vector<BadRow>{
           {"", "is empty"},
           {" \n\t\n", "is empty"},
           {std::string("PK\0\3binary", 10), "binary"},
           {"caf\xE9 is not UTF-8", "x.html:1: not UTF-8"},
           {"line\nline\nca\xFF", "x.html:3: not UTF-8"},
           {std::string(50U << 20U, 'a'), "larger than 4 MiB"},
           {"<html><body><nav>Home</nav></body></html>", "no text of an article"},
           {"<html></html>", "no text of an article"},
           {deep, "nested more than"},
       }) {
    const auto draft = import_bytes(row.bytes, "x.html", kOptions);
    ASSERT_FALSE(draft.has_value()) << row.message;
    EXPECT_EQ(draft.error().code, ErrorCode::kInvalidInput);
    EXPECT_THAT(to_string(draft.error()), HasSubstr(row.message));
    EXPECT_THAT(to_string(draft.error()), HasSubstr("x.html"));
  }
  EXPECT_EQ(import_article("/no/such/file", kOptions).error().code, ErrorCode::kNotFound);
  EXPECT_EQ(import_article("/tmp", kOptions).error().code, ErrorCode::kNotFound);
}

TEST(ImportTest, AnyInputGivesAnErrorOrADraftThatCanBeRead) {
  std::mt19937 random(7);
  const std::vector<std::string> parts{"<div>",
                                       "</div>",
                                       "<li>",
                                       "<ol>",
                                       "</ol>",
                                       "<h2>",
                                       "</h2>",
                                       "<p>",
                                       "a word or two. ",
                                       "\n",
                                       "\n\n",
                                       "- ",
                                       "1. ",
                                       "# ",
                                       "---\n",
                                       "\"",
                                       "\\",
                                       "&lt;",
                                       "-->",
                                       "<!--",
                                       "*",
                                       "[x](",
                                       "\xC3\xA9",
                                       "?",
                                       "\t",
                                       "|a|b|\n|-|-|\n",
                                       "    ",
                                       "> ",
                                       "`",
                                       "==="};
  for (int round = 0; round < 4000; ++round) {
    std::string bytes;
    const auto length = random() % 40;
    for (unsigned i = 0; i < length; ++i) bytes += parts[random() % parts.size()];
    for (const char* name : {"a.txt", "a.html", "a.md"}) {
      const auto draft = import_bytes(bytes, name, kOptions);
      if (!draft) continue;
      knowledge::Problems problems;
      knowledge::read_article(*draft, "articles/draft.md", problems);
      ASSERT_TRUE(problems.empty())
          << name << ": " << to_string(problems.all()[0]) << "\n--- input\n"
          << bytes << "\n--- draft\n"
          << *draft;
    }
  }
}

// The five texts that the default pack was made of, imported as they are: never committed.
TEST(ImportTest, DraftsOfTheSeedsBuildAndAnswerInTheirOwnSentences) {
  const fs::path seeds = fs::path(BACKCHAT_SOURCE_DIR) / "../shared/seeds";
  if (!fs::exists(seeds)) GTEST_SKIP() << "no seeds beside the repository";
  const test::ScratchPack pack;
  fs::remove_all(pack.path() / "articles");
  fs::remove_all(pack.path() / "exercises");
  fs::remove(pack.path() / "comparisons.yaml");
  int count = 0;
  for (const auto& entry : fs::directory_iterator(seeds)) {
    const auto draft = import_article(entry.path(), kOptions);
    ASSERT_TRUE(draft.has_value()) << entry.path() << to_string(draft.error());
    pack.write("articles/seed-" + entry.path().stem().string() + ".md", *draft);
    ++count;
  }
  ASSERT_GE(count, 5);
  const auto edition = open_pack(pack.path());
  ASSERT_TRUE(edition.has_value()) << to_string(edition.error());
  std::string all;
  for (const auto& entry : fs::directory_iterator(seeds)) {
    std::ifstream in(entry.path());
    all.append(std::istreambuf_iterator<char>(in), {});
  }
  for (const char* question :
       {"what causes lower back spasms", "what are the symptoms of a back spasm",
        "how long do spasms last", "when should i call my doctor"}) {
    const auto reply = dialogue::reply(**edition, {{{question, {}}}, "", ""}, Deadline::none());
    ASSERT_TRUE(reply.has_value());
    EXPECT_EQ(reply->kind, answer::Kind::kAnswer) << question;
    for (const auto& citation : reply->citations) {
      EXPECT_NE(all.find(citation.quote), std::string::npos) << citation.quote;
    }
  }
}

TEST(ImportTest, ADraftIsNotForPublishingBeforeItIsConfirmed) {
  const test::ScratchPack pack;
  pack.write("articles/draft.md",
             import("A sore wrist\n\nA wrist can be sore after a day of typing at a desk.\n",
                    "wrist.txt"));
  const auto report = check_pack(pack.path(), {.today = "2026-11-22"});
  ASSERT_TRUE(report.has_value());
  EXPECT_EQ(report->errors(), 3U);  // title, publisher, heading
  for (std::size_t i = 0; i < report->errors(); ++i) {
    EXPECT_EQ(report->notes[i].kind->id, "unconfirmed");
    EXPECT_EQ(report->notes[i].file, "articles/draft.md");
  }
}

}  // namespace
}  // namespace backchat::authoring
