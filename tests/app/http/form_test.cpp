#include "app/http/form.h"

#include <gtest/gtest.h>

#include <random>
#include <string>

#include "app/wire.h"
#include "text/utf8.h"

namespace backchat::app::http {
namespace {

TEST(FormTest, EarlierTurnsComeBeforeTheNewText) {
  const auto form = parse_form(
      "turn=My+back+hurts&answers=&turn=Yes&answers=SQ1&region=GB&text=How+long%3F%20caf%c3%A9");
  ASSERT_TRUE(form.has_value());
  ASSERT_EQ(form->turns.size(), 3U);
  EXPECT_EQ(form->turns[0].text, "My back hurts");
  EXPECT_FALSE(form->turns[0].answers);
  EXPECT_EQ(form->turns[1].answers, "SQ1");
  EXPECT_EQ(form->turns[2].text, "How long? caf\u00e9");
  EXPECT_FALSE(form->turns[2].answers);
  EXPECT_EQ(form->region, "GB");
}

TEST(FormTest, OneMoreAnswersBelongsToTheNewText) {
  const auto form = parse_form("turn=a&answers=&text=Yes&answers=SQ2");
  ASSERT_TRUE(form.has_value());
  ASSERT_EQ(form->turns.size(), 2U);
  EXPECT_EQ(form->turns[1].answers, "SQ2");
}

TEST(FormTest, AButtonsTextGoesBeforeAnEmptyField) {
  for (const char* body : {"text=Yes&text=", "text=&text=Yes", "text=Yes&text=half+typed"}) {
    const auto form = parse_form(body);
    ASSERT_TRUE(form.has_value());
    ASSERT_EQ(form->turns.size(), 1U) << body;
    EXPECT_EQ(form->turns[0].text, "Yes") << body;
  }
}

TEST(FormTest, AQuickReplyCarriesTheQuestionThatItAnswers) {
  const auto form = parse_form("turn=a&answers=&text=half+typed&reply=SQ1+No%2C+nothing+like+that");
  ASSERT_TRUE(form.has_value());
  ASSERT_EQ(form->turns.size(), 2U);
  EXPECT_EQ(form->turns[1].text, "No, nothing like that");
  EXPECT_EQ(form->turns[1].answers, "SQ1");
  EXPECT_EQ(parse_form("reply=Yes")->turns[0].text, "Yes");
  EXPECT_FALSE(parse_form("reply=Yes")->turns[0].answers);
}

TEST(FormTest, NothingTypedIsATranscriptWithoutThatTurn) {
  for (const char* body : {"", "text=", "text=+%0d%0A", "&&=&x", "region=US"}) {
    const auto form = parse_form(body);
    ASSERT_TRUE(form.has_value()) << body;
    EXPECT_TRUE(form->turns.empty()) << body;
  }
  EXPECT_EQ(parse_form("region=us&text=")->region, "us");
  EXPECT_EQ(parse_form("turn=a&answers=&text=")->turns.size(), 1U);
}

TEST(FormTest, LineEndsAreAsInJson) {
  EXPECT_EQ(parse_form("text=a%0D%0Ab%0Dc")->turns[0].text, "a\nb\rc");
}

TEST(FormTest, AStrayPercentStandsForItself) {
  EXPECT_EQ(parse_form("text=100%&x=%4")->turns[0].text, "100%");
  EXPECT_EQ(parse_form("text=%zz%2")->turns[0].text, "%zz%2");
}

TEST(FormTest, WrongContentIsRefused) {
  EXPECT_FALSE(parse_form("text=%ff").has_value());
  EXPECT_FALSE(parse_form("text=a&region=Atlantis").has_value());
  EXPECT_FALSE(parse_form("region=Atlantis").has_value());
  EXPECT_FALSE(parse_form("text=" + std::string(4097, 'a')).has_value());
  std::string many;
  for (std::size_t i = 0; i < kMaxTurns; ++i) many += "turn=a&answers=&";
  EXPECT_TRUE(parse_form(many).has_value());
  EXPECT_FALSE(parse_form(many + "text=b").has_value());
}

TEST(FormValueTest, TheFirstFieldOfThatNameDecoded) {
  EXPECT_EQ(form_value("x=1&id=a%2Db+c&id=2", "id"), "a-b c");
  EXPECT_EQ(form_value("id", "id"), "");
  EXPECT_EQ(form_value("id=", "id"), "");
  EXPECT_EQ(form_value("%69d=x", "id"), "x");
  EXPECT_EQ(form_value("id=a=b", "id"), "a=b");
  for (const char* without : {"", "&", "&&", "=", "ID=x", "idx=1", "i=d&d=i", "%=id"}) {
    EXPECT_EQ(form_value(without, "id"), std::nullopt) << without;
  }
}

TEST(FormTest, RandomBytesNeverCrash) {
  std::mt19937 random(5);
  const std::string letters = "turn=answers&text+%0aF\xff\xc3";
  for (int round = 0; round < 20000; ++round) {
    std::string body;
    for (std::size_t i = 0, n = random() % 60; i < n; ++i)
      body += letters[random() % letters.size()];
    const auto form = parse_form(body);
    if (!form) continue;
    for (const auto& turn : form->turns) EXPECT_FALSE(text::first_invalid(turn.text)) << body;
  }
}

}  // namespace
}  // namespace backchat::app::http
