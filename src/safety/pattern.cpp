#include "safety/pattern.h"

#include <algorithm>

#include "text/utf8.h"

namespace backchat::safety {
namespace {

constexpr std::uint32_t kWindow = 63;  // tokens a pattern may span
constexpr int kMostFillers = 3;

// Bits [at, at + 64) of a bit per token.
std::uint64_t bits_from(const std::vector<std::uint64_t>& bits, std::size_t at) {
  const std::size_t word = at / 64;
  const std::size_t shift = at % 64;
  std::uint64_t low = word < bits.size() ? bits[word] >> shift : 0;
  if (shift != 0 && word + 1 < bits.size()) low |= bits[word + 1] << (64 - shift);
  return low;
}

template <class Visit>
void for_each_bit(std::uint64_t mask, Visit visit) {
  for (; mask != 0; mask &= mask - 1) visit(static_cast<std::uint32_t>(__builtin_ctzll(mask)));
}

bool parse_gap(std::string_view item, Element& element, std::string& stop) {
  std::size_t at = 2;
  unsigned value = 0;
  while (at < item.size() && text::is_digit(item[at]))
    value = value * 10 + static_cast<unsigned>(item[at++] - '0');
  if (at == 2 || value > 30) return false;
  element.kind = Element::Kind::kGap;
  element.gap = static_cast<std::uint8_t>(value);
  if (at == item.size()) return true;
  if (item[at] != '-') return false;
  stop = item.substr(at + 1);
  return !stop.empty();
}

}  // namespace

bool Sheet::has(ClassId id, std::size_t at) const { return longest(id, at) > 0; }

std::uint32_t Sheet::longest(ClassId id, std::size_t at) const {
  std::uint32_t best = 0;
  for (const PhraseHit& hit : hits[at]) {
    if (hit.length > best && std::find(hit.ids.begin(), hit.ids.end(), id) != hit.ids.end())
      best = hit.length;
  }
  return best;
}

void PatternSet::add(std::string_view line, std::uint32_t owner, const std::string& where,
                     ClassTable& classes, std::vector<Problem>& problems) {
  const std::vector<std::string> items = split_outside(line, ' ');
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (items[i].size() < 2 || items[i][0] != '&' || !text::is_digit(items[i][1])) continue;
    const auto join = [&](std::size_t from, std::size_t to) {
      std::string text;
      for (std::size_t k = from; k < to; ++k) text += items[k] + " ";
      return text;
    };
    const std::string gap = " .." + items[i].substr(1) + " ";
    const std::string left = join(0, i);
    const std::string right = join(i + 1, items.size());
    add(left + gap + right, owner, where, classes, problems);
    add(right + gap + left, owner, where, classes, problems);
    return;
  }
  // A choice whose parts hold gaps or numbers cannot become phrases of a class: each part makes a
  // line of its own.
  for (std::size_t i = 0; i < items.size(); ++i) {
    std::string item = items[i];
    const bool optional = item.size() > 1 && item.back() == '?';
    if (optional) item.pop_back();
    if (item.size() < 3 || item.front() != '(' || item.back() != ')' || !classes.needs_lines(item))
      continue;
    std::vector<std::string> parts =
        split_outside(std::string_view(item).substr(1, item.size() - 2), '|');
    if (optional) parts.emplace_back();
    for (const std::string& part : parts) {
      std::string text;
      for (std::size_t k = 0; k < items.size(); ++k) text += (k == i ? part : items[k]) + " ";
      add(text, owner, where, classes, problems);
    }
    return;
  }
  add_sequence(line, owner, where, classes, problems);
}

