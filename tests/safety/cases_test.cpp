#include <gtest/gtest.h>
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <string>
#include <vector>

#include "safety/screener.h"
#include "tests/safety/fixture.h"

namespace backchat::safety {
namespace {

using test::documents;

Tier tier_named(const std::string& name) {
  for (const Tier tier : {Tier::kSoon, Tier::kUrgent, Tier::kEmergency}) {
    if (tier_name(tier) == name) return tier;
  }
  return Tier::kNone;
}

// The last screening of a conversation whose turns are parted by " // ".
Screening screen_text(const std::string& text) {
  std::vector<test::Said> turns;
  for (std::size_t begin = 0; begin != std::string::npos;) {
    const std::size_t end = text.find(" // ", begin);
    turns.push_back({text.substr(begin, end == std::string::npos ? end : end - begin)});
    begin = end == std::string::npos ? end : end + 4;
  }
  return test::screen_all(turns);
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
    const Tier tier = tier_named(entry["tier"].Scalar());
    for (const YAML::Node& text : entry["fire"]) {
      const Screening screening = screen_text(text.Scalar());
      EXPECT_GE(screening.tier(), tier) << entry["group"].Scalar() << ": " << text.Scalar();
    }
  }
}

TEST(CasesTest, TextsThatMustNotFireLeaveTheGroupBelowItsTier) {
  for (const YAML::Node& entry : cases()) {
    const Tier tier = tier_named(entry["tier"].Scalar());
    for (const YAML::Node& text : entry["not"]) {
      const Screening screening = screen_text(text.Scalar());
      EXPECT_LT(group_tier(screening, entry["group"].Scalar()), tier)
          << entry["group"].Scalar() << ": " << text.Scalar();
    }
  }
}

TEST(CasesTest, EveryEmergencyGroupHasEightCasesOfEachKind) {
  for (const YAML::Node& entry : cases()) {
    if (tier_named(entry["tier"].Scalar()) == Tier::kSoon) continue;
    EXPECT_GE(entry["fire"].size(), 8U) << entry["group"].Scalar();
    EXPECT_GE(entry["not"].size(), 8U) << entry["group"].Scalar();
  }
}

}  // namespace
}  // namespace backchat::safety
