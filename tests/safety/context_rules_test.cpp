#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/safety/fixture.h"

// The tables of the reference on reading the words around a sign, a row each, in wording of our
// own.
namespace backchat::safety {
namespace {

struct Row {
  const char* text;
  bool alarm;  ///< urgent or emergency
};

using Table = std::vector<Row>;

// One process a table: each loads the pack anew.
void expect_read(const Row& row) {
  std::vector<test::Said> turns;
  const std::string text = row.text;
  for (std::size_t begin = 0; begin != std::string::npos;) {
    const std::size_t end = text.find(" // ", begin);
    turns.push_back({text.substr(begin, end == std::string::npos ? end : end - begin)});
    begin = end == std::string::npos ? end : end + 4;
  }
  const Tier tier = test::screen_all(turns).tier();
  EXPECT_EQ(tier >= Tier::kUrgent, row.alarm) << text << ": " << tier_name(tier);
}

void expect_all_read(const Table& table) {
  for (const Row& row : table) expect_read(row);
}

const Table kNegationIsTheSign = {
    {"I can't feel the bench under my bum", true},
    {"can't say my groin tingles", false},
    {"couldn't detect any change between my legs", false},
    {"no numbness down below", false},
    {"my crotch isn't numb", false},
    {"not only stiff but dead between the legs", true},
    {"I sit on the loo and nothing comes out", true},
    {"it isn't soreness, it's that my foot won't come up", true},
    {"no trouble weeing", false},
    {"no problem feeling the toilet paper", false},
    {"I haven't lost any feeling in my groin", false},
    {"couldn't move for pain, fine now", false},
    {"I can't walk far", false},
    {"I can't sleep and I can't bend", false},
    {"can't wait to get back to the gym", false},
    {"can't stand my boss, my back is tense", false},
    {"I've never missed the toilet until this morning, I wet myself", true},
};

const Table kScope = {
    {"no fever, I keep leaking pee", true},
    {"no fever, numbness, weakness or weight loss", false},
    {"no temperature or rash but my groin is numb", true},
    {"neither groin nor bum is numb", false},
    {"neither leg does what I tell it", true},
    {"apart from wetting myself I'm grand", true},
    {"nothing apart from stiffness", false},
    {"without warning my leg gave way", true},
    {"without any numbness", false},
    {"fever? no. bladder? no change.", false},
    {"fever - none, bladder: fine", false},
    {"no rash no cough no cold but cant wee since last night", true},
};

const Table kDoubt = {
    {"it's sort of dead where I sit", true},
    {"not sure I can feel it normally when I wipe", true},
    {"maybe my groin is a bit numb", true},
    {"I nearly wet myself laughing", false},
    {"kind of tingly between my legs, hard to tell", true},
};

const Table kTime = {
    {"years ago I had numbness in my groin, it cleared up", false},
    {"I wet myself on the bus", true},
    {"I lost feeling in my bum", true},
    {"used to have a weak foot, fully recovered", false},
    {"I once had full feeling down there, now nothing", true},
    {"sorted after my first operation, the groin numbness has returned", true},
    {"my foot recovered last spring, it drags again since Friday", true},
    {"my bladder leaks a little, for ten years, no change", false},
    {"my bladder has leaked for ten years but it is much worse this week", true},
    {"last night my groin went numb", true},
};

const Table kFrame = {
    {"what are the signs of cauda equina?", false},
    {"should I worry about tingling?", false},
    {"should I worry that my legs have gone weak?", true},
    {"is it usual that I don't notice myself peeing", true},
    {"if I lost bowel control, would I need a hospital?", false},
    {"what to do when you've lost feeling in your groin, that was me an hour ago", true},
    {"could it be cancer?", false},
    {"is new back pain after my lymphoma serious", true},
    {"which cushion suits a sore back and a dead backside, I can't feel mine", true},
    {"I don't know if I can feel it when I wipe", true},
    {"the leaflet said to come back if my groin goes numb", false},
    {"the physio told me to ring if I can't pee", false},
    {"for an essay: red flags are numb groin and loss of bladder control", false},
    {"does a spasm make you wet yourself", false},
    {"I'm worried I might lose control of my bladder one day", false},
};

const Table kPerson = {
    {"my flatmate can't wee", true},
    {"grandad's legs have gone from under him", true},
    {"my client says her groin is numb since the lift", true},
    {"my dog can't pee", false},
    {"my uncle had a numb groin in 2010, he had surgery", false},
    {"my cousin had a numb groin. Now it is happening to me", true},
    {"my mum's car seat hurts my back", false},
    {"my partner pinched my groin and I felt nothing", true},
    {"in the film a man loses control of his bladder", false},
};

const Table kForm = {
    {"cant feel my groin", true},
    {"can\xE2\x80\x99t feel my groin", true},
    {"can\xC2\xB4t feel my groin", true},
    {"my groin is soooo numb", true},
    {"wen i wee nuthin comes out", true},
    {"MY GROIN IS NUMB", true},
    {"temp of 39 and my back hurts", true},
    {"101F and back pain", true},
    {"37.2 and back pain", false},
    {"took 20 x 500mg paracetamol", true},
    {"my number is on the form, thumbs up", false},
    {"three weeks of a weak core", false},
    {"a bowl of soup and a black back support", false},
};

const Table kIdioms = {
    {"this back is killing me", false},
    {"a cake to die for", false},
    {"dead tired after dead lifts", false},
    {"stroke of genius, that pillow", false},
    {"I fell for that advert", false},
    {"it will be the death of me and I can't feel my bits", true},
    {"oh great, now I can't pee either \xF0\x9F\x99\x83", true},
    {"I'd rather die than do burpees", false},
    {"the numbing cream made my bum numb", false},
    {"the pipe under the sink leaks and I hurt my back mending it", false},
};

// Words that stand in many harmless texts, where they are meant.
const Table kMeant = {
    {"crashed my car and my back hurts", true},
    {"found him sitting slumped in his chair", true},
    {"that numb feeling is back in my groin", true},
    {"I'm well otherwise, numb groin", true},
    {"once I lie down my groin goes numb", true},
    {"I don't know what it is but my groin is numb", true},
    {"my wife says I could be having a stroke", true},
    {"the downstairs bits have gone numb", true},
    {"tell me what is wrong with my numb groin", true},
    {"they say I have had a stroke", true},
    {"he doesn't know what day it is and he has a fever", true},
    {"the number of times I've wet myself today", true},
};

TEST(ContextRulesTest, Meant) { expect_all_read(kMeant); }
TEST(ContextRulesTest, NegationIsTheSign) { expect_all_read(kNegationIsTheSign); }
TEST(ContextRulesTest, Scope) { expect_all_read(kScope); }
TEST(ContextRulesTest, Doubt) { expect_all_read(kDoubt); }
TEST(ContextRulesTest, Time) { expect_all_read(kTime); }
TEST(ContextRulesTest, Frame) { expect_all_read(kFrame); }
TEST(ContextRulesTest, Person) { expect_all_read(kPerson); }
TEST(ContextRulesTest, Form) { expect_all_read(kForm); }
TEST(ContextRulesTest, Idioms) { expect_all_read(kIdioms); }

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