void PatternSet::add_sequence(std::string_view line, std::uint32_t owner, const std::string& where,
                              ClassTable& classes, std::vector<Problem>& problems) {
  Pattern pattern;
  pattern.owner = owner;
  pattern.where = where;
  for (std::string item : split_outside(line, ' ')) {
    Element element;
    if (item == "^^") {
      element.kind = Element::Kind::kOpening;
    } else if (item == "^" || item == "$") {
      element.kind = item == "^" ? Element::Kind::kStart : Element::Kind::kEnd;
    } else if (item.starts_with("..")) {
      std::string stop;
      if (!parse_gap(item, element, stop)) {
        problems.push_back({where, "'" + item + "' is no gap"});
        return;
      }
      if (!stop.empty()) {
        element.id = classes.find(stop);
        if (element.id == kNoClass) problems.push_back({where, "unknown class '" + stop + "'"});
      }
    } else {
      if (item.front() == '!') {
        element.kind = Element::Kind::kNot;
        item.erase(0, 1);
      }
      if (item.size() > 1 && item.back() == '?') {
        element.optional = true;
        item.pop_back();
      }
      if (item.size() > 2 && item.front() == '<' && item.back() == '>') {
        element.id = classes.find(std::string_view(item).substr(1, item.size() - 2));
        if (element.id == kNoClass) problems.push_back({where, "unknown class " + item});
      } else {
        element.id = classes.inline_class(item, where, problems);
      }
    }
    pattern.elements.push_back(element);
  }
  // A gap at the end says nothing.
  while (!pattern.elements.empty() && pattern.elements.back().kind == Element::Kind::kGap)
    pattern.elements.pop_back();
  const auto wanted = [](const Element& e) {
    return e.kind == Element::Kind::kClass && !e.optional;
  };
  if (pattern.elements.size() > kMostElements) {
    problems.push_back(
        {where, "a pattern has at most " + std::to_string(kMostElements) + " parts"});
    return;
  }
  if (std::none_of(pattern.elements.begin(), pattern.elements.end(), wanted)) {
    problems.push_back({where, "a pattern needs at least one word that is not optional"});
    return;
  }
  for (const Element& element : pattern.elements) {
    if (wanted(element)) pattern.needed.push_back(element.id);
  }
  patterns_.push_back(std::move(pattern));
}

void PatternSet::finish(const std::vector<std::uint32_t>& common) {
  const std::size_t class_count = common.size();
  std::vector<std::uint32_t> uses(class_count, 0);
  used_.assign(class_count, 0);
  for (const Pattern& pattern : patterns_) {
    for (const ClassId id : pattern.needed) {
      if (id < class_count) ++uses[id];
    }
    for (const Element& element : pattern.elements) {
      if (element.id < class_count) used_[element.id] = 1;
    }
  }
  by_trigger_.assign(class_count, {});
  const auto cost = [&](ClassId id) {
    return id < class_count ? std::pair(common[id], uses[id]) : std::pair(0U, 0U);
  };
  for (std::size_t i = 0; i < patterns_.size(); ++i) {
    Pattern& pattern = patterns_[i];
    // The rarest first, so that a class that is missing is found soonest.
    std::sort(pattern.needed.begin(), pattern.needed.end(),
              [&](ClassId a, ClassId b) { return cost(a) < cost(b); });
    pattern.trigger = pattern.needed.front();
    if (pattern.trigger < class_count) {
      Candidate candidate{static_cast<std::uint32_t>(i)};
      for (std::size_t k = 1; k < pattern.needed.size() && k <= candidate.also.size(); ++k)
        candidate.also[k - 1] = pattern.needed[k];
      by_trigger_[pattern.trigger].push_back(candidate);
    }
  }
}

// Where the classes that patterns ask for stand in one sentence: per class a chain of places, in
// order.
struct PatternSet::Places {
  static constexpr std::uint32_t kNone = 0xFFFFFFFF;
  struct Place {
    std::uint32_t at;
    std::uint32_t length;
    std::uint32_t next;
  };
  std::vector<std::uint32_t> head;  // by class
  std::vector<Place> all;
  std::vector<ClassId> present;

