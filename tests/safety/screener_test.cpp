#include "safety/screener.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <yaml-cpp/yaml.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <string>

#include "safety/evaluation.h"
#include "tests/safety/fixture.h"

namespace backchat::safety {
namespace {

using test::screen_all;
using test::screener;
using test::tier_of;
using ::testing::HasSubstr;
using ::testing::Not;

TEST(ScreenerTest, ReportsEveryProblemOfTheRuleFilesWithItsPlace) {
  Documents broken = test::documents();
  broken["safety/zz.yaml"] =
      "rules:\n  - {id: x.y, tier: sometimes, all: [no_such_concept], why: w}\n";
  const auto made = Screener::create(broken);
  ASSERT_FALSE(made.has_value());
  EXPECT_EQ(made.error().code, ErrorCode::kCorruptData);
  EXPECT_THAT(made.error().message, HasSubstr("safety/zz.yaml:2"));
  EXPECT_THAT(made.error().message, HasSubstr("sometimes"));
  EXPECT_THAT(made.error().message, HasSubstr("no_such_concept"));
  EXPECT_FALSE(Screener::create({}).has_value());
  EXPECT_FALSE(Screener::create({{"safety/a.yaml", "a: [b"}}).has_value());
  EXPECT_FALSE(Screener::create({{"safety/a.yaml", "- just a list"}}).has_value());
}

TEST(ScreenerTest, TheSignsShownFirstAreOneToSix) {
  EXPECT_EQ(screener().signs().size(), 6U);
  Documents documents = test::documents();
  for (const char* signs : {"signs: []\n", "signs: [a, b, c, d, e, f, g]\n", "about: none\n"}) {
    documents["safety/first_check.yaml"] = signs;
    const auto made = Screener::create(documents);
    ASSERT_FALSE(made.has_value()) << signs;
    EXPECT_THAT(made.error().message, HasSubstr("('signs') is missing"));
  }
}

TEST(ScreenerTest, EmergencyNumbersForAnywhereNameTheRegionsThatCallThem) {
  const std::vector<EmergencyNumber> numbers = screener().emergency_numbers();
  const auto regions_of = [&](std::string_view number) {
    for (const EmergencyNumber& each : numbers) {
      if (each.number != number) continue;
      EXPECT_EQ(each.href, "tel:" + each.number);
      EXPECT_THAT(each.label, HasSubstr(each.number));
      return each.regions;
    }
    return std::vector<std::string>{};
  };
  EXPECT_THAT(regions_of("911"), ::testing::UnorderedElementsAre("US", "CA"));
  EXPECT_THAT(regions_of("999"), ::testing::Contains("GB"));
  EXPECT_THAT(regions_of("112"), ::testing::Contains("DE"));
  EXPECT_THAT(regions_of("112"), Not(::testing::Contains("GB")));
}

TEST(ScreenerTest, QuotesThePersonsOwnWordsWithTheTurn) {
  const Screening screening =
      screen_all({{"hello there"}, {"My back is bad and I CAN\xE2\x80\x99T feel my bits!"}});
  ASSERT_FALSE(screening.findings().empty());
  EXPECT_EQ(screening.findings()[0].quote, "CAN\xE2\x80\x99T feel my bits");
  EXPECT_EQ(screening.findings()[0].turn, 1);
  EXPECT_EQ(screening.findings()[0].group, "cauda_equina");
}

TEST(ScreenerTest, AsksOneQuestionWhenSomeoneReportsPainAndNoneOnPlainQuestions) {
  const Screening pain = screen_all({{"my lower back hurts"}});
  ASSERT_TRUE(pain.ask().has_value());
  EXPECT_EQ(pain.ask()->id, "SQ1");
  EXPECT_EQ(pain.ask()->replies.back().label, "None of these");
  EXPECT_FALSE(screen_all({{"can stress cause back spasms?"}}).ask().has_value());
  EXPECT_FALSE(screen_all({{"what are the signs of cauda equina?"}}).ask().has_value());
  EXPECT_FALSE(screen_all({{"I can't pee"}}).ask().has_value());
}

TEST(ScreenerTest, ReadsABareAnswerOnlyAgainstTheOpenQuestion) {
  const test::Said pain{"my lower back hurts"};
  EXPECT_EQ(screen_all({pain, {"yes"}}).tier(), Tier::kEmergency);
  EXPECT_EQ(screen_all({pain, {"a bit"}}).tier(), Tier::kEmergency);
  EXPECT_EQ(screen_all({pain, {"yes", "SQ1"}}).tier(), Tier::kEmergency);
  EXPECT_EQ(screen_all({pain, {"no"}}).tier(), Tier::kNone);
  EXPECT_EQ(screen_all({pain, {"yes", "stretches"}}).tier(), Tier::kNone);
  EXPECT_EQ(screen_all({pain, {"yes", std::nullopt, true}}).tier(), Tier::kNone);
  EXPECT_EQ(screen_all({{"yes"}}).tier(), Tier::kNone);
  EXPECT_EQ(screen_all({pain, {"39", "SQ4"}}).tier(), Tier::kUrgent);
  EXPECT_EQ(screen_all({pain, {"thyroid, 2012", "SQ5"}}).tier(), Tier::kUrgent);
  EXPECT_EQ(screen_all({pain, {"no, but my groin is tingly", "SQ1"}}).tier(), Tier::kEmergency);
}

TEST(ScreenerTest, NotReallyIsAskedOnceMoreInOtherWords) {
  const Screening again = screen_all({{"my lower back hurts"}, {"not really"}});
  ASSERT_TRUE(again.ask().has_value());
  EXPECT_EQ(again.ask()->id, "SQ1");
  const Screening accepted = screen_all({{"my lower back hurts"}, {"not really"}, {"not really"}});
  EXPECT_TRUE(!accepted.ask() || accepted.ask()->id != "SQ1");
}

TEST(ScreenerTest, AnEmergencyStaysUntilACorrectionIsConfirmed) {
  const test::Said numb{"my groin is numb"};
  EXPECT_EQ(screen_all({numb, {"thanks, that helped"}, {"what is a good mattress"}}).tier(),
            Tier::kEmergency);
  const Screening denied = screen_all({numb, {"actually no, my groin is not numb, I misread"}});
  EXPECT_EQ(denied.tier(), Tier::kEmergency);
  ASSERT_TRUE(denied.ask().has_value());
  EXPECT_EQ(denied.ask()->id, "SQC");
  EXPECT_EQ(screen_all({numb, {"actually no, my groin is not numb, I misread"}, {"yes"}}).tier(),
            Tier::kNone);
  EXPECT_EQ(screen_all({numb, {"actually no, my groin is not numb, I misread"}, {"no"}}).tier(),
            Tier::kEmergency);
}

TEST(ScreenerTest, EveryQuickReplyMeansWhatItSays) {
  const Screening asked = screen_all({{"my lower back hurts"}});
  for (const QuickReply& reply : asked.ask()->replies) {
    const Tier tier = screen_all({{"my lower back hurts"}, {reply.text, "SQ1"}}).tier();
    EXPECT_EQ(tier, reply.label == "None of these" ? Tier::kNone : Tier::kEmergency) << reply.text;
  }
}

TEST(ScreenerTest, CardSaysTheActionFirstAndUsesTheRegionsNumbers) {
  const Screening numb = screen_all({{"my groin is numb"}});
  const auto british = screener().card(numb, "GB");
  ASSERT_TRUE(british.has_value());
  EXPECT_EQ(british->level, "emergency");
  EXPECT_THAT(british->lines.front(), HasSubstr("999"));
  EXPECT_LE(british->lines.size(), 5U);
  EXPECT_EQ(british->actions.front().href, "tel:999");
  const auto unknown = screener().card(numb, "");
  ASSERT_TRUE(unknown.has_value());
  EXPECT_THAT(unknown->lines.front(), HasSubstr("your local emergency number"));
  EXPECT_LT(unknown->lines.front().size(), 160U);
  EXPECT_GE(unknown->actions.size(), 4U);
  for (const CardAction& action : unknown->actions) {
    EXPECT_TRUE(action.href != "tel:111" || action.label.find("New Zealand") != std::string::npos);
  }
  EXPECT_FALSE(screener().card(screen_all({{"hello"}}), "GB").has_value());
}

TEST(ScreenerTest, HelperWordingForSomeoneElse) {
  const Screening dad = screen_all({{"my dad can't pee since last night and his back hurts"}});
  ASSERT_FALSE(dad.findings().empty());
  EXPECT_TRUE(dad.findings()[0].helper);
  EXPECT_THAT(screener().card(dad, "US")->heading, HasSubstr("them"));
}

TEST(ScreenerTest, KnowsTheWorstPhrasesOfOtherLanguages) {
  for (const char* text : {"no puedo orinar y me duele la espalda",
                           "je n'arrive plus à uriner",
                           "ich kann nicht mehr pinkeln",
                           "não consigo urinar",
                           "non riesco a urinare",
                           "nie mogę oddać moczu",
                           "لا أستطيع التبول",
                           "मुझे पेशाब नहीं हो रहा",
                           "我尿不出来",
                           "idrar yapamıyorum",
                           "quiero morir",
                           "je veux mourir",
                           "ich will sterben",
                           "quero morrer",
                           "voglio morire",
                           "chcę umrzeć",
                           "أريد أن أموت",
                           "मैं मरना चाहता हूँ",
                           "我想死",
                           "ölmek istiyorum",
                           "me duele el pecho",
                           "mal à la poitrine",
                           "schmerzen in der brust",
                           "dor no peito",
                           "dolore al petto",
                           "ból w klatce piersiowej",
                           "ألم في صدري",
                           "सीने में दर्द",
                           "胸口疼",
                           "göğsüm ağrıyor"}) {
    EXPECT_EQ(tier_of(text), Tier::kEmergency) << text;
  }
  EXPECT_TRUE(screen_all({{"no puedo orinar y me duele la espalda"}}).other_language());
  EXPECT_FALSE(screen_all({{"my back hurts a lot"}}).other_language());
}

TEST(ScreenerTest, ExplainNamesConceptWordsValuesAndTable) {
  const std::string text = screener().explain(
      {.text = "no numbness in my groin", .answers = {}, .other_question_open = false, .index = 0},
      {});
  EXPECT_THAT(text, HasSubstr("saddle_numb"));
  EXPECT_THAT(text, HasSubstr("absent"));
  EXPECT_THAT(text, HasSubstr("safety/cues.yaml:"));
}

// Messages written by people who had not seen the rules; kept so that nothing found is lost again.
TEST(ScreenerTest, LabelledMessagesKeepTheirLevel) {
  const std::string folder = BACKCHAT_SOURCE_DIR "/tests/data/redflags/";
  const YAML::Node floors = YAML::LoadFile(folder + "floors.yaml");
  std::set<std::string> named;
  for (const YAML::Node& floor : floors) {
    named.insert(floor["file"].Scalar() + ".jsonl");
    const std::string file = folder + floor["file"].Scalar() + ".jsonl";
    std::ifstream in(file, std::ios::binary);
    const std::string lines((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
    const auto cases = read_cases(lines, file);
    ASSERT_TRUE(cases.has_value()) << to_string(cases.error());
    ASSERT_FALSE(cases->empty()) << file;
    const Evaluation result = evaluate(screener(), *cases);
    EXPECT_GE(result.emergency.value(), floor["emergency"].as<double>()) << file << to_text(result);
    EXPECT_GE(result.urgent.value(), floor["urgent"].as<double>()) << file << to_text(result);
    EXPECT_GE(result.harmless.value(), floor["harmless"].as<double>()) << file << to_text(result);
  }
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() != ".jsonl") continue;
    EXPECT_TRUE(named.contains(entry.path().filename().string())) << entry.path();
  }
}

TEST(EvaluationTest, BoundsAreClopperPearson) {
  EXPECT_NEAR((Share{50, 50}.low()), 0.9289, 1e-4);
  EXPECT_NEAR((Share{43, 52}.low()), 0.6967, 1e-4);
  EXPECT_NEAR((Share{43, 52}.high()), 0.9177, 1e-4);
  EXPECT_EQ((Share{0, 10}.low()), 0);
}

TEST(EvaluationTest, BadLinesAreAllNamed) {
  const auto cases = read_cases("{\"id\": \"a\"}\nnot yaml: [\n", "f.jsonl");
  ASSERT_FALSE(cases.has_value());
  EXPECT_THAT(cases.error().message, HasSubstr("f.jsonl:1"));
  EXPECT_THAT(cases.error().message, HasSubstr("f.jsonl:2"));
}

}  // namespace
}  // namespace backchat::safety
