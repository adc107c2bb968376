#include <gtest/gtest.h>
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <string>
#include <vector>

#include "tests/safety/fixture.h"

namespace backchat::safety {
namespace {

// The turns of an evaluation question.
std::vector<test::Said> turns_of(const YAML::Node& question) {
  if (question["question"]) return {{question["question"].Scalar()}};
  std::vector<test::Said> turns;
  for (const YAML::Node& turn : question["turns"])
    turns.push_back({turn.IsMap() ? turn["text"].Scalar() : turn.Scalar()});
  return turns;
}

// What people ask who are in no danger: an alarm on any of these teaches them to stop listening.
TEST(OrdinaryQuestionsTest, NoneRaisesAnAlarm) {
  int asked = 0;
  for (const char* file : {"questions", "strangers", "strangers_later"}) {
    const YAML::Node questions = YAML::LoadFile(
        std::string(BACKCHAT_SOURCE_DIR "/knowledge/back-spasms/eval/") + file + ".yaml");
    for (const YAML::Node& question : questions) {
      if (question["tier"] || (question["kind"] && question["kind"].Scalar() == "emergency"))
        continue;
      const Screening screening = test::screen_all(turns_of(question));
      EXPECT_LT(screening.tier(), Tier::kUrgent) << question["id"] << ": " << question["question"];
      ++asked;
    }
  }
  EXPECT_GT(asked, 1600);
}

TEST(OrdinaryQuestionsTest, WordsOfDangerInAHarmlessSenseRaiseNone) {
  for (const char* text : {
           "my ankle is swollen after football and limping did my back in",
           "the trolley was broken and it did my back in",
           "my coach put me on anti-inflammatories for a week",
           "is losing control of your bladder always an emergency",
           "leg day again, both legs like jelly and my back is stiff",
           "the physio nearly killed me yesterday, brilliant session, now what for the soreness",
           "hour three slumped on the sofa and my back is moaning",
           "I look after the kids all day and my back is tired",
           "this is it, the mattress I bought for my back",
           "my wife beat me at chess and the chair hurt my back",
           "I bumped my back on the car door, bit sore",
           "which chair for someone who sits in the car half the day",
       }) {
    EXPECT_LT(test::tier_of(text), Tier::kUrgent) << text;
  }
}

// The same words where they are meant.
TEST(OrdinaryQuestionsTest, TheSameWordsMeantRaiseOne) {
  for (const char* text : {
           "my calf is swollen and hot since football",
           "I broke my back falling off the loft ladder",
           "I have lost control of my bladder, is that an emergency?",
           "did squats yesterday and now both my legs are numb",
           "please look after my dog, I will not be coming home",
           "he texted look after the kids, love you, bye",
           "my husband beat me at home last night",
           "a van bumped into me at the lights and my neck hurts",
           "he is slumped in his chair and will not answer me",
       }) {
    EXPECT_GE(test::tier_of(text), Tier::kUrgent) << text;
  }
}

}  // namespace
}  // namespace backchat::safety
