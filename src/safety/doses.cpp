#include <algorithm>

#include "safety/analysis.h"

namespace backchat::safety {
namespace {

constexpr std::uint32_t kLook = 14;  // tokens around the medicine's name in which its numbers stand

bool stands(ClassId id, const Sheet& sheet, std::size_t at) {
  return at < sheet.tokens.size() && sheet.has(id, at);
}

// Milligrams that the numbers around a medicine's name add up to in a day; a count without a
// strength takes the usual strength of the product.
double amount(const RuleBook& book, const RuleBook::Dose& dose, const Sheet& sheet,
              std::uint32_t begin, std::uint32_t end) {
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

// The amount when a strength or a rhythm follows the name: "10 paracetamol 500mg", "2 paracetamol
// every hour".
double amount_with_strength_after(const RuleBook& book, const RuleBook::Dose& dose,
                                  const Sheet& sheet, std::uint32_t begin, std::uint32_t end,
                                  std::uint32_t name_end) {
  for (std::uint32_t at = name_end; at < end && at < name_end + 3; ++at) {
    const bool strength = sheet.tokens[at].number > 0 && (stands(book.dose_unit, sheet, at + 1) ||
                                                          stands(book.dose_gram, sheet, at + 1));
    if (strength || sheet.has(book.dose_every, at)) return amount(book, dose, sheet, begin, end);
  }
  return 0;
}

}  // namespace

void find_doses(const RuleBook& book, Analysis& analysis) {
  const Sheet& sheet = analysis.sheet;
  const auto count = static_cast<std::uint32_t>(sheet.tokens.size());
  const bool took = sheet.hits.holds(book.dose_took);
  if (!took) return;
  for (const RuleBook::Dose& dose : book.doses) {
    // The numbers between one naming of the medicine and the next belong to the nearer one; all add
    // up.
    double total = 0;
    std::uint32_t from = 0;
    std::uint32_t first = count;
    std::uint32_t last = 0;
    for (std::uint32_t at = 0; at < count; ++at) {
      const std::uint32_t length =
          sheet.plays(kMedicineRole, at) ? sheet.longest(dose.product, at) : 0;
      if (length == 0) continue;
      std::uint32_t begin = at;
      std::uint32_t end = at + length;
      while (begin > from && at - begin < kLook && sheet.sentence[begin - 1] == sheet.sentence[at])
        --begin;
      while (end < count && end - at < kLook && sheet.sentence[end] == sheet.sentence[at] &&
             !(sheet.plays(kMedicineRole, end) && sheet.longest(dose.product, end) > 0)) {
        ++end;
      }
      const double before = amount(book, dose, sheet, begin, at + length);
      // Behind the name only when no count stands before it: "paracetamol, 10 of them".
      if (before > 0) {
        total += std::max(before,
                          amount_with_strength_after(book, dose, sheet, begin, end, at + length));
        from = at + length;
      } else {
        total += amount(book, dose, sheet, at, end);
        from = end;
      }
      first = std::min(first, at);
      last = at + length;
      if (total > dose.ceiling_mg) {
        Mention mention;
        mention.concept_index = book.dose_concept;
        mention.begin = first;
        mention.end = last;
        analysis.mentions.push_back(mention);
        break;
      }
      at += length - 1;
    }
  }
  std::stable_sort(analysis.mentions.begin(), analysis.mentions.end(),
                   [](const Mention& a, const Mention& b) { return a.begin < b.begin; });
}

}  // namespace backchat::safety