  void read(const Sheet& sheet, const std::vector<std::uint8_t>& used, std::uint32_t begin,
            std::uint32_t end) {
    for (const ClassId id : present) head[id] = kNone;
    present.clear();
    all.clear();
    for (std::uint32_t at = end; at-- > begin;) {
      for (const PhraseHit& hit : sheet.hits[at]) {
        for (const ClassId id : hit.ids) {
          if (!used[id]) continue;
          std::uint32_t& first = head[id];
          if (first == kNone) present.push_back(id);
          all.push_back({at, hit.length, first});
          first = static_cast<std::uint32_t>(all.size() - 1);
        }
      }
    }
  }
  // Calls `visit(offset, length)` for the places of a class in the window that begins at `begin`.
  // `cursor` stands at or before the first of them and is moved there.
  template <class Visit>
  void visit(std::uint32_t& cursor, std::uint32_t begin, Visit visit) const {
    while (cursor != kNone && all[cursor].at < begin) cursor = all[cursor].next;
    for (std::uint32_t i = cursor; i != kNone && all[i].at <= begin + kWindow; i = all[i].next)
      visit(all[i].at - begin, all[i].length);
  }
  // A bit for every place of a class in the window.
  std::uint64_t bits(std::uint32_t& cursor, std::uint32_t begin) const {
    std::uint64_t found = 0;
    visit(cursor, begin, [&](std::uint32_t at, std::uint32_t) { found |= 1ULL << at; });
    return found;
  }
};

std::uint32_t PatternSet::match_at(const Pattern& pattern, const Sheet& sheet, const Places& places,
                                   Cursors& cursors, std::uint32_t begin) const {
  const std::size_t count = sheet.tokens.size();
  const std::uint64_t filler = fillers_ ? bits_from(sheet.filler, begin) : 0;
  // A place behind a hard boundary can end a match but not continue it.
  const std::uint64_t open = ~(bits_from(sheet.hard, begin) & ~1ULL);
  std::uint64_t mask = 1;
  const std::uint64_t negated = bits_from(sheet.negated, begin);
  const std::uint64_t passable = fillers_ ? ~bits_from(sheet.well, begin) : ~0ULL;
  bool first = true;
  std::uint64_t beside = 1;  // places reached without a gap
  std::uint64_t barred = 0;  // what the gap just before may not cross, nor fillers after it
  for (std::size_t index = 0; index < pattern.elements.size(); ++index) {
    const Element& element = pattern.elements[index];
    std::uint32_t& cursor = cursors[index];
    std::uint64_t next = 0;
    switch (element.kind) {
      case Element::Kind::kGap: {
        barred = element.id == kNoClass ? 0 : places.bits(cursor, begin);
        std::uint64_t walk = mask & open;
        next = mask;
        for (int i = 0; i < element.gap && walk != 0; ++i) {
          walk = ((walk & passable & ~barred) << 1) & open & ~next;
          next |= walk;
        }
        break;
      }
      case Element::Kind::kOpening:
        for_each_bit(mask, [&](std::uint32_t at) {
          const std::size_t place = begin + at;
          if (place >= count) return;
          if (place == 0 || sheet.sentence[place] != sheet.sentence[place - 1]) next |= 1ULL << at;
        });
        break;
      case Element::Kind::kStart:
        for_each_bit(mask, [&](std::uint32_t at) {
          const std::size_t place = begin + at;
          if (place >= count) return;
          const bool starts = place == 0 || sheet.tokens[place].before != Boundary::kNone ||
                              sheet.clause[place] != sheet.clause[place - 1];
          if (starts) next |= 1ULL << at;
        });
        break;
      case Element::Kind::kEnd:
        for_each_bit(mask, [&](std::uint32_t at) {
          const std::size_t place = begin + at;
          const bool ends = place >= count || sheet.tokens[place].before != Boundary::kNone ||
                            (place > 0 && sheet.clause[place] != sheet.clause[place - 1]);
          if (ends) next |= 1ULL << at;
        });
        break;
      case Element::Kind::kNot:
        // What begins behind a hard boundary is not looked at.
        next = mask & ~(places.bits(cursor, begin) & open);
        break;
      case Element::Kind::kClass: {
        std::uint64_t from = mask & open & (beside | ~negated);
        if (!first) {
          std::uint64_t walk = from;
          for (int i = 0; i < kMostFillers && walk != 0; ++i) {
            walk = ((walk & filler & ~barred) << 1) & open;
            from |= walk;
          }
        }
        places.visit(cursor, begin, [&](std::uint32_t at, std::uint32_t length) {
          if ((from >> at & 1U) != 0 && at + length <= kWindow) next |= 1ULL << (at + length);
        });
        if (element.optional) next |= mask;
        break;
      }
    }
    if (next == 0) return 0;
    if (element.kind == Element::Kind::kGap) {
      beside = mask;
    } else if (element.kind == Element::Kind::kClass) {
      beside = next;
      barred = 0;
    }
    mask = next;
    first = false;
  }
  // Concepts take the fewest words that fulfil them; cues and idioms the most, so that the longer
  // one wins.
  const auto length =
      static_cast<std::uint32_t>(fillers_ ? __builtin_ctzll(mask) : 63 - __builtin_clzll(mask));
  return length == 0 ? 0 : begin + length;
}

