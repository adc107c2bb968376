#include "safety/vocabulary.h"

#include <algorithm>
#include <array>

namespace backchat::safety {
namespace {

constexpr std::size_t kLongestCorrected = 18;
constexpr std::uint64_t kBase = 0x9E3779B97F4A7C15ULL | 1U;

bool ascii_word(std::string_view word) {
  return std::all_of(word.begin(), word.end(), [](char c) { return c >= 'a' && c <= 'z'; });
}

bool text_is_digits(std::string_view word) {
  return !word.empty() && word[0] >= '0' && word[0] <= '9';
}

std::uint64_t mix(std::uint64_t value) {
  value ^= value >> 31;
  value *= 0xBF58476D1CE4E5B9ULL;
  value ^= value >> 29;
  return value | 1U;
}

// Hashes of a word with no, one or two letters left out, each in constant time from running hashes.
template <class Visit>
void for_each_shortened(std::string_view word, int limit, Visit visit) {
  std::array<std::uint64_t, kLongestCorrected + 2> power{};
  power[0] = 1;
  for (std::size_t i = 1; i < power.size(); ++i) power[i] = power[i - 1] * kBase;
  const std::size_t n = word.size();
  std::array<std::uint64_t, kLongestCorrected + 2> head{};
  for (std::size_t i = 0; i < n; ++i) {
    head[i + 1] = head[i] * kBase + static_cast<unsigned char>(word[i]);
  }
  // Hash of [from, to).
  const auto part = [&](std::size_t from, std::size_t to) {
    return head[to] - head[from] * power[to - from];
  };
  visit(mix(head[n] * 31 + n));
  if (limit < 1) return;
  for (std::size_t i = 0; i < n; ++i) {
    if (i + 1 < n && word[i] == word[i + 1]) continue;
    const std::uint64_t one = part(0, i) * power[n - i - 1] + part(i + 1, n);
    visit(mix(one * 31 + (n - 1)));
  }
  if (limit < 2) return;
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = i + 1; j < n; ++j) {
      const std::uint64_t front = part(0, i) * power[j - i - 1] + part(i + 1, j);
      visit(mix((front * power[n - j - 1] + part(j + 1, n)) * 31 + (n - 2)));
    }
  }
}

}  // namespace

int slips_allowed(std::size_t length) {
  if (length < 4) return 0;
  return length < 8 ? 1 : 2;
}

int edits(std::string_view a, std::string_view b, int limit) {
  const std::size_t gap = a.size() > b.size() ? a.size() - b.size() : b.size() - a.size();
  if (gap > static_cast<std::size_t>(limit) || a.size() > 30 || b.size() > 30) return limit + 1;
  std::array<std::array<int, 32>, 3> rows{};
  for (std::size_t j = 0; j <= b.size(); ++j) rows[0][j] = static_cast<int>(j);
  for (std::size_t i = 1; i <= a.size(); ++i) {
    auto& row = rows[i % 3];
    const auto& above = rows[(i + 2) % 3];
    const auto& two_above = rows[(i + 1) % 3];
    row[0] = static_cast<int>(i);
    int best = row[0];
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const int cost = a[i - 1] == b[j - 1] ? 0 : 1;
      row[j] = std::min({above[j] + 1, row[j - 1] + 1, above[j - 1] + cost});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        row[j] = std::min(row[j], two_above[j - 2] + 1);
      }
      best = std::min(best, row[j]);
    }
    if (best > limit) return limit + 1;
  }
  return std::min(rows[a.size() % 3][b.size()], limit + 1);
}

Vocabulary::Vocabulary() { words_.emplace_back(); }

WordId Vocabulary::intern(std::string_view word) {
  const auto [at, fresh] = ids_.try_emplace(std::string(word), static_cast<WordId>(words_.size()));
  if (fresh) words_.emplace_back(word);
  return at->second;
}

