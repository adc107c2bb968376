#include "program.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <thread>
#include <vector>

namespace backchat::app {
namespace {

using nlohmann::json;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

const std::string kPack = std::string(BACKCHAT_SOURCE_DIR) + "/knowledge/back-spasms";

// One edition for all tests of the file.
class ProgramTest : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    scratch_ = new ScratchFolder();
    const Outcome built = run("build " + kPack + " -o " + edition());
    ASSERT_EQ(built.code, 0) << built.err;
  }
  static void TearDownTestSuite() {
    delete scratch_;
    scratch_ = nullptr;
  }
  static std::string edition() { return (*scratch_ / "pack.edition").string(); }
  static std::string with_edition(const std::string& command) {
    return command + " --edition " + edition() + " ";
  }
  static std::vector<json> lines(const std::string& text) {
    std::vector<json> out;
    std::istringstream in(text);
    for (std::string line; std::getline(in, line);) out.push_back(json::parse(line));
    return out;
  }

  static ScratchFolder* scratch_;
};
ScratchFolder* ProgramTest::scratch_ = nullptr;

TEST_F(ProgramTest, BuildingTwiceGivesTheSameBytes) {
  const std::string again = (*scratch_ / "again.edition").string();
  ASSERT_EQ(run("build " + kPack + " -o " + again).code, 0);
  EXPECT_EQ(read_file(edition()), read_file(again));
}

TEST_F(ProgramTest, AnswersWithQuotesAndSources) {
  const Outcome asked = run(with_edition("ask --json") + "how long should I leave an ice pack on");
  ASSERT_EQ(asked.code, 0) << asked.err;
  const json reply = json::parse(asked.out);
  EXPECT_EQ(reply["kind"], "answer");
  EXPECT_THAT(reply["text"].get<std::string>(), HasSubstr("20 minutes"));
  ASSERT_FALSE(reply["lead"][0]["citations"].empty());
  const int n = reply["lead"][0]["citations"][0];
  for (const json& citation : reply["citations"]) {
    if (citation["n"] == n) {
      EXPECT_EQ(citation["quote"], reply["lead"][0]["text"]);
    }
  }
}

TEST_F(ProgramTest, SummaryWritesAConversationInThreeFormats) {
  const std::string chat =
      R"({"turns": ["My back locked up. I tried ice. Should I use heat or ice?"]})";
  const Outcome text = run(with_edition("summary --date 2026-11-22") + "-", chat);
  ASSERT_EQ(text.code, 0) << text.err;
  EXPECT_THAT(text.out, HasSubstr("2026-11-22"));
  EXPECT_THAT(text.out, HasSubstr("I tried ice."));
  EXPECT_THAT(text.out, HasSubstr("not a medical record"));
  const Outcome markdown = run(with_edition("summary --format markdown") + "-", chat);
  EXPECT_THAT(markdown.out, StartsWith("# "));
  const json sheet = json::parse(run(with_edition("summary --format json") + "-", chat).out);
  EXPECT_EQ(sheet["sections"][0]["id"], "said");
  EXPECT_EQ(run(with_edition("summary") + "-", "no JSON").code, 2);
  EXPECT_EQ(run(with_edition("summary") + "/nonexistent.json").code, 3);
  EXPECT_EQ(run(with_edition("summary --format pdf") + "-", chat).code, 2);
}

TEST_F(ProgramTest, ExitCodesSayWhatHappened) {
  EXPECT_EQ(run(with_edition("ask") + "heat or ice for a back spasm").code, 0);
  EXPECT_EQ(run(with_edition("ask") + "what is the capital of France").code, 1);
  EXPECT_EQ(run("ask --no-such-flag").code, 2);
  EXPECT_EQ(run("").code, 2);
  EXPECT_EQ(run("ask --edition /nonexistent.edition heat or ice").code, 3);
  EXPECT_EQ(run("build /nonexistent -o /tmp/x.edition").code, 3);
  EXPECT_EQ(run("--help").code, 0);
  EXPECT_THAT(run("--version").out, StartsWith("backchat "));
}

TEST_F(ProgramTest, AnEmergencyIsAnsweredWithoutAWholeEdition) {
  const std::string whole = read_file(edition());
  const std::string broken = (*scratch_ / "broken.edition").string();
  std::string flipped = whole;
  flipped[flipped.size() / 2] = static_cast<char>(flipped[flipped.size() / 2] ^ 1);
  const struct {
    const char* what;
    std::string path;
    std::string bytes;
  } rows[] = {
      {"missing", "/nonexistent.edition", ""},
      {"truncated", broken, whole.substr(0, whole.size() / 3)},
      {"empty", broken, ""},
      {"corrupt", broken, flipped},
      {"no database", broken, std::string(100000, 'x')},
  };
  for (const auto& row : rows) {
    if (row.path == broken) write_file(broken, row.bytes);
    const Outcome asked = run("ask --json --region GB --edition " + row.path +
                              " I cannot feel when I wipe and my back hurts");
    ASSERT_EQ(asked.code, 0) << row.what << asked.err;
    const json reply = json::parse(asked.out);
    EXPECT_EQ(reply["kind"], "emergency") << row.what;
    EXPECT_EQ(reply["card"]["level"], "emergency") << row.what;
    EXPECT_THAT(reply["text"].get<std::string>(), HasSubstr("999")) << row.what;

    const Outcome harmless = run("ask --edition " + row.path + " heat or ice");
    EXPECT_EQ(harmless.code, 3) << row.what;
    EXPECT_EQ(harmless.out, "") << row.what;
    EXPECT_THAT(harmless.err, HasSubstr("backchat: ")) << row.what;
  }
}

