#include "authoring/questions.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace backchat::authoring {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

knowledge::Pack pack() {
  knowledge::Pack out;
  knowledge::Article article;
  article.slug = "ice";
  article.sections.push_back({"How long?", "how-long", 2, 1, {}});
  out.articles.push_back(article);
  return out;
}

QuestionSet read(const std::string& yaml) {
  return read_questions({{"eval/questions.yaml", yaml}}, pack());
}

TEST(QuestionsTest, ReadsEveryKeyOfTheFormat) {
  const QuestionSet set = read(R"(
- id: a
  topic: ice
  turns: ["hello", {text: "no", answers: SQ1}, "how long"]
  region: GB
  note: for people
  must: [["15 minutes", "quarter"], ["ice"]]
  must_not: ["burn"]
  cite: ["ice#how-long"]
  may_cite: [ice]
  differs: [ice]
  gap: ["price"]
  tier: soon
- {id: b, topic: ice, question: "what does it cost", answerable: false}
- {id: c, topic: ice, question: "hi", kind: chat}
)");
  for (const auto& problem : set.problems) ADD_FAILURE() << to_string(problem);
  ASSERT_EQ(set.questions.size(), 3U);
  const Question& a = set.questions[0];
  EXPECT_EQ(a.line, 2);
  EXPECT_EQ(a.transcript.turns.size(), 3U);
  EXPECT_EQ(a.transcript.turns[1].answers, "SQ1");
  EXPECT_EQ(a.transcript.region, "GB");
  EXPECT_EQ(a.asked(), "how long");
  EXPECT_TRUE(a.is_follow_up());
  EXPECT_THAT(a.must, ElementsAre(ElementsAre("15 minutes", "quarter"), ElementsAre("ice")));
  EXPECT_THAT(a.cite, ElementsAre("ice#how-long"));
  EXPECT_EQ(a.tier, safety::Tier::kSoon);
  EXPECT_EQ(set.questions[1].wants, answer::Kind::kNotCovered);
  EXPECT_EQ(set.questions[2].wants, answer::Kind::kChat);
}

TEST(QuestionsTest, ReadsAllFilesOfTheFolderAndTheFloors) {
  const Documents documents{{"eval/a.yaml", "- {id: a, topic: t, question: x, must: [[y]]}"},
                            {"eval/b.yaml", "- {id: b, topic: t, question: z, must: [[y]]}"},
                            {"eval/floors.yaml", "full: 0.9\nwords_longest: 150\n"}};
  const QuestionSet set = read_questions(documents, pack());
  EXPECT_TRUE(set.problems.empty());
  EXPECT_EQ(set.questions.size(), 2U);
  EXPECT_EQ(set.floors.at("words_longest"), 150);
}

struct Row {
  const char* yaml;
  const char* problem;
};

TEST(QuestionsTest, EveryMistakeIsNamedWithItsPlaceAndLeftOut) {
  for (const Row& row : std::vector<Row>{
           {"{id: a, topic: t, qestion: x}", ":1: unknown key 'qestion': did you mean 'question'?"},
           {"{topic: t, question: x, must: [[y]]}", ":1: 'id' is missing"},
           {"{id: a, question: x, must: [[y]]}", ":1: 'topic' is missing"},
           {"{id: a, topic: t, must: [[y]]}", "either 'question' or 'turns'"},
           {"{id: a, topic: t, question: x, turns: [y], must: [[y]]}", "either 'question' or"},
           {"{id: a, topic: t, turns: [], must: [[y]]}", "'turns' is empty"},
           {"{id: a, topic: t, question: x}", "nothing is wanted of the answer"},
           {"{id: a, topic: t, question: x, not_covered: true, must: [[y]]}", "wants no answer"},
           {"{id: a, topic: t, question: x, must: [[]]}", "a fact without a text"},
           {"{id: a, topic: t, question: x, must: [y]}", "a list is wanted here"},
           {"{id: a, topic: t, question: x, cite: [heat]}", "no article 'heat'"},
           {"{id: a, topic: t, question: x, cite: ['ice#why']}", "has no heading 'why'"},
           {"{id: a, topic: t, question: x, kind: advice}", "unknown kind 'advice'"},
           {"{id: a, topic: t, question: x, must: [[y]], tier: high}", "unknown tier 'high'"},
           {"{id: a, topic: t, question: x, not_covered: perhaps}", "neither true nor false"},
       }) {
    const QuestionSet set = read("- " + std::string(row.yaml));
    ASSERT_FALSE(set.problems.empty()) << row.yaml;
    EXPECT_THAT(to_string(set.problems[0]), HasSubstr(row.problem)) << row.yaml;
    EXPECT_THAT(to_string(set.problems[0]), HasSubstr("eval/questions.yaml:1"));
    EXPECT_TRUE(set.questions.empty()) << row.yaml;
  }
}

TEST(QuestionsTest, TwoOfOneIdOrOneWordingAreTold) {
  const QuestionSet set = read(
      "- {id: a, topic: t, question: x, must: [[y]]}\n"
      "- {id: a, topic: t, question: z, must: [[y]]}\n"
      "- {id: b, topic: t, question: X, must: [[y]]}\n");
  ASSERT_EQ(set.problems.size(), 2U);
  EXPECT_THAT(to_string(set.problems[0]), HasSubstr(":2: id 'a' twice"));
  EXPECT_THAT(to_string(set.problems[1]), HasSubstr(":3: the same question twice"));
  EXPECT_EQ(set.questions.size(), 1U);
}

TEST(QuestionsTest, BrokenYamlAndUnknownFloorsAreTold) {
  EXPECT_THAT(to_string(read("- [\n").problems.at(0)), HasSubstr("not valid YAML"));
  EXPECT_THAT(to_string(read("id: a\n").problems.at(0)), HasSubstr("a list is wanted here"));
  const QuestionSet floors = read_questions({{"eval/floors.yaml", "fulll: 1\n"}}, pack());
  EXPECT_THAT(to_string(floors.problems.at(0)), HasSubstr("unknown figure 'fulll'"));
}

}  // namespace
}  // namespace backchat::authoring
