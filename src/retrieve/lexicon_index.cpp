#include "retrieve/lexicon_index.h"

#include <algorithm>

#include "retrieve/stop_words.h"
#include "text/normalise.h"

namespace backchat::retrieve {

LexiconIndex::LexiconIndex(const text::Analyzer& analyzer, const knowledge::Lexicon& lexicon) {
  const auto cut = [&](const std::string& phrase) {
    Stems stems;
    for (text::Token& token : analyzer.tokens(text::normalise(phrase).text)) {
      ++words_[token.exact];
      stems.push_back(std::move(token.term));
    }
    return stems;
  };
  for (const knowledge::LexiconEntry& from : lexicon) {
    Entry entry{from.term, {}, {}};
    const auto add_same = [&](const std::string& phrase) {
      Stems stems = cut(phrase);
      // A variant that is cut to a small word ("ise" to "is") would be found everywhere.
      if (stems.empty() || (stems.size() == 1 && is_stop_word(stems.front()))) return;
      if (std::find(entry.same.begin(), entry.same.end(), stems) != entry.same.end()) return;
      by_first_[stems.front()].emplace_back(stems, entries_.size());
      entry.same.push_back(std::move(stems));
    };
    add_same(from.term);
    for (const std::string& variant : from.variants) add_same(variant);
    for (const std::string& phrase : from.related) {
      if (Stems stems = cut(phrase); !stems.empty()) entry.related.push_back(std::move(stems));
    }
    entries_.push_back(std::move(entry));
  }
}

std::vector<LexiconIndex::Found> LexiconIndex::find(std::span<const std::string> stems) const {
  std::vector<Found> found;
  std::size_t covered = 0;  // end of the longest found so far
  for (std::size_t at = 0; at < stems.size(); ++at) {
    const std::size_t first = found.size();
    const auto phrases = by_first_.find(stems[at]);
    if (phrases == by_first_.end()) continue;
    for (const auto& [phrase, entry] : phrases->second) {
      if (at + phrase.size() > stems.size()) continue;
      if (!std::equal(phrase.begin(), phrase.end(),
                      stems.begin() + static_cast<std::ptrdiff_t>(at)))
        continue;
      found.push_back({at, phrase.size(), entry, false});
    }
    const auto begin = found.begin() + static_cast<std::ptrdiff_t>(first);
    std::stable_sort(begin, found.end(),
                     [](const Found& a, const Found& b) { return a.size > b.size; });
    for (auto it = begin; it != found.end(); ++it) {
      it->inside = it->begin + it->size <= covered || it->size < begin->size;
    }
    if (begin != found.end()) covered = std::max(covered, at + begin->size);
  }
  return found;
}

}  // namespace backchat::retrieve
