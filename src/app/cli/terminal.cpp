#include "app/cli/terminal.h"

#include <unistd.h>

#include <cstdlib>

#include "app/cli/commands.h"

namespace backchat::app::cli {
namespace {

constexpr std::string_view kBold = "\x1b[1m";
constexpr std::string_view kWhiteOnRed = "\x1b[1;37;41m";
constexpr std::string_view kPlain = "\x1b[0m";

void put(std::string_view text) { std::fwrite(text.data(), 1, text.size(), stdout); }

}  // namespace

bool takes_colour(std::FILE* stream) {
  const char* no_colour = std::getenv("NO_COLOR");  // https://no-color.org
  const char* term = std::getenv("TERM");
  return isatty(fileno(stream)) != 0 && (no_colour == nullptr || *no_colour == '\0') &&
         (term == nullptr || std::string_view(term) != "dumb");
}

std::string printable(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if ((byte >= 0x20 && byte != 0x7F) || c == '\n' || c == '\t') out.push_back(c);
  }
  return out;
}

void print_reply(const answer::Reply& reply) {
  std::string text = printable(reply.text);
  // The first line of a card is its call to action.
  if (reply.card && takes_colour(stdout)) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    put(reply.card->level == "routine" ? kBold : kWhiteOnRed);
    put(std::string_view(text).substr(0, end));
    put(kPlain);
    text.erase(0, end);
  }
  put(text);
  put("\n");
  std::fflush(stdout);
}

int report(const Error& error) {
  std::fprintf(stderr, "backchat: %s\n", printable(to_string(error)).c_str());
  switch (error.code) {
    case ErrorCode::kInvalidInput:
      return kUsage;
    case ErrorCode::kNotFound:
    case ErrorCode::kCorruptData:
    case ErrorCode::kUnavailable:
      return kBadData;
    case ErrorCode::kInternal:
      break;
  }
  return kInternal;
}

}  // namespace backchat::app::cli
