#include <cstdio>
#include <fstream>

#include "app/cli/commands.h"
#include "app/cli/report.h"
#include "app/cli/terminal.h"
#include "authoring/import/importer.h"
#include "knowledge/date.h"

namespace backchat::app::cli {
namespace {

namespace fs = std::filesystem;

// Writes beside the file and renames, so that it is there whole or not at all.
Result<void> write_new(const fs::path& file, const std::string& text) {
  std::error_code error;
  if (fs::exists(file, error)) {
    return fail(ErrorCode::kInvalidInput, "exists already: name another file, or remove it",
                file.string());
  }
  const fs::path aside = file.string() + ".part";
  std::ofstream out(aside, std::ios::binary | std::ios::trunc);
  out << text;
  out.close();
  if (out) fs::rename(aside, file, error);
  if (!out || error) {
    fs::remove(aside, error);
    return fail(ErrorCode::kInvalidInput, "cannot be written", file.string());
  }
  return {};
}

}  // namespace

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
  if (const auto written = write_new(options.output, *draft); !written) {
    return report(written.error());
  }
  std::printf(
      "draft in %s: confirm what is marked \"guessed\" and every comment, then run\n"
      "`backchat check` on its pack\n",
      options.output.c_str());
  return kDone;
}

}  // namespace backchat::app::cli
