#include <histedit.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <iostream>
#include <memory>
#include <optional>

#include "app/cli/commands.h"
#include "app/cli/terminal.h"
#include "app/engine.h"
#include "app/wire.h"
#include "text/utf8.h"

namespace backchat::app::cli {
namespace {

volatile std::sig_atomic_t interrupted = 0;

// Gives the person's lines one by one.
class LineSource {
 public:
  virtual ~LineSource() = default;
  virtual std::optional<std::string> next() = 0;
};

class PipeLines : public LineSource {
 public:
  std::optional<std::string> next() override {
    std::string line;
    if (!std::getline(std::cin, line)) return std::nullopt;
    return line;
  }
};

// A line editor with a history that lives in memory only: nothing that was typed is written
// anywhere.
class TerminalLines : public LineSource {
 public:
  TerminalLines() : history_(history_init()), editor_(el_init("backchat", stdin, stdout, stderr)) {
    HistEvent event;
    history(history_, &event, H_SETSIZE, 100);
    el_set(editor_, EL_PROMPT, [](EditLine*) -> char* {
      static char prompt[] = "> ";
      return prompt;
    });
    el_set(editor_, EL_EDITOR, "emacs");
    el_set(editor_, EL_HIST, history, history_);
    el_set(editor_, EL_SIGNAL, 1);  // the editor puts the terminal back before Ctrl-C ends us
  }
  ~TerminalLines() override {
    el_end(editor_);
    history_end(history_);
  }
  TerminalLines(const TerminalLines&) = delete;
  TerminalLines& operator=(const TerminalLines&) = delete;

  std::optional<std::string> next() override {
    int count = 0;
    const char* line = el_gets(editor_, &count);
    if (line == nullptr || count <= 0 || interrupted != 0) {
      std::printf("\n");
      return std::nullopt;
    }
    HistEvent event;
    history(history_, &event, H_ENTER, line);
    std::string text(line, static_cast<std::size_t>(count));
    while (!text.empty() && text.back() == '\n') text.pop_back();
    return text;
  }

 private:
  History* history_;
  EditLine* editor_;
};

void catch_interrupt() {
  struct sigaction action {};
  action.sa_handler = [](int) { interrupted = 1; };
  sigaction(SIGINT, &action, nullptr);  // without SA_RESTART: the read ends
}

// A line that is the label or the number of a quick reply answers the question it belongs to.
dialogue::Turn turn_of(const std::string& line, const std::vector<answer::Next>& offered) {
  for (const answer::Next& next : offered) {
    if (!next.answers.empty() && text::to_lower(line) == text::to_lower(next.label)) {
      return {next.text, next.answers};
    }
  }
  return {line, {}};
}

}  // namespace

int chat(const AnswerOptions& options) {
  const auto engine = Engine::open(options.edition);
  if (const auto& error = engine->edition_error()) report(*error);
  const bool terminal = isatty(STDIN_FILENO) != 0;
  std::unique_ptr<LineSource> lines;
  if (terminal) {
    catch_interrupt();
    std::printf("%s\n(Ctrl-D ends the chat. Nothing is kept.)\n", engine->greeting().c_str());
    lines = std::make_unique<TerminalLines>();
  } else {
    lines = std::make_unique<PipeLines>();
  }
  dialogue::Transcript transcript;
  transcript.region = options.region;
  std::vector<answer::Next> offered;
  while (auto line = lines->next()) {
    transcript.turns.push_back(turn_of(*line, offered));
    if (const Result<void> checked = check_transcript(transcript); !checked) {
      report(checked.error());
      transcript.turns.pop_back();
      continue;
    }
    const Result<answer::Reply> reply = engine->ask(transcript, Engine::default_deadline());
    if (!reply) {
      report(reply.error());
      transcript.turns.pop_back();
      continue;
    }
    offered = reply->next;
    if (options.json) {
      std::printf("%s\n", reply_json(*reply).c_str());
      std::fflush(stdout);
      continue;
    }
    std::printf("\n");
    print_reply(*reply);
    std::printf("\n");
  }
  return engine->edition_error() ? kBadData : kDone;
}

}  // namespace backchat::app::cli
