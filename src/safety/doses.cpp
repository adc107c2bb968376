#include <algorithm>

#include "safety/analysis.h"

namespace backchat::safety {
namespace {

constexpr std::uint32_t kLook = 14;  // tokens around the medicine's name in which its numbers stand

bool stands(ClassId id, const Sheet& sheet, std::size_t at) {
  return at < sheet.tokens.size() && sheet.has(id, at);
}

// Milligrams that the numbers around a medicine's name add up to in a day; a count without a strength takes the
// usual strength of the product.
double amount(const RuleBook& book, const RuleBook::Dose& dose, const Sheet& sheet, std::uint32_t begin,
              std::uint32_t end) {
  double count = 0;
  double strength = 0;
  double times = 1;
  for (std::uint32_t at = begin; at < end; ++at) {
    const double number = sheet.tokens[at].number;
    if (number <= 0) continue;
    if (stands(book.dose_gram, sheet, at + 1)) {
      strength = number * 1000;
    } else if (stands(book.dose_unit, sheet, at + 1)) {
      strength = number;
    } else if (at > 0 && sheet.has(book.dose_every, at - 1)) {
      if (number >= 1 && number < 24) times = 24 / number;
    } else if (!stands(book.dose_not_count, sheet, at + 1) && number <= 200 && number > count) {
      count = number;
    }
  }
  if (strength == 0 && count == 0) return 0;
  return (count == 0 ? 1 : count) * (strength == 0 ? dose.unit_mg : strength) * times;
}

}  // namespace

void find_doses(const RuleBook& book, Analysis& analysis) {
  const Sheet& sheet = analysis.sheet;
  const auto count = static_cast<std::uint32_t>(sheet.tokens.size());
  for (std::uint32_t at = 0; at < count; ++at) {
    if (sheet.hits[at].empty()) continue;
    for (const RuleBook::Dose& dose : book.doses) {
      const std::uint32_t length = sheet.longest(dose.product, at);
      if (length == 0) continue;
      std::uint32_t begin = at;
      std::uint32_t end = at + length;
      while (begin > 0 && at - begin < kLook && sheet.sentence[begin - 1] == sheet.sentence[at]) --begin;
      while (end < count && end - at < kLook && sheet.sentence[end] == sheet.sentence[at]) ++end;
      bool took = false;
      for (std::uint32_t k = begin; k < end; ++k) took = took || sheet.has(book.dose_took, k);
      if (!took || amount(book, dose, sheet, begin, end) <= dose.ceiling_mg) continue;
      Mention mention;
      mention.concept_index = book.dose_concept;
      mention.begin = at;
      mention.end = at + length;
      analysis.mentions.push_back(mention);
    }
  }
  std::stable_sort(analysis.mentions.begin(), analysis.mentions.end(),
                   [](const Mention& a, const Mention& b) { return a.begin < b.begin; });
}

}  // namespace backchat::safety
