#include "authoring/checks.h"
#include "authoring/safety_cases.h"
#include "knowledge/date.h"

namespace backchat::authoring {
namespace {

// "safety/rules/x.yaml:12" of a rule.
std::pair<std::string, int> place(const std::string& where) {
  const std::size_t colon = where.rfind(':');
  if (colon == std::string::npos) return {where, 0};
  return {where.substr(0, colon), std::atoi(where.c_str() + colon + 1)};
}

}  // namespace

void check_rules(const Subject& subject, const safety::RuleBook& rules,
                 const safety::Screener& screener, Notes& notes) {
  const int interval = subject.pack.info.review_interval_days;
  const long today = knowledge::days_of(subject.options.today).value_or(0);
  for (const safety::Rule& rule : rules.rules) {
    const auto [file, line] = place(rule.where);
    const std::optional<long> reviewed = knowledge::days_of(rule.reviewed);
    if (!reviewed) {
      notes.add("rules", file, line,
                "'reviewed' of rule " + rule.id + " is not a date: write it as 2024-05-31");
    } else if (*reviewed > today) {
      notes.add("future-date", file, line,
                "rule " + rule.id + ": " + rule.reviewed + " has not come yet: correct the date");
    } else if (interval > 0 && today - *reviewed > interval) {
      notes.add("past-review", file, line,
                "rule " + rule.id + " was last reviewed on " + rule.reviewed + ", more than " +
                    std::to_string(interval) + " days ago: check its source and set 'reviewed'");
    }
  }
  knowledge::Problems problems;
  const std::vector<SafetyCase> cases = read_safety_cases(subject.documents, problems);
  for (const knowledge::Problem& problem : problems.all()) notes.add("rules", problem);
  const SafetyCaseReport report = run_safety_cases(screener, rules, cases);
  for (const SafetyCase* one : report.wrong) {
    if (!one->rule.empty()) {
      notes.add("example-wrong", "safety/cases.yaml", one->line,
                one->fires
                    ? "this text must fire rule " + one->rule + " and does not: mend the rule"
                    : "this text must not fire rule " + one->rule + ": mend the rule");
      continue;
    }
    notes.add("example-wrong", "safety/cases.yaml", one->line,
              one->fires
                  ? "this text must raise " + std::string(safety::tier_name(one->tier)) + " for " +
                        one->group + " and does not: mend the rule"
                  : "in this text " + one->group + " must stay below " +
                        std::string(safety::tier_name(one->tier)) + " and does not: mend the rule");
  }
  for (const safety::Rule* rule : report.without_example) {
    const auto [file, line] = place(rule->where);
    notes.add("no-example", file, line,
              "no text of safety/cases.yaml fires rule " + rule->id + ": add one that must");
  }
}

}  // namespace backchat::authoring