TEST_F(ProgramTest, TheSameTranscriptGivesTheSameBytesInEveryRunThreadAndPlace) {
  const std::string input =
      R"({"id": "a", "turns": ["should I use ice?", "how long?", "and heat?", "thanks"]})"
      "\n";
  const std::string once = run(with_edition("batch"), input).out;
  ASSERT_EQ(lines(once).size(), 4U);
  EXPECT_EQ(run(with_edition("batch"), input + input).out, once + once);
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&] { EXPECT_EQ(run(with_edition("batch"), input).out, once); });
  }
  for (std::thread& thread : threads) thread.join();
  // The last turn alone, asked with the earlier ones given, is the same reply.
  const Outcome asked =
      run(with_edition("ask --json") + "--turn 'should I use ice?' --turn 'how long?' 'and heat?'");
  EXPECT_EQ(json::parse(asked.out), lines(once)[2]["reply"]);
}

TEST_F(ProgramTest, BatchReportsABadLineAndGoesOn) {
  const Outcome ran = run(with_edition("batch"),
                          "{\"id\": 7, \"turns\": [\"heat or ice?\"]}\n"
                          "{not json}\n"
                          "\n"
                          "{\"id\": 8, \"turns\": []}\n"
                          "{\"id\": 9, \"turns\": [{\"text\": \"yes\", \"answers\": \"SQ1\"}]}\n");
  const auto out = lines(ran.out);
  ASSERT_EQ(out.size(), 4U) << ran.out;
  EXPECT_EQ(out[0]["id"], 7);
  EXPECT_EQ(out[0]["turn"], 0);
  EXPECT_EQ(out[1]["line"], 2);
  EXPECT_EQ(out[1]["error"]["code"], "invalid_input");
  EXPECT_EQ(out[2]["line"], 4);
  EXPECT_EQ(out[3]["id"], 9);
  EXPECT_EQ(out[3]["reply"]["kind"], "emergency");
}

TEST_F(ProgramTest, ChatReadsLinesFromAPipe) {
  const Outcome ran = run(with_edition("chat"), "heat or ice?\nhow long?\n");
  EXPECT_EQ(ran.code, 0);
  EXPECT_THAT(ran.out, HasSubstr("20 minutes"));
  EXPECT_THAT(ran.out, Not(HasSubstr("\x1b")));
}

TEST_F(ProgramTest, SearchPrintsATrecRunWithEachDocumentOnce) {
  const std::string corpus = (*scratch_ / "corpus.jsonl").string();
  const std::string indexed = (*scratch_ / "corpus.edition").string();
  const std::string queries = (*scratch_ / "queries.tsv").string();
  write_file(corpus,
             "{\"id\":\"d1\",\"title\":\"Pumps\",\"text\":\"A pump moves water. Pumps are old.\"}\n"
             "{\"id\":\"d2\",\"title\":\"Wells\",\"text\":\"A well holds water.\",\"url\":\"u\"}\n"
             "{\"id\":\"d3\",\"title\":\"Sand\",\"text\":\"Sand is dry.\"}\n");
  write_file(queries, "q1\twater pump\nq2\tnothing of the kind\n");
  ASSERT_EQ(run("build --jsonl " + corpus + " -o " + indexed).code, 0);
  const Outcome ran =
      run("search -k 100 --trec mine --queries " + queries + " --edition " + indexed);
  EXPECT_EQ(ran.code, 0) << ran.err;
  EXPECT_THAT(ran.out, StartsWith("q1 Q0 d1 1 "));
  EXPECT_THAT(ran.out, HasSubstr("q1 Q0 d2 2 "));
  EXPECT_THAT(ran.out, HasSubstr(" mine\n"));
  EXPECT_EQ(run("ask --edition " + indexed + " water").code, 3);
}

TEST_F(ProgramTest, ABadCorpusLineIsNamedAndNothingIsWritten) {
  const std::string corpus = (*scratch_ / "bad.jsonl").string();
  const std::string indexed = (*scratch_ / "bad.edition").string();
  write_file(corpus, "{\"id\":\"d1\",\"title\":\"t\",\"text\":\"x\"}\n{\"id\":3}\n");
  const Outcome ran = run("build --jsonl " + corpus + " -o " + indexed);
  EXPECT_EQ(ran.code, 3);
  EXPECT_THAT(ran.err, HasSubstr("bad.jsonl:2"));
  EXPECT_FALSE(std::filesystem::exists(indexed));
}

TEST_F(ProgramTest, ExplainTellsHowAQuestionWasRead) {
  const Outcome ran = run(with_edition("explain") + "how long does a back spasm last");
  EXPECT_EQ(ran.code, 0) << ran.err;
  for (const char* part : {"SCREENING", "QUESTION", "how_long", "PASSAGES", "SENTENCES", "REPLY"}) {
    EXPECT_THAT(ran.out, HasSubstr(part));
  }
}

}  // namespace
}  // namespace backchat::app
