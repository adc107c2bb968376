#include <gtest/gtest.h>
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <filesystem>
#include <iostream>
#include <set>

#include "tests/dialogue/test_edition.h"
#include "text/utf8.h"

// The default pack's own questions (eval/*.yaml). `backchat eval` measures them in full; here is
// what must never break.
namespace backchat::dialogue {
namespace {

using test::is_answer;
using test::pack_edition;

struct Score {
  int asked = 0;
  int right = 0;
  double share() const { return asked == 0 ? 1 : double{1} * right / asked; }
};

std::ostream& operator<<(std::ostream& out, const Score& score) {
  return out << score.right << "/" << score.asked;
}

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

bool not_covered(const YAML::Node& item) {
  return item["not_covered"] && item["not_covered"].as<bool>();
}

bool holds_all(const YAML::Node& must, const std::string& text) {
  return std::all_of(must.begin(), must.end(), [&text](const YAML::Node& any) {
    return std::any_of(any.begin(), any.end(), [&text](const YAML::Node& one) {
      return text.find(text::to_lower(one.as<std::string>())) != std::string::npos;
    });
  });
}

bool shows_all(const YAML::Node& articles, const answer::Reply& reply) {
  return std::all_of(articles.begin(), articles.end(), [&reply](const YAML::Node& article) {
    return std::ranges::any_of(reply.differs, [&](const answer::Side& side) {
      const auto& citation = reply.citations[static_cast<std::size_t>(side.citations[0] - 1)];
      return citation.article == article.as<std::string>();
    });
  });
}

// An answer is right when it says every fact and shows every side. The floors are what was
// measured, less a little: a change that falls below them has broken something.
TEST(QuestionsTest, ThePacksQuestionsAreAnsweredAndTheOthersAreNot) {
  Score answered;
  Score full;
  Score refused;
  Score both_sides;
  Score dialogues;
  std::size_t longest = 0;
  for (const Asked& asked : all_questions()) {
    const answer::Reply& reply = asked.reply;
    const auto note = [&](Score& score, bool right) {
      ++score.asked;
      score.right += right ? 1 : 0;
      if (!right) std::cout << asked.item["id"] << " " << asked.turns.back() << "\n";
      if (&score != &answered && asked.turns.size() > 1) {
        ++dialogues.asked;
        dialogues.right += right ? 1 : 0;
      }
    };
    if (asked.item["kind"]) continue;
    if (not_covered(asked.item)) {
      note(refused, !is_answer(reply));
      continue;
    }
    std::size_t words = 0;
    for (const auto* statements : {&reply.lead, &reply.body}) {
      for (const auto& s : *statements)
        words += 1 + static_cast<std::size_t>(std::ranges::count(s.text, ' '));
    }
    for (const auto& s : reply.differs)
      words += 1 + static_cast<std::size_t>(std::ranges::count(s.text, ' '));
    longest = std::max(longest, words);
    ++answered.asked;
    answered.right += is_answer(reply) ? 1 : 0;
    if (asked.item["differs"]) note(both_sides, shows_all(asked.item["differs"], reply));
    note(full, is_answer(reply) && holds_all(asked.item["must"], test::said(reply)));
  }
  std::cout << "answered " << answered << ", full " << full << ", refused " << refused
            << ", both sides " << both_sides << ", dialogues " << dialogues << ", longest "
            << longest << " words\n";
  EXPECT_GE(full.share(), 0.87);
  EXPECT_GE(refused.share(), 0.85);
  EXPECT_GE(both_sides.share(), 0.9);
  EXPECT_GE(dialogues.share(), 0.78);
  EXPECT_LE(longest, 150U);
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

// A wording that is also an evaluation question would measure nothing.
TEST(QuestionsTest, NoCollectedWordingIsAnEvaluationQuestion) {
  std::set<std::string> questions;
  for (const Asked& asked : all_questions()) {
    for (const std::string& turn : asked.turns) questions.insert(text::to_lower(turn));
  }
  for (const auto& asked : pack_edition().pack.asked) {
    for (const std::string& wording : asked.questions) {
      EXPECT_FALSE(questions.contains(text::to_lower(wording))) << wording;
    }
  }
}

}  // namespace
}  // namespace backchat::dialogue
