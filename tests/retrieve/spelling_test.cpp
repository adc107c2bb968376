#include "retrieve/spelling.h"

#include <gtest/gtest.h>

namespace backchat::retrieve {
namespace {

std::vector<index::CommonWord> vocabulary() {
  return {{"ache", 9},         {"exercise", 40},       {"muscle", 60},
          {"muscles", 50},     {"physiotherapist", 5}, {"relax", 8},
          {"relay", 7},        {"spasm", 90},          {"spasms", 80},
          {"stretch", 30},     {"strength", 1},        {"which", 30},
          {"inflammation", 9}, {"house", 8},           {"plant", 6}};
}

TEST(SpellingTest, RepairsSlipsOfTheFingers) {
  const std::vector<std::pair<std::string_view, std::string_view>> cases{
      {"spams", "spasm"},  // former bug: the plural is no rival
      {"spsam", "spasm"},
      {"muscel", "muscle"},
      {"musscle", "muscle"},
      {"exersise", "exercise"},
      {"excercise", "exercise"},
      {"strech", "stretch"},
      {"physiotherpist", "physiotherapist"},
      {"physioterapyst", "physiotherapist"},
      {"inflamation", "inflammation"},
  };
  for (const auto& [from, to] : cases)
    EXPECT_EQ(repair_spelling(from, vocabulary()).value_or("-"), to) << from;
}

TEST(SpellingTest, LeavesAloneWhatIsNotClear) {
  for (const std::string_view word : {"acne", "knee", "tasks", "miracle", "x", "", "12345", "spa5m",
                                      "zebra", "physiology", "na\xC3\xAFve", "zpasm"}) {
    EXPECT_EQ(repair_spelling(word, vocabulary()), std::nullopt) << word;
  }
}

TEST(SpellingTest, PartsWordsTypedAsOne) {
  EXPECT_EQ(split_word("houseplant", vocabulary()), "house plant");
  EXPECT_EQ(split_word("40mg", vocabulary()), "40 mg");
  for (const std::string_view word : {"40", "mg40", "houses", "plantx", "", "a1b"}) {
    EXPECT_EQ(split_word(word, vocabulary()), std::nullopt) << word;
  }
}

}  // namespace
}  // namespace backchat::retrieve
