#include <cstdio>
#include <iostream>
#include <iterator>

#include "app/cli/commands.h"
#include "app/cli/terminal.h"
#include "app/engine.h"
#include "app/wire.h"

namespace backchat::app::cli {
namespace {

dialogue::Transcript transcript_of(const AskOptions& options) {
  dialogue::Transcript transcript;
  transcript.region = options.region;
  for (const std::string& turn : options.earlier) transcript.turns.push_back({turn, {}});
  std::string question;
  for (const std::string& word : options.question) {
    if (!question.empty()) question += ' ';
    question += word;
  }
  if (options.question.empty()) {
    question.assign(std::istreambuf_iterator<char>(std::cin), {});
    while (!question.empty() && question.back() == '\n') question.pop_back();
  }
  transcript.turns.push_back({std::move(question), {}});
  return transcript;
}

}  // namespace

int ask(const AskOptions& options) {
  const dialogue::Transcript transcript = transcript_of(options);
  if (const Result<void> checked = check_transcript(transcript); !checked) {
    return report(checked.error());
  }
  const auto engine = Engine::open(options.edition);
  const Result<answer::Reply> reply = engine->ask(transcript, Engine::default_deadline());
  if (!reply) return report(reply.error());
  if (options.json) {
    std::printf("%s\n", reply_json(*reply).c_str());
  } else {
    print_reply(*reply);
  }
  return reply->kind == answer::Kind::kNotCovered ? kNothing : kDone;
}

int explain(const AskOptions& options) {
  const dialogue::Transcript transcript = transcript_of(options);
  if (const Result<void> checked = check_transcript(transcript); !checked) {
    return report(checked.error());
  }
  const auto engine = Engine::open(options.edition);
  const Result<std::string> text = engine->explain(transcript, Engine::default_deadline());
  if (!text) return report(text.error());
  std::printf("%s", printable(*text).c_str());
  return kDone;
}

}  // namespace backchat::app::cli
