#include "text/analyzer.h"

#include <gtest/gtest.h>

#include <thread>

#include "text/normalise.h"

namespace backchat::text {
namespace {

std::unique_ptr<Analyzer> english() { return Analyzer::create({}).value(); }

TEST(AnalyzerTest, StemsFoldsAndKeepsOffsets) {
  const std::string text = "Exercises, Café";
  const auto tokens = english()->tokens(text);
  ASSERT_EQ(tokens.size(), 2U);
  EXPECT_EQ(tokens[0].term, "exercis");
  EXPECT_EQ(tokens[0].exact, "exercises");
  EXPECT_EQ(text.substr(tokens[0].begin, tokens[0].end - tokens[0].begin), "Exercises");
  EXPECT_EQ(tokens[1].exact, "cafe");
}

TEST(AnalyzerTest, KeepsTheNegationOfAContractionAfterNormalising) {
  const auto tokens = english()->tokens(normalise("I can\xE2\x80\x99t breathe").text);
  ASSERT_EQ(tokens.size(), 3U);
  EXPECT_EQ(tokens[1].term, "cannot");
}

TEST(AnalyzerTest, OtherLanguagesAreFoldedOnly) {
  const auto analyzer = Analyzer::create({.language = "de"}).value();
  EXPECT_EQ(analyzer->tokens("Schmerzen")[0].term, "schmerzen");
  EXPECT_NE(analyzer->id(), english()->id());
}

TEST(AnalyzerTest, SurvivesBrokenUtf8AndIsSafeFromManyThreads) {
  const auto analyzer = english();
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&analyzer] {
      for (int i = 0; i < 200; ++i) {
        EXPECT_EQ(analyzer->tokens("numb\xFF\xC0 legs").size(), 2U);
      }
    });
  }
  for (auto& thread : threads) thread.join();
}

}  // namespace
}  // namespace backchat::text
