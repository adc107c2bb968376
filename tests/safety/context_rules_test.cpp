#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

#include "safety/evaluation.h"
#include "tests/safety/fixture.h"

// The tables of the reference on reading the words around a sign, a row each, in wording of our
// own.
namespace backchat::safety {
namespace {

// The tables as labelled messages; `kind` names the table.
const std::vector<EvaluationCase>& rows() {
  static const std::vector<EvaluationCase> all = [] {
    const std::string file = BACKCHAT_SOURCE_DIR "/tests/data/redflags/context.jsonl";
    std::ifstream in(file, std::ios::binary);
    const std::string lines((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
    auto cases = read_cases(lines, file);
    return cases ? std::move(*cases) : std::vector<EvaluationCase>();
  }();
  return all;
}

// A process a table, because each process loads the pack anew.
void expect_all_read(const std::string& table) {
  int read = 0;
  for (const EvaluationCase& row : rows()) {
    if (row.kind != table) continue;
    ++read;
    const auto screening = screen_turns(test::screener(), row.turns);
    ASSERT_TRUE(screening.has_value());
    EXPECT_EQ(screening->tier() >= Tier::kUrgent, row.tier >= Tier::kUrgent)
        << row.id << " " << row.turns.back().text << ": " << tier_name(screening->tier());
  }
  EXPECT_GT(read, 0);
}

TEST(ContextRulesTest, Meant) { expect_all_read("meant"); }
TEST(ContextRulesTest, NegationIsTheSign) { expect_all_read("negation_is_the_sign"); }
TEST(ContextRulesTest, Scope) { expect_all_read("scope"); }
TEST(ContextRulesTest, Doubt) { expect_all_read("doubt"); }
TEST(ContextRulesTest, Time) { expect_all_read("time"); }
TEST(ContextRulesTest, Frame) { expect_all_read("frame"); }
TEST(ContextRulesTest, Person) { expect_all_read("person"); }
TEST(ContextRulesTest, Form) { expect_all_read("form"); }
TEST(ContextRulesTest, Idioms) { expect_all_read("idioms"); }

// Replies to a question of ours (3), and corrections.
struct Answer {
  const char* reply;
  bool alarm;
  bool asks_again;
};

void expect_answer_read(const Answer& answer) {
  const Screening last =
      test::screen_all({{"my lower back hurts"}, {answer.reply, std::string("SQ1")}});
  EXPECT_EQ(last.tier() >= Tier::kUrgent, answer.alarm) << answer.reply;
  if (answer.asks_again) {
    ASSERT_TRUE(last.ask().has_value());
    EXPECT_EQ(last.ask()->id, "SQ1");
  }
}

TEST(AnswerRulesTest, AreRead) {
  for (const Answer& answer :
       {Answer{"yes", true, false}, Answer{"aye", true, false},
        Answer{"unfortunately", true, false}, Answer{"\xF0\x9F\x91\x8D", true, false},
        Answer{"the numb bit", true, false}, Answer{"a bit", true, false},
        Answer{"kinda", true, false}, Answer{"on and off", true, false},
        Answer{"not sure", true, false}, Answer{"not really", false, true},
        Answer{"don't think so", false, true}, Answer{"no", false, false},
        Answer{"nope", false, false}, Answer{"all good", false, false},
        Answer{"\xF0\x9F\x91\x8E", false, false}, Answer{"no, but my bum is numb", true, false},
        Answer{"none of these", false, false}}) {
    expect_answer_read(answer);
  }
}

TEST(CorrectionRulesTest, NoToYesTakesEffectAtOnce) {
  EXPECT_EQ(test::screen_all({{"my back hurts"},
                              {"no", std::string("SQ1")},
                              {"actually sorry, I misread, my groin is numb"}})
                .tier(),
            Tier::kEmergency);
}

TEST(CorrectionRulesTest, YesToNoAsksOnceBeforeTheTierComesDown) {
  const Screening doubted =
      test::screen_all({{"my groin is numb"}, {"sorry, typo, my groin is not numb"}});
  EXPECT_EQ(doubted.tier(), Tier::kEmergency);
  EXPECT_TRUE(doubted.ask().has_value());
}

TEST(CorrectionRulesTest, ThanksTakesNothingBack) {
  EXPECT_EQ(test::screen_all({{"my groin is numb"}, {"thanks, that helped"}}).tier(),
            Tier::kEmergency);
}

TEST(CorrectionRulesTest, AYesAfterAQuestionThatWasNotMedicalMeansNothing) {
  const Screening last = test::screen_all(
      {{"my back hurts"}, {.text = "yes", .answers = std::nullopt, .other_question_open = true}});
  EXPECT_EQ(last.tier(), Tier::kNone);
}

}  // namespace
}  // namespace backchat::safety