WordId Vocabulary::find(std::string_view word) const {
  const auto at = ids_.find(std::string(word));
  return at == ids_.end() ? kUnknownWord : at->second;
}

void Vocabulary::add_spelling(std::string_view from, std::vector<std::string> to) {
  spellings_.insert_or_assign(std::string(from), std::move(to));
  if (slips_allowed(from.size()) > 0) intern(from);
}

void Vocabulary::add_exact(std::string_view word) {
  known_.insert_or_assign(std::string(word), true);
}

void Vocabulary::add_known(std::string_view word) { known_.try_emplace(std::string(word), false); }

void Vocabulary::add_number(std::string_view word, double value) {
  numbers_.insert_or_assign(std::string(word), value);
}

bool Vocabulary::is_known(std::string_view word) const {
  return known_.contains(std::string(word));
}

std::vector<std::string> Vocabulary::correctable() const {
  std::vector<std::string> result;
  for (const std::string& word : words_) {
    if (slips_allowed(word.size()) == 0 || word.size() > kLongestCorrected || !ascii_word(word))
      continue;
    if (const auto at = known_.find(word); at != known_.end() && at->second) continue;
    result.push_back(word);
  }
  return result;
}

void Vocabulary::add_slip(std::uint64_t key, WordId word) {
  const std::size_t mask = slips_.size() - 1;
  for (std::size_t at = key & mask;; at = (at + 1) & mask) {
    if (slips_[at].key == key && slips_[at].word == word) return;
    if (slips_[at].key == 0) {
      slips_[at] = Slot{key, word};
      ++slip_count_;
      return;
    }
  }
}

void Vocabulary::finish() {
  const std::vector<std::string> targets = correctable();
  std::size_t total = 0;
  for (const std::string& word : targets) {
    for_each_shortened(word, slips_allowed(word.size()), [&](std::uint64_t) { ++total; });
  }
  std::size_t capacity = 1024;
  while (capacity < total * 2) capacity *= 2;
  slips_.assign(capacity, Slot{});
  for (const std::string& word : targets) {
    const WordId id = find(word);
    for_each_shortened(word, slips_allowed(word.size()),
                       [&](std::uint64_t key) { add_slip(key, id); });
  }
}

WordId Vocabulary::best_of(std::string_view typed, std::uint64_t key, int& distance) const {
  // A key shared by very many words would cost time that the text's length does not pay for.
  constexpr int kMostCandidates = 8;
  const std::size_t mask = slips_.size() - 1;
  WordId best = kUnknownWord;
  int seen = 0;
  for (std::size_t at = key & mask; slips_[at].key != 0 && seen < kMostCandidates;
       at = (at + 1) & mask) {
    if (slips_[at].key != key) continue;
    ++seen;
    const std::string& word = words_[slips_[at].word];
    const int limit = std::min(slips_allowed(word.size()), slips_allowed(typed.size()));
    const int found = edits(typed, word, limit);
    // Of two words equally near, the one of the same length: letters change places more often than
    // they are lost.
    const int cost = 2 * found + (word.size() == typed.size() ? 0 : 1);
    // A first letter that differs is rarely a slip in a short word.
    if (found <= limit && cost < distance && (typed[0] == word[0] || typed.size() >= 6)) {
      distance = cost;
      best = slips_[at].word;
    }
  }
  return best;
}

WordId Vocabulary::nearest(std::string_view typed) const {
  if (typed.size() < 4 || typed.size() > kLongestCorrected || !ascii_word(typed))
    return kUnknownWord;
  WordId best = kUnknownWord;
  int distance = 6;
  for_each_shortened(typed, slips_allowed(typed.size()), [&](std::uint64_t key) {
    if (const WordId word = best_of(typed, key, distance); word != kUnknownWord) best = word;
  });
  return best;
}

