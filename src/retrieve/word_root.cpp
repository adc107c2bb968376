#include "retrieve/word_root.h"

#include <algorithm>
#include <array>

namespace backchat::retrieve {
namespace {

constexpr std::size_t kShortestRoot = 5;

// Endings as Porter leaves them, the longest first.
constexpr auto kEndings = std::to_array<std::string_view>({
    "atori", "ation", "ator", "itori", "ition", "itor", "ical", "eut", "ant", "anc", "ent",
    "enc",   "ion",   "ori",  "ist",   "ism",   "osi",  "iti",  "or",  "iv",  "al",  "ic",
    "at",    "it",    "ou",   "os",    "as",    "ur",   "ar",   "i",   "t",   "e",   "s",
});

}  // namespace

std::string_view word_root(std::string_view stem) {
  const bool plain =
      std::all_of(stem.begin(), stem.end(), [](char c) { return c >= 'a' && c <= 'z'; });
  if (!plain || stem.size() < kShortestRoot) return {};
  for (int times = 0; times < 2; ++times) {
    for (const std::string_view ending : kEndings) {
      if (stem.size() < kShortestRoot + ending.size() || !stem.ends_with(ending)) continue;
      stem.remove_suffix(ending.size());
      break;
    }
  }
  return stem;
}

}  // namespace backchat::retrieve
