#include "authoring/readability.h"

#include <algorithm>

#include "text/utf8.h"

namespace backchat::authoring {
namespace {

bool is_vowel(char c) {
  return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u' || c == 'y';
}

bool ends(std::string_view word, std::string_view with) {
  return word.size() > with.size() && word.ends_with(with);
}

// A last "e", "es" or "ed" that is not heard.
bool has_silent_end(std::string_view word) {
  const auto before = [&word](std::size_t from_end) {
    return word.size() > from_end ? word[word.size() - 1 - from_end] : ' ';
  };
  if (ends(word, "le") && !is_vowel(before(2))) return false;  // "table"
  if (ends(word, "e")) return !is_vowel(before(1));
  if (ends(word, "ed")) return !is_vowel(before(2)) && before(2) != 't' && before(2) != 'd';
  if (ends(word, "es")) {
    if (ends(word, "les") && !is_vowel(before(3))) return false;  // "muscles"
    const char c = before(2);
    const bool hisses = c == 's' || c == 'x' || c == 'z' || c == 'c' || c == 'g' ||
                        ends(word, "ches") || ends(word, "shes");
    return !is_vowel(c) && !hisses;
  }
  return false;
}

struct SpokenWord {
  std::string text;  // lower case
  bool capital = false;
};

std::vector<SpokenWord> cut_words(std::string_view text) {
  std::vector<SpokenWord> out;
  SpokenWord word;
  const auto finish = [&] {
    std::string& letters = word.text;
    while (!letters.empty() && (letters.back() == '\'' || letters.back() == '.')) {
      letters.pop_back();
    }
    if (!letters.empty()) out.push_back(std::move(word));
    word = {};
  };
  for (std::size_t i = 0; i < text.size();) {
    const text::CodePoint point = text::decode(text, i);
    const char c = point.size == 1 ? text[i] : ' ';
    if (text::is_alpha(c) || text::is_digit(c)) {
      if (word.text.empty()) word.capital = c != text::to_lower(c);
      word.text += text::to_lower(c);
    } else if (point.value >= 0xC0 && point.value <= 0x24F) {
      word.text.append(text.substr(i, point.size));  // é, ö and the like belong to the word
    } else if ((c == '\'' || point.value == 0x2019) && !word.text.empty()) {
      word.text += '\'';
    } else if (c == '.' && !word.text.empty() && text::is_digit(word.text.back())) {
      word.text += '.';
    } else {
      finish();
    }
    i += point.size;
  }
  finish();
  return out;
}

}  // namespace

std::vector<std::string> spoken_words(std::string_view text) {
  std::vector<std::string> out;
  for (SpokenWord& word : cut_words(text)) out.push_back(std::move(word.text));
  return out;
}

int syllables(std::string_view word) {
  if (word.empty() || text::is_digit(word.front())) return 1;
  int count = 0;
  bool in_vowels = false;
  for (std::size_t i = 0; i < word.size(); ++i) {
    // A "y" before a vowel is a consonant ("yoga", "layout").
    const bool consonant_y = word[i] == 'y' && i + 1 < word.size() && is_vowel(word[i + 1]);
    const bool vowel = is_vowel(word[i]) && !consonant_y;
    if (vowel && !in_vowels) ++count;
    in_vowels = vowel;
  }
  if (has_silent_end(word)) --count;
  if (ends(word, "sm") || ends(word, "sms")) ++count;  // "spasm"
  // Vowels side by side that are said apart: "diet", "area", "video", "fluid".
  for (const std::string_view apart : {"ia", "io", "iu", "eo", "ie", "ua"}) {
    for (std::size_t at = word.find(apart); at != std::string_view::npos;
         at = word.find(apart, at + 1)) {
      const bool soft =
          at > 0 && (word[at - 1] == 't' || word[at - 1] == 's' || word[at - 1] == 'c' ||
                     word[at - 1] == 'g' || word[at - 1] == 'q' || word[at - 1] == 'x');
      const bool said_apart = apart == "ie"   ? at + 2 < word.size() && word[at + 2] == 't'
                              : apart == "eo" ? at + 3 != word.size() && !word.starts_with("peo")
                                              : !soft;
      if (said_apart) ++count;
    }
  }
  return std::max(count, 1);
}

Reading& Reading::operator+=(const Reading& other) {
  sentences += other.sentences;
  words += other.words;
  syllables += other.syllables;
  return *this;
}

double Reading::grade() const {
  if (words == 0 || sentences == 0) return 0;
  return 0.39 * words / sentences + 11.8 * syllables / words - 15.59;
}

std::set<std::string> names_of(const knowledge::Lexicon& lexicon) {
  std::set<std::string> out;
  const auto add = [&out](const std::string& text) {
    for (std::string& word : spoken_words(text)) out.insert(std::move(word));
  };
  for (const knowledge::LexiconEntry& entry : lexicon) {
    if (entry.kind.empty()) continue;
    add(entry.term);
    for (const std::string& word : entry.clinical) add(word);
  }
  return out;
}

Reading read_sentence(std::string_view sentence,
                      const std::function<bool(const std::string&)>& is_name) {
  Reading out{1, 0, 0};
  bool first = true;
  for (const SpokenWord& word : cut_words(sentence)) {
    const bool name = is_name(word.text) || (word.capital && !first);
    first = false;
    if (name) continue;
    ++out.words;
    out.syllables += syllables(word.text);
  }
  return out;
}

}  // namespace backchat::authoring
