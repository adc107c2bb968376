#include "knowledge/pack.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

namespace backchat::knowledge {
namespace {

using ::testing::HasSubstr;

const std::filesystem::path kDefaultPack =
    std::filesystem::path(BACKCHAT_SOURCE_DIR) / "knowledge" / "back-spasms";

Documents default_documents() {
  auto documents = read_documents(kDefaultPack);
  EXPECT_TRUE(documents.has_value());
  return std::move(documents).value();
}

TEST(PackTest, TheDefaultPackLoads) {
  const auto pack = parse_pack(default_documents());
  ASSERT_TRUE(pack.has_value()) << to_string(pack.error());
  EXPECT_EQ(pack->info.id, "back-spasms");
  EXPECT_EQ(pack->articles.size(), 5U);
  for (const Comparison& comparison : pack->comparisons) {
    for (const Comparison::Side& side : comparison.sides) {
      const Passage* passage = pack->passage(side.passage);
      ASSERT_NE(passage, nullptr);
      EXPECT_THAT(passage->text, HasSubstr(side.sentence));
    }
  }
}

TEST(PackTest, ReportsEveryProblemAtOnceWithItsPlace) {
  Documents documents = default_documents();
  documents["messages.yaml"] = "chat.greeting: {text: Hi, colour: red}\n";
  documents["lexicon.yaml"] = "- terms: x\n";
  documents["comparisons.yaml"] = "- id: [\n";
  const auto pack = parse_pack(documents);
  ASSERT_FALSE(pack.has_value());
  EXPECT_EQ(pack.error().code, ErrorCode::kCorruptData);
  const std::string all = to_string(pack.error());
  EXPECT_THAT(all, HasSubstr("messages.yaml:1: unknown key 'colour'"));
  EXPECT_THAT(all, HasSubstr("message 'not_covered.lead' is missing"));
  EXPECT_THAT(all, HasSubstr("lexicon.yaml:1: unknown key 'terms'"));
  EXPECT_THAT(all, HasSubstr("comparisons.yaml:2: not valid YAML"));
}

TEST(PackTest, HomeCareIsMadeOfSentencesOfTheArticles) {
  Documents documents = default_documents();
  const auto pack = parse_pack(documents);
  ASSERT_TRUE(pack.has_value());
  EXPECT_FALSE(pack->start.questions.empty());
  ASSERT_FALSE(pack->start.home_care.empty());
  for (const Start::Quote& quote : pack->start.home_care) {
    const Passage* passage = pack->passage(quote.passage);
    ASSERT_NE(passage, nullptr);
    EXPECT_EQ(passage->article, quote.article);
    EXPECT_THAT(passage->text, HasSubstr(quote.sentence));
    for (const Overruled& overruled : pack->overruled) {
      EXPECT_NE(quote.sentence, overruled.sentence);
    }
  }

  documents["start.yaml"] =
      "questions: [Why]\n"
      "home_care:\n"
      "  - {article: k-health-back-spasms, sentence: Rest for a month.}\n"
      "  - {article: k-health-back-spasms, text: Rest.}\n";
  const auto broken = parse_pack(documents);
  ASSERT_FALSE(broken.has_value());
  const std::string all = to_string(broken.error());
  EXPECT_THAT(all, HasSubstr("start.yaml:3: no such sentence in article 'k-health-back-spasms'"));
  EXPECT_THAT(all, HasSubstr("start.yaml:4: unknown key 'text'"));

  documents.erase("start.yaml");
  const auto without = parse_pack(documents);
  ASSERT_TRUE(without.has_value());
  EXPECT_TRUE(without->start.questions.empty());
}

TEST(PackTest, QuestionsForASentenceThatItsArticleNoLongerSaysAreNamed) {
  Documents documents = default_documents();
  std::erase_if(documents, [](const auto& file) { return file.first.starts_with("asked/"); });
  documents["asked/k-health-back-spasms.md"] =
      "Notes for authors.\n"
      "\n"
      "## A heading\n"
      "\n"
      "> Rest for a month.\n"
      "\n"
      "- how long do i lie down\n"
      "a line of no kind\n";
  documents["asked/not-covered.md"] = "> the price of a brace\n- what does a brace cost\n";
  const auto broken = parse_pack(documents);
  ASSERT_FALSE(broken.has_value());
  const std::string all = to_string(broken.error());
  EXPECT_THAT(all, HasSubstr("asked/k-health-back-spasms.md:5: no such sentence in article "
                             "'k-health-back-spasms'"));
  EXPECT_THAT(all, HasSubstr("asked/k-health-back-spasms.md:8: neither"));

  const Pack whole = parse_pack(default_documents()).value();
  const Passage& passage = whole.passages.front();
  documents["asked/k-health-back-spasms.md"].clear();
  documents["asked/" + passage.article + ".md"] =
      "> " + std::string(passage.sentence(0)) + "\n\n- one way\n- another way\n";
  // A further file adds to the same sentence; what is missing may have no name.
  documents["asked/rounds/" + passage.article + ".md"] =
      "> " + std::string(passage.sentence(0)) + "\n- a third way\n";
  documents["asked/rounds/not-covered.md"] = ">\n- who won the cup\n";
  const auto pack = parse_pack(documents);
  ASSERT_TRUE(pack.has_value());
  const auto same = std::ranges::find_if(pack->asked_sentences, [](const AskedSentence& asked) {
    return asked.passage == 0 && asked.sentence == 0;
  });
  ASSERT_NE(same, pack->asked_sentences.end());
  EXPECT_EQ(pack->asked_sentences.size(), 1U);
  EXPECT_THAT(same->questions, testing::ElementsAre("one way", "another way", "a third way"));
  ASSERT_EQ(pack->not_covered.size(), 2U);
  EXPECT_EQ(pack->not_covered[0].missing, "the price of a brace");
  EXPECT_EQ(pack->not_covered[1].missing, "");
}

TEST(PackTest, APackWithoutSafetyRulesIsRefused) {
  Documents documents = default_documents();
  std::erase_if(documents, [](const auto& file) { return file.first.starts_with("safety/"); });
  const auto pack = parse_pack(documents);
  ASSERT_FALSE(pack.has_value());
  EXPECT_THAT(to_string(pack.error()), HasSubstr("no red-flag rules"));
}

TEST(PackTest, EveryFigureOfATimerStandsInOneOfItsSentences) {
  Documents documents = default_documents();
  const auto pack = parse_pack(documents);
  ASSERT_TRUE(pack.has_value());
  ASSERT_FALSE(pack->timers.empty());
  std::string& yaml = documents["timers.yaml"];
  yaml.replace(yaml.find("[15, 20]"), 8, "[15, 30]");
  const auto wrong = parse_pack(documents);
  ASSERT_FALSE(wrong.has_value());
  EXPECT_THAT(to_string(wrong.error()), HasSubstr("every figure of a timer"));
}

TEST(PackTest, AnExerciseStartsInAPositionThatThePageKnows) {
  Documents documents = default_documents();
  std::string& exercise = documents["exercises/hip-lifts.md"];
  exercise.replace(exercise.find("position: lying"), 15, "position: upside");
  const auto wrong = parse_pack(documents);
  ASSERT_FALSE(wrong.has_value());
  EXPECT_THAT(to_string(wrong.error()), HasSubstr("'position' must be"));
  EXPECT_TRUE(needs_floor("lying"));
  EXPECT_TRUE(needs_floor("kneeling"));
  EXPECT_FALSE(needs_floor("standing"));
  EXPECT_LT(position_rank("lying"), position_rank("kneeling"));
}

TEST(PackFilesTest, RefusesWhatIsNoFolderOrNotUtf8) {
  EXPECT_EQ(read_documents("/nonexistent-pack").error().code, ErrorCode::kNotFound);
  const auto folder =
      std::filesystem::temp_directory_path() / ("backchat-pack-" + std::to_string(::getpid()));
  std::filesystem::create_directories(folder);
  std::ofstream(folder / "pack.yaml") << "id: ok\nname: \xFF\n";
  const auto documents = read_documents(folder);
  ASSERT_FALSE(documents.has_value());
  EXPECT_THAT(documents.error().where, HasSubstr("pack.yaml:2"));
  std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace backchat::knowledge
