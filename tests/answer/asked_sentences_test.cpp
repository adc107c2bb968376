#include "answer/asked_sentences.h"

#include <gtest/gtest.h>

namespace backchat::answer {
namespace {

class AskedSentencesTest : public ::testing::Test {
 protected:
  static knowledge::Pack pack() {
    knowledge::Pack out;
    const auto add = [&out](const char* heading, const std::string& sentence,
                            std::vector<std::string> questions) {
      knowledge::Passage passage;
      passage.article = "plants";
      passage.heading = heading;
      passage.text = sentence;
      passage.sentences.push_back({{0, sentence.size()}, false, 0});
      out.passages.push_back(passage);
      out.asked_sentences.push_back({out.passages.size() - 1, 0, std::move(questions)});
    };
    add("Watering", "Water a fern twice a week.",
        {"how often does it need a drink", "is monday and friday enough to wet the soil"});
    add("Watering", "Drooping leaves mean that the roots are dry.",
        {"why has it gone all floppy", "the poor thing is hanging down"});
    add("Pests", "Yellow cards catch fungus gnats.",
        {"tiny flies round the pot, how do i get rid of them"});
    add("Light", "Ferns like shade.", {"can it stand on a sunny window sill"});
    out.not_covered = {{"the price of a pot", {"how much is a nice pot", "what does a pot cost"}}};
    return out;
  }

  NearSentences nearest(std::string_view question, std::size_t own = std::string::npos) const {
    return asked_.nearest(questions_.analyse(question), own);
  }
  std::string_view first(std::string_view question) const {
    const NearSentences near = nearest(question);
    return near.sentences.empty() ? std::string_view() : near.sentences[0].passage->text;
  }

  std::unique_ptr<text::Analyzer> analyzer_ = text::Analyzer::create({}).value();
  retrieve::QueryAnalyser questions_{*analyzer_, {}};
  knowledge::Pack pack_ = pack();
  AskedSentences asked_{pack_, *analyzer_};
};

TEST_F(AskedSentencesTest, FindsASentenceInTheWordsOfThoseWhoAsk) {
  EXPECT_EQ(first("it went floppy overnight, why?"), pack_.passages[1].text);
  EXPECT_EQ(first("little flies in my flower pot"), pack_.passages[2].text);
  EXPECT_EQ(first("window sill ok?"), pack_.passages[3].text);
}

TEST_F(AskedSentencesTest, TheSentenceItselfIsOneOfItsWordings) {
  EXPECT_EQ(first("fungus gnats"), pack_.passages[2].text);
}

TEST_F(AskedSentencesTest, TheNearestHasLikenessOneAndHoldsItsWords) {
  const retrieve::Query query = questions_.analyse("floppy banana");
  const NearSentences near = asked_.nearest(query);
  ASSERT_FALSE(near.sentences.empty());
  EXPECT_DOUBLE_EQ(near.sentences[0].likeness, 1);
  ASSERT_EQ(query.concepts.size(), 2U);
  EXPECT_TRUE(near.sentences[0].holds[0]);
  EXPECT_FALSE(near.sentences[0].holds[1]);
  EXPECT_GT(near.held, 0);
  EXPECT_LT(near.held, 1);
}

TEST_F(AskedSentencesTest, WhatTheTurnLeansOnCountsLess) {
  const std::string question = "floppy ; sunny";
  EXPECT_EQ(nearest(question, 6).sentences[0].passage, &pack_.passages[1]);
  EXPECT_EQ(nearest("sunny ; floppy", 5).sentences[0].passage, &pack_.passages[3]);
}

TEST_F(AskedSentencesTest, TellsQuestionsThatNothingAnswers) {
  const NearSentences price = nearest("what does a big pot cost?");
  EXPECT_TRUE(price.judged);
  EXPECT_LT(price.margin(), kNotCoveredMargin);
  EXPECT_EQ(price.missing, "the price of a pot");
  EXPECT_GT(nearest("why has my fern gone all floppy").margin(), kNotCoveredMargin);
}

TEST_F(AskedSentencesTest, WordsThatNoWordingHasSpeakAgainstAnAnswer) {
  const NearSentences plain = nearest("why has it gone all floppy");
  const NearSentences odd = nearest("why has zeppelin gone all floppy");
  EXPECT_GT(odd.unknown, plain.unknown);
  EXPECT_LT(odd.margin(), plain.margin());
  // "cost" leans to what is not covered, "floppy" to what is.
  EXPECT_GT(nearest("cost").leaning, 0);
  EXPECT_LT(nearest("floppy").leaning, 0);
}

TEST_F(AskedSentencesTest, NothingAlikeIsNotNear) {
  const NearSentences near = nearest("zebra crossing");
  EXPECT_TRUE(near.sentences.empty());
  EXPECT_EQ(near.nearest, 0);
}

TEST_F(AskedSentencesTest, APackWithoutWordingsIsNotJudged) {
  knowledge::Pack bare = pack();
  bare.asked_sentences.clear();
  bare.not_covered.clear();
  const AskedSentences none(bare, *analyzer_);
  const NearSentences near = none.nearest(questions_.analyse("how often does it need a drink"));
  EXPECT_TRUE(near.sentences.empty());
  EXPECT_FALSE(near.judged);
}

}  // namespace
}  // namespace backchat::answer
