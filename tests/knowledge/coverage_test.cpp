#include <gtest/gtest.h>

#include <cctype>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include "knowledge/pack.h"
#include "text/utf8.h"

// The default pack against the articles it was written from: every fact is there, no sentence is
// theirs.
namespace backchat::knowledge {
namespace {

namespace fs = std::filesystem;
const fs::path kSource = BACKCHAT_SOURCE_DIR;

std::string read(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

Documents default_documents() { return read_documents(kSource / "knowledge/back-spasms").value(); }

std::string section_text(const Pack& pack, const std::string& place) {
  std::string out;
  for (const Passage& passage : pack.passages) {
    if (passage.id.starts_with(place + ".")) out += passage.heading + " " + passage.text + " ";
  }
  return text::to_lower(out);
}

TEST(CoverageTest, EveryFactOfTheListStandsInItsSection) {
  const Pack pack = parse_pack(default_documents()).value();
  std::ifstream in(kSource / "tests/data/coverage.tsv");
  std::string line;
  int rows = 0;
  while (std::getline(in, line)) {
    std::istringstream fields(line);
    std::string seed;
    std::string fact;
    std::string place;
    std::string key;
    std::getline(fields, seed, '\t');
    std::getline(fields, fact, '\t');
    std::getline(fields, place, '\t');
    std::getline(fields, key, '\t');
    ++rows;
    const std::string text = section_text(pack, place);
    EXPECT_FALSE(text.empty()) << "row " << rows << ": no section " << place;
    EXPECT_NE(text.find(text::to_lower(key)), std::string::npos)
        << "row " << rows << ": '" << key << "' is not in " << place;
  }
  EXPECT_GE(rows, 450);
}

constexpr std::size_t kRun = 8;

std::vector<std::string> words_of(const std::string& text) {
  std::vector<std::string> out;
  std::string word;
  for (const char c : text + " ") {
    if (std::isalnum(static_cast<unsigned char>(c)) != 0) {
      word += text::to_lower(c);
    } else if (c != '\'' && !word.empty()) {
      out.push_back(std::move(word));
      word.clear();
    }
  }
  return out;
}

std::set<std::string> runs_of(const std::string& text) {
  const std::vector<std::string> words = words_of(text);
  std::set<std::string> out;
  for (std::size_t i = 0; i + kRun <= words.size(); ++i) {
    std::string run;
    for (std::size_t j = 0; j < kRun; ++j) run += words[i + j] + " ";
    out.insert(std::move(run));
  }
  return out;
}

TEST(CoverageTest, NoRunOfEightWordsIsTheSources) {
  const fs::path seeds = kSource / "../shared/seeds";
  if (!fs::is_directory(seeds)) GTEST_SKIP() << "the source articles are not on this machine";
  std::set<std::string> theirs;
  for (const auto& file : fs::directory_iterator(seeds)) theirs.merge(runs_of(read(file.path())));
  ASSERT_FALSE(theirs.empty());
  // Titles are the articles' own names and stay as they are.
  const Pack pack = parse_pack(default_documents()).value();
  std::string ours;
  for (const Passage& passage : pack.passages)
    ours += passage.heading + "\n\n" + passage.text + " | ";
  for (const Exercise& exercise : pack.exercises) {
    for (const std::string& step : exercise.steps) ours += step + " | ";
    for (const std::string& dose : exercise.dose) ours += dose + " | ";
  }
  for (const Comparison& comparison : pack.comparisons) {
    ours += comparison.question + " | " + comparison.choose + " | " + comparison.measures + " | ";
  }
  for (const std::string& run : runs_of(ours)) EXPECT_FALSE(theirs.contains(run)) << run;
}

}  // namespace
}  // namespace backchat::knowledge
