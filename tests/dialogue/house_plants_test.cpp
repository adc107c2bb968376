#include <yaml-cpp/yaml.h>

#include <algorithm>

#include "tests/dialogue/test_edition.h"
#include "text/utf8.h"

// A pack on another subject: the program knows nothing of backs, so ten articles on house plants
// are answered, compared, refused and screened with no line of C++ of their own.
namespace backchat::dialogue {
namespace {

const Edition& plants() {
  static const auto edition =
      test::built(BACKCHAT_SOURCE_DIR "/tests/data/house-plants", "house-plants");
  return *edition;
}

answer::Reply ask(const std::vector<std::string>& turns) {
  return reply(plants(), test::transcript(turns), Deadline::none()).value();
}

TEST(HousePlantsTest, ItsQuestionsAreAnsweredAndTheOthersAreNot) {
  const YAML::Node items =
      YAML::LoadFile(BACKCHAT_SOURCE_DIR "/tests/data/house-plants/eval/questions.yaml");
  EXPECT_GE(items.size(), 20U);
  for (const YAML::Node& item : items) {
    std::vector<std::string> turns;
    if (item["question"]) turns.push_back(item["question"].as<std::string>());
    for (const YAML::Node& turn : item["turns"]) turns.push_back(turn.as<std::string>());
    const answer::Reply reply = ask(turns);
    EXPECT_EQ(test::is_answer(reply), !item["not_covered"]) << turns.back() << "\n" << reply.text;
    const std::string said = test::said(reply);
    for (const YAML::Node& any : item["must"]) {
      EXPECT_TRUE(std::any_of(any.begin(), any.end(),
                              [&said](const YAML::Node& one) {
                                return said.find(text::to_lower(one.as<std::string>())) !=
                                       std::string::npos;
                              }))
          << turns.back() << "\n"
          << reply.text;
    }
    EXPECT_EQ(reply.differs.size(), item["differs"] ? item["differs"].size() : 0U) << turns.back();
  }
}

TEST(HousePlantsTest, ItsOwnDangerComesFirst) {
  const answer::Reply reply = ask({"my toddler ate a leaf of the snake plant, how do i water it"});
  EXPECT_EQ(reply.kind, answer::Kind::kEmergency);
  ASSERT_TRUE(reply.card.has_value());
  EXPECT_EQ(reply.card->heading, "Get help now");
}

}  // namespace
}  // namespace backchat::dialogue
