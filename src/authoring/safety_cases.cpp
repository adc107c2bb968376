#include "authoring/safety_cases.h"

#include <algorithm>
#include <array>
#include <set>

#include "knowledge/yaml_reader.h"

namespace backchat::authoring {
namespace {

using knowledge::YamlReader;
using safety::Tier;

constexpr std::string_view kFile = "safety/cases.yaml";
constexpr auto kTiers = std::to_array<Tier>({Tier::kSoon, Tier::kUrgent, Tier::kEmergency});

// "SQ3: text" is a reply to that screening question.
safety::EvaluationCase::Turn turn_of(const std::string& text) {
  constexpr std::string_view kAnswer = "SQ";
  const std::size_t colon = text.find(": ");
  const bool answers =
      text.starts_with(kAnswer) && colon != std::string::npos && text.find(' ') == colon + 1;
  if (!answers) return {text, {}};
  return {text.substr(colon + 2), text.substr(0, colon)};
}

std::vector<safety::EvaluationCase::Turn> turns_of(const std::string& text) {
  constexpr std::string_view kMark = " // ";
  std::vector<safety::EvaluationCase::Turn> out;
  std::size_t begin = 0;
  for (std::size_t end = text.find(kMark); end != std::string::npos;
       end = text.find(kMark, begin)) {
    out.push_back(turn_of(text.substr(begin, end - begin)));
    begin = end + kMark.size();
  }
  out.push_back(turn_of(text.substr(begin)));
  return out;
}

// The findings after the last turn.
std::vector<safety::Finding> screen(const safety::Screener& screener,
                                    const std::vector<safety::EvaluationCase::Turn>& turns) {
  const auto screening = safety::screen_turns(screener, turns);
  if (!screening) return {};
  return {screening->findings().begin(), screening->findings().end()};
}

safety::EvaluationCase evaluation_case(const SafetyCase& one) {
  safety::EvaluationCase out;
  out.id = place_of(one);
  out.kind = one.group;
  out.turns = one.turns;
  out.tier = one.tier;
  out.groups = {one.group};
  return out;
}

}  // namespace

std::string place_of(const SafetyCase& one) {
  return std::string(kFile) + ":" + std::to_string(one.line);
}

std::vector<SafetyCase> read_safety_cases(const Documents& documents,
                                          knowledge::Problems& problems) {
  std::vector<SafetyCase> out;
  const auto found = documents.find(kFile);
  if (found == documents.end()) {
    problems.add(kFile, 0,
                 "this file is missing: every rule needs texts that must and must not fire");
    return out;
  }
  const YamlReader yaml = YamlReader::parse(found->second, kFile, 0, problems);
  for (const YamlReader& group : yaml.items("cases")) {
    if (const std::string rule = group.optional("rule"); !rule.empty()) {
      for (const bool fires : {true, false}) {
        for (const YamlReader& text : group.items(fires ? "fire" : "not"))
          out.push_back({{}, rule, Tier::kNone, fires, turns_of(text.scalar()), text.line()});
      }
      continue;
    }
    const std::string tier_text = group.required("tier");
    const auto* tier = std::ranges::find(kTiers, tier_text, safety::tier_name);
    if (tier == kTiers.end()) {
      group.problem("'tier' is soon, urgent or emergency: correct it");
      continue;
    }
    const std::string name = group.required("group");
    for (const bool fires : {true, false}) {
      for (const YamlReader& text : group.items(fires ? "fire" : "not")) {
        out.push_back({name, {}, *tier, fires, turns_of(text.scalar()), text.line()});
      }
    }
  }
  return out;
}

SafetyCaseReport run_safety_cases(const safety::Screener& screener, const safety::RuleBook& rules,
                                  const std::vector<SafetyCase>& cases) {
  SafetyCaseReport out;
  std::vector<safety::EvaluationCase> firing;
  std::set<std::string> fired;
  for (const SafetyCase& one : cases) {
    const std::vector<safety::Finding> findings = screen(screener, one.turns);
    Tier worst = Tier::kNone;
    Tier of_group = Tier::kNone;
    bool by_rule = false;
    for (const safety::Finding& finding : findings) {
      if (one.fires) fired.insert(finding.rule);
      by_rule = by_rule || finding.rule == one.rule;
      worst = std::max(worst, finding.tier);
      if (finding.group == one.group) of_group = std::max(of_group, finding.tier);
    }
    const bool of_rule = !one.rule.empty();
    if (one.fires && !of_rule) firing.push_back(evaluation_case(one));
    const bool raised = one.fires ? worst >= one.tier : of_group >= one.tier;
    const bool right = (of_rule ? by_rule : raised) == one.fires;
    if (!one.fires) {
      ++out.silent.total;
      out.silent.hits += right ? 1 : 0;
    }
    if (!right) out.wrong.push_back(&one);
  }
  out.fired = safety::evaluate(screener, firing);
  for (const safety::Rule& rule : rules.rules) {
    if (!fired.contains(rule.id)) out.without_example.push_back(&rule);
  }
  return out;
}

}  // namespace backchat::authoring
