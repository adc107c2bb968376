#include <cstdio>

#include "app/cli/commands.h"
#include "app/cli/files.h"
#include "app/cli/report.h"
#include "app/cli/terminal.h"
#include "authoring/import/importer.h"
#include "knowledge/date.h"

namespace backchat::app::cli {

int import(const ImportOptions& options) {
  const std::string date = options.today.empty() ? today() : options.today;
  if (!knowledge::days_of(date)) {
    return report({ErrorCode::kInvalidInput, "not a date: write it as 2024-05-31", "--today"});
  }
  const auto draft = authoring::import_article(options.file, {.format = options.format,
                                                              .today = date,
                                                              .publisher = options.publisher,
                                                              .url = options.url});
  if (!draft) return report(draft.error());
  if (options.output.empty()) {
    print_text(*draft);
    return kDone;
  }
  if (const auto written = write_file(options.output, *draft, Existing::kRefuse); !written) {
    return report(written.error());
  }
  std::printf(
      "draft in %s: confirm what is marked \"guessed\" and every comment, then run\n"
      "`backchat check` on its pack\n",
      options.output.c_str());
  return kDone;
}

}  // namespace backchat::app::cli
