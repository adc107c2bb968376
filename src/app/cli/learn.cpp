#include "authoring/learn.h"

#include <cstdio>

#include "app/cli/commands.h"
#include "app/cli/files.h"
#include "app/cli/report.h"
#include "app/cli/terminal.h"
#include "authoring/questions.h"
#include "knowledge/pack.h"

namespace backchat::app::cli {
namespace {

// Ordinary questions teach what is harmless. Dealt into as many files as there are folds, so that
// the reader that measures on some has learnt from others.
Result<std::vector<authoring::MessageFile>> ordinary_questions(const Documents& documents,
                                                               int folds) {
  const auto pack = knowledge::parse_pack(documents);
  if (!pack) return fail(pack.error());
  const authoring::QuestionSet set = authoring::read_questions(documents, *pack);
  if (!set.problems.empty()) return fail(knowledge::error_of(set.problems));
  std::vector<authoring::MessageFile> files(static_cast<std::size_t>(folds));
  for (std::size_t at = 0; at < set.questions.size(); ++at) {
    safety::EvaluationCase made;
    made.id = set.questions[at].id;
    for (const auto& turn : set.questions[at].transcript.turns) made.turns.push_back({turn.text, {}});
    files[at % files.size()].cases.push_back(std::move(made));
  }
  for (auto& file : files) file.name = "eval/*.yaml";
  return files;
}

}  // namespace

int learn(const LearnOptions& options) {
  const auto documents = knowledge::read_documents(options.pack);
  if (!documents) return report(documents.error());
  authoring::LearnOptions how;
  how.false_alarms = options.false_alarms;
  auto files = ordinary_questions(*documents, how.folds);
  if (!files) return report(files.error());
  std::vector<std::string> made_of;
  std::size_t questions = 0;
  for (const auto& file : *files) questions += file.cases.size();
  made_of.push_back("eval/*.yaml: " + std::to_string(questions) + " ordinary questions");
  for (const auto& path : options.messages) {
    const auto lines = read_file(path, "this file of messages");
    if (!lines) return report(lines.error());
    auto cases = safety::read_cases(*lines, path.string());
    if (!cases) return report(cases.error());
    made_of.push_back(path.filename().string() + ": " + std::to_string(cases->size()) +
                      " messages");
    files->push_back({path.string(), std::move(*cases)});
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