bool Vocabulary::split(const Token& token, std::vector<Token>& out) const {
  const std::string& word = token.text;
  if (word.size() < 6 || word.size() > kLongestCorrected) return false;
  for (std::size_t cut_at = 3; cut_at + 3 <= word.size(); ++cut_at) {
    const WordId left = find(word.substr(0, cut_at));
    if (left == kUnknownWord) continue;
    const WordId right = find(word.substr(cut_at));
    if (right == kUnknownWord) continue;
    Token first = token;
    first.text = word.substr(0, cut_at);
    first.word = left;
    Token second = token;
    second.text = word.substr(cut_at);
    second.word = right;
    second.before = Boundary::kNone;
    second.mark = 0;
    out.push_back(std::move(first));
    out.push_back(std::move(second));
    return true;
  }
  return false;
}

void Vocabulary::resolve_one(const Token& token, std::vector<Token>& out) const {
  if (const auto at = spellings_.find(token.text); at != spellings_.end()) {
    bool first = true;
    for (const std::string& word : at->second) {
      Token made = token;
      made.text = word;
      made.word = find(word);
      if (const auto number = numbers_.find(word); number != numbers_.end())
        made.number = number->second;
      if (!first) {
        made.before = Boundary::kNone;
        made.mark = 0;
      }
      first = false;
      out.push_back(std::move(made));
    }
    return;
  }
  Token made = token;
  if (const auto number = numbers_.find(token.text); number != numbers_.end())
    made.number = number->second;
  made.word = find(token.text);
  if (made.word != kUnknownWord || made.number >= 0 || is_known(token.text)) {
    out.push_back(std::move(made));
    return;
  }
  // A dropped g: "leakin".
  if (token.text.size() > 4 && token.text.ends_with("in")) {
    if (const WordId word = find(token.text + "g"); word != kUnknownWord) {
      made.text += "g";
      made.word = word;
      out.push_back(std::move(made));
      return;
    }
  }
  // Drawn-out letters: "nooo", "peeee". Three or more become two, then one.
  std::string twice;
  std::string once;
  bool drawn_out = false;
  for (std::size_t i = 0; i < token.text.size(); ++i) {
    const char c = token.text[i];
    const bool repeated = i > 0 && c == token.text[i - 1];
    const bool third = repeated && i > 1 && c == token.text[i - 2];
    drawn_out = drawn_out || third;
    if (!third) twice.push_back(c);
    if (!repeated) once.push_back(c);
  }
  if (drawn_out) {
    for (const std::string& form : {twice, once}) {
      if (find(form) != kUnknownWord || spellings_.contains(form)) {
        Token plain = token;
        plain.text = form;
        resolve_one(plain, out);
        return;
      }
    }
    made.text = once;
  }
  if (is_known(made.text)) {
    out.push_back(std::move(made));
    return;
  }
  if (const WordId word = nearest(made.text); word != kUnknownWord) {
    if (spellings_.contains(words_[word])) {
      Token plain = token;
      plain.text = words_[word];
      resolve_one(plain, out);
      return;
    }
    made.word = word;
    made.text = words_[word];
    if (const auto number = numbers_.find(made.text); number != numbers_.end())
      made.number = number->second;
  } else if (split(made, out)) {
    return;
  }
  out.push_back(std::move(made));
}

void Vocabulary::resolve(std::vector<Token>& tokens) const {
  std::vector<Token> out;
  out.reserve(tokens.size() + 8);
  for (const Token& token : tokens) resolve_one(token, out);
  // "thirty nine" is one number; so is "thirty" "-" "nine".
  std::vector<Token> joined;
  joined.reserve(out.size());
  for (Token& token : out) {
    const bool unit = token.number >= 1 && token.number < 10 && !text_is_digits(token.text);
    if (unit && !joined.empty() && token.before == Boundary::kNone && joined.back().number >= 20 &&
        joined.back().number < 100 && !text_is_digits(joined.back().text)) {
      joined.back().number += token.number;
      joined.back().end = token.end;
      continue;
    }
    joined.push_back(std::move(token));
  }
  tokens = std::move(joined);
}

}  // namespace backchat::safety
