#include "retrieve/occurrences.h"

#include <algorithm>

namespace backchat::retrieve {
namespace {
constexpr std::size_t kFilterWords = 64;
constexpr std::size_t kFilterBits = kFilterWords * 64;
}  // namespace

OccurrenceFinder::OccurrenceFinder(const Query& query) : query_(query), filter_(kFilterWords) {
  for (std::size_t c = 0; c < query.concepts.size(); ++c) {
    const auto& alternatives = query.concepts[c].alternatives;
    for (std::size_t a = 0; a < alternatives.size(); ++a) {
      for (const index::WordId word : alternatives[a].words.front().forms) {
        starts_.push_back({word, static_cast<std::uint16_t>(c), static_cast<std::uint16_t>(a)});
        const std::size_t bit = word % kFilterBits;
        filter_[bit / 64] |= std::uint64_t{1} << (bit % 64);
      }
    }
  }
  std::stable_sort(starts_.begin(), starts_.end(),
                   [](const Start& a, const Start& b) { return a.word < b.word; });
}

bool OccurrenceFinder::follows(const Alternative& alternative,
                               std::span<const index::WordId> words) const {
  if (alternative.words.size() > words.size()) return false;
  for (std::size_t i = 1; i < alternative.words.size(); ++i) {
    const auto& forms = alternative.words[i].forms;
    if (std::find(forms.begin(), forms.end(), words[i]) == forms.end()) return false;
  }
  return true;
}

void OccurrenceFinder::find(std::span<const index::WordId> words,
                            std::vector<Occurrence>& out) const {
  out.clear();
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::size_t bit = words[i] % kFilterBits;
    if ((filter_[bit / 64] & (std::uint64_t{1} << (bit % 64))) == 0) continue;
    auto at =
        std::lower_bound(starts_.begin(), starts_.end(), words[i],
                         [](const Start& start, index::WordId word) { return start.word < word; });
    const std::size_t first = out.size();
    for (; at != starts_.end() && at->word == words[i]; ++at) {
      const Concept& target = query_.concepts[at->concept_index];
      const Alternative& alternative = target.alternatives[at->alternative];
      if (alternative.words.size() > 1 && !follows(alternative, words.subspan(i))) continue;
      const auto weight = static_cast<float>(alternative.weight);
      const bool exact = at->alternative == 0 && words[i] == target.exact;
      const auto same =
          std::find_if(out.begin() + static_cast<std::ptrdiff_t>(first), out.end(),
                       [&](const Occurrence& o) { return o.concept_index == at->concept_index; });
      if (same == out.end()) {
        out.push_back({static_cast<std::uint32_t>(i), at->concept_index, weight, exact});
      } else if (weight > same->weight) {
        same->weight = weight;
        same->exact = exact;
      }
    }
  }
}

}  // namespace backchat::retrieve
