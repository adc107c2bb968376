#include "answer/differences.h"

#include <algorithm>
#include <cmath>

#include "answer/phrase.h"
#include "text/normalise.h"

namespace backchat::answer {
namespace {

constexpr std::string_view kKindPrefix = "kind:";
// A comparison of which no side is among the best passages is about something else.
constexpr std::size_t kPassagesThatCount = 20;
// What a kind of question tells beside words.
constexpr double kKindRarity = 0.7;

bool has_kind(const retrieve::Query& query, std::string_view name) {
  return std::ranges::any_of(query.kinds, [name](retrieve::QuestionKind kind) {
    return kind_name(kind) == name;  // of index, found by its argument
  });
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

Differences::Differences(const knowledge::Pack& pack, const text::Analyzer& analyzer) {
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
        line.rarity += item.kind.empty() ? std::log((1 + total) / (1 + passages_with(item.stems)))
                                         : kKindRarity;
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
    best = line.comparison;
    best_rarity = line.rarity;
  }
  return best;
}

}  // namespace backchat::answer
