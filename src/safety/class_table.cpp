#include <algorithm>

#include "safety/pattern.h"
#include "text/utf8.h"

namespace backchat::safety {
namespace {

constexpr std::size_t kMostPhrases = 60000;

bool is_vowel(char c) { return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u'; }

}  // namespace

std::vector<std::string> split_outside(std::string_view text, char separator) {
  std::vector<std::string> parts;
  int depth = 0;
  std::size_t begin = 0;
  const auto take = [&](std::size_t end) {
    const std::string_view part = text::trim(text.substr(begin, end - begin));
    if (!part.empty()) parts.emplace_back(part);
    begin = end + 1;
  };
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '(') ++depth;
    if (text[i] == ')') --depth;
    if (text[i] == separator && depth == 0) take(i);
  }
  take(text.size());
  return parts;
}

std::vector<std::string> inflect(const std::string& word) {
  if (word.size() < 2) return {word};
  const char last = word.back();
  const char before = word[word.size() - 2];
  if (last == 'e') {
    const bool keeps = before == 'e' || before == 'o' || before == 'y';  // "pee", "canoe", "dye"
    return {word, word + "s", word + "d", (keeps ? word : word.substr(0, word.size() - 1)) + "ing"};
  }
  if (last == 'y' && !is_vowel(before)) {
    const std::string stem = word.substr(0, word.size() - 1);
    return {word, stem + "ies", stem + "ied", word + "ing"};
  }
  const bool hissing = last == 's' || last == 'x' || last == 'z' ||
                       (last == 'h' && (before == 'c' || before == 's'));
  if (hissing) return {word, word + "es", word + "ed", word + "ing"};
  int vowel_groups = 0;
  for (std::size_t i = 0; i < word.size(); ++i) {
    if (is_vowel(word[i]) && (i == 0 || !is_vowel(word[i - 1]))) ++vowel_groups;
  }
  const bool doubles = vowel_groups == 1 && word.size() >= 3 && !is_vowel(last) && last != 'w' &&
                       last != 'y' && is_vowel(before) && !is_vowel(word[word.size() - 3]);
  const std::string stem = doubles ? word + last : word;
  return {word, word + "s", stem + "ed", stem + "ing"};
}

ClassId ClassTable::add(const std::string& name) {
  const auto id = static_cast<ClassId>(names_.size());
  names_.push_back(name);
  declared_.emplace_back();
  ids_.emplace(name, id);
  return id;
}

bool ClassTable::declare(const std::string& name, std::string entries, std::string where) {
  if (ids_.contains(name)) return false;
  Declared& made = declared_[add(name)];
  made.entries = std::move(entries);
  made.where = std::move(where);
  return true;
}

bool ClassTable::declare_number(const std::string& name, double low, double high, bool decimal) {
  if (ids_.contains(name)) return false;
  const ClassId id = add(name);
  declared_[id].done = true;
  numbers_.push_back(NumberClass{id, low, high, decimal});
  return true;
}

ClassId ClassTable::find(std::string_view name) const {
  const auto at = ids_.find(std::string(name));
  return at == ids_.end() ? kNoClass : at->second;
}

std::vector<ClassTable::Phrase> ClassTable::expand_item(std::string_view item,
                                                        const std::string& where,
                                                        std::vector<Problem>& problems) {
  if (item.size() > 2 && item.front() == '(' && item.back() == ')') {
    std::vector<Phrase> result;
    for (const std::string& part : split_outside(item.substr(1, item.size() - 2), '|')) {
      for (Phrase& phrase : expand_entry(part, where, problems))
        result.push_back(std::move(phrase));
    }
    return result;
  }
  if (item.size() > 2 && item.front() == '<' && item.back() == '>') {
    const ClassId id = find(item.substr(1, item.size() - 2));
    if (id == kNoClass) {
      problems.push_back({where, "unknown class " + std::string(item)});
      return {};
    }
    if (declared_[id].entries.empty()) {
      problems.push_back({where, "a number class cannot stand in a phrase: " + std::string(item)});
      return {};
    }
    return expand(id, problems);
  }
  const bool forms = item.back() == '~';
  const std::string word = fold_word(forms ? item.substr(0, item.size() - 1) : item);
  if (word == "'s") return {{vocabulary_->intern(word)}};  // a token of its own behind a name
  std::vector<Phrase> result;
  for (const std::string& form : forms ? inflect(word) : std::vector<std::string>{word}) {
    Phrase phrase;
    for (const Token& token : cut(form)) phrase.push_back(vocabulary_->intern(token.text));
    if (phrase.empty()) {
      problems.push_back({where, "'" + std::string(item) + "' holds no word"});
      continue;
    }
    result.push_back(std::move(phrase));
  }
  return result;
}

