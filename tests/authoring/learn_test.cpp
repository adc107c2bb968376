#include "authoring/learn.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "knowledge/pack.h"

namespace backchat::authoring {
namespace {

using testing::HasSubstr;

const std::filesystem::path kMessages = BACKCHAT_SOURCE_DIR "/tests/data/redflags";

const Documents& documents() {
  static const Documents all =
      *knowledge::read_documents(BACKCHAT_SOURCE_DIR "/knowledge/back-spasms");
  return all;
}

std::vector<safety::EvaluationCase> cases_of(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  const std::string lines((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
  auto cases = safety::read_cases(lines, file.string());
  return cases ? std::move(*cases) : std::vector<safety::EvaluationCase>();
}

std::vector<MessageFile> some_files() {
  std::vector<MessageFile> files;
  for (const char* name : {"round1.jsonl", "round2.jsonl", "round3.jsonl"})
    files.push_back({name, cases_of(kMessages / name), false});
  return files;
}

TEST(LearnTest, FindsDangerInFilesThatItHasNotLearntFrom) {
  LearnOptions options;
  options.folds = 3;
  options.false_alarms = 0.1;
  const auto learnt = learn(documents(), some_files(), options);
  ASSERT_TRUE(learnt.has_value()) << to_string(learnt.error());
  const LearnFigures& figures = learnt->figures;
  EXPECT_EQ(figures.messages, 390U);
  // A reader that knew nothing would find as many dangers as it raises false alarms.
  EXPECT_GE(figures.harmless.value(), 0.85);
  EXPECT_GE(figures.caught.value(), 0.3);
  EXPECT_GE(learnt->model.danger_at, learnt->model.ask_at);
  EXPECT_GE(learnt->model.danger_at, learnt->model.harmless_at);
  EXPECT_GT(learnt->model.balance.alarm, 0);
  EXPECT_THAT(to_text(*learnt), HasSubstr("390 messages"));
}

TEST(LearnTest, TheSameMessagesGiveTheSameModel) {
  LearnOptions options;
  options.folds = 3;
  const auto once = learn(documents(), some_files(), options);
  const auto again = learn(documents(), some_files(), options);
  ASSERT_TRUE(once.has_value() && again.has_value());
  EXPECT_TRUE(to_text(once->model, {}) == to_text(again->model, {}));
}

TEST(LearnTest, TooFewMessagesAreAnError) {
  std::vector<MessageFile> files = some_files();
  files.resize(1);
  files[0].cases.resize(10);
  const auto learnt = learn(documents(), files, {});
  ASSERT_FALSE(learnt.has_value());
  EXPECT_EQ(learnt.error().code, ErrorCode::kInvalidInput);
  EXPECT_EQ(learnt.error().where, "round1.jsonl");
}

// The model of the default pack names every file of messages and how many it holds: whoever adds
// messages learns anew.
TEST(LearnTest, TheDefaultPacksReaderKnowsEveryLabelledMessage) {
  const std::string& model = documents().at(std::string(safety::kSecondReaderFile));
  int files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(kMessages)) {
    if (entry.path().extension() != ".jsonl") continue;
    ++files;
    EXPECT_THAT(model, HasSubstr("\"" + entry.path().filename().string() + ": " +
                                 std::to_string(cases_of(entry.path()).size()) + " messages\""));
  }
  EXPECT_GE(files, 20);
}

}  // namespace
}  // namespace backchat::authoring
