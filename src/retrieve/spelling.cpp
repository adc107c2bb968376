#include "retrieve/spelling.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>

namespace backchat::retrieve {
namespace {

constexpr std::size_t kShortest = 5;
constexpr std::size_t kShortestPart = 4;
constexpr std::size_t kTwoSlipsFrom = 9;
constexpr std::size_t kLongest = 32;
constexpr std::uint32_t kClearlyMoreFrequent = 10;

constexpr std::array<std::string_view, 3> kRows{"qwertyuiop", "asdfghjkl", "zxcvbnm"};

bool is_vowel(char c) { return std::string_view("aeiouy").find(c) != std::string_view::npos; }

// Whether a finger or an ear takes one for the other.
bool alike(char a, char b) {
  if (is_vowel(a) && is_vowel(b)) return true;
  static constexpr std::array<std::string_view, 6> kSounds{"ck", "sz", "cs", "fv", "gj", "mn"};
  for (const std::string_view pair : kSounds) {
    if ((pair[0] == a && pair[1] == b) || (pair[0] == b && pair[1] == a)) return true;
  }
  for (std::size_t row = 0; row < kRows.size(); ++row) {
    const std::size_t at = kRows[row].find(a);
    if (at == std::string_view::npos) continue;
    for (std::size_t other = 0; other < kRows.size(); ++other) {
      const std::size_t bt = kRows[other].find(b);
      if (bt == std::string_view::npos) continue;
      const std::size_t apart = at > bt ? at - bt : bt - at;
      return other == row ? apart == 1 : (other + 1 == row || row + 1 == other) && apart <= 1;
    }
  }
  return false;
}

// Slips between two words, at most `limit` + 1. Swapped neighbours are one slip; a letter for one
// that is not alike counts two.
int slips(std::string_view a, std::string_view b, int limit) {
  using Line = std::array<int, kLongest + 2>;
  Line before{};
  Line last{};
  Line line{};
  for (std::size_t j = 0; j <= b.size(); ++j) last[j] = static_cast<int>(j);
  for (std::size_t i = 1; i <= a.size(); ++i) {
    line[0] = static_cast<int>(i);
    int least = line[0];
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const int change = a[i - 1] == b[j - 1] ? 0 : alike(a[i - 1], b[j - 1]) ? 1 : 2;
      int value = std::min({last[j] + 1, line[j - 1] + 1, last[j - 1] + change});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        value = std::min(value, before[j - 2] + 1);
      }
      line[j] = value;
      least = std::min(least, value);
    }
    if (least > limit) return limit + 1;
    before = last;
    last = line;
  }
  return last[b.size()];
}

bool is_plain(std::string_view word) {
  return std::all_of(word.begin(), word.end(), [](char c) { return c >= 'a' && c <= 'z'; });
}

std::uint32_t letters(std::string_view word) {
  std::uint32_t set = 0;
  for (const char c : word) {
    if (c >= 'a' && c <= 'z') set |= 1U << static_cast<unsigned>(c - 'a');
  }
  return set;
}

// One is the other with an ending: "spasm", "spasms". Either would do, so they are no rivals.
bool same_family(std::string_view a, std::string_view b) {
  const std::size_t shared = std::min(a.size(), b.size());
  std::size_t same = 0;
  while (same < shared && a[same] == b[same]) ++same;
  return same + 3 >= std::max(a.size(), b.size()) && same >= 4;
}

// A word of its own, made of the other by a regular ending: "stretcher", "useless". Spelled right.
bool is_derived(std::string_view word, std::string_view from) {
  static constexpr std::array<std::string_view, 8> kEndings{"er",   "ers",  "or",   "less",
                                                            "ness", "able", "ship", "ful"};
  if (!word.starts_with(from)) return false;
  const std::string_view ending = word.substr(from.size());
  return std::find(kEndings.begin(), kEndings.end(), ending) != kEndings.end();
}

}  // namespace

std::optional<std::string> repair_spelling(std::string_view word,
                                           std::span<const index::CommonWord> vocabulary) {
  if (word.size() < kShortest || word.size() > kLongest || !is_plain(word)) return std::nullopt;
  const int limit = word.size() >= kTwoSlipsFrom ? 2 : 1;
  const std::uint32_t own = letters(word);
  const index::CommonWord* best = nullptr;
  int best_slips = limit + 1;
  std::uint32_t rival = 0;  // the count of the most frequent other word that is as near
  for (const index::CommonWord& candidate : vocabulary) {
    const std::string_view other = candidate.exact;
    if (other.empty() || other[0] != word[0] || other.size() > kLongest) continue;
    if (other.size() + static_cast<std::size_t>(limit) < word.size() ||
        word.size() + static_cast<std::size_t>(limit) < other.size()) {
      continue;
    }
    if (std::popcount(own ^ letters(other)) > 2 * limit || !is_plain(other)) continue;
    if (is_derived(word, other)) return std::nullopt;
    const int distance = slips(word, other, limit);
    if (distance > limit || distance > best_slips) continue;
    if (distance < best_slips) {
      best = &candidate;
      best_slips = distance;
      rival = 0;
    } else if (same_family(best->exact, other)) {
      if (candidate.count > best->count) best = &candidate;
    } else if (candidate.count > best->count) {
      rival = best->count;
      best = &candidate;
    } else {
      rival = std::max(rival, candidate.count);
    }
  }
  if (best == nullptr || best->count < rival * kClearlyMoreFrequent) return std::nullopt;
  return best->exact;
}

std::optional<std::string> split_word(std::string_view word,
                                      std::span<const index::CommonWord> vocabulary) {
  const auto first_letter =
      std::find_if_not(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; });
  const auto figures = static_cast<std::size_t>(first_letter - word.begin());
  if (figures > 0 && figures < word.size() && is_plain(word.substr(figures))) {
    return std::string(word.substr(0, figures)) + ' ' + std::string(word.substr(figures));
  }
  if (word.size() < 2 * kShortestPart || word.size() > kLongest || !is_plain(word))
    return std::nullopt;
  // Counts of every beginning and every ending that is a word.
  std::array<std::uint32_t, kLongest + 1> head{};
  std::array<std::uint32_t, kLongest + 1> tail{};
  for (const index::CommonWord& candidate : vocabulary) {
    const std::string_view other = candidate.exact;
    if (other.size() < kShortestPart || other.size() + kShortestPart > word.size()) continue;
    if (word.starts_with(other)) head[other.size()] = candidate.count;
    if (word.ends_with(other)) tail[word.size() - other.size()] = candidate.count;
  }
  std::size_t best = 0;
  std::uint32_t best_count = 0;
  for (std::size_t at = kShortestPart; at + kShortestPart <= word.size(); ++at) {
    if (const std::uint32_t count = std::min(head[at], tail[at]); count > best_count) {
      best = at;
      best_count = count;
    }
  }
  if (best == 0) return std::nullopt;
  return std::string(word.substr(0, best)) + ' ' + std::string(word.substr(best));
}

}  // namespace backchat::retrieve
