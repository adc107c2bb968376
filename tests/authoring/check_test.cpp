#include "authoring/check.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include "knowledge/pack.h"
#include "tests/authoring/scratch_pack.h"

namespace backchat::authoring {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

const fs::path kSource = BACKCHAT_SOURCE_DIR;
const fs::path kPacks = kSource / "tests/data/packs";
const CheckOptions kOptions{.today = "2026-11-22"};
constexpr const char* kExpected = "expected.txt";

// The good pack with the files of another folder over it.
class Overlay : public test::ScratchPack {
 public:
  explicit Overlay(const fs::path& over) {
    overlay(over);
    fs::remove(path() / kExpected);
  }
};

std::string read_text(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

std::vector<fs::path> bad_packs() {
  std::vector<fs::path> out;
  for (const auto& entry : fs::directory_iterator(kPacks)) {
    if (entry.path().filename().string().starts_with("bad-")) out.push_back(entry.path());
  }
  std::ranges::sort(out);
  return out;
}

TEST(CheckTest, TheGoodPackHasNothingWrong) {
  const auto report = check_pack(kPacks / "stiff-necks", kOptions);
  ASSERT_TRUE(report.has_value()) << to_string(report.error());
  EXPECT_EQ(to_text(*report), "0 errors, 0 warnings in 2 articles, 7 passages and 8 questions\n");
}

// Each bad pack is the good one with a few files over it; what must be found stands beside them.
TEST(CheckTest, EveryBadPackIsToldEveryProblemWithItsPlace) {
  const std::vector<fs::path> packs = bad_packs();
  ASSERT_GE(packs.size(), 7U);
  for (const fs::path& pack : packs) {
    const Overlay overlay(pack);
    const auto report = check_pack(overlay.path(), kOptions);
    ASSERT_TRUE(report.has_value()) << pack << to_string(report.error());
    EXPECT_EQ(to_text(*report), read_text(pack / kExpected)) << pack;
  }
}

TEST(CheckTest, EveryKindOfProblemIsShownByABadPack) {
  std::set<std::string_view> shown;
  for (const fs::path& pack : bad_packs()) {
    const Overlay overlay(pack);
    const auto report = check_pack(overlay.path(), kOptions);
    ASSERT_TRUE(report.has_value());
    for (const Note& note : report->notes) shown.insert(note.kind->id);
  }
  for (const CheckKind& kind : check_kinds()) EXPECT_TRUE(shown.contains(kind.id)) << kind.id;
}

TEST(CheckTest, EveryNoteSaysHowToMendIt) {
  for (const fs::path& pack : bad_packs()) {
    const Overlay overlay(pack);
    const auto report = check_pack(overlay.path(), kOptions);
    ASSERT_TRUE(report.has_value());
    for (const Note& note : report->notes) {
      // What the YAML library and the reader of rules say is theirs.
      if (note.kind->id == "rules" || note.text.starts_with("not valid YAML")) continue;
      const bool wanted =
          note.text.ends_with("wanted here") || note.text.find("neither true") != std::string::npos;
      const bool typed = note.text.ends_with("is not a whole number") ||
                         note.text.ends_with("is not a number") ||
                         note.text.ends_with("needs two sides or more");
      EXPECT_TRUE(wanted || typed || note.text.find(": ") != std::string::npos) << to_string(note);
    }
  }
}

TEST(CheckTest, ErrorsComeBeforeWarningsAndEachInOrderOfPlace) {
  const Overlay overlay(kPacks / "bad-words");
  const auto report = check_pack(overlay.path(), kOptions);
  ASSERT_TRUE(report.has_value());
  EXPECT_GT(report->errors(), 0U);
  EXPECT_GT(report->warnings(), 0U);
  for (std::size_t i = 1; i < report->notes.size(); ++i) {
    const Note& a = report->notes[i - 1];
    const Note& b = report->notes[i];
    EXPECT_LE(std::tie(a.kind->severity, a.file, a.line),
              std::tie(b.kind->severity, b.file, b.line));
  }
}

TEST(CheckTest, TheDefaultPackHasNoError) {
  const auto report = check_pack(kSource / "knowledge/back-spasms", kOptions);
  ASSERT_TRUE(report.has_value()) << to_string(report.error());
  for (const Note& note : report->notes) {
    if (note.kind->severity == Severity::kError) ADD_FAILURE() << to_string(note);
  }
}

TEST(CheckTest, AReviewFallsDueWithTime) {
  const auto later = check_pack(kPacks / "stiff-necks", {.today = "2030-01-01"});
  ASSERT_TRUE(later.has_value());
  EXPECT_EQ(later->errors(), 0U);
  EXPECT_EQ(later->warnings(), 3U);  // two articles, one rule
  for (const Note& note : later->notes) EXPECT_EQ(note.kind->id, "past-review");
}

TEST(CheckTest, AFolderThatIsNoPackIsRefused) {
  EXPECT_EQ(check_pack("/no/such/folder", kOptions).error().code, ErrorCode::kNotFound);
  const Overlay overlay(kPacks / "bad-words");
  std::ofstream(overlay.path() / "articles/latin1.md", std::ios::binary) << "caf\xE9";
  EXPECT_THAT(to_string(check_pack(overlay.path(), kOptions).error()),
              HasSubstr("latin1.md:1: not UTF-8"));
}

}  // namespace
}  // namespace backchat::authoring
