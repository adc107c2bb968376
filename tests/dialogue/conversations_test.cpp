#include <gtest/gtest.h>
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>
#include <set>

#include "tests/dialogue/test_edition.h"
#include "text/utf8.h"

// Conversations written by strangers who had seen none of the program (tests/data/conversations):
// a line each, with what a reply to a turn must hold. The floors are what was measured, less a
// little.
namespace backchat::dialogue {
namespace {

using test::pack_edition;

struct Score {
  int asked = 0;
  int right = 0;
};

bool holds_all(const YAML::Node& must, const std::string& text) {
  return std::all_of(must.begin(), must.end(), [&text](const YAML::Node& any) {
    return std::any_of(any.begin(), any.end(), [&text](const YAML::Node& one) {
      return text.find(text::to_lower(one.as<std::string>())) != std::string::npos;
    });
  });
}

std::set<std::string> quotes_of(const answer::Reply& reply) {
  std::set<std::string> out;
  for (const answer::Statement& said : reply.lead) out.insert(said.text);
  for (const answer::Statement& said : reply.body) out.insert(said.text);
  for (const answer::Side& side : reply.differs) out.insert(side.text);
  return out;
}

bool is_right(const YAML::Node& judged, const answer::Reply& reply) {
  const auto kind = judged["kind"].as<std::string>();
  if (kind == "emergency") return reply.tier == safety::Tier::kEmergency;
  if (kind == "chat") return true;
  const std::string text = text::to_lower(reply.text.substr(0, reply.text.find("\nSources")));
  if (kind == "not_covered") {
    return !test::is_answer(reply) || text.find("say nothing about") != std::string::npos;
  }
  return test::is_answer(reply) && holds_all(judged["must"], text);
}

TEST(ConversationsTest, WhatStrangersAskInTurnIsAnsweredInTurn) {
  std::map<std::string, Score> scores;
  int repeats = 0;
  for (const auto& file :
       std::filesystem::directory_iterator(BACKCHAT_SOURCE_DIR "/tests/data/conversations")) {
    std::ifstream in(file.path());
    for (std::string line; std::getline(in, line);) {
      const YAML::Node item = YAML::Load(line);
      std::vector<answer::Reply> all;
      ASSERT_TRUE(replies(
          pack_edition(), test::transcript(item["turns"].as<std::vector<std::string>>()),
          Deadline::none(), [&all](std::size_t, const auto& reply) { all.push_back(reply); }));
      for (const YAML::Node& judged : item["judge"]) {
        const auto turn = judged["turn"].as<std::size_t>() - 1;
        const bool context = judged["context"].as<bool>();
        const auto kind = judged["kind"].as<std::string>();
        Score& score = scores[kind == "answer" && context ? "context" : kind];
        ++score.asked;
        score.right += is_right(judged, all[turn]) ? 1 : 0;
        const bool again = turn > 0 && context && test::is_answer(all[turn]) &&
                           quotes_of(all[turn]) == quotes_of(all[turn - 1]);
        if (again) std::cout << item["id"] << " turn " << turn + 1 << " repeats the one before\n";
        repeats += again ? 1 : 0;
      }
    }
  }
  for (const auto& [kind, score] : scores) {
    std::cout << kind << " " << score.right << "/" << score.asked << "\n";
  }
  const auto share = [&scores](const char* kind) {
    return double{1} * scores[kind].right / scores[kind].asked;
  };
  // "Shorter" of what was short; "and a chiropractor" after a sentence that named both.
  EXPECT_LE(repeats, 2);
  EXPECT_GE(share("answer"), 0.93);
  EXPECT_GE(share("context"), 0.89);
  EXPECT_GE(share("emergency"), 0.89);
  EXPECT_GE(share("not_covered"), 0.85);
}

}  // namespace
}  // namespace backchat::dialogue
