#include <cstdio>
#include <fstream>
#include <iostream>
#include <iterator>

#include "app/cli/commands.h"
#include "app/cli/terminal.h"
#include "app/engine.h"
#include "app/wire.h"

namespace backchat::app::cli {
namespace {

Result<std::string> read_all(const std::filesystem::path& file) {
  if (file == "-") return std::string(std::istreambuf_iterator<char>(std::cin), {});
  std::ifstream in(file, std::ios::binary);
  std::string text(std::istreambuf_iterator<char>(in), {});
  if (!in.is_open() || in.bad()) {
    return fail(ErrorCode::kNotFound, "there is no transcript that can be read", file.string());
  }
  return text;
}

}  // namespace

int replay(const ReplayOptions& options) {
  const Result<std::string> text = read_all(options.transcript);
  if (!text) return report(text.error());
  const Result<dialogue::Transcript> transcript = parse_ask(*text);
  if (!transcript) return report(transcript.error());
  const auto engine = Engine::open(options.edition);
  const Result<std::string> shown = engine->replay(*transcript);
  if (!shown) return report(shown.error());
  std::printf("%s", printable(*shown).c_str());
  return kDone;
}

}  // namespace backchat::app::cli
