#include "answer/asked_questions.h"

#include <gtest/gtest.h>

#include "text/normalise.h"

namespace backchat::answer {
namespace {

class AskedQuestionsTest : public ::testing::Test {
 protected:
  static knowledge::Pack pack() {
    knowledge::Pack out;
    for (const char* heading : {"Watering", "Light for ferns", "Pests", "Pots", "Soil", "Air"}) {
      knowledge::Passage passage;
      passage.heading = heading;
      passage.id = "plants#" + std::string(heading) + ".1";
      out.passages.push_back(passage);
    }
    out.asked = {
        {{"plants#Watering"}, {"how often do I give it a drink", "why do the leaves droop"}},
        {{"plants#Pests"}, {"what are the tiny flies round the pot"}}};
    return out;
  }

  // The headings near to a question, with a star when they are asked for in its very words.
  std::string near(std::string_view question) const {
    const retrieve::Query query = questions_.analyse(question);
    std::string out;
    for (const auto& each : asked_.nearest(query, roles_.roles(query)).passages) {
      out += (out.empty() ? "" : " ") + pack_.passages[each.passage].heading;
      if (each.likeness > 0.99) out += "*";
    }
    return out;
  }

  std::unique_ptr<text::Analyzer> analyzer_ = text::Analyzer::create({}).value();
  retrieve::QueryAnalyser questions_{*analyzer_, {}};
  WordRoles roles_{{}, *analyzer_};
  knowledge::Pack pack_ = pack();
  AskedQuestions asked_{pack_, *analyzer_, questions_, roles_};
};

TEST_F(AskedQuestionsTest, FindsASectionByHowPeopleAskForIt) {
  EXPECT_EQ(near("why do the leaves droop"), "Watering*");
  EXPECT_EQ(near("my leaves droop, why?"), "Watering*");
  EXPECT_EQ(near("tiny flies in the pot"), "Pests");
}

TEST_F(AskedQuestionsTest, HeadingsAreWordingsToo) {
  EXPECT_EQ(near("light for ferns"), "Light for ferns*");
}

TEST_F(AskedQuestionsTest, AskingInTheSameWayAboutSomethingElseIsNotNear) {
  EXPECT_EQ(near("how often should I dust the piano"), "");
}

TEST_F(AskedQuestionsTest, TellsWhichWordsTheNearestWordingExplains) {
  const retrieve::Query query = questions_.analyse("why do the leaves droop, grandma");
  const NearestAsked nearest = asked_.nearest(query, roles_.roles(query));
  ASSERT_EQ(nearest.explained.size(), query.concepts.size());
  for (std::size_t i = 0; i < query.concepts.size(); ++i) {
    const bool in_wording = query.concepts[i].word == "leaves" || query.concepts[i].word == "droop";
    EXPECT_EQ(nearest.explained[i], in_wording) << query.concepts[i].word;
  }
}

}  // namespace
}  // namespace backchat::answer
