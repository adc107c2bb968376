#include "answer/word_roles.h"

#include <gtest/gtest.h>

namespace backchat::answer {
namespace {

class WordRolesTest : public ::testing::Test {
 protected:
  // The words of that role, in order.
  std::string words(std::string_view question, WordRole role) const {
    const retrieve::Query query = questions_.analyse(question);
    const std::vector<WordRole> roles = roles_.roles(query);
    std::string out;
    for (std::size_t i = 0; i < roles.size(); ++i) {
      if (roles[i] == role) out += (out.empty() ? "" : " ") + query.concepts[i].word;
    }
    return out;
  }
  std::string subjects(std::string_view question) const {
    return words(question, WordRole::kSubject);
  }

  std::unique_ptr<text::Analyzer> analyzer_ = text::Analyzer::create({}).value();
  retrieve::QueryAnalyser questions_{*analyzer_, {}};
  WordRoles roles_{{"brand", "wear off", "which make"}, *analyzer_};
};

TEST_F(WordRolesTest, EverydayWordsAndFiguresAreNoSubject) {
  EXPECT_EQ(subjects("would turmeric really help, honestly, at 34?"), "turmeric");
  EXPECT_EQ(subjects("does it usually happen again 3 weeks later"), "");
}

TEST_F(WordRolesTest, DetailsAreWordsOrPhrases) {
  EXPECT_EQ(words("which brand of roller", WordRole::kDetail), "brand");
  EXPECT_EQ(words("do steroids wear off", WordRole::kDetail), "wear off");
  EXPECT_EQ(words("which make is best", WordRole::kDetail), "make");
  EXPECT_EQ(words("what can make steroids fail", WordRole::kDetail), "");
}

TEST_F(WordRolesTest, AStoryBesideTheQuestionIsNoSubject) {
  EXPECT_EQ(subjects("do relaxants make me drowsy? i drive a forklift all day"),
            "relaxants drowsy");
  EXPECT_EQ(subjects("i take statins, could they cause cramps"), "statins cramps");
}

TEST_F(WordRolesTest, WhatIsSetAsideIsNoSubject) {
  EXPECT_EQ(subjects("besides pills and physio, what about leeches"), "leeches");
}

}  // namespace
}  // namespace backchat::answer
