#include <iostream>
#include <string>

#include "app/cli/commands.h"
#include "app/cli/terminal.h"
#include "app/engine.h"
#include "app/wire.h"
#include "text/utf8.h"

namespace backchat::app::cli {
namespace {

// A thousand turns of 1 KiB, every byte escaped as \uXXXX, fit; a longer line is no transcript.
constexpr std::size_t kMaxLineBytes = 8U << 20U;

// Reads a line of any length but keeps at most kMaxLineBytes of it. False at the end of input.
bool read_line(std::istream& in, std::string& line, bool& too_long) {
  line.clear();
  too_long = false;
  std::streambuf* buffer = in.rdbuf();
  int c = buffer->sbumpc();
  if (c == std::char_traits<char>::eof()) return false;
  for (; c != std::char_traits<char>::eof() && c != '\n'; c = buffer->sbumpc()) {
    if (line.size() < kMaxLineBytes) {
      line.push_back(static_cast<char>(c));
    } else {
      too_long = true;
    }
  }
  return true;
}

}  // namespace

int batch(const AnswerOptions& options) {
  const auto engine = Engine::open(options.edition);
  if (const auto& error = engine->edition_error()) report(*error);
  std::ios::sync_with_stdio(false);
  std::string line;
  bool too_long = false;
  for (std::size_t number = 1; read_line(std::cin, line, too_long); ++number) {
    const auto put_error = [number](const Error& error) {
      std::cout << batch_error_json(number, error) << '\n';
    };
    if (too_long) {
      put_error({ErrorCode::kInvalidInput, "the line is longer than 8 MiB", ""});
      continue;
    }
    if (text::trim(line).empty()) continue;
    const Result<BatchLine> parsed = parse_batch_line(line);
    if (!parsed) {
      put_error(parsed.error());
      continue;
    }
    const Result<void> asked = engine->ask_each(
        parsed->transcript, Deadline::none(), [&](std::size_t turn, const answer::Reply& reply) {
          std::cout << batch_reply_json(parsed->id, turn, reply) << '\n';
        });
    if (!asked) put_error(asked.error());
    if (!std::cout) return report({ErrorCode::kUnavailable, "standard output is closed", ""});
  }
  std::cout.flush();
  return engine->edition_error() ? kBadData : kDone;
}

}  // namespace backchat::app::cli
