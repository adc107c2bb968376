#include <cstdio>
#include <nlohmann/json.hpp>

#include "app/cli/commands.h"
#include "app/cli/files.h"
#include "app/cli/report.h"
#include "app/cli/terminal.h"
#include "authoring/evaluation.h"
#include "authoring/pack_edition.h"
#include "authoring/safety_cases.h"

namespace backchat::app::cli {
namespace {

using Json = nlohmann::ordered_json;
using authoring::Figures;
using safety::Share;

Json to_json(const Share& share) {
  if (share.total == 0) return nullptr;
  return {{"hits", share.hits},
          {"total", share.total},
          {"value", share.value()},
          {"low", share.low()},
          {"high", share.high()}};
}

Json to_json(const Figures& figures) {
  Json out{{"questions", figures.questions}};
  for (const std::string_view name : authoring::figure_names()) {
    const auto value = authoring::figure(figures, name);
    out[std::string(name)] = value ? Json(*value) : Json(nullptr);
  }
  return out;
}

Json to_json(const authoring::Report& report, const std::string& edition) {
  const auto& [evaluation, provenance, curve, missed] = report;
  Json topics = Json::array();
  for (const auto& [topic, figures] : evaluation.topics) {
    Json row{{"topic", topic}};
    row.update(to_json(figures));
    topics.push_back(std::move(row));
  }
  Json points = Json::array();
  for (const authoring::CurvePoint& point : curve) {
    points.push_back({{"answer_at", point.answer_at},
                      {"answered", to_json(point.answered)},
                      {"wrong", to_json(point.wrong)}});
  }
  Json floors = Json::array();
  for (const authoring::Shortfall& each : missed) {
    floors.push_back({{"figure", each.figure}, {"wanted", each.wanted}, {"found", each.found}});
  }
  Json failures = Json::array();
  for (const authoring::Judged& judged : evaluation.judged) {
    if (judged.wrong.empty()) continue;
    failures.push_back({{"id", judged.question->id},
                        {"topic", judged.question->topic},
                        {"file", judged.question->file},
                        {"line", judged.question->line},
                        {"question", judged.question->asked()},
                        {"wrong", judged.wrong}});
  }
  return {{"edition", edition},
          {"all", to_json(evaluation.all)},
          {"topics", std::move(topics)},
          {"proven",
           {{"replies", provenance.replies.total},
            {"proven", provenance.replies.hits},
            {"quotations", provenance.quotations},
            {"doubts", provenance.doubts}}},
          {"curve", std::move(points)},
          {"below_floor", std::move(floors)},
          {"failures", std::move(failures)}};
}

int eval_questions(const EvalOptions& options, const Documents& documents) {
  const auto edition = authoring::open_pack(options.pack);
  if (!edition) return report(edition.error());
  const authoring::QuestionSet set = authoring::read_questions(documents, (*edition)->pack);
  if (!set.problems.empty()) return report(knowledge::error_of(set.problems));
  if (set.questions.empty()) {
    return report({ErrorCode::kNotFound, "no questions: put some into eval/questions.yaml",
                   options.pack.string()});
  }
  const auto made = authoring::make_report(**edition, set);
  if (!made) return report(made.error());
  if (options.json) {
    print_json(to_json(*made, (*edition)->id));
  } else {
    print_text(to_text(*made));
    if (options.failures) print_text("\n" + authoring::failures_text(made->evaluation));
  }
  return made->passes() ? kDone : kNothing;
}

struct SafetyTable {
  std::string name;
  safety::Evaluation figures;
  Share silent;
};

Json to_json(const SafetyTable& table) {
  Json misses = Json::array();
  for (const safety::EvaluationMiss& miss : table.figures.misses) {
    misses.push_back({{"id", miss.id},
                      {"kind", miss.kind},
                      {"expected", safety::tier_name(miss.expected)},
                      {"found", safety::tier_name(miss.found)}});
  }
  return {{"file", table.name},
          {"sensitivity_emergency", to_json(table.figures.emergency)},
          {"emergency_found_or_asked", to_json(table.figures.asked)},
          {"sensitivity_urgent", to_json(table.figures.urgent)},
          {"specificity", to_json(table.figures.harmless)},
          {"soon", to_json(table.figures.soon)},
          {"group", to_json(table.figures.group)},
          {"group_silent", to_json(table.silent)},
          {"misses", std::move(misses)}};
}

std::string to_text(const SafetyTable& table) {
  std::string out = table.name + "\n" + safety::to_text(table.figures);
  if (table.silent.total > 0) {
    out += "group silent where it must be: " + std::to_string(table.silent.hits) + " of " +
           std::to_string(table.silent.total) + "\n";
  }
  return out;
}

Result<SafetyTable> table_of_file(const safety::Screener& screener,
                                  const std::filesystem::path& file) {
  const auto lines = read_file(file, "this file of cases");
  if (!lines) return fail(lines.error());
  const auto cases = safety::read_cases(*lines, file.string());
  if (!cases) return fail(cases.error());
  return SafetyTable{file.string(), safety::evaluate(screener, *cases), {}};
}

Result<SafetyTable> table_of_pack(const safety::Screener& screener, const Documents& documents) {
  const auto rules = safety::read_rule_book(documents);
  if (!rules) return fail(rules.error());
  knowledge::Problems problems;
  const auto cases = authoring::read_safety_cases(documents, problems);
  if (!problems.empty()) return fail(knowledge::error_of(problems.all()));
  const auto found = authoring::run_safety_cases(screener, **rules, cases);
  return SafetyTable{"safety/cases.yaml", found.fired, found.silent};
}

int eval_safety(const EvalOptions& options, const Documents& documents) {
  const auto screener = safety::Screener::create(documents);
  if (!screener) return report(screener.error());
  std::vector<Result<SafetyTable>> tables;
  if (options.safety_files.empty()) {
    tables.push_back(table_of_pack(*screener, documents));
  } else {
    for (const auto& file : options.safety_files) tables.push_back(table_of_file(*screener, file));
  }
  bool missed = false;
  Json json = Json::array();
  for (const Result<SafetyTable>& table : tables) {
    if (!table) return report(table.error());
    missed = missed || table->figures.emergency.hits < table->figures.emergency.total;
    if (options.json) {
      json.push_back(to_json(*table));
    } else {
      print_text(to_text(*table));
    }
  }
  if (options.json) print_json(json);
  return missed ? kNothing : kDone;
}

}  // namespace

int eval(const EvalOptions& options) {
  const auto documents = knowledge::read_documents(options.pack);
  if (!documents) return report(documents.error());
  return options.safety ? eval_safety(options, *documents) : eval_questions(options, *documents);
}

}  // namespace backchat::app::cli