std::vector<ClassTable::Phrase> ClassTable::expand_entry(std::string_view entry,
                                                         const std::string& where,
                                                         std::vector<Problem>& problems) {
  std::vector<Phrase> result{Phrase{}};
  for (std::string item : split_outside(entry, ' ')) {
    const bool optional = item.size() > 1 && item.back() == '?';
    if (optional) item.pop_back();
    const std::vector<Phrase> tails = expand_item(item, where, problems);
    std::vector<Phrase> longer;
    if (optional) longer = result;
    for (const Phrase& head : result) {
      for (const Phrase& tail : tails) {
        Phrase phrase = head;
        phrase.insert(phrase.end(), tail.begin(), tail.end());
        longer.push_back(std::move(phrase));
        if (longer.size() > kMostPhrases) {
          problems.push_back({where, "'" + std::string(entry) + "' expands to too many phrases"});
          return {};
        }
      }
    }
    result = std::move(longer);
  }
  std::erase_if(result, [](const Phrase& phrase) { return phrase.empty(); });
  return result;
}

const std::vector<ClassTable::Phrase>& ClassTable::expand(ClassId id,
                                                          std::vector<Problem>& problems) {
  if (declared_[id].done) return declared_[id].phrases;
  if (declared_[id].busy) {
    problems.push_back({declared_[id].where, "class '" + names_[id] + "' contains itself"});
    return declared_[id].phrases;
  }
  declared_[id].busy = true;
  std::vector<Phrase> phrases;
  const std::string where = declared_[id].where;
  std::string flat = declared_[id].entries;
  std::replace(flat.begin(), flat.end(), '\n', ' ');
  for (const std::string& entry : split_outside(flat, '|')) {
    for (Phrase& phrase : expand_entry(entry, where, problems))
      phrases.push_back(std::move(phrase));
  }
  std::sort(phrases.begin(), phrases.end());
  phrases.erase(std::unique(phrases.begin(), phrases.end()), phrases.end());
  declared_[id].phrases = std::move(phrases);
  declared_[id].done = true;
  declared_[id].busy = false;
  return declared_[id].phrases;
}

bool ClassTable::needs_lines(std::string_view choice) const {
  if (choice.find("..") != std::string_view::npos || choice.find('$') != std::string_view::npos)
    return true;
  for (std::size_t at = choice.find('<'); at != std::string_view::npos;
       at = choice.find('<', at + 1)) {
    const std::size_t end = choice.find('>', at);
    if (end == std::string_view::npos) return false;
    const ClassId id = find(choice.substr(at + 1, end - at - 1));
    if (id != kNoClass && declared_[id].entries.empty()) return true;
  }
  return false;
}

ClassId ClassTable::inline_class(const std::string& entries, const std::string& where,
                                 std::vector<Problem>& problems) {
  if (const ClassId id = find(entries); id != kNoClass) return id;
  if (names_.size() + 1 >= kNoClass) {
    problems.push_back({where, "too many word classes"});
    return kNoClass;
  }
  declare(entries, entries, where);
  const ClassId id = find(entries);
  declared_[id].named = false;
  return id;
}

void ClassTable::insert(ClassId id, const Phrase& phrase) {
  std::uint32_t node = 0;
  for (const WordId word : phrase) {
    const auto [at, fresh] =
        edges_.try_emplace(key(node, word), static_cast<std::uint32_t>(ends_.size()));
    if (fresh) ends_.emplace_back();
    node = at->second;
  }
  ends_[node].push_back(id);
  longest_ = std::max(longest_, static_cast<std::uint32_t>(phrase.size()));
}

void ClassTable::pack() {
  std::size_t capacity = 16;
  while (capacity < edges_.size() * 2) capacity *= 2;
  steps_.assign(capacity, Step{});
  for (const auto& [from, node] : edges_) {
    std::size_t at = slot(from);
    while (steps_[at].node != 0) at = (at + 1) & (capacity - 1);
    steps_[at] = Step{from, node};
  }
  first_end_.assign(1, 0);
  for (const std::vector<ClassId>& ids : ends_) {
    flat_ends_.insert(flat_ends_.end(), ids.begin(), ids.end());
    first_end_.push_back(static_cast<std::uint32_t>(flat_ends_.size()));
  }
  edges_ = {};
  ends_ = std::vector<std::vector<ClassId>>(1);
}

void ClassTable::compile(std::vector<Problem>& problems) {
  for (std::size_t i = 0; i < names_.size(); ++i) {
    const auto id = static_cast<ClassId>(i);
    for (const Phrase& phrase : expand(id, problems)) insert(id, phrase);
  }
  pack();
  for (Declared& declared : declared_) {
    declared.phrase_count = static_cast<std::uint32_t>(declared.phrases.size());
    declared.phrases.clear();
    declared.phrases.shrink_to_fit();
  }
}

}  // namespace backchat::safety
