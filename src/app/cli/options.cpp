#include "app/cli/options.h"

#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cstdlib>
#include <map>

#include "app/cli/commands.h"
#include "app/cli/terminal.h"

namespace backchat::app::cli {
namespace {

constexpr const char* kFooter = R"(
Exit codes:
  0  done
  1  nothing found: the articles do not cover the question, or a check failed
  2  wrong flags, arguments or input
  3  the pack, corpus or edition cannot be used
  4  a mistake of the program

Without --edition, the file that BACKCHAT_EDITION names is used, else back-spasms.edition beside the
program. No text that you type is written to any file.)";

// The edition that is used when none is named.
std::string default_edition() {
  if (const char* named = std::getenv("BACKCHAT_EDITION"); named != nullptr && *named != '\0') {
    return named;
  }
  std::error_code error;
  const auto program = std::filesystem::read_symlink("/proc/self/exe", error);
  return ((error ? std::filesystem::path() : program.parent_path()) / "back-spasms.edition")
      .string();
}

// Declares the commands; each stores the exit code of its run.
class CommandLine {
 public:
  CommandLine() : app_("Backchat answers questions from a knowledge pack, red flags first.") {
    app_.name("backchat");
    app_.footer(kFooter);
    app_.set_version_flag("--version", "backchat " BACKCHAT_VERSION);
    app_.require_subcommand(1);
    app_.get_formatter()->column_width(34);
    edition_ = default_edition();
    add_ask();
    add_chat();
    add_batch();
    add_explain();
    add_replay();
    add_search();
    add_summary();
    add_serve();
    add_build();
    add_check();
    add_eval();
    add_learn();
    add_diff();
    add_import();
    add_verify();
  }

  int run(int argc, char** argv) {
    try {
      app_.parse(argc, argv);
    } catch (const CLI::ParseError& e) {
      const int code = app_.exit(e);
      return code == 0 ? kDone : kUsage;
    }
    return code_;
  }

 private:
  CLI::App* command(const std::string& name, const std::string& what, const std::string& examples) {
    CLI::App* out = app_.add_subcommand(name, what);
    out->footer("\nExamples:\n" + examples);
    return out;
  }

  void add_edition(CLI::App* command, std::filesystem::path& to) {
    to = edition_;
    command->add_option("-e,--edition", to, "Edition to answer from")->type_name("FILE");
  }

  void add_answering(CLI::App* command, AnswerOptions& options) {
    add_edition(command, options.edition);
    command
        ->add_option("--region", options.region,
                     "Country of the emergency numbers, as two letters (US, GB, AU, ...)")
        ->type_name("CC");
  }

  void add_ask() {
    CLI::App* c = command("ask", "Answer one question",
                          "  backchat ask how long does a back spasm last\n"
                          "  backchat ask --region GB --json \"heat or ice?\"\n"
                          "  backchat ask --turn \"should I use ice?\" how long\n"
                          "  echo \"can stress cause spasms\" | backchat ask");
    add_answering(c, ask_);
    c->add_flag("--json", ask_.json, "Print the reply object");
    c->add_option("--turn", ask_.earlier, "An earlier turn of the conversation; may be repeated")
        ->type_name("TEXT")
        ->allow_extra_args(false);
    c->add_option("question", ask_.question, "The question; standard input when left out")
        ->type_name("WORD");
    c->callback([this] { code_ = ask(ask_); });
  }

  void add_explain() {
    CLI::App* c = command("explain", "Show how a question is screened, searched and answered",
                          "  backchat explain \"no numbness but my foot drags\"\n"
                          "  backchat explain --turn \"should I use ice?\" how long");
    add_answering(c, explain_);
    c->add_option("--turn", explain_.earlier, "An earlier turn; may be repeated")
        ->type_name("TEXT")
        ->allow_extra_args(false);
    c->add_option("question", explain_.question, "The question; standard input when left out")
        ->type_name("WORD");
    c->callback([this] { code_ = explain(explain_); });
  }

