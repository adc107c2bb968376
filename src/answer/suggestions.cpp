#include "answer/suggestions.h"

#include <algorithm>
#include <map>
#include <set>

#include "retrieve/stop_words.h"
#include "text/normalise.h"

namespace backchat::answer {
namespace {

constexpr std::size_t kSuggestions = 3;
// Below this share of the question a passage is not near it.
constexpr double kNear = 0.15;
// A word that stands in more than one of so many headings is the pack's theme ("back spasm").
constexpr std::size_t kThemeShare = 8;

// Question words tell questions apart, though they are stop words: "how long" from "what".
bool tells(const text::Token& token) {
  static const std::set<std::string_view> kAsking{"why", "when", "who", "how", "where", "much"};
  return kAsking.contains(token.exact) || !retrieve::is_stop_word(token.exact);
}

std::vector<std::string> stems_of(const text::Analyzer& analyzer, std::string_view question) {
  std::set<std::string> stems;
  for (const text::Token& token : analyzer.tokens(text::normalise(question).text)) {
    if (tells(token)) stems.insert(token.term);
  }
  return {stems.begin(), stems.end()};
}

}  // namespace

// The questions taken so far, and the meanings that are used up.
class Suggestions::Picked {
 public:
  bool full() const { return out_.size() >= kSuggestions; }
  void exclude(const Stems& meaning) { taken_.push_back(meaning); }
  void add(const std::string& question, const Stems& meaning) {
    if (full() || !question.ends_with('?')) return;
    // The same words, or all of one in the other, ask the same.
    const bool taken = std::ranges::any_of(taken_, [&meaning](const Stems& other) {
      return std::ranges::includes(other, meaning) ||
             (!other.empty() && std::ranges::includes(meaning, other));
    });
    if (taken) return;
    taken_.push_back(meaning);
    out_.push_back({question, question, ""});
  }
  std::vector<Next> take() { return std::move(out_); }

 private:
  std::vector<Stems> taken_;
  std::vector<Next> out_;
};

Suggestions::Suggestions(const knowledge::Pack& pack, const text::Analyzer& analyzer)
    : pack_(pack), analyzer_(analyzer) {
  std::map<std::string, std::size_t> count;
  for (const knowledge::Passage& passage : pack.passages) {
    for (const std::string& stem : stems_of(analyzer, passage.heading)) ++count[stem];
  }
  for (const auto& [stem, times] : count) {
    if (times * kThemeShare > pack.passages.size()) theme_.push_back(stem);
  }
  for (const knowledge::Passage& passage : pack.passages) {
    headings_.push_back(meaning(passage.heading));
  }
  for (const knowledge::Comparison& comparison : pack.comparisons) {
    comparisons_.push_back(meaning(comparison.question));
  }
}

Suggestions::Stems Suggestions::meaning(std::string_view question) const {
  const Stems all = stems_of(analyzer_, question);
  Stems out;
  std::ranges::set_difference(all, theme_, std::back_inserter(out));
  return out;
}

std::vector<Next> Suggestions::suggest(const Evidence& evidence,
                                       const std::vector<std::string_view>& quoted_passages,
                                       const std::vector<std::string>& asked_before,
                                       bool answered) const {
  Picked out;
  for (const std::string& question : asked_before) out.exclude(meaning(question));
  const auto heading_of = [this](const knowledge::Passage* passage) -> const Stems& {
    return headings_[static_cast<std::size_t>(passage - pack_.passages.data())];
  };
  for (const knowledge::Passage* passage : evidence.passages) {
    if (std::ranges::find(quoted_passages, passage->id) != quoted_passages.end()) {
      out.exclude(heading_of(passage));
    }
  }
  for (std::size_t i = 0; i < evidence.passages.size(); ++i) {
    if (evidence.hits[i].coverage >= kNear) {
      out.add(evidence.passages[i]->heading, heading_of(evidence.passages[i]));
    }
  }
  // Nothing near: what many people ask.
  for (std::size_t i = 0; i < pack_.comparisons.size() && !answered; ++i) {
    out.add(pack_.comparisons[i].question, comparisons_[i]);
  }
  return out.take();
}

}  // namespace backchat::answer
