#include <gtest/gtest.h>
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <set>
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

// The last screening of a conversation whose turns are parted by " // "; "SQ3: text" is a reply to
// that question.
Screening screen_text(const std::string& text) {
  std::vector<test::Said> turns;
  for (std::size_t begin = 0; begin != std::string::npos;) {
    const std::size_t end = text.find(" // ", begin);
    const std::string turn = text.substr(begin, end == std::string::npos ? end : end - begin);
    if (turn.starts_with("SQ") && turn.size() > 5 && turn[3] == ':') {
      turns.push_back({turn.substr(5), turn.substr(0, 3)});
    } else {
      turns.push_back({turn});
    }
    begin = end == std::string::npos ? end : end + 4;
  }
  return test::screen_all(turns);
}

std::set<std::string> rules_of(const Screening& screening) {
  std::set<std::string> ids;
  for (const Finding& finding : screening.findings()) ids.insert(finding.rule);
  return ids;
}

// The highest tier that a group reached.
Tier group_tier(const Screening& screening, const std::string& group) {
  Tier best = Tier::kNone;
  for (const Finding& finding : screening.findings()) {
    if (finding.group == group) best = std::max(best, finding.tier);
  }
  return best;
}

// The cases of a group, or those of a rule.
std::vector<YAML::Node> cases_of(const char* kind) {
  std::vector<YAML::Node> found;
  for (const YAML::Node& entry : YAML::Load(documents().at("safety/cases.yaml"))["cases"]) {
    if (entry[kind]) found.push_back(entry);
  }
  return found;
}
std::vector<YAML::Node> cases() { return cases_of("group"); }
std::vector<YAML::Node> rule_cases() { return cases_of("rule"); }

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

TEST(CasesTest, ARuleFiresOnItsCasesAndNotOnLookAlikes) {
  for (const YAML::Node& entry : rule_cases()) {
    const std::string rule = entry["rule"].Scalar();
    for (const YAML::Node& text : entry["fire"])
      EXPECT_TRUE(rules_of(screen_text(text.Scalar())).contains(rule)) << rule << ": " << text;
    for (const YAML::Node& text : entry["not"])
      EXPECT_FALSE(rules_of(screen_text(text.Scalar())).contains(rule)) << rule << ": " << text;
  }
}

TEST(CasesTest, EveryRuleFiresOnSomeCase) {
  std::set<std::string> fired;
  for (const char* kind : {"group", "rule"}) {
    for (const YAML::Node& entry : cases_of(kind)) {
      for (const YAML::Node& text : entry["fire"])
        fired.merge(rules_of(screen_text(text.Scalar())));
    }
  }
  for (const auto& [name, document] : documents()) {
    for (const YAML::Node& rule : YAML::Load(document)["rules"])
      EXPECT_TRUE(fired.contains(rule["id"].Scalar())) << name << ": " << rule["id"];
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