  void add_chat() {
    CLI::App* c = command("chat", "Talk on the terminal, or line by line from a pipe",
                          "  backchat chat --region US\n"
                          "  printf 'heat or ice?\\nhow long?\\n' | backchat chat");
    add_answering(c, chat_);
    c->add_flag("--json", chat_.json, "Print the reply objects, one a line");
    c->callback([this] { code_ = chat(chat_); });
  }

  void add_batch() {
    CLI::App* c = command("batch", "Answer transcripts: JSON lines in, JSON lines out",
                          "  backchat batch < in.jsonl > out.jsonl\n"
                          "  echo '{\"id\": 1, \"turns\": [\"heat or ice?\", \"how long?\"]}' | "
                          "backchat batch");
    add_edition(c, batch_.edition);
    c->callback([this] { code_ = batch(batch_); });
  }

  void add_replay() {
    CLI::App* c = command("replay", "Show how a whole conversation was understood, turn by turn",
                          "  backchat replay transcript.json\n"
                          "  echo '{\"turns\": [\"heat or ice?\", \"how long?\"]}' | "
                          "backchat replay -");
    add_edition(c, replay_.edition);
    c->add_option("transcript", replay_.transcript,
                  "{\"turns\": [...]} as the HTTP interface takes it; - reads standard input")
        ->type_name("FILE")
        ->required();
    c->callback([this] { code_ = replay(replay_); });
  }

  void add_search() {
    CLI::App* c = command("search", "Rank passages without composing an answer",
                          "  backchat search sciatica\n"
                          "  backchat search -e corpus.edition -k 100 --queries q.tsv --trec mine");
    add_edition(c, search_.edition);
    c->add_option("-k,--limit", search_.limit, "How many results a query (10)")
        ->type_name("N")
        ->check(CLI::Range(1, 1000));
    auto* queries = c->add_option("--queries", search_.queries, "File of qid<TAB>text lines")
                        ->type_name("FILE");
    c->add_option("--trec", search_.trec_tag, "Print TREC run lines with this tag")
        ->type_name("TAG")
        ->needs(queries);
    c->add_flag("--json", search_.json, "Print one JSON object a result");
    c->add_option("query", search_.query, "The query")->type_name("WORD")->excludes(queries);
    c->callback([this] {
      if (search_.query.empty() && search_.queries.empty()) {
        throw CLI::RequiredError("search: a query, or --queries FILE");
      }
      code_ = search(search_);
    });
  }

  void add_summary() {
    CLI::App* c = command("summary", "Sum up a conversation on a sheet for a visit to a doctor",
                          "  backchat summary chat.json\n"
                          "  echo '{\"turns\": [\"my back locked up. I tried ice.\"]}' | "
                          "backchat summary - --format markdown");
    add_edition(c, summary_.edition);
    static const std::map<std::string, SummaryFormat> kFormats = {
        {"text", SummaryFormat::kText},
        {"markdown", SummaryFormat::kMarkdown},
        {"json", SummaryFormat::kJson}};
    c->add_option("--format", summary_.format, "text, markdown or json (text)")
        ->type_name("FORMAT")
        ->transform(CLI::CheckedTransformer(kFormats).description(""));
    c->add_option("--date", summary_.date, "Date on the sheet (today)")->type_name("DATE");
    c->add_option("file", summary_.file,
                  "Transcript as POST /api/v1/ask takes it; - is standard input")
        ->type_name("FILE")
        ->required();
    c->callback([this] { code_ = summary(summary_); });
  }

