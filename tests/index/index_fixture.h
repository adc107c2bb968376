#pragma once

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <memory>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "index/builder.h"
#include "index/snapshot.h"
#include "knowledge/passage.h"
#include "text/analyzer.h"
#include "text/sentences.h"

namespace backchat::index {

/// A folder of its own that goes with the test.
class TempFolder {
 public:
  TempFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "backchat-test-XXXXXX").string();
    path_ = ::mkdtemp(name.data());
  }
  ~TempFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  TempFolder(const TempFolder&) = delete;
  TempFolder& operator=(const TempFolder&) = delete;

  std::filesystem::path operator/(std::string_view name) const { return path_ / name; }
  std::size_t files() const {
    std::size_t count = 0;
    for ([[maybe_unused]] const auto& entry : std::filesystem::directory_iterator(path_)) ++count;
    return count;
  }

 private:
  std::filesystem::path path_;
};

inline std::string read_file(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

inline void write_file(const std::filesystem::path& file, std::string_view bytes) {
  std::ofstream(file, std::ios::binary) << bytes;
}

inline knowledge::Passage passage(std::string id, std::string article, std::string title,
                                  std::string heading, std::string text) {
  knowledge::Passage out{std::move(id),      std::move(article), std::move(title),
                         std::move(heading), std::move(text),    {}};
  for (const text::Span span : text::sentences(out.text)) out.sentences.push_back({span, false, 0});
  return out;
}

/// Three short articles on house plants.
inline std::vector<knowledge::Passage> plants() {
  return {
      passage("fern#water.1", "fern", "Caring for a fern", "How often should I water a fern?",
              "Water a fern twice a week in summer. Never let the soil of a fern dry out. Rain "
              "water is best."),
      passage("fern#light.1", "fern", "Caring for a fern", "How much light does a fern need?",
              "A fern grows best in shade. Direct sun burns the leaves of a fern."),
      passage("fern#brown.1", "fern", "Caring for a fern", "What causes brown leaves?",
              "Brown leaves come from dry air. Hot radiators cause dry air. Mist the leaves every "
              "morning for 2 minutes."),
      passage("cactus#water.1", "cactus", "Caring for a cactus",
              "How often should I water a cactus?",
              "Water a cactus once a month. In winter a cactus needs no water for 10 weeks."),
      passage("cactus#sun.1", "cactus", "Caring for a cactus", "Where should a cactus stand?",
              "A cactus wants full sun. A south window is ideal for a cactus."),
      passage("pests#lice.1", "pests", "Pests on house plants", "How do I get rid of plant lice?",
              "Wash plant lice off with soapy water. Repeat the wash after 7 days. Ladybirds eat "
              "plant lice."),
      passage("pests#mites.1", "pests", "Pests on house plants",
              "What are the signs of spider mites?",
              "Fine webs between leaves are a sign of spider mites. Pale dots show on the leaves."),
  };
}

/// An analyzer, a folder, and editions built in it.
class IndexTest : public ::testing::Test {
 protected:
  void SetUp() override {
    auto made = text::Analyzer::create({});
    ASSERT_TRUE(made.has_value());
    analyzer_ = *std::move(made);
  }

  Result<BuildReport> build(std::string_view name, const std::vector<knowledge::Passage>& passages,
                            BuildOptions options = {}) {
    auto builder = IndexBuilder::create(folder_ / name, *analyzer_, std::move(options));
    if (!builder) return fail(builder.error());
    for (const auto& each : passages) {
      if (auto added = builder->add(each); !added) return fail(added.error());
    }
    return builder->finish();
  }

  std::shared_ptr<const Snapshot> open(std::string_view name, unsigned readers = 1) {
    auto snapshot = Snapshot::open(folder_ / name, *analyzer_, readers);
    EXPECT_TRUE(snapshot.has_value()) << (snapshot ? "" : to_string(snapshot.error()));
    return snapshot ? *snapshot : nullptr;
  }

  Error open_error(std::string_view name) {
    auto snapshot = Snapshot::open(folder_ / name, *analyzer_);
    EXPECT_FALSE(snapshot.has_value());
    return snapshot ? Error{} : snapshot.error();
  }

  TempFolder folder_;
  std::unique_ptr<text::Analyzer> analyzer_;
};

}  // namespace backchat::index
