// Times of one reply at the end of conversations of several lengths. Data: an edition of the pack;
// the turns are ordinary ones of every sort, told again in the same order. Unit: time a reply. Each
// run also checks that a reply came.
#include <benchmark/benchmark.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <filesystem>
#include <string_view>

#include "dialogue/manager.h"

namespace backchat::dialogue {
namespace {

constexpr auto kTurns = std::to_array<std::string_view>(
    {"hello, my lower back went into spasm when I bent down to tie my shoes this morning",
     "should I use heat or ice on it?", "how long do I leave it on?", "and heat?", "who says that?",
     "ok thanks, that helps",
     "I took two ibuprofen an hour ago and it still hurts a lot when I try to stand up",
     "which stretches can help once it eases off", "how many times a day should I do them",
     "can I go to work tomorrow? I sit at a desk for nine hours with hardly a break",
     "no numbness and I can pee fine, it is only the left side", "what else",
     "is a massage a good idea", "why do I keep getting these",
     "should I see a doctor if it is no better next week"});

const Edition& edition() {
  static const std::unique_ptr<const Edition> kEdition = [] {
    const auto file =
        std::filesystem::temp_directory_path() / ("bench-" + std::to_string(::getpid()));
    if (!build_edition(BACKCHAT_SOURCE_DIR "/knowledge/back-spasms", file)) std::abort();
    auto opened = open_edition(file, 1);
    std::filesystem::remove(file);
    if (!opened) std::abort();
    return std::move(*opened);
  }();
  return *kEdition;
}

void BM_Reply(benchmark::State& state) {
  Transcript transcript;
  for (std::size_t i = 0; i < static_cast<std::size_t>(state.range(0)); ++i) {
    transcript.turns.push_back({std::string(kTurns[i % kTurns.size()]), {}});
  }
  edition();
  for ([[maybe_unused]] auto _ : state) {
    const auto replied = reply(edition(), transcript, Deadline::none());
    if (!replied || replied->text.empty()) state.SkipWithError("no reply");
  }
}
BENCHMARK(BM_Reply)->Arg(1)->Arg(10)->Arg(50)->Arg(200)->Unit(benchmark::kMicrosecond);

// The screen alone: what every turn of a conversation costs before anything else.
void BM_Screen(benchmark::State& state) {
  const safety::Screener& screener = edition().safety.screener;
  for ([[maybe_unused]] auto _ : state) {
    safety::Memory memory;
    int index = 0;
    for (const std::string_view text : kTurns) {
      memory = screener.screen({text, {}, false, index++}, memory).memory();
    }
    benchmark::DoNotOptimize(memory.held());
  }
}
BENCHMARK(BM_Screen)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace backchat::dialogue

BENCHMARK_MAIN();