  void add_serve() {
    CLI::App* c = command("serve", "Serve the chat page and the HTTP interface",
                          "  backchat serve\n"
                          "  backchat serve --port 9000 --allow-host chat.example.org\n"
                          "  backchat serve --embed https://clinic.example.org");
    add_edition(c, serve_.edition);
    c->add_option("--host", serve_.host, "Address to bind (127.0.0.1)")->type_name("ADDRESS");
    c->add_option("--port", serve_.port, "Port to bind (8080); 0 takes a free one")
        ->type_name("N")
        ->check(CLI::Range(0, 65535));
    c->add_option("--workers", serve_.workers, "Threads that answer (cores, at least 4)")
        ->type_name("N")
        ->check(CLI::Range(0, 256));
    c->add_option("--allow-host", serve_.allowed_hosts,
                  "A further name that requests may call this host by; may be repeated")
        ->type_name("NAME")
        ->allow_extra_args(false);
    c->add_option("--embed", serve_.embed,
                  "A site that may show the chat in a frame, with widget.js; may be repeated")
        ->type_name("ORIGIN")
        ->allow_extra_args(false);
    c->callback([this] { code_ = serve(serve_); });
  }

  void add_build() {
    CLI::App* c = command("build", "Make an edition of a pack or of a corpus",
                          "  backchat build knowledge/back-spasms -o back-spasms.edition\n"
                          "  backchat build --jsonl corpus.jsonl -o corpus.edition");
    auto* pack = c->add_option("pack", build_.pack, "Pack folder")->type_name("PACK");
    c->add_option("--jsonl", build_.corpus,
                  "Corpus of {\"id\", \"title\", \"text\", \"url\"?} lines instead of a pack")
        ->type_name("FILE")
        ->excludes(pack);
    c->add_option("-o,--output", build_.output, "Edition to write")->type_name("FILE")->required();
    c->callback([this] {
      if (build_.pack.empty() && build_.corpus.empty()) {
        throw CLI::RequiredError("build: a pack folder, or --jsonl FILE");
      }
      code_ = build(build_);
    });
  }

  void add_check() {
    CLI::App* c = command("check", "Find everything that is wrong with a pack, all at once",
                          "  backchat check knowledge/back-spasms\n"
                          "  backchat check --json knowledge/back-spasms\n"
                          "  backchat check --list");
    auto* pack = c->add_option("pack", check_.pack, "Pack folder")->type_name("PACK");
    c->add_option("--today", check_.today, "Date to check reviews against (the clock's)")
        ->type_name("DATE");
    c->add_flag("--json", check_.json, "Print JSON");
    c->add_flag("--list", check_.list, "Only list what is looked for")->excludes(pack);
    c->callback([this] {
      if (check_.pack.empty() && !check_.list) throw CLI::RequiredError("check: a pack folder");
      code_ = check(check_);
    });
  }

  void add_eval() {
    CLI::App* c = command("eval", "Measure how well a pack answers its own questions",
                          "  backchat eval knowledge/back-spasms\n"
                          "  backchat eval knowledge/back-spasms --failures\n"
                          "  backchat eval knowledge/back-spasms --safety cases.jsonl");
    c->add_option("pack", eval_.pack, "Pack folder, with eval/*.yaml")
        ->type_name("PACK")
        ->required();
    c->add_flag("--failures", eval_.failures, "List the questions that are not right, and why");
    c->add_option("--safety", eval_.safety_files,
                  "Measure the red-flag screen: on the pack's own cases, or on files of JSON lines")
        ->type_name("[FILE...]")
        ->expected(0, -1);
    c->add_flag("--json", eval_.json, "Print JSON");
    c->callback([this, c] {
      eval_.safety = c->count("--safety") > 0;
      // Without a file the option stands for the pack's own cases.
      std::erase(eval_.safety_files, std::filesystem::path());
      code_ = eval(eval_);
    });
  }

