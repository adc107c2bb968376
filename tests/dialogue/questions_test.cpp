#include <gtest/gtest.h>
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <cstdlib>
#include <iostream>

#include "tests/dialogue/test_edition.h"
#include "text/utf8.h"

namespace backchat::dialogue {
namespace {

using test::ask;
using test::is_answer;

struct Score {
  int asked = 0;
  int right = 0;
  double share() const { return asked == 0 ? 1 : double{1} * right / asked; }
};

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

bool cites_all(const YAML::Node& articles, const answer::Reply& reply) {
  return std::all_of(articles.begin(), articles.end(), [&reply](const YAML::Node& article) {
    return test::cites(reply, article.as<std::string>());
  });
}

// The pack's own questions (eval/questions.yaml). The floors are what was measured, less a little:
// a change that falls below them has broken something.
TEST(QuestionsTest, ThePacksQuestionsAreAnsweredAndTheOthersAreNot) {
  Score answerable;
  Score refused;
  Score both_sides;
  std::size_t longest = 0;
  for (const YAML::Node& item :
       YAML::LoadFile(BACKCHAT_SOURCE_DIR "/knowledge/back-spasms/eval/questions.yaml")) {
    std::vector<std::string> turns;
    if (item["question"]) turns.push_back(item["question"].as<std::string>());
    for (const YAML::Node& turn : item["turns"]) turns.push_back(turn.as<std::string>());
    const answer::Reply reply = ask(turns);
    const auto note = [&](Score& score, bool right) {
      ++score.asked;
      score.right += right ? 1 : 0;
      if (!right) std::cout << item["id"] << " " << turns.back() << "\n";
    };
    if (item["answerable"] && !item["answerable"].as<bool>()) {
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
    if (item["differs"]) {
      note(both_sides, shows_all(item["differs"], reply));
    } else {
      note(answerable, is_answer(reply) && holds_all(item["must"], test::said(reply)) &&
                           cites_all(item["cite"], reply));
    }
  }
  std::cout << "answerable " << answerable.right << "/" << answerable.asked << ", refused "
            << refused.right << "/" << refused.asked << ", both sides " << both_sides.right << "/"
            << both_sides.asked << ", longest " << longest << " words\n";
  EXPECT_GE(answerable.share(), 0.93);
  EXPECT_GE(refused.share(), 0.85);
  EXPECT_GE(both_sides.share(), 0.9);
  EXPECT_LE(longest, 150U);
}

}  // namespace
}  // namespace backchat::dialogue
