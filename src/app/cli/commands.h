#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "authoring/import/importer.h"

// What each command does once its options are read. All give the process's exit code.
namespace backchat::app::cli {

/// Exit codes, the same for every command; the table stands in `backchat --help`.
enum ExitCode : int {
  kDone = 0,
  kNothing = 1,   ///< nothing found, not covered, or a check failed
  kUsage = 2,     ///< wrong flags or arguments
  kBadData = 3,   ///< the pack, corpus or edition cannot be used
  kInternal = 4,  ///< our own mistake
};

/// What every command that answers needs.
struct AnswerOptions {
  std::filesystem::path edition;
  std::string region;
  bool json = false;
};

struct AskOptions : AnswerOptions {
  std::vector<std::string> earlier;   ///< earlier turns, oldest first
  std::vector<std::string> question;  ///< words of the question; standard input when empty
};

struct ReplayOptions {
  std::filesystem::path edition;
  std::filesystem::path transcript;  ///< a JSON file, or "-" for standard input
};

struct BuildOptions {
  std::filesystem::path pack;    ///< a pack folder, or empty
  std::filesystem::path corpus;  ///< a JSONL file, or empty
  std::filesystem::path output;
};

struct SearchOptions {
  std::filesystem::path edition;
  std::vector<std::string> query;
  std::filesystem::path queries;  ///< qid<TAB>text lines, or empty
  std::string trec_tag;           ///< TREC run lines with this tag, or empty
  int limit = 10;
  bool json = false;
};

enum class SummaryFormat { kText, kMarkdown, kJson };

struct SummaryOptions {
  std::filesystem::path edition;
  std::filesystem::path file;  ///< a transcript as `POST /api/v1/ask` takes it; "-": standard input
  SummaryFormat format = SummaryFormat::kText;
  std::string date;  ///< ISO date on the sheet; empty: today
};

struct ServeOptions {
  std::filesystem::path edition;
  std::string host = "127.0.0.1";
  int port = 8080;
  unsigned workers = 0;
  std::vector<std::string> allowed_hosts;
  std::vector<std::string> embed;  ///< sites that may show the chat in a frame, as typed
};

struct CheckOptions {
  std::filesystem::path pack;
  std::string today;  ///< ISO date; empty: the clock's
  bool json = false;
  bool list = false;  ///< only say what is looked for
};

struct EvalOptions {
  std::filesystem::path pack;
  bool json = false;
  bool failures = false;                            ///< list the questions that were not right
  bool safety = false;                              ///< the screen's cases instead of the questions
  std::vector<std::filesystem::path> safety_files;  ///< JSON lines; the pack's own when empty
};

struct LearnOptions {
  std::filesystem::path pack;
  std::vector<std::filesystem::path> messages;   ///< JSON lines, as `eval --safety` reads them
  std::vector<std::filesystem::path> untouched;  ///< those of them after which no rule was changed
  double false_alarms = 0.045;
  bool measure_only = false;
};

struct DiffOptions {
  std::filesystem::path before;     ///< an edition or a pack folder
  std::filesystem::path after;      ///< the same
  std::filesystem::path questions;  ///< a pack folder; empty: one of the two
  bool json = false;
};

struct ImportOptions {
  std::filesystem::path file;
  std::filesystem::path output;  ///< empty: standard output
  authoring::ImportFormat format = authoring::ImportFormat::kGuess;
  std::string publisher;
  std::string url;
  std::string today;  ///< ISO date; empty: the clock's
};

struct VerifyOptions {
  std::filesystem::path edition;  ///< or a pack folder
  std::filesystem::path file;     ///< saved replies, one a line; empty: standard input
  bool json = false;
};

/// One question, one reply. kNothing when the articles do not cover it.
int ask(const AskOptions& options);
/// A conversation on the terminal, or line by line from a pipe.
int chat(const AnswerOptions& options);
/// JSON lines of transcripts in, one reply a turn out, with constant memory.
int batch(const AnswerOptions& options);
/// How the last turn was read, searched and answered.
int explain(const AskOptions& options);
/// A conversation turn by turn: how each was understood, what was remembered.
int replay(const ReplayOptions& options);
/// A pack or a corpus into an edition.
int build(const BuildOptions& options);
/// Ranked passages, or a TREC run.
int search(const SearchOptions& options);
/// A conversation on a sheet to take along.
int summary(const SummaryOptions& options);
/// The web service.
int serve(const ServeOptions& options);
/// Everything that is wrong with a pack. kNothing when there is an error.
int check(const CheckOptions& options);
/// How well a pack answers its own questions. kNothing when a floor is missed.
int eval(const EvalOptions& options);
/// Learns the second reader of the red-flag screen from labelled messages.
int learn(const LearnOptions& options);
/// Which replies change between two editions. kNothing when one does.
int diff(const DiffOptions& options);
/// A draft article of a text, HTML or Markdown file.
int import(const ImportOptions& options);
/// Proves saved replies against an edition. kNothing when something is not proven.
int verify(const VerifyOptions& options);

}  // namespace backchat::app::cli
