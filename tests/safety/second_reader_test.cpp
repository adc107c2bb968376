#include "safety/second_reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "tests/safety/fixture.h"

namespace backchat::safety {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::StartsWith;

UserTurn turn(std::string_view text, int index = 0, std::optional<std::string> answers = {}) {
  UserTurn made;
  made.text = text;
  made.answers = std::move(answers);
  made.index = index;
  return made;
}

// Weights that are 0 but for a few features.
LinearModel model_of(double bias, const std::vector<std::pair<std::uint32_t, int>>& weights) {
  std::vector<std::int8_t> all(kFeatureBuckets, 0);
  for (const auto& [feature, weight] : weights) all[feature] = static_cast<std::int8_t>(weight);
  return {bias, 0.5, std::move(all)};
}

SecondReaderModel small_model() {
  SecondReaderModel model;
  model.danger = model_of(-1, {{3, 4}, {7, 8}, {9, -20}});
  model.emergency = model_of(0, {{7, 10}, {3, -10}});
  model.danger_at = 0.5;
  model.ask_at = 0;
  model.harmless_at = -2;
  model.upgrade_at = 4;
  model.balance = {
      .start = 0, .highest = 1, .turn = 0, .together = 0, .length = 0, .later = 0, .alarm = 1};
  model.groups = {{"spark", model_of(0, {{7, 3}})}, {"flame", model_of(0, {{3, 3}})}};
  return model;
}

Segment segment(std::uint32_t begin, std::uint32_t end, std::vector<std::uint32_t> features) {
  return {begin, end, std::move(features)};
}

SecondReading read(const std::vector<Segment>& before, const std::vector<Segment>& said) {
  static const SecondReader reader(small_model());  // a reading leans on its model
  return reader.read(before, said);
}

TEST(LinearModelTest, SumsWeightsOverTheRootOfTheNumberOfFeatures) {
  const LinearModel model = model_of(-1, {{3, 4}, {7, 8}});
  const std::vector<std::uint32_t> features{3, 5, 6, 7};
  EXPECT_DOUBLE_EQ(model.score(features), -1 + 0.5 * (4 + 8) / 2);
  EXPECT_DOUBLE_EQ(model.score({}), -1);
}

TEST(SecondReaderTest, AScoreHighEnoughRaisesTheTierThatItsWordsTell) {
  const SecondReading now = read({}, {segment(0, kFewestWordsToAskOn, {7})});
  EXPECT_EQ(now.tier(), Tier::kEmergency);
  EXPECT_TRUE(now.upgrades());
  EXPECT_THAT(now.groups, testing::ElementsAre("spark", "flame"));
  const SecondReading today = read({}, {segment(0, 4, {3})});
  EXPECT_EQ(today.tier(), Tier::kUrgent);
  EXPECT_THAT(today.groups.front(), "flame");
}

TEST(SecondReaderTest, AFewWordsRaiseNothingByThemselves) {
  EXPECT_EQ(read({}, {segment(0, kFewestWordsToRaise, {7})}).tier(), Tier::kEmergency);
  EXPECT_EQ(read({}, {segment(0, kFewestWordsToRaise - 1, {7})}).tier(), Tier::kNone);
  EXPECT_FALSE(read({}, {segment(0, kFewestWordsToAskOn - 1, {7})}).upgrades());
}

TEST(SecondReaderTest, BetweenTheLimitsItIsUnsure) {
  const SecondReading reading = read({}, {segment(0, 4, {3, 4, 5})});
  EXPECT_EQ(reading.tier(), Tier::kNone);
  EXPECT_TRUE(reading.unsure());
  EXPECT_EQ(reading.likely(), Tier::kUrgent);
}

TEST(SecondReaderTest, OnlyInALongTurnARuleIsDoubted) {
  EXPECT_TRUE(read({}, {segment(0, kFewestWordsToDoubt, {9})}).doubts());
  EXPECT_FALSE(read({}, {segment(0, kFewestWordsToDoubt - 1, {9})}).doubts());
  EXPECT_FALSE(read({}, {segment(0, kFewestWordsToDoubt, {7})}).doubts());
}

TEST(SecondReaderTest, TheHighestScoreOfNeighboursIsNotLoweredByWhatStandsAround) {
  const double alone = read({}, {segment(0, 4, {7})}).highest;
  EXPECT_GE(read({}, {segment(0, 6, {9, 11}), segment(6, 10, {7}), segment(10, 20, {9})}).highest,
            alone);
}

TEST(SecondReaderTest, ASurelyDangerousSentenceStaysOneInALongStory) {
  SecondReaderModel model = small_model();
  model.balance = {
      .start = 0, .highest = 2, .turn = 0, .together = 0, .length = -4, .later = 0, .alarm = 1};
  const SecondReader reader(model);
  std::vector<Segment> story{segment(0, 4, {7})};
  const double alone = reader.read({}, story).balance(false);
  for (std::uint32_t i = 1; i < 30; ++i) story.push_back(segment(20 * i, 20 * i + 20, {9, 12, 13}));
  EXPECT_DOUBLE_EQ(reader.read({}, story).balance(false), alone - kMostTakenAway);
}

TEST(SecondReaderTest, AllScoresAreWeighedAgainstEachOther) {
  SecondReaderModel model = small_model();
  model.message = model_of(0, {{3, 2}, {7, -2}});
  model.balance = {.start = 0.25,
                   .highest = 1,
                   .turn = 1,
                   .together = 0.5,
                   .length = -1,
                   .later = -0.5,
                   .alarm = 7};
  const SecondReader reader(model);
  const SecondReading reading = reader.read(std::vector<Segment>{segment(0, 3, {7})},
                                            std::vector<Segment>{segment(0, 4, {3})});
  EXPECT_EQ(reading.sentences, 2U);
  EXPECT_DOUBLE_EQ(reading.turn, 1);      // 2 * 0.5
  EXPECT_DOUBLE_EQ(reading.together, 0);  // the two weigh each other out
  EXPECT_DOUBLE_EQ(reading.balance(false), 0.25 + reading.highest + 1 - std::log(2.0) - 0.5);
  EXPECT_DOUBLE_EQ(reading.balance(true), reading.balance(false) + 7);
}

TEST(SecondReaderTest, ReadsThisTurnTogetherWithTheOneBefore) {
  const SecondReading reading = read({segment(0, 3, {3})}, {segment(0, 2, {7})});
  EXPECT_GE(reading.highest, read({}, {segment(0, 2, {7})}).highest);
  EXPECT_EQ(reading.begin, 0U);
  EXPECT_EQ(reading.end, 2U);
  // What was said before was read then.
  EXPECT_EQ(read({segment(0, 3, {7})}, {segment(0, 2, {9, 11, 12, 13})}).tier(), Tier::kNone);
}

TEST(SecondReaderTest, WithoutAModelNothingIsRead) {
  const auto reader = read_second_reader({});
  ASSERT_TRUE(reader.has_value());
  EXPECT_FALSE(reader->present());
  const SecondReading reading = reader->read({}, std::vector<Segment>{segment(0, 20, {7})});
  EXPECT_EQ(reading.tier(), Tier::kNone);
  EXPECT_FALSE(reading.unsure());
  EXPECT_FALSE(reading.doubts());
  EXPECT_FALSE(reading.upgrades());
}

TEST(SecondReaderTest, AModelComesBackAsItWasWritten) {
  const Documents documents{
      {std::string(kSecondReaderFile), to_text(small_model(), {"a.jsonl: 3 messages"})}};
  const auto reader = read_second_reader(documents);
  ASSERT_TRUE(reader.has_value()) << to_string(reader.error());
  EXPECT_TRUE(reader->present());
  EXPECT_EQ(reader->model().danger.weights(), small_model().danger.weights());
  EXPECT_EQ(reader->model().emergency.weights(), small_model().emergency.weights());
  EXPECT_EQ(reader->model().groups[1].model.weights(), small_model().groups[1].model.weights());
  EXPECT_DOUBLE_EQ(reader->model().balance.highest, 1);
  EXPECT_DOUBLE_EQ(reader->model().balance.alarm, 1);
  EXPECT_DOUBLE_EQ(reader->model().danger_at, 0.5);
  EXPECT_DOUBLE_EQ(reader->model().ask_at, 0);
  EXPECT_DOUBLE_EQ(reader->model().harmless_at, -2);
  EXPECT_DOUBLE_EQ(reader->model().upgrade_at, 4);
}

TEST(SecondReaderTest, ADamagedModelIsAnErrorWithItsPlace) {
  const std::string whole = to_text(small_model(), {});
  const auto damaged = [&](const std::string& from, const std::string& to) {
    std::string text = whole;
    text.replace(text.find(from), from.size(), to);
    return read_second_reader({{std::string(kSecondReaderFile), text}});
  };
  for (const auto& [from, to] : std::vector<std::pair<std::string, std::string>>{
           {"buckets: ", "buckets: 1"},
           {"weights: >-\n    ", "weights: >-\n    fwAA"},
           {"bias: ", "bias: x"},
           {"step: 0.5", "step: .nan"},
           {"danger:", "dang:"},
           {"length: ", "length: long"}}) {
    const auto reader = damaged(from, to);
    ASSERT_FALSE(reader.has_value()) << to;
    EXPECT_EQ(reader.error().code, ErrorCode::kCorruptData);
    EXPECT_THAT(reader.error().where, StartsWith(std::string(kSecondReaderFile))) << to;
  }
}

// The default pack's reader, on words that no rule knows.
constexpr const char* kNoRuleKnows =
    "went to wipe and honestly could be anybody's backside back there";

bool by_second_reader(const Screening& screening) {
  return std::any_of(
      screening.findings().begin(), screening.findings().end(),
      [](const Finding& finding) { return finding.rule.starts_with(kSecondReaderRule); });
}

TEST(ScreenWithASecondReaderTest, RaisesWhatNoRuleHasWordsFor) {
  Documents rules_only = test::documents();
  rules_only.erase(std::string(kSecondReaderFile));
  const auto without = Screener::create(rules_only);
  ASSERT_TRUE(without.has_value());
  EXPECT_EQ(without->screen(turn(kNoRuleKnows), {}).tier(), Tier::kNone);
  const Screening screening = test::screener().screen(turn(kNoRuleKnows), {});
  EXPECT_EQ(screening.tier(), Tier::kEmergency);
  ASSERT_TRUE(by_second_reader(screening));
  EXPECT_EQ(screening.findings().front().group, "cauda_equina");
  EXPECT_FALSE(screening.findings().front().quote.empty());
  EXPECT_FALSE(screening.findings().front().source.empty());
  EXPECT_TRUE(test::screener().card(screening, "GB").has_value());
}

TEST(ScreenWithASecondReaderTest, WhatItRaisedStays) {
  const Screening first = test::screener().screen(turn(kNoRuleKnows), {});
  const Screening later =
      test::screener().screen(turn("which stretch is best?", 1), first.memory());
  EXPECT_EQ(later.tier(), Tier::kEmergency);
}

TEST(ScreenWithASecondReaderTest, ExplainNamesScoreLimitsAndFeatures) {
  const std::string text = test::screener().explain(turn(kNoRuleKnows), {});
  EXPECT_THAT(text, testing::ContainsRegex("second reader: [+-][0-9]"));
  EXPECT_THAT(text, HasSubstr("alarm from"));
  EXPECT_THAT(text, HasSubstr("likeliest group: cauda_equina"));
  EXPECT_THAT(test::screener().explain(turn("yes"), {}), HasSubstr("second reader: not asked"));
}

TEST(ScreenWithASecondReaderTest, ADenialAloneRaisesNothing) {
  EXPECT_EQ(test::tier_of("I have not lost control of my bladder or bowels"), Tier::kNone);
  EXPECT_EQ(test::tier_of("I have lost control of my bladder or bowels"), Tier::kEmergency);
}

// A pack whose reader holds everything for harmless, or is unsure of everything.
Result<Screener> screener_with(double ask_at, double harmless_at) {
  Documents documents = test::documents();
  SecondReaderModel model;
  model.danger_at = 100;
  model.ask_at = ask_at;
  model.harmless_at = harmless_at;
  model.upgrade_at = 100;
  model.groups = {{"cauda_equina", LinearModel()}};
  documents[std::string(kSecondReaderFile)] = to_text(model, {});
  return Screener::create(documents);
}

constexpr const char* kPlain =
    "Hello there, I hurt my back last week and since this morning I am numb between my legs.";

TEST(ScreenWithASecondReaderTest, ADoubtedAlarmIsAskedAboutAndAYesRaisesIt) {
  const auto screener = screener_with(99, 50);
  ASSERT_TRUE(screener.has_value()) << to_string(screener.error());
  const Screening asked = screener->screen(turn(kPlain), {});
  EXPECT_LT(asked.tier(), Tier::kUrgent);
  ASSERT_TRUE(asked.ask().has_value());
  EXPECT_EQ(asked.ask()->id, "SQD");
  EXPECT_THAT(asked.ask()->text, HasSubstr("numb between my legs"));
  const Screening yes = screener->screen(turn("Yes", 1), asked.memory());
  EXPECT_EQ(yes.tier(), Tier::kEmergency);
  EXPECT_EQ(yes.raised(), Tier::kEmergency);
  const Screening no = screener->screen(turn("No", 1), asked.memory());
  EXPECT_LT(no.tier(), Tier::kUrgent);
}

TEST(ScreenWithASecondReaderTest, ADoubtIsAskedAboutTwiceAndThenRests) {
  const auto screener = screener_with(99, 50);
  ASSERT_TRUE(screener.has_value());
  const Screening asked = screener->screen(turn(kPlain), {});
  const Screening again = screener->screen(turn("should I use heat or ice?", 1), asked.memory());
  EXPECT_LT(again.tier(), Tier::kUrgent);
  ASSERT_TRUE(again.ask().has_value());
  EXPECT_EQ(again.ask()->text, asked.ask()->text);
  EXPECT_EQ(screener->screen(turn("yes", 2), again.memory()).tier(), Tier::kEmergency);
  const Screening third = screener->screen(turn("which stretch is best?", 2), again.memory());
  EXPECT_TRUE(!third.ask() || third.ask()->id != "SQD");
  EXPECT_LT(screener->screen(turn("yes", 3), third.memory()).tier(), Tier::kUrgent);
}

TEST(ScreenWithASecondReaderTest, AnAnswerToAScreeningQuestionIsNeverDoubted) {
  const auto screener = screener_with(99, 50);
  ASSERT_TRUE(screener.has_value());
  const Screening answer = screener->screen(
      turn("yes I have been numb between my legs ever since I woke up today and it is odd", 0,
           "SQ1"),
      {});
  EXPECT_EQ(answer.tier(), Tier::kEmergency);
}

TEST(ScreenWithASecondReaderTest, WhatItIsUnsureOfIsAskedAboutOnce) {
  const auto screener = screener_with(-1, -100);
  ASSERT_TRUE(screener.has_value());
  const Screening asked =
      screener->screen(turn("The cushion under me might as well be air these days"), {});
  EXPECT_EQ(asked.tier(), Tier::kNone);
  ASSERT_TRUE(asked.ask().has_value());
  EXPECT_EQ(asked.ask()->id, "SQD");
  const Screening yes = screener->screen(turn("yes it is", 1), asked.memory());
  EXPECT_EQ(yes.raised(), Tier::kEmergency);
  ASSERT_TRUE(by_second_reader(yes));
  EXPECT_EQ(yes.findings().front().turn, 0);
  const Screening no = screener->screen(turn("no", 1), asked.memory());
  EXPECT_EQ(no.tier(), Tier::kNone);
  const Screening next = screener->screen(turn("and the chair feels like a cloud", 2), no.memory());
  EXPECT_TRUE(!next.ask() || next.ask()->id != "SQD");
}

TEST(ScreenWithASecondReaderTest, AModelWithoutItsWordsIsAnError) {
  Documents documents = test::documents();
  std::string& questions = documents["safety/questions.yaml"];
  const std::size_t at = questions.find("\nsecond_reader:");
  ASSERT_NE(at, std::string::npos);
  questions.resize(at + 1);
  const auto screener = Screener::create(documents);
  ASSERT_FALSE(screener.has_value());
  EXPECT_THAT(screener.error().message, HasSubstr("second_reader"));
}

}  // namespace
}  // namespace backchat::safety
