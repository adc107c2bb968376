#include "safety/analysis.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <map>

#include "text/utf8.h"

namespace backchat::safety {
namespace {

// Longest texts are cut by the callers; this only bounds the work on whatever arrives.
constexpr std::size_t kMostTokens = 1U << 20;

void find_classes(const RuleBook& book, Sheet& sheet) {
  const std::size_t count = sheet.tokens.size();
  sheet.hits.clear(count);
  for (std::size_t i = 0; i < count; ++i) {
    book.classes.phrases_at(sheet.tokens, i,
                            [&](std::span<const ClassId> ids, std::uint32_t length) {
                              sheet.hits.add({ids, length});
                            });
    if (sheet.tokens[i].number >= 0) {
      const bool decimal = sheet.tokens[i].text.find_first_of(".,") != std::string::npos;
      book.classes.numbers_at(sheet.tokens[i].number, decimal, [&](std::span<const ClassId> ids) {
        sheet.hits.add({ids, 1});
      });
    }
    sheet.hits.close();
  }
}

// Notes what the phrases at each token do to the structure around them.
void note_roles(const RuleBook& book, Sheet& sheet) {
  const RuleBook::Structure& s = book.structure;
  const std::array<std::pair<ClassId, Role>, 9> named{{{s.filler, kFillerRole},
                                                       {s.clause_break, kClauseBreakRole},
                                                       {s.subject_start, kSubjectStartRole},
                                                       {s.list_join, kListJoinRole},
                                                       {s.verb_break, kVerbBreakRole},
                                                       {s.own_verb, kOwnVerbRole},
                                                       {s.negation, kNegationRole},
                                                       {s.well, kWellRole},
                                                       {s.pleasantry, kPleasantryRole}}};
  std::vector<std::uint16_t> of_class(book.classes.size(), 0);
  for (const auto& [id, role] : named) {
    if (id < of_class.size()) of_class[id] |= role;
  }
  for (const RuleBook::Dose& dose : book.doses) {
    if (dose.product < of_class.size()) of_class[dose.product] |= kMedicineRole;
  }
  sheet.roles.assign(sheet.tokens.size(), 0);
  for (std::size_t at = 0; at < sheet.tokens.size(); ++at) {
    for (const PhraseHit& hit : sheet.hits[at]) {
      for (const ClassId id : hit.ids) sheet.roles[at] |= of_class[id];
    }
  }
}

// Takes the words of idioms away, so that nothing is read into them.
void hide_idioms(const RuleBook& book, Sheet& sheet, std::vector<PatternHit>& idioms) {
  std::vector<bool> hidden(sheet.tokens.size(), false);
  idioms = book.idioms.match(sheet);
  for (const PatternHit& hit : idioms) {
    std::fill(hidden.begin() + hit.begin, hidden.begin() + hit.end, true);
  }
  if (idioms.empty()) return;
  // For each token, how many of the tokens before it are hidden.
  std::vector<std::uint32_t> before(hidden.size() + 1, 0);
  for (std::size_t i = 0; i < hidden.size(); ++i) before[i + 1] = before[i] + (hidden[i] ? 1 : 0);
  sheet.hits.filter(
      [&](std::size_t at, std::uint32_t length) { return before[at + length] == before[at]; });
  note_roles(book, sheet);
}

// A cue inside a longer one of the same axis does not act: "not" in "not only".
void drop_shorter_cues(const RuleBook& book, std::vector<CueHit>& cues) {
  constexpr std::size_t kAxes = 6;
  std::array<const CueHit*, kAxes> outer{};     // per axis: the cue before that reaches furthest
  std::array<std::uint32_t, kAxes> silenced{};  // per axis: how far a cue with no value reaches
  std::vector<CueHit> silent;
  std::copy_if(cues.begin(), cues.end(), std::back_inserter(silent),
               [&](const CueHit& hit) { return book.cues[hit.cue].value == kNothing; });
  std::size_t next_silent = 0;
  std::vector<CueHit> kept;
  kept.reserve(cues.size());
  for (const CueHit& hit : cues) {  // sorted by begin, longest first
    const Cue& cue = book.cues[hit.cue];
    const auto axis = static_cast<std::size_t>(cue.axis);
    for (; next_silent < silent.size() && silent[next_silent].begin <= hit.begin; ++next_silent) {
      std::uint32_t& end =
          silenced[static_cast<std::size_t>(book.cues[silent[next_silent].cue].axis)];
      end = std::max(end, silent[next_silent].end);
    }
    if (cue.value != kNothing && hit.end <= silenced[axis]) continue;
    const CueHit*& over = outer[axis];
    const bool inside = over != nullptr && hit.end <= over->end &&
                        !(hit.begin == over->begin && hit.end == over->end);
    // One with the same value may stay: it can act where the longer one touches the mention itself.
    if (inside && book.cues[over->cue].value != cue.value &&
        book.cues[over->cue].priority >= cue.priority)
      continue;
    if (over == nullptr || hit.end > over->end) over = &hit;
    kept.push_back(hit);
  }
  cues = std::move(kept);
}

// True when any of the classes has a phrase that begins at tokens [from, to).
bool any_of_classes(const Sheet& sheet, const std::vector<ClassId>& ids, std::uint32_t from,
                    std::uint32_t to) {
  return std::any_of(ids.begin(), ids.end(), [&](ClassId id) {
    for (std::uint32_t at = from; at < to; ++at) {
      if (sheet.has(id, at)) return true;
    }
    return false;
  });
}

void find_mentions(const RuleBook& book, Analysis& analysis) {
  const Sheet& sheet = analysis.sheet;
  std::map<ClassId, bool> in_turn;  // classes of excuses asked for so far
  const auto excused = [&](const Concept& what, const PatternHit& hit) {
    const bool excuse = std::any_of(what.excuses.begin(), what.excuses.end(), [&](ClassId id) {
      const auto [known, fresh] = in_turn.try_emplace(id, false);
      if (fresh) known->second = sheet.hits.holds(id);
      return known->second;
    });
    return excuse && !any_of_classes(sheet, what.beyond_excuse, hit.begin, hit.end);
  };
  for (const PatternHit& hit : book.concept_patterns.match(sheet)) {
    const Concept& what = book.concepts[hit.owner];
    if (!what.unless.empty()) {
      std::uint32_t from = hit.begin;
      std::uint32_t to = hit.end;
      constexpr std::uint32_t kLook = 24;
      while (from > 0 && hit.begin - from < kLook &&
             sheet.clause[from - 1] == sheet.clause[hit.begin])
        --from;
      while (to < sheet.tokens.size() && to - hit.end < kLook &&
             sheet.clause[to] == sheet.clause[hit.end - 1])
        ++to;
      if (any_of_classes(sheet, what.unless, from, to)) continue;
    }
    if (excused(what, hit)) continue;
    Mention mention;
    mention.concept_index = static_cast<int>(hit.owner);
    mention.pattern = static_cast<int>(hit.pattern);
    mention.begin = hit.begin;
    mention.end = hit.end;
    for (std::uint32_t at = hit.begin; at < hit.end && mention.number < 0; ++at)
      mention.number = sheet.tokens[at].number;
    analysis.mentions.push_back(mention);
  }
}

// What the turn says as a reply: the reply words at its very beginning.
void read_reply(const RuleBook& book, Analysis& analysis) {
  const Sheet& sheet = analysis.sheet;
  const auto passes = [&](std::size_t at) {
    return sheet.plays(kPleasantryRole, at) ? sheet.longest(book.structure.pleasantry, at) : 0U;
  };
  std::vector<bool> said(sheet.tokens.size(), false);
  std::uint32_t start = 0;
  while (start < sheet.tokens.size() && sheet.plays(kPleasantryRole, start)) start += passes(start);
  std::fill(said.begin(), said.begin() + start, true);
  std::uint32_t longest = 0;
  for (const CueHit& hit : analysis.cues) {
    const Cue& cue = book.cues[hit.cue];
    if (cue.axis != Axis::kReply) continue;
    std::fill(said.begin() + hit.begin, said.begin() + hit.end, true);
    if (hit.begin > start || hit.end - hit.begin <= longest) continue;
    longest = hit.end - hit.begin;
    analysis.reply = cue.value == kNothing ? Reply::kNone : static_cast<Reply>(cue.value);
  }
  std::size_t other = 0;
  for (std::uint32_t at = 0; at < sheet.tokens.size(); ++at) {
    if (said[at] || (sheet.filler[at / 64] >> (at % 64) & 1U) != 0) continue;
    if (const std::uint32_t length = passes(at); length > 0) {
      at += length - 1;
      continue;
    }
    ++other;
  }
  analysis.reply_only = analysis.reply != Reply::kNone && other == 0;
}

}  // namespace

std::string quote_of(std::string_view typed, const Sheet& sheet, std::uint32_t begin,
                     std::uint32_t end) {
  if (begin >= end || end > sheet.tokens.size()) return {};
  std::size_t from = sheet.tokens[begin].begin;
  std::size_t to = from;
  for (std::uint32_t at = begin; at < end; ++at)
    to = std::max<std::size_t>(to, sheet.tokens[at].end);
  // Half of a contraction ("not" of "didn't") is quoted as the whole word.
  const auto in_word = [&](std::size_t at) {
    return text::is_alpha(typed[at]) || typed[at] == '\'';
  };
  while (from > 0 && in_word(from) && in_word(from - 1)) --from;
  while (to < typed.size() && in_word(to - 1) && in_word(to)) ++to;
  return std::string(typed.substr(from, to - from));
}

void cut_clauses(const RuleBook& book, Sheet& sheet) {
  const std::size_t count = sheet.tokens.size();
  note_roles(book, sheet);
  sheet.clause.assign(count, 0);
  sheet.sentence.assign(count, 0);
  sheet.hard.assign(count / 64 + 1, 0);
  sheet.filler.assign(count / 64 + 1, 0);
  sheet.negated.assign(count / 64 + 1, 0);
  sheet.well.assign(count / 64 + 1, 0);
  bool denied = false;  // a word of denial before, with nothing but fillers between
  std::uint32_t clause = 0;
  std::uint32_t sentence = 0;
  for (std::size_t i = 0; i < count; ++i) {
    const Token& token = sheet.tokens[i];
    const bool filler = sheet.plays(kFillerRole, i);
    if (token.before == Boundary::kHard) denied = false;
    if (filler) sheet.filler[i / 64] |= 1ULL << (i % 64);
    if (denied) sheet.negated[i / 64] |= 1ULL << (i % 64);
    if (!denied && sheet.plays(kWellRole, i)) sheet.well[i / 64] |= 1ULL << (i % 64);
    // "not swollen or hot" denies both.
    const bool denied_before = i > 0 && (sheet.negated[(i - 1) / 64] >> ((i - 1) % 64) & 1U) != 0;
    const bool joins =
        denied_before && sheet.plays(kListJoinRole, i) && !sheet.plays(kNegationRole, i);
    denied = sheet.plays(kNegationRole, i) || joins || (denied && filler);
    if (i > 0) {
      const bool hard = token.before == Boundary::kHard;
      const bool soft = token.before == Boundary::kSoft;
      if (hard) {
        ++sentence;
        sheet.hard[i / 64] |= 1ULL << (i % 64);
      }
      const bool strong_soft =
          soft && (token.mark == '\n' || token.mark == '-' || token.mark == '(' ||
                   token.mark == ')' || token.mark == ' ');
      if (hard || strong_soft || sheet.plays(kClauseBreakRole, i) ||
          (soft && sheet.plays(kSubjectStartRole, i))) {
        ++clause;
      }
    }
    sheet.clause[i] = clause;
    sheet.sentence[i] = sentence;
  }
}

Analysis analyse(const RuleBook& book, std::string_view typed) {
  Analysis analysis;
  Sheet& sheet = analysis.sheet;
  sheet.tokens = cut(typed);
  if (sheet.tokens.size() > kMostTokens) sheet.tokens.resize(kMostTokens);
  book.vocabulary.resolve(sheet.tokens);
  find_classes(book, sheet);
  cut_clauses(book, sheet);
  hide_idioms(book, sheet, analysis.idioms);
  for (const PatternHit& hit : book.cue_patterns.match(sheet)) {
    analysis.cues.push_back({hit.owner, hit.begin, hit.end});
  }
  drop_shorter_cues(book, analysis.cues);
  find_mentions(book, analysis);
  find_doses(book, analysis);
  read_reply(book, analysis);
  for (const CueHit& hit : analysis.cues) {
    const Cue& cue = book.cues[hit.cue];
    if (cue.axis != Axis::kTurn || cue.value == kNothing) continue;
    analysis.correction =
        analysis.correction || cue.value == static_cast<std::uint8_t>(TurnCue::kCorrection);
    analysis.same_for_me =
        analysis.same_for_me || cue.value == static_cast<std::uint8_t>(TurnCue::kSameForMe);
  }
  if (book.structure.foreign != kNoClass) {
    std::size_t foreign = 0;
    for (std::size_t at = 0; at < sheet.tokens.size(); ++at) {
      if (sheet.has(book.structure.foreign, at)) ++foreign;
    }
    analysis.foreign = foreign >= 2 && foreign * 5 >= sheet.tokens.size();
  }
  read_context(book, analysis);
  return analysis;
}

}  // namespace backchat::safety
