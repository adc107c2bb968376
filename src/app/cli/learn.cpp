#include "authoring/learn.h"

#include <algorithm>
#include <cstdio>

#include "app/cli/commands.h"
#include "app/cli/files.h"
#include "app/cli/report.h"
#include "app/cli/terminal.h"
#include "authoring/questions.h"
#include "authoring/safety_cases.h"
#include "knowledge/pack.h"

namespace backchat::app::cli {
namespace {

Result<safety::Screener> rules_alone(Documents documents) {
  documents.erase(std::string(safety::kSecondReaderFile));
  return safety::Screener::create(documents);
}

bool alarms(const safety::Screener& rules, const safety::EvaluationCase& one) {
  const auto screening = safety::screen_turns(rules, one.turns);
  return screening && screening->tier() >= safety::Tier::kUrgent;
}

// Ordinary questions teach what is harmless: those of the evaluation, and the collected wordings on
// which no rule fires (some ask about danger signs). Dealt into as many files as there are folds,
// so that the reader that measures on some has learnt from others.
Result<std::vector<authoring::MessageFile>> ordinary_questions(const Documents& documents,
                                                               const safety::Screener& rules,
                                                               int folds) {
  const auto pack = knowledge::parse_pack(documents);
  if (!pack) return fail(pack.error());
  const authoring::QuestionSet set = authoring::read_questions(documents, *pack);
  if (!set.problems.empty()) return fail(knowledge::error_of(set.problems));
  std::vector<authoring::MessageFile> files(static_cast<std::size_t>(folds));
  for (std::size_t at = 0; at < set.questions.size(); ++at) {
    safety::EvaluationCase made;
    made.id = set.questions[at].id;
    for (const auto& turn : set.questions[at].transcript.turns)
      made.turns.push_back({turn.text, {}});
    files[at % files.size()].cases.push_back(std::move(made));
  }
  std::size_t sentence = 0;
  for (const knowledge::AskedSentence& one : pack->asked_sentences) {
    // All that is asked of one sentence goes to one file: its wordings are alike.
    authoring::MessageFile& file = files[sentence++ % files.size()];
    for (const std::string& wording : one.questions) {
      safety::EvaluationCase made;
      made.id = "asked";
      made.turns.push_back({wording, {}});
      if (!alarms(rules, made)) file.cases.push_back(std::move(made));
    }
  }
  for (auto& file : files) file.name = "eval/*.yaml";
  return files;
}

// Every text of `danger` once more with a question before it, and once with one behind it, and as
// many pairs of questions: what stands around a danger does not make it harmless.
void add_surrounded(const std::vector<safety::EvaluationCase>& danger,
                    std::vector<authoring::MessageFile>& questions) {
  std::vector<std::string> asked;
  for (const auto& file : questions) {
    for (const auto& one : file.cases) asked.push_back(one.turns.back().text);
  }
  const auto question = [&](std::size_t at) { return asked[at % asked.size()]; };
  const auto add = [&](std::size_t at, safety::EvaluationCase made) {
    questions[at % questions.size()].cases.push_back(std::move(made));
  };
  for (std::size_t at = 0; at < danger.size(); ++at) {
    safety::EvaluationCase before = danger[at];
    before.turns.back().text = question(2 * at) + ". " + before.turns.back().text;
    add(at, std::move(before));
    safety::EvaluationCase behind = danger[at];
    behind.turns.back().text += ". " + question(2 * at + 1);
    add(at, std::move(behind));
    for (const std::size_t other : {3 * at, 5 * at + 1}) {
      safety::EvaluationCase two;
      two.id = danger[at].id;
      two.turns.push_back({question(other) + ". " + question(other + 7), {}});
      add(at, std::move(two));
    }
  }
}

// The texts of safety/cases.yaml, dealt out like the questions: those that must fire, and those
// that must not and on which no rule fires.
Result<void> add_cases(const Documents& documents, const safety::Screener& rules,
                       std::vector<authoring::MessageFile>& files) {
  knowledge::Problems problems;
  const auto cases = authoring::read_safety_cases(documents, problems);
  if (!problems.empty()) return fail(knowledge::error_of(problems.all()));
  std::vector<safety::EvaluationCase> danger;
  for (std::size_t at = 0; at < cases.size(); ++at) {
    const authoring::SafetyCase& one = cases[at];
    const bool told = std::none_of(one.turns.begin(), one.turns.end(),
                                   [](const auto& turn) { return turn.answers.has_value(); });
    if (!told || one.group.empty()) continue;
    safety::EvaluationCase made{authoring::place_of(one), "case", one.turns, one.tier, {one.group}};
    if (!one.fires) {
      made.tier = safety::Tier::kNone;
      made.groups.clear();
      if (alarms(rules, made)) continue;
    } else if (one.tier >= safety::Tier::kUrgent) {
      danger.push_back(made);
    }
    files[at % files.size()].cases.push_back(std::move(made));
  }
  add_surrounded(danger, files);
  return {};
}

}  // namespace

int learn(const LearnOptions& options) {
  const auto documents = knowledge::read_documents(options.pack);
  if (!documents) return report(documents.error());
  authoring::LearnOptions how;
  how.false_alarms = options.false_alarms;
  const auto rules = rules_alone(*documents);
  if (!rules) return report(rules.error());
  auto files = ordinary_questions(*documents, *rules, how.folds);
  if (!files) return report(files.error());
  if (const auto added = add_cases(*documents, *rules, *files); !added)
    return report(added.error());
  std::vector<std::string> made_of;
  std::size_t own = 0;
  for (const auto& file : *files) own += file.cases.size();
  made_of.push_back("eval/*.yaml, asked/*.md and safety/cases.yaml: " + std::to_string(own) +
                    " messages");
  for (const auto& path : options.messages) {
    const auto lines = read_file(path, "this file of messages");
    if (!lines) return report(lines.error());
    auto cases = safety::read_cases(*lines, path.string());
    if (!cases) return report(cases.error());
    made_of.push_back(path.filename().string() + ": " + std::to_string(cases->size()) +
                      " messages");
    const bool untouched = std::ranges::find(options.untouched, path) != options.untouched.end();
    files->push_back({path.string(), std::move(*cases), untouched});
  }
  for (const auto& path : options.untouched) {
    if (std::ranges::find(options.messages, path) == options.messages.end()) {
      return report({ErrorCode::kInvalidInput,
                     "--untouched names a file that is not among the messages to learn from",
                     path.string()});
    }
  }
  const auto learnt = authoring::learn(*documents, *files, how);
  if (!learnt) return report(learnt.error());
  print_text(authoring::to_text(*learnt));
  if (options.measure_only) return kDone;
  const auto file = options.pack / safety::kSecondReaderFile;
  std::error_code error;
  std::filesystem::create_directories(file.parent_path(), error);
  const auto written =
      write_file(file, safety::to_text(learnt->model, made_of), Existing::kReplace);
  if (!written) return report(written.error());
  std::printf("model in %s\n", file.c_str());
  return kDone;
}

}  // namespace backchat::app::cli
