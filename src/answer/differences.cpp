#include "answer/differences.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <map>

#include "answer/phrase.h"
#include "retrieve/everyday_words.h"
#include "retrieve/stop_words.h"
#include "text/normalise.h"

namespace backchat::answer {
namespace {

constexpr std::string_view kKindPrefix = "kind:";
// A comparison of which no side is among the best passages is about something else.
constexpr std::size_t kPassagesThatCount = 20;
// Two articles' sections must be asked for this nearly in the words of the question.
constexpr double kAskedFor = 0.55;
constexpr double kNearlyTheNearest = 0.8;
// Where it is sure what is asked for, a side of the comparison must be asked for this much beside
// the nearest sentence; without a line of its words, sides of two articles this much.
constexpr double kSideNear = 0.25;
constexpr double kTwoNear = 0.36;
// What a kind of question tells beside words.
constexpr double kKindRarity = 1.5;
// What a word tells that only helps to ask ("should", "good").
constexpr double kFramingRarity = 0.3;

bool has_kind(const retrieve::Query& query, std::string_view name) {
  return std::ranges::any_of(query.kinds, [name](retrieve::QuestionKind kind) {
    return kind_name(kind) == name;  // of index, found by its argument
  });
}

// How nearly the sides of two articles are asked for: the nearest article's, the next one's.
std::array<double, 2> nearness(const knowledge::Comparison& comparison, const Evidence& evidence) {
  std::map<std::string_view, double> articles;
  for (const NearSentence& near : evidence.near.sentences) {
    for (const auto& side : comparison.sides) {
      if (side.passage != near.passage->id ||
          side.sentence != near.passage->sentence(near.sentence)) {
        continue;
      }
      double& best = articles[side.article];
      best = std::max(best, near.likeness);
    }
  }
  std::array<double, 2> out{};
  for (const auto& each : articles) {
    double value = each.second;
    for (double& place : out) {
      if (value > place) std::swap(value, place);
    }
  }
  return out;
}

bool is_found(const knowledge::Comparison& comparison, const Evidence& evidence) {
  const std::size_t count = std::min(kPassagesThatCount, evidence.passages.size());
  return std::any_of(
      evidence.passages.begin(), evidence.passages.begin() + static_cast<std::ptrdiff_t>(count),
      [&](const knowledge::Passage* passage) {
        return std::ranges::any_of(comparison.sides,
                                   [&](const auto& side) { return side.passage == passage->id; });
      });
}

}  // namespace

Differences::Differences(const knowledge::Pack& pack, const text::Analyzer& analyzer)
    : pack_(pack) {
  std::vector<std::vector<std::string>> passages;
  for (const knowledge::Passage& passage : pack.passages) {
    std::vector<std::string>& stems = passages.emplace_back();
    for (text::Token& token : analyzer.tokens(text::normalise(passage.text).text)) {
      stems.push_back(std::move(token.term));
    }
  }
  const double total = static_cast<double>(passages.size());
  const auto passages_with = [&passages](const std::vector<std::string>& stems) {
    return static_cast<double>(std::ranges::count_if(
        passages, [&stems](const auto& passage) { return holds_phrase(passage, stems); }));
  };
  for (const knowledge::Comparison& comparison : pack.comparisons) {
    for (const auto& when : comparison.when) {
      Line line{{}, 0, &comparison};
      for (const std::string& text : when) {
        Item item;
        if (text.starts_with(kKindPrefix)) {
          item.kind = text.substr(kKindPrefix.size());
        } else {
          item.term = text;
          for (text::Token& token : analyzer.tokens(text::normalise(text).text)) {
            item.stems.push_back(std::move(token.term));
          }
        }
        const bool framing = retrieve::is_stop_word(text) || retrieve::is_everyday_word(text);
        line.rarity += !item.kind.empty() ? kKindRarity
                       : framing          ? kFramingRarity
                                          : std::log((1 + total) / (1 + passages_with(item.stems)));
        line.items.push_back(std::move(item));
      }
      lines_.push_back(std::move(line));
    }
  }
}

const knowledge::Comparison* Differences::find(const Evidence& evidence) const {
  const retrieve::Query& query = *evidence.query;
  const auto holds = [&query](const Item& item) {
    if (!item.kind.empty()) return has_kind(query, item.kind);
    return std::ranges::find(query.terms, item.term) != query.terms.end() ||
           holds_phrase(query.stems, item.stems);
  };
  for (const Line& line : lines_) {
    if (asks_exactly(query, line.comparison->question)) return line.comparison;
  }
  const knowledge::Comparison* best = nullptr;
  double best_rarity = 0;
  for (const Line& line : lines_) {
    if (line.rarity <= best_rarity || !std::ranges::all_of(line.items, holds)) continue;
    if (!is_found(*line.comparison, evidence)) continue;
    if (evidence.near.nearest >= kSureOfNear && nearness(*line.comparison, evidence)[0] < kSideNear)
      continue;
    best = line.comparison;
    best_rarity = line.rarity;
  }
  if (best == nullptr) best = asked_for(evidence);
  return best != nullptr ? best : near(evidence);
}

const knowledge::Comparison* Differences::near(const Evidence& evidence) const {
  if (evidence.near.nearest < kSureOfNear) return nullptr;
  const knowledge::Comparison* best = nullptr;
  double most = kTwoNear;
  for (const knowledge::Comparison& comparison : pack_.comparisons) {
    const double second = nearness(comparison, evidence)[1];
    if (second <= most) continue;
    best = &comparison;
    most = second;
  }
  return best;
}

const knowledge::Comparison* Differences::asked_for(const Evidence& evidence) const {
  const knowledge::Comparison* best = nullptr;
  // Nothing else may be asked for more nearly.
  double best_likeness = kAskedFor;
  for (const double likeness : evidence.asked_for) {
    best_likeness = std::max(best_likeness, kNearlyTheNearest * likeness);
  }
  for (const knowledge::Comparison& comparison : pack_.comparisons) {
    // The second-nearest article's likeness: a comparison needs two.
    std::map<std::string_view, double> articles;
    for (std::size_t i = 0; i < evidence.asked_for.size(); ++i) {
      const knowledge::Passage* passage = evidence.passages[i];
      const bool side = std::ranges::any_of(
          comparison.sides, [&](const auto& each) { return each.passage == passage->id; });
      if (!side) continue;
      double& of_article = articles[passage->article];
      of_article = std::max(of_article, evidence.asked_for[i]);
    }
    std::vector<double> likeness;
    for (const auto& [article, value] : articles) likeness.push_back(value);
    std::ranges::sort(likeness, std::greater<>());
    if (likeness.size() < 2 || likeness[1] <= best_likeness) continue;
    best = &comparison;
    best_likeness = likeness[1];
  }
  return best;
}

}  // namespace backchat::answer
