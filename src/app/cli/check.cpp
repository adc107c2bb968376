#include "authoring/check.h"

#include <nlohmann/json.hpp>

#include "app/cli/commands.h"
#include "app/cli/report.h"
#include "app/cli/terminal.h"
#include "knowledge/date.h"

namespace backchat::app::cli {
namespace {

using Json = nlohmann::ordered_json;

const char* name(authoring::Severity severity) {
  return severity == authoring::Severity::kError ? "error" : "warning";
}

Json to_json(const authoring::CheckReport& report) {
  Json notes = Json::array();
  for (const authoring::Note& note : report.notes) {
    notes.push_back({{"severity", name(note.kind->severity)},
                     {"check", note.kind->id},
                     {"file", note.file},
                     {"line", note.line},
                     {"message", note.text}});
  }
  return {{"errors", report.errors()},     {"warnings", report.warnings()},
          {"articles", report.articles},   {"passages", report.passages},
          {"questions", report.questions}, {"notes", std::move(notes)}};
}

int list_kinds() {
  for (const authoring::CheckKind& kind : authoring::check_kinds()) {
    std::printf("%-8s %-16s %s\n", name(kind.severity), std::string(kind.id).c_str(),
                std::string(kind.about).c_str());
  }
  return kDone;
}

}  // namespace

int check(const CheckOptions& options) {
  if (options.list) return list_kinds();
  const std::string date = options.today.empty() ? today() : options.today;
  if (!knowledge::days_of(date)) {
    return report({ErrorCode::kInvalidInput, "not a date: write it as 2024-05-31", "--today"});
  }
  const auto found = authoring::check_pack(options.pack, {.today = date});
  if (!found) return report(found.error());
  if (options.json) {
    print_json(to_json(*found));
  } else {
    print_text(authoring::to_text(*found));
  }
  return found->errors() == 0 ? kDone : kNothing;
}

}  // namespace backchat::app::cli
