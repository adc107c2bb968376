#include "knowledge/problems.h"

namespace backchat::knowledge {
namespace {

std::string place_of(const Problem& problem) {
  return problem.file + (problem.line > 0 ? ":" + std::to_string(problem.line) : "");
}

}  // namespace

std::string to_string(const Problem& problem) { return place_of(problem) + ": " + problem.what; }

Error error_of(const std::vector<Problem>& problems) {
  Error error{ErrorCode::kCorruptData, {}, {}};
  for (const Problem& problem : problems) {
    if (error.message.empty()) {
      error.where = place_of(problem);  // so the first line does not name it again
      error.message = problem.what;
    } else {
      error.message += "\n" + to_string(problem);
    }
  }
  return error;
}

}  // namespace backchat::knowledge