  void add_learn() {
    CLI::App* c = command(
        "learn", "Learn the second reader of the red-flag screen from labelled messages",
        "  backchat learn knowledge/back-spasms tests/data/redflags/*.jsonl\n"
        "  backchat learn knowledge/back-spasms tests/data/redflags/*.jsonl --measure-only");
    c->add_option("pack", learn_.pack, "Pack folder, with safety/*.yaml and eval/*.yaml")
        ->type_name("PACK")
        ->required();
    c->add_option("messages", learn_.messages, "JSON lines of labelled messages")
        ->type_name("FILE...")
        ->required();
    c->add_option("--untouched", learn_.untouched,
                  "Those of the files after which no rule was changed: they set the thresholds")
        ->type_name("FILE...");
    c->add_option("--false-alarms", learn_.false_alarms,
                  "Share of harmless messages on which an alarm may be raised")
        ->type_name("SHARE")
        ->check(CLI::Range(0.0, 0.5))
        ->capture_default_str();
    c->add_flag("--measure-only", learn_.measure_only, "Print the figures, write nothing");
    c->callback([this] { code_ = learn(learn_); });
  }

  void add_diff() {
    CLI::App* c =
        command("diff", "Show which replies change between two packs or editions",
                "  backchat diff back-spasms.edition knowledge/back-spasms\n"
                "  backchat diff old.edition new.edition --questions knowledge/back-spasms");
    c->add_option("old", diff_.before, "Edition or pack folder")->type_name("OLD")->required();
    c->add_option("new", diff_.after, "Edition or pack folder")->type_name("NEW")->required();
    c->add_option("--questions", diff_.questions,
                  "Pack folder whose questions are asked (NEW, else OLD)")
        ->type_name("PACK");
    c->add_flag("--json", diff_.json, "Print JSON");
    c->callback([this] { code_ = diff(diff_); });
  }

  void add_import() {
    CLI::App* c =
        command("import", "Make a draft article of a text, HTML or Markdown file",
                "  backchat import leaflet.html --out knowledge/back-spasms/articles/leaflet.md\n"
                "  backchat import leaflet.txt --publisher \"Town Hospital\"");
    c->add_option("file", import_.file, "The article as it was saved")
        ->type_name("FILE")
        ->required();
    c->add_option("-o,--out", import_.output, "Article to write (standard output)")
        ->type_name("FILE");
    static const std::map<std::string, authoring::ImportFormat> kFormats = {
        {"text", authoring::ImportFormat::kText},
        {"html", authoring::ImportFormat::kHtml},
        {"markdown", authoring::ImportFormat::kMarkdown}};
    c->add_option("--format", import_.format, "text, html or markdown (by the file's name)")
        ->type_name("FORMAT")
        ->transform(CLI::CheckedTransformer(kFormats).description(""));
    c->add_option("--publisher", import_.publisher, "Who published it")->type_name("NAME");
    c->add_option("--url", import_.url, "Where it was published")->type_name("URL");
    c->add_option("--today", import_.today, "Date on which it was read (the clock's)")
        ->type_name("DATE");
    c->callback([this] { code_ = import(import_); });
  }

  void add_verify() {
    CLI::App* c = command("verify", "Prove that saved replies quote an edition letter by letter",
                          "  backchat verify -e back-spasms.edition replies.jsonl\n"
                          "  backchat ask --json heat or ice | backchat verify");
    add_edition(c, verify_.edition);
    c->add_option("file", verify_.file,
                  "Lines of `batch` or `ask --json`; standard input when left out")
        ->type_name("FILE");
    c->add_flag("--json", verify_.json, "Print JSON");
    c->callback([this] { code_ = verify(verify_); });
  }

  CLI::App app_;
  int code_ = kDone;
  std::string edition_;
  AskOptions ask_;
  AskOptions explain_;
  AnswerOptions chat_;
  AnswerOptions batch_;
  ReplayOptions replay_;
  SearchOptions search_;
  SummaryOptions summary_;
  ServeOptions serve_;
  BuildOptions build_;
  CheckOptions check_;
  EvalOptions eval_;
  LearnOptions learn_;
  DiffOptions diff_;
  ImportOptions import_;
  VerifyOptions verify_;
};

}  // namespace

int run(int argc, char** argv) {
  try {
    return CommandLine().run(argc, argv);
  } catch (const std::exception&) {
    return report({ErrorCode::kInternal, "a mistake of the program stopped this command", ""});
  }
}

}  // namespace backchat::app::cli
