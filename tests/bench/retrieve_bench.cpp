// Times of one question on an edition, stage by stage. Data: `BACKCHAT_EDITION` names the edition,
// `BACKCHAT_QUERIES` a file of `id<TAB>question` lines; without them a small edition of made-up
// articles. Unit: time a question, spread over the file's questions. Each stage also checks that it
// finds something.
#include <benchmark/benchmark.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <random>
#include <string>
#include <vector>

#include "index/builder.h"
#include "index/snapshot.h"
#include "retrieve/fts5_retriever.h"
#include "retrieve/search.h"
#include "text/analyzer.h"
#include "text/sentences.h"

namespace backchat::retrieve {
namespace {

struct Setting {
  std::unique_ptr<text::Analyzer> analyzer = *text::Analyzer::create({});
  std::shared_ptr<const index::Snapshot> snapshot;
  std::vector<std::string> questions;

  Setting() {
    const char* edition = std::getenv("BACKCHAT_EDITION");
    const char* queries = std::getenv("BACKCHAT_QUERIES");
    if (edition != nullptr && queries != nullptr) {
      snapshot = *index::Snapshot::open(edition, *analyzer);
      std::ifstream in(queries);
      for (std::string line; std::getline(in, line);)
        questions.push_back(line.substr(line.find('\t') + 1));
    } else {
      make_up();
    }
  }

  // 200 passages of words drawn with a fixed seed, as many as a pack has.
  void make_up() {
    std::mt19937 random(1);
    const auto word = [&random] {
      return "word" + std::to_string((random() % 40) * (random() % 40));
    };
    const auto words = [&](int count) {
      std::string out;
      for (int i = 0; i < count; ++i) out += (i > 0 ? " " : "") + word();
      return out;
    };
    const auto file =
        std::filesystem::temp_directory_path() / ("bench-" + std::to_string(::getpid()));
    auto builder = *index::IndexBuilder::create(file, *analyzer);
    for (int i = 0; i < 200; ++i) {
      knowledge::Passage passage;
      passage.article = "a" + std::to_string(i / 40);
      passage.id = passage.article + "#" + std::to_string(i);
      passage.title = words(4);
      passage.heading = words(5);
      passage.text = words(80) + ".";
      passage.sentences.push_back({{0, passage.text.size()}, false, 0});
      if (!builder.add(passage)) std::abort();
      if (i % 4 == 0) questions.push_back("how often " + words(6));
    }
    if (!builder.finish()) std::abort();
    snapshot = *index::Snapshot::open(file, *analyzer);
    std::filesystem::remove(file);
  }
};

const Setting& setting() {
  static const Setting kSetting;
  return kSetting;
}

void BM_Analyse(benchmark::State& state) {
  const QueryAnalyser analyser(*setting().analyzer, {});
  auto reader = *setting().snapshot->lease(Deadline::none());
  std::size_t next = 0;
  std::size_t known = 0;
  for ([[maybe_unused]] auto _ : state) {
    const auto query =
        analyser.analyse(setting().questions[next++ % setting().questions.size()], reader);
    known += query->concepts.size();
  }
  if (known == 0) state.SkipWithError("no question has a known word");
}
BENCHMARK(BM_Analyse)->Unit(benchmark::kMicrosecond);

void BM_Search(benchmark::State& state) {
  const QueryAnalyser analyser(*setting().analyzer, {});
  const Fts5Retriever engine;
  auto reader = *setting().snapshot->lease(Deadline::none());
  std::vector<Query> queries;
  for (const std::string& question : setting().questions)
    queries.push_back(*analyser.analyse(question, reader));
  std::size_t next = 0;
  std::size_t found = 0;
  for ([[maybe_unused]] auto _ : state) {
    const auto hits = search(queries[next++ % queries.size()], engine, reader, {});
    found += hits->size();
  }
  if (found == 0) state.SkipWithError("nothing found");
}
BENCHMARK(BM_Search)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace backchat::retrieve

BENCHMARK_MAIN();
