#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/app/cli/program.h"

// The commands for authors as black boxes: what they print, and their exit codes.
namespace backchat::app {
namespace {

using nlohmann::json;
using ::testing::HasSubstr;
using ::testing::StartsWith;

const std::string kPacks = std::string(BACKCHAT_SOURCE_DIR) + "/tests/data/packs";
const std::string kPack = kPacks + "/stiff-necks";
const std::string kToday = " --today 2026-11-22 ";

std::string overlay(const ScratchFolder& scratch, const std::string& bad) {
  const std::string folder = (scratch / bad).string();
  const auto options =
      std::filesystem::copy_options::recursive | std::filesystem::copy_options::overwrite_existing;
  std::filesystem::copy(kPack, folder, options);
  std::filesystem::copy(kPacks + "/" + bad, folder, options);
  return folder;
}

TEST(CheckCommandTest, ExitCodesTellGoodFromBadFromUnreadable) {
  const ScratchFolder scratch;
  const Outcome good = run("check" + kToday + kPack);
  EXPECT_EQ(good.code, 0) << good.out;
  EXPECT_THAT(good.out, HasSubstr("0 errors, 0 warnings"));
  const Outcome bad = run("check" + kToday + overlay(scratch, "bad-words"));
  EXPECT_EQ(bad.code, 1);
  EXPECT_THAT(bad.out, StartsWith("Errors\n  articles/neck-clinic.md:3: guessed by"));
  EXPECT_THAT(bad.out, HasSubstr("\nWarnings\n  articles/"));
  EXPECT_EQ(run("check /no/such/pack").code, 3);
  EXPECT_EQ(run("check").code, 2);
  EXPECT_EQ(run("check --today yesterday " + kPack).code, 2);
  EXPECT_EQ(run("check --today 2026-02-30 " + kPack).code, 2);
}

TEST(CheckCommandTest, PrintsJsonForPrograms) {
  const ScratchFolder scratch;
  const Outcome bad = run("check --json" + kToday + overlay(scratch, "bad-links"));
  EXPECT_EQ(bad.code, 1);
  const json report = json::parse(bad.out);
  EXPECT_EQ(report["errors"].get<int>() + report["warnings"].get<int>(),
            static_cast<int>(report["notes"].size()));
  const json& first = report["notes"][0];
  EXPECT_EQ(first["severity"], "error");
  EXPECT_EQ(first["check"], "figure");
  EXPECT_EQ(first["file"], "comparisons.yaml");
  EXPECT_EQ(first["line"], 1);
  EXPECT_THAT(first["message"].get<std::string>(), HasSubstr("'40'"));
}

TEST(CheckCommandTest, ListsWhatItLooksFor) {
  const Outcome list = run("check --list");
  EXPECT_EQ(list.code, 0);
  EXPECT_THAT(list.out, HasSubstr("error    forbidden"));
  EXPECT_THAT(list.out, HasSubstr("warning  jargon"));
}

TEST(EvalCommandTest, PrintsTheTableAndKeepsTheFloors) {
  const Outcome good = run("eval " + kPack);
  EXPECT_EQ(good.code, 0) << good.err;
  EXPECT_THAT(good.out, HasSubstr("full answers                        7 of 7    = 1.000"));
  EXPECT_THAT(good.out, HasSubstr("replies proven                      8 of 8"));
  EXPECT_THAT(good.out, HasSubstr("<- in use"));
  const ScratchFolder scratch;
  const std::string folder = overlay(scratch, "bad-answers");
  write_file(
      folder + "/eval/questions.yaml",
      "- {id: x, topic: t, question: \"how long does a stiff neck last\", must: [[never]]}\n");
  write_file(folder + "/eval/floors.yaml", "full: 0.9\n");
  const Outcome low = run("eval --failures " + folder);
  EXPECT_EQ(low.code, 1);
  EXPECT_THAT(low.out, HasSubstr("below its floor: full is 0.000, wanted 0.900"));
  EXPECT_THAT(low.out, HasSubstr("eval/questions.yaml:1: x \"how long does a stiff neck last\""));
  EXPECT_THAT(low.out, HasSubstr("fact missing: never"));
}

TEST(EvalCommandTest, PrintsJsonForPrograms) {
  const json report = json::parse(run("eval --json " + kPack).out);
  EXPECT_EQ(report["all"]["questions"], 8);
  EXPECT_EQ(report["all"]["full"], 1.0);
  EXPECT_EQ(report["all"]["both_sides"], nullptr);
  EXPECT_EQ(report["proven"]["proven"], 8);
  EXPECT_GE(report["curve"].size(), 11U);
  EXPECT_TRUE(report["failures"].empty());
}

TEST(EvalCommandTest, MeasuresTheScreenOnThePacksCasesOrOnFiles) {
  const Outcome own = run("eval --safety -- " + kPack);
  EXPECT_EQ(own.code, 0) << own.err;
  EXPECT_THAT(own.out, HasSubstr("sensitivity, emergency"));
  EXPECT_THAT(own.out, HasSubstr("1 / 1"));
  const ScratchFolder scratch;
  const std::string file = (scratch / "cases.jsonl").string();
  write_file(file,
             "{\"id\": \"a\", \"kind\": \"k\", \"turns\": [\"fever and a stiff neck\"], \"tier\": "
             "\"emergency\", \"groups\": [\"meningitis\"]}\n"
             "{\"id\": \"b\", \"kind\": \"k\", \"turns\": [\"my head falls off\"], \"tier\": "
             "\"emergency\", \"groups\": []}\n");
  const Outcome missed = run("eval " + kPack + " --safety " + file);
  EXPECT_EQ(missed.code, 1);  // an emergency was missed
  EXPECT_THAT(missed.out, HasSubstr("1 / 2"));
  EXPECT_THAT(missed.out, HasSubstr("miss b"));
  const json tables = json::parse(run("eval --json " + kPack + " --safety " + file).out);
  EXPECT_EQ(tables[0]["sensitivity_emergency"]["hits"], 1);
  write_file(file, "{\"id\": \"a\"}\n");
  EXPECT_EQ(run("eval " + kPack + " --safety " + file).code, 2);
  EXPECT_EQ(run("eval " + kPack + " --safety /no/such/file").code, 2);
}

TEST(EvalCommandTest, APackThatCannotBeAskedIsRefused) {
  const ScratchFolder scratch;
  EXPECT_EQ(run("eval /no/such/pack").code, 3);
  EXPECT_EQ(run("eval " + overlay(scratch, "bad-files")).code, 3);
  EXPECT_EQ(run("eval " + overlay(scratch, "bad-questions")).code, 3);
  EXPECT_EQ(run("eval").code, 2);
}

TEST(DiffCommandTest, ExitCodeSaysWhetherAReplyChanges) {
  const ScratchFolder scratch;
  const std::string edition = (scratch / "old.edition").string();
  ASSERT_EQ(run("build " + kPack + " -o " + edition).code, 0);
  EXPECT_EQ(run("diff " + edition + " " + kPack).code, 0);
  const std::string changed = overlay(scratch, "bad-links");
  write_file(changed + "/messages.yaml", read_file(kPack + "/messages.yaml"));
  write_file(changed + "/comparisons.yaml", read_file(kPack + "/comparisons.yaml"));
  const Outcome other = run("diff --json " + edition + " " + changed);
  EXPECT_EQ(other.code, 1) << other.err;
  const json report = json::parse(other.out);
  EXPECT_EQ(report["questions"], 8);
  EXPECT_GE(report["changed"].get<int>(), 1);
  EXPECT_EQ(report["changes"][0]["id"], "n5");  // the exercise's figures
  EXPECT_EQ(report["changes"][0]["parts"], json::array({"exercises"}));
  EXPECT_EQ(run("diff " + edition + " " + edition).code, 2);  // no questions
  EXPECT_EQ(run("diff " + edition + " " + edition + " --questions " + kPack).code, 0);
  EXPECT_EQ(run("diff /no/such.edition " + kPack).code, 3);
}

TEST(VerifyCommandTest, ProvesWhatBatchSavedAndFindsWhatWasChanged) {
  const ScratchFolder scratch;
  const std::string edition = (scratch / "e.edition").string();
  ASSERT_EQ(run("build " + kPack + " -o " + edition).code, 0);
  const Outcome saved = run("batch -e " + edition,
                            "{\"id\": 1, \"turns\": [\"does heat help a stiff neck\", \"hello\"]}\n"
                            "not json\n"
                            "{\"id\": 2, \"turns\": [\"i have a fever and a stiff neck\"]}\n");
  ASSERT_EQ(saved.code, 0);
  const std::string file = (scratch / "saved.jsonl").string();
  write_file(file, saved.out);
  const Outcome proven = run("verify -e " + edition + " " + file);
  EXPECT_EQ(proven.code, 0) << proven.out << proven.err;
  EXPECT_THAT(proven.out, HasSubstr("3 of 3 saved replies proven against edition"));
  EXPECT_THAT(proven.out, HasSubstr("1 line without a reply"));

  std::string changed = saved.out;
  const std::size_t at = changed.find("15 minutes");
  ASSERT_NE(at, std::string::npos);
  changed[at + 1] = '6';
  const Outcome found = run("verify -e " + edition, changed);
  EXPECT_EQ(found.code, 1);
  EXPECT_THAT(found.out, HasSubstr("standard input:1: (id 1, turn 0) lead[0]: not the sentence"));
  const json report = json::parse(run("verify --json -e " + edition, changed).out);
  EXPECT_EQ(report["replies"], 3);
  EXPECT_EQ(report["proven"], 2);
  EXPECT_EQ(report["doubts"][0]["line"], 1);
}

TEST(VerifyCommandTest, BadInputIsAnErrorWithItsPlace) {
  const Outcome bad = run("verify -e " + kPack, "{\"kind\": 1}\n");
  EXPECT_EQ(bad.code, 2);
  EXPECT_THAT(bad.err, HasSubstr("standard input:1: kind"));
  EXPECT_EQ(run("verify -e " + kPack, "").code, 2);
  EXPECT_EQ(run("verify -e " + kPack + " /no/such/file").code, 2);
  EXPECT_EQ(run("verify -e /no/such.edition", "{}").code, 3);
}

TEST(ImportCommandTest, WritesADraftOnceAndNeverHalf) {
  const ScratchFolder scratch;
  const std::string out = (scratch / "draft.md").string();
  const std::string command = "import" + kToday + kPacks + "/leaflet.html";
  const Outcome printed = run(command);
  EXPECT_EQ(printed.code, 0);
  EXPECT_THAT(printed.out, StartsWith("---\ntitle: \"Pillows and your neck\"  # guessed from"));
  ASSERT_EQ(run(command + " -o " + out).code, 0);
  EXPECT_EQ(read_file(out), printed.out);
  const Outcome again = run(command + " -o " + out);
  EXPECT_EQ(again.code, 2);
  EXPECT_THAT(again.err, HasSubstr("exists already"));
  EXPECT_EQ(read_file(out), printed.out);
  EXPECT_EQ(run(command + " -o " + (scratch / "no/such/folder.md").string()).code, 2);
  EXPECT_THAT(run(command + " --publisher Mine --url https://x.example").out,
              HasSubstr("  publisher: \"Mine\"\n  url: \"https://x.example\"\n"));
}

TEST(ImportCommandTest, BadInputIsAClearError) {
  const ScratchFolder scratch;
  const std::string file = (scratch / "bad.txt").string();
  EXPECT_EQ(run("import").code, 2);
  EXPECT_EQ(run("import /no/such/file").code, 3);
  EXPECT_EQ(run("import --format pdf " + kPacks + "/leaflet.html").code, 2);
  EXPECT_EQ(run("import --today soon " + kPacks + "/leaflet.html").code, 2);
  write_file(file, "");
  EXPECT_EQ(run("import " + file).code, 2);
  write_file(file, std::string("%PDF-1.7\n\0\1\2", 12));
  const Outcome binary = run("import " + file);
  EXPECT_EQ(binary.code, 2);
  EXPECT_THAT(binary.err, HasSubstr("binary"));
  write_file(file, std::string(50U << 20U, 'x'));
  const Outcome large = run("import " + file);
  EXPECT_EQ(large.code, 2);
  EXPECT_THAT(large.err, HasSubstr("larger than 4 MiB"));
}

TEST(HelpTest, EveryCommandForAuthorsHasExamples) {
  for (const char* command : {"check", "eval", "diff", "verify", "import"}) {
    const Outcome help = run(std::string(command) + " --help");
    EXPECT_EQ(help.code, 0);
    EXPECT_THAT(help.out, HasSubstr("Examples:\n  backchat"));
  }
}

}  // namespace
}  // namespace backchat::app
