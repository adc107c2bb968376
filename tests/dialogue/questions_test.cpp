#include <gtest/gtest.h>
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <filesystem>
#include <set>

#include "tests/dialogue/test_edition.h"
#include "text/utf8.h"

// What the default pack's own questions (eval/*.yaml) must reach; how well they are answered,
// `eval` and its test measure.
namespace backchat::dialogue {
namespace {

using test::pack_edition;

struct Asked {
  YAML::Node item;
  std::vector<std::string> turns;
  answer::Reply reply;
};

std::vector<std::string> turns_of(const YAML::Node& item) {
  std::vector<std::string> turns;
  if (item["question"]) turns.push_back(item["question"].as<std::string>());
  for (const YAML::Node& turn : item["turns"]) {
    turns.push_back((turn.IsMap() ? turn["text"] : turn).as<std::string>());
  }
  return turns;
}

// Every question of the pack with its reply, asked once for all tests.
const std::vector<Asked>& all_questions() {
  static const std::vector<Asked> asked = [] {
    std::vector<std::filesystem::path> files;
    for (const auto& file :
         std::filesystem::directory_iterator(BACKCHAT_SOURCE_DIR "/knowledge/back-spasms/eval")) {
      if (file.path().filename() != "floors.yaml") files.push_back(file.path());
    }
    std::ranges::sort(files);
    std::vector<Asked> out;
    for (const auto& file : files) {
      for (const YAML::Node& item : YAML::LoadFile(file.string())) {
        Asked each{item, turns_of(item), {}};
        each.reply = test::ask(each.turns);
        out.push_back(std::move(each));
      }
    }
    return out;
  }();
  return asked;
}

TEST(QuestionsTest, EveryEntryOfTheLexiconIsUsedByAQuestion) {
  std::set<std::string> used;
  for (const Asked& asked : all_questions()) {
    for (const std::string& turn : asked.turns) {
      for (const std::string& term : pack_edition().questions->analyse(turn).terms)
        used.insert(term);
    }
  }
  for (const auto& entry : pack_edition().pack.lexicon) {
    EXPECT_TRUE(used.contains(entry.term)) << entry.term;
  }
}

TEST(QuestionsTest, EveryPassageIsReachedByAQuestion) {
  std::set<std::string> cited;
  for (const Asked& asked : all_questions()) {
    for (const auto& citation : asked.reply.citations) cited.insert(citation.passage);
  }
  const auto is_overruled = [](const knowledge::Passage& passage) {
    return std::ranges::any_of(pack_edition().pack.overruled, [&passage](const auto& each) {
      return !each.message.empty() && each.sentence == passage.text;
    });
  };
  for (const auto& passage : pack_edition().pack.passages) {
    if (is_overruled(passage)) continue;  // its one sentence is never quoted
    EXPECT_TRUE(cited.contains(passage.id)) << passage.id;
  }
}

// A wording that is also an evaluation question would measure nothing. What is learnt from used
// rounds stands apart in asked/rounds/; those questions are judged apart, too.
TEST(QuestionsTest, NoWordingCollectedByItselfIsAnEvaluationQuestion) {
  std::set<std::string> questions;
  for (const Asked& asked : all_questions()) {
    for (const std::string& turn : asked.turns) questions.insert(text::to_lower(turn));
  }
  Documents documents =
      knowledge::read_documents(BACKCHAT_SOURCE_DIR "/knowledge/back-spasms").value();
  std::erase_if(documents,
                [](const auto& each) { return each.first.starts_with("asked/rounds/"); });
  const knowledge::Pack pack = knowledge::parse_pack(documents).value();
  const auto expect_own = [&questions](const std::vector<std::string>& wordings) {
    for (const std::string& wording : wordings) {
      EXPECT_FALSE(questions.contains(text::to_lower(wording))) << wording;
    }
  };
  for (const auto& asked : pack.asked) expect_own(asked.questions);
  for (const auto& asked : pack.asked_sentences) expect_own(asked.questions);
  for (const auto& asked : pack.not_covered) expect_own(asked.questions);
}

}  // namespace
}  // namespace backchat::dialogue
