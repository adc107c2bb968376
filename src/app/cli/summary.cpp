#include <cstdio>
#include <fstream>
#include <iostream>
#include <iterator>

#include "app/cli/commands.h"
#include "app/cli/terminal.h"
#include "app/engine.h"
#include "app/wire.h"
#include "base/date.h"

namespace backchat::app::cli {
namespace {

// A longer file is no transcript: 200 turns of 4 KiB with every byte escaped fit.
constexpr std::size_t kMaxFileBytes = 8U << 20U;

Result<std::string> read(const std::filesystem::path& file) {
  std::ifstream opened;
  if (file != "-") {
    opened.open(file, std::ios::binary);
    if (!opened) return fail(ErrorCode::kNotFound, "cannot be read", file.string());
  }
  std::istream& in = file == "-" ? std::cin : opened;
  std::string bytes(kMaxFileBytes + 1, '\0');
  in.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  bytes.resize(static_cast<std::size_t>(in.gcount()));
  if (in.bad()) return fail(ErrorCode::kNotFound, "cannot be read to its end", file.string());
  if (bytes.size() > kMaxFileBytes) {
    return fail(ErrorCode::kInvalidInput, "is larger than 8 MiB", file.string());
  }
  return bytes;
}

}  // namespace

int summary(const SummaryOptions& options) {
  const Result<std::string> bytes = read(options.file);
  if (!bytes) return report(bytes.error());
  const Result<dialogue::Transcript> transcript = parse_ask(*bytes);
  if (!transcript) return report(transcript.error());
  const auto engine = Engine::open(options.edition);
  const std::string date = options.date.empty() ? today() : options.date;
  const Result<dialogue::Summary> summary = engine->summarise(*transcript, Deadline::none(), date);
  if (!summary) return report(summary.error());
  switch (options.format) {
    case SummaryFormat::kText:
      std::printf("%s", printable(summary_text(*summary, engine->messages())).c_str());
      break;
    case SummaryFormat::kMarkdown:
      std::printf("%s", printable(summary_markdown(*summary, engine->messages())).c_str());
      break;
    case SummaryFormat::kJson:
      std::printf("%s\n", summary_json(*summary).c_str());
      break;
  }
  return engine->edition_error() ? kBadData : kDone;
}

}  // namespace backchat::app::cli
