#include <gtest/gtest.h>
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <ctime>
#include <random>
#include <string>
#include <vector>

#include "tests/safety/fixture.h"
#include "text/utf8.h"

namespace backchat::safety {
namespace {

using test::screen_all;
using test::tier_of;

// Every one-turn text of the pack's cases that is an emergency.
const std::vector<std::string>& emergencies() {
  static const std::vector<std::string> texts = [] {
    std::vector<std::string> found;
    const YAML::Node root = YAML::Load(test::documents().at("safety/cases.yaml"));
    for (const YAML::Node& entry : root["cases"]) {
      for (const YAML::Node& text : entry["fire"]) {
        if (text.Scalar().find(" // ") == std::string::npos &&
            tier_of(text.Scalar()) == Tier::kEmergency) {
          found.push_back(text.Scalar());
        }
      }
    }
    return found;
  }();
  return texts;
}

void expect_all_stay(const char* what, std::string (*change)(const std::string&)) {
  for (const std::string& text : emergencies()) {
    EXPECT_EQ(tier_of(change(text)), Tier::kEmergency) << what << ": " << change(text);
  }
}

TEST(PropertiesTest, ThereAreManyEmergencies) { EXPECT_GT(emergencies().size(), 100U); }

TEST(PropertiesTest, AHarmlessSentenceBeforeChangesNothing) {
  expect_all_stay(
      "before", [](const std::string& t) { return "Hello, I like long walks in the park. " + t; });
}

TEST(PropertiesTest, AHarmlessSentenceAfterChangesNothing) {
  expect_all_stay("after",
                  [](const std::string& t) { return t + ". Which pillow is best for sleeping?"; });
}

TEST(PropertiesTest, CaseChangesNothing) {
  expect_all_stay("upper", [](const std::string& t) {
    std::string s = t;
    std::transform(s.begin(), s.end(), s.begin(),
                   [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
    return s;
  });
  expect_all_stay("lower", [](const std::string& t) { return text::to_lower(t); });
}

TEST(PropertiesTest, WhiteSpaceChangesNothing) {
  expect_all_stay("spaces", [](const std::string& t) {
    std::string s;
    for (const char c : t) s += c == ' ' ? "  \t " : std::string(1, c);
    return "\n " + s + " \n\n";
  });
}

TEST(PropertiesTest, CurlyAndMissingApostrophesChangeNothing) {
  const auto replaced = [](const std::string& t, const char* with) {
    std::string s;
    for (const char c : t) s += c == '\'' ? with : std::string(1, c);
    return s;
  };
  for (const std::string& text : emergencies()) {
    EXPECT_EQ(tier_of(replaced(text, "\xE2\x80\x99")), Tier::kEmergency) << text;
    EXPECT_EQ(tier_of(replaced(text, "")), Tier::kEmergency) << text;
  }
}

TEST(PropertiesTest, ADenialInAnotherSentenceErasesNothing) {
  expect_all_stay("denial",
                  [](const std::string& t) { return t + ". I have no rash and no cough."; });
  expect_all_stay("denial before", [](const std::string& t) { return "No rash, no cough. " + t; });
}

TEST(PropertiesTest, OneSlipInALongWordRarelyMatters) {
  std::mt19937 random(4);
  int kept = 0;
  int tried = 0;
  for (const std::string& text : emergencies()) {
    for (std::size_t begin = 0; begin < text.size();) {
      std::size_t end = begin;
      while (end < text.size() && text::is_alpha(text[end])) ++end;
      if (end - begin >= 7) {
        std::string slipped = text;
        const std::size_t at = begin + 1 + random() % (end - begin - 2);
        std::swap(slipped[at], slipped[at + 1 < end ? at + 1 : at - 1]);
        ++tried;
        const bool held = tier_of(slipped) == Tier::kEmergency;
        kept += held ? 1 : 0;
        EXPECT_TRUE(held) << slipped;
      }
      begin = end + 1;
    }
  }
  EXPECT_GT(tried, 80);
  EXPECT_EQ(kept, tried);
}

TEST(PropertiesTest, AnyBytesAreScreened) {
  std::mt19937 random(20261122);
  for (int round = 0; round < 3000; ++round) {
    std::string bytes(random() % 400, '\0');
    for (char& c : bytes) c = static_cast<char>(random() % 256);
    if (round % 3 == 0) bytes += emergencies()[random() % emergencies().size()];
    Memory memory;
    const Screening first = test::screener().screen(
        {.text = bytes, .answers = {}, .other_question_open = false, .index = 0}, memory);
    static_cast<void>(test::screener().card(first, "GB"));
    static_cast<void>(test::screener().screen(
        {.text = bytes, .answers = "SQ1", .other_question_open = false, .index = 1},
        first.memory()));
  }
}

TEST(PropertiesTest, TheOrderOfTurnsDoesNotMatter) {
  const std::vector<std::vector<std::string>> conversations = {
      {"my back hurts", "I had breast cancer in 2015", "my legs feel heavy and unsteady"},
      {"temperature of 38.9", "I had an epidural injection last week", "sore back"},
      {"I'm 71", "sudden severe pain in my back", "I feel faint and clammy"},
      {"30 weeks pregnant", "I am bleeding"},
      {"my left leg is tingling", "my right leg is tingling", "back pain"},
      {"my belly feels like a tight band round it", "my legs will not carry me", "since Monday"},
      {"my poo is black and sticky like tar", "I take naproxen", "feeling faint"},
      {"I've been saving up my codeine", "I am so tired of it all", "my back"},
      {"fever of 39", "I only have one kidney", "pain in my side"},
      {"my mouth is drooping", "my hand will not grip", "it came on at lunch"},
  };
  for (std::vector<std::string> turns : conversations) {
    std::sort(turns.begin(), turns.end());
    do {
      std::vector<test::Said> said;
      for (const std::string& turn : turns) said.push_back({turn});
      EXPECT_EQ(screen_all(said).tier(), Tier::kEmergency) << turns[0] << " / " << turns[1];
    } while (std::next_permutation(turns.begin(), turns.end()));
  }
}

// Best of several runs, in seconds of this process per byte: other work on the machine does not
// count.
double cost_per_byte(const std::string& unit, std::size_t size) {
  std::string text;
  while (text.size() < size) text += unit;
  text.resize(size);
  double best = 1e9;
  for (int i = 0; i < 5; ++i) {
    const std::clock_t begin = std::clock();
    static_cast<void>(test::screener().screen(
        {.text = text, .answers = {}, .other_question_open = false, .index = 0}, {}));
    const double spent = static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
    best = std::min(best, spent / static_cast<double>(size));
  }
  return best;
}

// Per byte, a long text costs at most three times what a short one does.
TEST(PropertiesTest, TimeIsLinearInTheText) {
  const std::vector<std::string> units = {
      "my back hurts and i would like to know what to do about it ",
      "numb bum cannot pee no not if my dad ",
      "i i i i my my my ",
      "cannot feel my groin, ",
      "zxqv wertzu plokij ",
      "no no no numb numb ",
      "chest pain both legs weak wet myself took 20 tablets foot drags cannot feel when i wipe ",
      ".!?\n",
      "38.5 20 x 500mg "};
  for (const std::string& unit : units) {
    const double small = cost_per_byte(unit, 1024);
    const double large = cost_per_byte(unit, 65536);
    EXPECT_LT(large, small * 3) << unit;
  }
}

}  // namespace
}  // namespace backchat::safety
