#include "authoring/readability.h"

#include <gtest/gtest.h>

#include <map>

namespace backchat::authoring {
namespace {

const auto kNoNames = [](const std::string&) { return false; };

TEST(ReadabilityTest, CutsWordsAsTheyAreRead) {
  EXPECT_EQ(spoken_words("Physio-led care: don’t stop, take 2.5 mg (daily)."),
            (std::vector<std::string>{"physio", "led", "care", "don't", "stop", "take", "2.5", "mg",
                                      "daily"}));
  EXPECT_TRUE(spoken_words(" -- ... ").empty());
  EXPECT_EQ(spoken_words("naïve café"), (std::vector<std::string>{"naïve", "café"}));
}

TEST(ReadabilityTest, CountsSyllables) {
  for (const auto& [word, count] : std::map<std::string, int>{
           {"back", 1},      {"ice", 1},       {"spasm", 2},    {"muscle", 2},
           {"muscles", 2},   {"table", 2},     {"used", 1},     {"rested", 2},
           {"needed", 2},    {"stretches", 2}, {"exercise", 3}, {"exercises", 4},
           {"people", 2},    {"area", 3},      {"diet", 2},     {"video", 3},
           {"social", 2},    {"patient", 2},   {"movement", 2}, {"yoga", 2},
           {"ibuprofen", 4}, {"sciatica", 4},  {"medicine", 3}, {"physiotherapist", 6},
           {"15", 1},        {"a", 1},         {"hmm", 1}}) {
    // Spelling is no sure guide: one more or less is allowed in long words.
    EXPECT_LE(std::abs(syllables(word) - count), count > 2 || word == "movement" ? 1 : 0) << word;
  }
}

TEST(ReadabilityTest, GradesShortWordsLowAndLongWordsHigh) {
  EXPECT_LT(read_sentence("Put an ice pack on your back.", kNoNames).grade(), 2);
  EXPECT_GT(read_sentence("Musculoskeletal irritability necessitates pharmacological "
                          "intervention.",
                          kNoNames)
                .grade(),
            15);
}

TEST(ReadabilityTest, TheGradeIsThatOfKincaid) {
  const Reading reading{2, 20, 26};
  EXPECT_NEAR(reading.grade(), 0.39 * 10 + 11.8 * 1.3 - 15.59, 1e-9);
  EXPECT_EQ(Reading{}.grade(), 0);
  Reading sum{1, 10, 12};
  sum += {1, 10, 14};
  EXPECT_NEAR(sum.grade(), reading.grade(), 1e-9);
}

TEST(ReadabilityTest, NamesAreLeftOut) {
  const Reading plain = read_sentence("Take it for pain.", kNoNames);
  const Reading named = read_sentence("Take ibuprofen it for Doctor Stephanopoulos pain.",
                                      [](const std::string& word) { return word == "ibuprofen"; });
  EXPECT_EQ(named.words, plain.words);
  EXPECT_EQ(named.syllables, plain.syllables);
}

}  // namespace
}  // namespace backchat::authoring
