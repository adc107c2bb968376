#include "answer/differences.h"

#include <gtest/gtest.h>

namespace backchat::answer {
namespace {

class DifferencesTest : public ::testing::Test {
 protected:
  static knowledge::Comparison comparison(const std::string& id,
                                          std::vector<std::vector<std::string>> when) {
    knowledge::Comparison out;
    out.id = id;
    out.question = "Question " + id + "?";
    out.when = std::move(when);
    out.sides = {{"a", "a#s.1", "Side."}};
    return out;
  }
  static knowledge::Pack pack() {
    knowledge::Pack out;
    knowledge::Passage passage;
    passage.id = "a#s.1";
    passage.article = "a";
    passage.text = "Spasm. Spasm and ice.";
    out.passages = {passage, passage, passage};
    out.passages[1].text = out.passages[2].text = "Spasm.";
    out.comparisons = {comparison("last", {{"kind:how_long", "spasm"}}),
                       comparison("ice", {{"kind:how_long", "ice"}, {"heat", "ice"}})};
    return out;
  }
  // The comparison found for that question, when its passage was found.
  std::string find(const std::string& question, bool found = true) const {
    const retrieve::Query query = questions_.analyse(question);
    Evidence evidence;
    evidence.query = &query;
    if (found) evidence.passages = {pack_.passages.data()};
    const knowledge::Comparison* comparison = differences_.find(evidence);
    return comparison == nullptr ? "" : comparison->id;
  }

  std::unique_ptr<text::Analyzer> analyzer_ = text::Analyzer::create({}).value();
  retrieve::QueryAnalyser questions_{*analyzer_, {}};
  knowledge::Pack pack_ = pack();
  Differences differences_{pack_, *analyzer_};
};

TEST_F(DifferencesTest, ALineMustBeInTheQuestionWhole) {
  EXPECT_EQ(find("how long does a spasm last"), "last");
  EXPECT_EQ(find("what is a spasm"), "");
  EXPECT_EQ(find("is ice better than heat"), "ice");
  EXPECT_EQ(find("is ice good"), "");
}

TEST_F(DifferencesTest, TheRarestLineWins) {
  EXPECT_EQ(find("how long should I put ice on a spasm"), "ice");
}

TEST_F(DifferencesTest, ASideMustHaveBeenFound) {
  EXPECT_EQ(find("how long does a spasm last", false), "");
}

TEST_F(DifferencesTest, ItsOwnQuestionFindsIt) { EXPECT_EQ(find("question last?"), "last"); }

}  // namespace
}  // namespace backchat::answer
