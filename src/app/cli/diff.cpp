#include <nlohmann/json.hpp>

#include "app/cli/commands.h"
#include "app/cli/report.h"
#include "app/cli/terminal.h"
#include "authoring/difference.h"
#include "authoring/pack_edition.h"

namespace backchat::app::cli {
namespace {

using Json = nlohmann::ordered_json;
namespace fs = std::filesystem;

Json to_json(const authoring::Difference& difference, const std::string& before,
             const std::string& after) {
  Json changes = Json::array();
  for (const authoring::Change& change : difference.changes) {
    changes.push_back({{"id", change.question->id},
                       {"topic", change.question->topic},
                       {"question", change.question->asked()},
                       {"parts", change.parts},
                       {"old", change.before},
                       {"new", change.after},
                       {"was_right", change.was_right},
                       {"is_right", change.is_right}});
  }
  return {{"old", before},
          {"new", after},
          {"questions", difference.questions},
          {"changed", difference.changes.size()},
          {"mended", difference.mended()},
          {"broken", difference.broken()},
          {"changes", std::move(changes)}};
}

// The folder whose questions are asked: the one named, else NEW, else OLD.
Result<fs::path> questions_folder(const DiffOptions& options) {
  std::error_code error;
  for (const fs::path& path : {options.questions, options.after, options.before}) {
    if (!path.empty() && fs::is_directory(path, error)) return path;
  }
  return fail(ErrorCode::kInvalidInput,
              "two editions hold no questions: name a pack folder with --questions");
}

Result<authoring::QuestionSet> read_questions(const fs::path& folder) {
  const auto documents = knowledge::read_documents(folder);
  if (!documents) return fail(documents.error());
  authoring::QuestionSet set =
      authoring::read_questions(*documents, knowledge::read_pack(*documents).pack);
  if (!set.problems.empty()) return fail(knowledge::error_of(set.problems));
  if (set.questions.empty()) {
    return fail(ErrorCode::kNotFound, "no questions: put some into eval/questions.yaml",
                folder.string());
  }
  return set;
}

}  // namespace

int diff(const DiffOptions& options) {
  const auto folder = questions_folder(options);
  if (!folder) return report(folder.error());
  const auto set = read_questions(*folder);
  if (!set) return report(set.error());
  const auto before = authoring::open_pack(options.before);
  if (!before) return report(before.error());
  const auto after = authoring::open_pack(options.after);
  if (!after) return report(after.error());
  const auto found = authoring::compare(**before, **after, set->questions);
  if (!found) return report(found.error());
  if (options.json) {
    print_json(to_json(*found, (*before)->id, (*after)->id));
  } else {
    print_text(authoring::to_text(*found));
  }
  return found->changes.empty() ? kDone : kNothing;
}

}  // namespace backchat::app::cli
