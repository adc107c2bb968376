#include "authoring/evaluation.h"

#include <gtest/gtest.h>

#include <iostream>

#include "authoring/pack_edition.h"

namespace backchat::authoring {
namespace {

const char* const kDefaultPack = BACKCHAT_SOURCE_DIR "/knowledge/back-spasms";

const dialogue::Edition& default_edition() {
  static const auto edition = open_pack(kDefaultPack);
  if (!edition) throw std::runtime_error(to_string(edition.error()));
  return **edition;
}

QuestionSet default_questions() {
  return read_questions(*knowledge::read_documents(kDefaultPack), default_edition().pack);
}

// A change that falls below a floor of the pack has broken something.
TEST(EvaluationTest, TheDefaultPackKeepsItsFloors) {
  const QuestionSet set = default_questions();
  for (const auto& problem : set.problems) ADD_FAILURE() << to_string(problem);
  EXPECT_GE(set.questions.size(), 160U);
  EXPECT_FALSE(set.floors.empty());
  const auto report = make_report(default_edition(), set);
  ASSERT_TRUE(report.has_value()) << to_string(report.error());
  std::cout << to_text(*report) << failures_text(report->evaluation);
  for (const Shortfall& missed : report->missed) {
    ADD_FAILURE() << missed.figure << " is " << missed.found << ", wanted " << missed.wanted;
  }
  for (const std::string& doubt : report->provenance.doubts) ADD_FAILURE() << doubt;
  EXPECT_TRUE(report->passes());
}

TEST(EvaluationTest, SameQuestionsGiveTheSameFigures) {
  QuestionSet set = default_questions();
  set.questions.resize(20);
  const auto first = evaluate(default_edition(), set.questions);
  const auto second = evaluate(default_edition(), set.questions);
  ASSERT_TRUE(first && second);
  for (std::size_t i = 0; i < set.questions.size(); ++i) {
    EXPECT_EQ(first->judged[i].reply.text, second->judged[i].reply.text);
  }
  EXPECT_EQ(first->all.full.hits, second->all.full.hits);
}

// What a question wants and what is then found wrong with the default pack's reply.
struct Row {
  const char* yaml;
  std::vector<std::string> wrong;
};

TEST(EvaluationTest, SaysWhatIsWrongWithAReply) {
  const std::vector<Row> rows{
      {"question: how long does a back spasm last, must: [[15 minutes]]", {}},
      {"question: how long does a back spasm last, must: [[15 MINUTES, never], [40 years]]",
       {"fact missing: 40 years"}},
      {"question: how long does a back spasm last, cite: [hinge-health-lower-back-spasms, "
       "'bookphysio-lower-back-spasms#what-is-a-back-spasm']",
       {"not cited: bookphysio-lower-back-spasms#what-is-a-back-spasm"}},
      {"question: heat or ice, differs: [cant-move-lower-back-spasms, backfit-lower-back-spasm]",
       {"side not shown: backfit-lower-back-spasm"}},
      {"question: how do volcanoes form, not_covered: true", {}},
      {"question: what causes back spasms, not_covered: true",
       {"kind is answer, wanted not_covered"}},
      {"question: hello, kind: chat", {}},
      {"question: what causes back spasms, must_not: [muscle], cite: [], must: [[a]]",
       {"says: muscle"}},
      {"question: what causes back spasms, tier: none, must: [[a]]", {}},
      {"question: what causes back spasms, tier: emergency, must: [[a]]",
       {"tier is none, wanted emergency"}},
      {"question: what causes back spasms, gap: [volcano]", {"gap not named: volcano"}},
      {"turns: [should i use ice, how long], must: [[minutes]]", {}},
  };
  for (const Row& row : rows) {
    const Documents documents{
        {"eval/q.yaml", "- {id: q, topic: t, " + std::string(row.yaml) + "}\n"}};
    const QuestionSet set = read_questions(documents, default_edition().pack);
    for (const auto& problem : set.problems) ADD_FAILURE() << to_string(problem);
    const auto evaluation = evaluate(default_edition(), set.questions);
    ASSERT_TRUE(evaluation.has_value());
    ASSERT_EQ(evaluation->judged.size(), 1U) << row.yaml;
    EXPECT_EQ(evaluation->judged[0].wrong, row.wrong) << row.yaml;
  }
}

TEST(EvaluationTest, CountsEachFigureOverTheQuestionsThatWantIt) {
  const Documents documents{{"eval/q.yaml", R"(
- {id: a, topic: one, question: how long does a back spasm last, must: [[15 minutes], [40 years]]}
- {id: b, topic: one, question: how do volcanoes form, not_covered: true}
- {id: c, topic: two, question: what causes back spasms, not_covered: true}
- {id: d, topic: two, question: where do penguins live, must: [[ice]]}
- {id: e, topic: two, turns: [should i use ice, how long], must: [[minutes]]}
)"}};
  const QuestionSet set = read_questions(documents, default_edition().pack);
  const auto evaluation = evaluate(default_edition(), set.questions);
  ASSERT_TRUE(evaluation.has_value());
  const Figures& all = evaluation->all;
  EXPECT_EQ(all.questions, 5);
  EXPECT_EQ(all.full.hits, 1);
  EXPECT_EQ(all.full.total, 3);
  EXPECT_EQ(all.facts.hits, 2);
  EXPECT_EQ(all.facts.total, 4);
  EXPECT_EQ(all.refused.hits, 1);
  EXPECT_EQ(all.refused.total, 2);
  EXPECT_EQ(all.refusals.hits, 1);
  EXPECT_EQ(all.refusals.total, 2);
  EXPECT_EQ(all.follow_ups.hits, 1);
  EXPECT_EQ(all.follow_ups.total, 1);
  EXPECT_EQ(all.words.size(), 2U);
  ASSERT_EQ(evaluation->topics.size(), 2U);
  EXPECT_EQ(evaluation->topics[0].first, "one");
  EXPECT_EQ(evaluation->topics[0].second.questions, 2);
  EXPECT_FALSE(figure(all, "both_sides").has_value());
  EXPECT_DOUBLE_EQ(*figure(all, "fact_recall"), 0.5);
}

TEST(EvaluationTest, QuestionsThatThePackHasLearntFromAreCountedApart) {
  const std::string learnt = default_edition().pack.asked_sentences.front().questions.front();
  const Documents documents{
      {"eval/q.yaml",
       "- {id: a, topic: one, question: \"" + learnt + "\", must: [[back]]}\n" +
           "- {id: b, topic: one, question: how do volcanoes form, must: [[ice]]}\n"}};
  const QuestionSet set = read_questions(documents, default_edition().pack);
  const auto evaluation = evaluate(default_edition(), set.questions);
  ASSERT_TRUE(evaluation.has_value());
  EXPECT_EQ(evaluation->all.questions, 2);
  EXPECT_EQ(evaluation->not_learnt.questions, 1);
}

TEST(EvaluationTest, FloorsHoldSharesUpAndWordsDown) {
  Figures figures;
  figures.full = {3, 4};
  figures.words = {10, 200};
  const Floors floors{
      {"full", 0.8}, {"words_longest", 150}, {"words_median", 250}, {"both_sides", 1}};
  const auto missed = shortfalls(figures, floors);
  ASSERT_EQ(missed.size(), 2U);
  EXPECT_EQ(missed[0].figure, "full");
  EXPECT_EQ(missed[1].figure, "words_longest");
}

TEST(EvaluationTest, TheCurveAnswersLessWhenMoreIsDemanded) {
  QuestionSet set = default_questions();
  set.questions.resize(30);
  const auto curve = risk_coverage(default_edition(), set.questions);
  ASSERT_TRUE(curve.has_value());
  ASSERT_GE(curve->size(), 11U);
  for (std::size_t i = 1; i < curve->size(); ++i) {
    EXPECT_LE((*curve)[i].answered.hits, (*curve)[i - 1].answered.hits);
  }
}

}  // namespace
}  // namespace backchat::authoring
