#include "answer/clauses.h"

#include <algorithm>
#include <array>

#include "text/utf8.h"

namespace backchat::answer {
namespace {

constexpr auto kAskingWords = std::to_array<std::string_view>(
    {"what",   "whats", "why",   "how",   "hows",  "is",   "are",  "can",  "could",
     "should", "would", "do",    "does",  "did",   "will", "may",  "must", "which",
     "who",    "whos",  "when",  "where", "whose", "any",  "has",  "have", "was",
     "were",   "am",    "might", "shall", "cant",  "dont", "isnt", "wont", "shouldnt"});
constexpr auto kStoryWords = std::to_array<std::string_view>(
    {"i", "im", "ive", "we", "hi", "hello", "hey", "been", "so", "right", "ok"});
constexpr auto kPronouns = std::to_array<std::string_view>(
    {"it", "they", "them", "these", "those", "this", "that", "one", "ones"});
constexpr auto kThings = std::to_array<std::string_view>({"it", "they", "them", "these", "those"});
// "hip lifts how long", "list the exercises".
constexpr auto kOfHow = std::to_array<std::string_view>({"long", "many", "much", "often", "far"});
constexpr auto kRequests =
    std::to_array<std::string_view>({"list", "name", "tell", "explain", "describe"});
constexpr auto kJoiners =
    std::to_array<std::string_view>({"and", "n", "or", "but", "also", "plus", "then"});

template <std::size_t N>
bool is_one_of(std::string_view word, const std::array<std::string_view, N>& words) {
  return std::ranges::find(words, word) != words.end();
}

bool ends_sentence(char c) { return c == '.' || c == '?' || c == '!' || c == '\n'; }

// Whether the words ask, behind any "and": "and also can I", "what about".
bool asks(const std::vector<std::string>& words) {
  std::size_t first = 0;
  while (first + 1 < words.size() && is_one_of(words[first], kJoiners)) ++first;
  if (words.empty()) return false;
  if (is_one_of(words[first], kAskingWords) || is_one_of(words[first], kRequests)) return true;
  for (std::size_t i = 1; i < words.size(); ++i) {
    if (words[i - 1] == "how" && is_one_of(words[i], kOfHow)) return true;
  }
  return false;
}

// "... and how long is the wait", "... & can I": the space before a second question.
bool joins_question(std::string_view text, std::size_t at) {
  constexpr std::size_t kLongestOpening = 24;  // "and also would"
  if (at >= text.size() || text[at] != ' ') return false;
  std::string_view rest = text.substr(at + 1, kLongestOpening);
  const bool sign = rest.starts_with("& ") || rest.starts_with("+ ");
  if (sign) rest.remove_prefix(2);
  const std::vector<std::string> next = clause_words(rest);
  if (next.size() < 2) return false;
  const bool cut = at + 1 + kLongestOpening < text.size();  // the last word may be a part of one
  const std::vector<std::string> whole(next.begin(), next.end() - (cut ? 1 : 0));
  return (sign || is_one_of(next.front(), kJoiners)) && asks(whole);
}

}  // namespace

std::vector<std::string> clause_words(std::string_view text) {
  std::vector<std::string> out(1);
  for (const char c : text) {
    if (text::is_alpha(c) || text::is_digit(c)) {
      out.back() += text::to_lower(c);
    } else if (c != '\'' && !out.back().empty()) {
      out.emplace_back();
    }
  }
  if (out.back().empty()) out.pop_back();
  return out;
}

std::vector<Clause> clauses_of(std::string_view text) {
  std::vector<Clause> out;
  std::size_t sentence = 0;
  std::size_t begin = 0;
  std::size_t first_of_sentence = 0;
  for (std::size_t i = 0; i <= text.size(); ++i) {
    const bool last = i == text.size();
    const char c = last ? '\n' : text[i];
    const bool dash = c == '-' && i > 0 && text[i - 1] == ' ';
    if (!ends_sentence(c) && c != ',' && c != ';' && c != ':' && !dash && !joins_question(text, i))
      continue;
    const std::vector<std::string> words = clause_words(text.substr(begin, i - begin));
    if (!words.empty()) {
      Clause clause{begin, i, sentence, asks(words), false};
      clause.story = is_one_of(words.front(), kStoryWords) && words.size() >= kWordsOfStory;
      out.push_back(clause);
    }
    begin = i + 1;
    if (!ends_sentence(c)) continue;
    // A question mark makes its last clause ask, unless an earlier one does.
    if (c == '?' && out.size() > first_of_sentence) {
      const bool any = std::any_of(out.begin() + static_cast<std::ptrdiff_t>(first_of_sentence),
                                   out.end(), [](const Clause& each) { return each.asks; });
      if (!any) out.back().asks = true;
    }
    if (out.size() > first_of_sentence) ++sentence;
    first_of_sentence = out.size();
  }
  return out;
}

bool leans_on_thing(std::string_view text, const Clause& clause) {
  return std::ranges::any_of(clause_words(clause_text(text, clause)),
                             [](const std::string& word) { return is_one_of(word, kThings); });
}

bool leans(std::string_view text, const Clause& clause) {
  return std::ranges::any_of(clause_words(clause_text(text, clause)),
                             [](const std::string& word) { return is_one_of(word, kPronouns); });
}

}  // namespace backchat::answer
