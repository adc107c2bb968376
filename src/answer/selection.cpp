#include "answer/selection.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

namespace backchat::answer {
namespace {

using Words = std::set<index::WordId>;

// Two sentences that share this much of their telling words say the same.
constexpr double kNearDuplicate = 0.7;
// A concept is held when at least this much of it is found (related words count less than the word
// itself).
constexpr double kHeld = 0.35;
// A word that is less than this share of the question is no gap worth naming.
constexpr double kSmallestGap = 0.12;

// Weighs words by how few of the candidate sentences hold them, so that the frame that the items of
// a list share ("... can cause a back spasm") does not make them look alike.
class Likeness {
 public:
  explicit Likeness(const std::vector<Words>& sentences) : total_(sentences.size()) {
    for (const Words& words : sentences) {
      for (const index::WordId word : words) ++count_[word];
    }
  }

  double of(const Words& a, const Words& b) const {
    double both = 0;
    double either = 0;
    for (const index::WordId word : a) {
      (b.contains(word) ? both : either) += weight(word);
    }
    for (const index::WordId word : b) {
      if (!a.contains(word)) either += weight(word);
    }
    return both + either > 0 ? both / (both + either) : 1;
  }

 private:
  double weight(index::WordId word) const {
    return std::log(1.0 + static_cast<double>(total_) / static_cast<double>(count_.at(word)));
  }

  std::size_t total_;
  std::map<index::WordId, std::size_t> count_;
};

bool is_asked(const Evidence& evidence, std::size_t i) {
  return evidence.asked.empty() || evidence.asked[i];
}

Words words_of(std::span<const index::WordId> sentence) {
  return {sentence.begin(), sentence.end()};
}

}  // namespace

std::vector<Quote> find_quotes(const Evidence& evidence) {
  std::vector<retrieve::Quotable> quotables;
  for (std::size_t i = 0; i < evidence.passages.size(); ++i) {
    quotables.push_back({&evidence.hits[i], evidence.passages[i], &evidence.words[i].forward});
  }
  const auto scored = retrieve::score_sentences(*evidence.query, quotables);
  std::vector<Words> words;
  words.reserve(scored.size());
  for (const auto& s : scored) {
    words.push_back(words_of(quotables[s.passage].forward->sentence(s.sentence)));
  }
  const Likeness likeness(words);
  std::vector<Quote> quotes;
  std::vector<const Words*> quote_words;
  for (std::size_t i = 0; i < scored.size(); ++i) {
    const auto& s = scored[i];
    const knowledge::Passage* passage = quotables[s.passage].passage;
    std::size_t same = 0;
    while (same < quotes.size() && likeness.of(words[i], *quote_words[same]) < kNearDuplicate) {
      ++same;
    }
    if (same < quotes.size()) {
      auto& places = quotes[same].places;
      const bool known = std::ranges::any_of(places, [passage](const Quote::Place& place) {
        return place.passage->article == passage->article;
      });
      if (!known) places.push_back({passage, s.sentence});
      continue;
    }
    quotes.push_back({{{passage, s.sentence}},
                      s.score,
                      s.coverage,
                      s.covered,
                      passage->sentences[s.sentence].step});
    quote_words.push_back(&words[i]);
  }
  return quotes;
}

double coverage(const Evidence& evidence, const std::vector<Quote>& quotes) {
  double held = 0;
  double all = 0;
  for (std::size_t i = 0; i < evidence.query->concepts.size(); ++i) {
    if (!is_asked(evidence, i)) continue;
    double best = 0;
    for (const Quote& quote : quotes) best = std::max(best, quote.covered[i]);
    held += best * evidence.query->concepts[i].information();
    all += evidence.query->concepts[i].information();
  }
  return all > 0 ? held / all : 0;
}

std::vector<std::string> gaps(const Evidence& evidence, const std::vector<Quote>& quotes) {
  std::vector<std::string> out;
  const double all = evidence.query->information();
  for (std::size_t i = 0; i < evidence.query->concepts.size(); ++i) {
    const retrieve::Concept& wanted = evidence.query->concepts[i];
    if (wanted.cue || !is_asked(evidence, i)) continue;
    const bool held =
        std::ranges::any_of(quotes, [i](const Quote& quote) { return quote.covered[i] >= kHeld; });
    if (!held && wanted.information() > kSmallestGap * all) out.push_back(wanted.word);
  }
  return out;
}

}  // namespace backchat::answer
