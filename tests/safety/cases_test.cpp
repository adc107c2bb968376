#include <gtest/gtest.h>
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "safety/screener.h"
#include "tests/safety/pack_documents.h"

namespace backchat::safety {
namespace {

const Documents& documents() {
  static const Documents all = test::pack_documents(BACKCHAT_SOURCE_DIR "/knowledge/back-spasms");
  return all;
}

const Screener& screener() {
  static const Screener one = [] {
    auto made = Screener::create(documents());
    if (!made) throw std::runtime_error(to_string(made.error()));
    return std::move(*made);
  }();
  return one;
}

Tier tier_of(const std::string& name) {
  for (const Tier tier : {Tier::kSoon, Tier::kUrgent, Tier::kEmergency}) {
    if (tier_name(tier) == name) return tier;
  }
  return Tier::kNone;
}

// The last screening of a conversation whose turns are parted by " // ".
Screening screen_all(const std::string& text) {
  Memory memory;
  int index = 0;
  std::size_t begin = 0;
  for (;;) {
    const std::size_t end = text.find(" // ", begin);
    const std::string turn = text.substr(begin, end == std::string::npos ? end : end - begin);
    Screening screening = screener().screen({.text = turn, .answers = {}, .other_question_open = false, .index = index++}, memory);
    if (end == std::string::npos) return screening;
    memory = screening.memory();
    begin = end + 4;
  }
}

// The highest tier that a group reached.
Tier group_tier(const Screening& screening, const std::string& group) {
  Tier best = Tier::kNone;
  for (const Finding& finding : screening.findings()) {
    if (finding.group == group) best = std::max(best, finding.tier);
  }
  return best;
}

YAML::Node cases() { return YAML::Load(documents().at("safety/cases.yaml"))["cases"]; }

TEST(CasesTest, TextsThatMustFireRaiseAtLeastTheirTier) {
  for (const YAML::Node& entry : cases()) {
    const Tier tier = tier_of(entry["tier"].Scalar());
    for (const YAML::Node& text : entry["fire"]) {
      const Screening screening = screen_all(text.Scalar());
      EXPECT_GE(screening.tier(), tier) << entry["group"].Scalar() << ": " << text.Scalar();
    }
  }
}

TEST(CasesTest, TextsThatMustNotFireLeaveTheGroupBelowItsTier) {
  for (const YAML::Node& entry : cases()) {
    const Tier tier = tier_of(entry["tier"].Scalar());
    for (const YAML::Node& text : entry["not"]) {
      const Screening screening = screen_all(text.Scalar());
      EXPECT_LT(group_tier(screening, entry["group"].Scalar()), tier)
          << entry["group"].Scalar() << ": " << text.Scalar();
    }
  }
}

TEST(CasesTest, EveryEmergencyGroupHasEightCasesOfEachKind) {
  for (const YAML::Node& entry : cases()) {
    if (entry["tier"].Scalar() == "soon") continue;
    EXPECT_GE(entry["fire"].size(), 8U) << entry["group"].Scalar();
    EXPECT_GE(entry["not"].size(), 8U) << entry["group"].Scalar();
  }
}

}  // namespace
}  // namespace backchat::safety