void PatternSet::match_all(const Candidate& candidate, const Sheet& sheet, const Places& places,
                           std::uint32_t begin, std::uint32_t end,
                           std::vector<PatternHit>& found) const {
  const Pattern& pattern = patterns_[candidate.pattern];
  Cursors cursors;
  for (std::size_t i = 0; i < pattern.elements.size(); ++i) {
    const ClassId id = pattern.elements[i].id;
    cursors[i] = id == kNoClass ? Places::kNone : places.head[id];
  }
  const auto try_at = [&](std::uint32_t at) {
    if (const std::uint32_t stop = match_at(pattern, sheet, places, cursors, at); stop != 0)
      found.push_back({pattern.owner, at, stop, candidate.pattern});
  };
  const Element& leading = pattern.elements.front();
  if (leading.kind != Element::Kind::kClass || leading.optional) {
    for (std::uint32_t at = begin; at < end; ++at) try_at(at);
    return;
  }
  for (std::uint32_t i = places.head[leading.id]; i != Places::kNone;) {
    const std::uint32_t at = places.all[i].at;
    try_at(at);
    while (i != Places::kNone && places.all[i].at == at) i = places.all[i].next;
  }
}

std::vector<PatternHit> PatternSet::match(const Sheet& sheet) const {
  std::vector<PatternHit> found;
  const auto count = static_cast<std::uint32_t>(sheet.tokens.size());
  // One entry for every class there is, empty again after each sentence: kept from message to
  // message, as filling it anew costs more than all the matching.
  static thread_local Places places;
  if (places.head.size() < by_trigger_.size()) {
    places.head.resize(by_trigger_.size(), Places::kNone);
  }
  for (std::uint32_t begin = 0; begin < count;) {
    std::uint32_t end = begin + 1;
    while (end < count && sheet.sentence[end] == sheet.sentence[begin]) ++end;
    places.read(sheet, used_, begin, end);
    const auto present = [&](ClassId id) { return places.head[id] != Places::kNone; };
    for (const ClassId id : places.present) {
      for (const Candidate& candidate : by_trigger_[id]) {
        const bool all_there =
            std::all_of(candidate.also.begin(), candidate.also.end(),
                        [&](ClassId other) { return other == kNoClass || present(other); });
        if (!all_there) continue;
        const std::vector<ClassId>& needed = patterns_[candidate.pattern].needed;
        if (std::all_of(needed.begin(), needed.end(), present))
          match_all(candidate, sheet, places, begin, end, found);
      }
    }
    begin = end;
  }
  std::sort(found.begin(), found.end(), [](const PatternHit& a, const PatternHit& b) {
    if (a.begin != b.begin) return a.begin < b.begin;
    if (a.end != b.end) return a.end > b.end;
    return std::pair(a.owner, a.pattern) < std::pair(b.owner, b.pattern);
  });
  found.erase(std::unique(found.begin(), found.end(),
                          [](const PatternHit& a, const PatternHit& b) {
                            return a.begin == b.begin && a.end == b.end && a.owner == b.owner;
                          }),
              found.end());
  return found;
}

}  // namespace backchat::safety
