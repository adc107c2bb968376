#include <algorithm>
#include <array>
#include <cstdlib>

#include "safety/analysis.h"

namespace backchat::safety {
namespace {

constexpr std::uint32_t kLook =
    40;  // tokens on either side of a mention in which cues are looked for

// What has the say on one axis for one mention so far.
struct Best {
  int cue = -1;
  int priority = -1;
  std::uint32_t distance = 0;
};

// Decides which cues act on which mentions of one turn.
class ContextReader {
 public:
  ContextReader(const RuleBook& book, Analysis& analysis)
      : book_(book), a_(analysis), sheet_(analysis.sheet) {
    const std::size_t count = sheet_.tokens.size();
    covered_.assign(count, 0);
    for (const Mention& mention : a_.mentions) {
      for (std::uint32_t at = mention.begin; at < mention.end; ++at) covered_[at] = 1;
    }
    first_cue_.assign(count + 1, 0);
    std::size_t next = 0;
    for (std::size_t at = 0; at <= count; ++at) {
      while (next < a_.cues.size() && a_.cues[next].begin < at) ++next;
      first_cue_[at] = next;
    }
    for (const CueHit& hit : a_.cues) {
      const Cue& cue = book_.cues[hit.cue];
      if (cue.scope == Scope::kTurn && cue.value != kNothing) whole_turn_.push_back(hit);
    }
    // Only the strongest few matter, and a long text may hold very many.
    std::stable_sort(whole_turn_.begin(), whole_turn_.end(), [&](const CueHit& x, const CueHit& y) {
      return book_.cues[x.cue].priority > book_.cues[y.cue].priority;
    });
    if (whole_turn_.size() > 16) whole_turn_.resize(16);
    walk_persons();
  }

  void run() {
    for (Mention& mention : a_.mentions) {
      read(mention);
      settle(mention);
    }
    for (std::size_t i = 0; i < a_.mentions.size(); ++i) narrow(i);
  }

 private:
  static constexpr std::uint32_t kNoCue = 0xFFFFFFFF;

  // For every token, the person cue that holds when it ends; carried over sentences only for others
  // who need help now.
  void walk_persons() {
    const std::size_t count = sheet_.tokens.size();
    person_at_.assign(count, kNoCue);
    std::uint32_t current = kNoCue;
    std::uint32_t last_other = kNoCue;
    std::size_t next = 0;
    for (std::size_t at = 0; at < count; ++at) {
      if (at > 0 && sheet_.sentence[at] != sheet_.sentence[at - 1] && current != kNoCue) {
        const std::uint8_t value = book_.cues[a_.cues[current].cue].value;
        if (value != static_cast<std::uint8_t>(Person::kOtherNow)) current = kNoCue;
      }
      for (; next < a_.cues.size() && a_.cues[next].begin <= at; ++next) {
        const Cue& cue = book_.cues[a_.cues[next].cue];
        if (cue.axis != Axis::kPerson || cue.value == kNothing) continue;
        if (cue.value == kCarry) {
          if (last_other != kNoCue) current = last_other;
          continue;
        }
        current = static_cast<std::uint32_t>(next);
        if (cue.value != static_cast<std::uint8_t>(Person::kSelf)) last_other = current;
      }
      person_at_[at] = current;
    }
  }

  bool is(Role role, std::uint32_t at) const { return sheet_.plays(role, at); }
  bool filler(std::uint32_t at) const { return (sheet_.filler[at / 64] >> (at % 64) & 1U) != 0; }

  // Words between that stand for distance, or kNoCue when the way is barred.
  std::uint32_t way(const Cue& cue, std::uint32_t from, std::uint32_t to) const {
    std::uint32_t words = 0;
    for (std::uint32_t at = from; at < to; ++at) {
      const bool joined = at > from && is(kListJoinRole, at - 1);
      if (cue.axis == Axis::kPresence && cue.side == Side::kBefore && !cue.through && !joined &&
          is(kVerbBreakRole, at)) {
        return kNoCue;
      }
      if (covered_[at] != 0) continue;
      if (!filler(at) && !is(kListJoinRole, at)) ++words;
    }
    return words;
  }

  bool clause_fits(const Cue& cue, const CueHit& hit, const Mention& m) const {
    const std::uint32_t first = sheet_.clause[m.begin];
    const std::uint32_t last = sheet_.clause[m.end - 1];
    const std::uint32_t at = sheet_.clause[hit.begin];
    switch (cue.scope) {
      case Scope::kClause:
        return at <= last && sheet_.clause[hit.end - 1] >= first;
      case Scope::kNext:
        return at >= first && at <= last + 1;
      case Scope::kSentence:
        return sheet_.sentence[hit.begin] == sheet_.sentence[m.begin];
      case Scope::kTurn:
        return true;
      case Scope::kTag: {
        std::uint32_t place = m.end;
        while (place < hit.begin && filler(place)) ++place;
        const bool ends = hit.end >= sheet_.tokens.size() ||
                          sheet_.tokens[hit.end].before != Boundary::kNone ||
                          sheet_.clause[hit.end] != at;
        const char mark =
            place == hit.begin && m.end < sheet_.tokens.size() ? sheet_.tokens[m.end].mark : '\0';
        return (mark == '?' || mark == ':' || mark == '-' || mark == ',') && ends;
      }
    }
    return false;
  }

  bool acts(const CueHit& hit, const Mention& m, std::uint32_t& distance) const {
    const Cue& cue = book_.cues[hit.cue];
    // A frame that opens before the mention frames it, also where its last words reach into it.
    const bool opens_before = cue.axis == Axis::kFrame && cue.side == Side::kBefore &&
                              hit.begin < m.begin && hit.end < m.end;
    const bool before = hit.end <= m.begin || opens_before;
    const bool after = hit.begin >= m.end;
    const bool overlaps = !before && !after;
    if (overlaps && cue.side != Side::kAny) return false;
    if (before && cue.side == Side::kAfter) return false;
    if (after && cue.side == Side::kBefore) return false;
    if (!clause_fits(cue, hit, m)) return false;
    // A denial that is part of a sign ("never lets up") denies nothing else.
    if (cue.axis == Axis::kPresence && before) {
      bool inside = true;
      for (std::uint32_t at = hit.begin; at < hit.end; ++at) inside = inside && covered_[at] != 0;
      bool adjacent = true;
      for (std::uint32_t at = hit.end; at < m.begin; ++at) adjacent = adjacent && filler(at);
      if (inside && !adjacent) return false;
    }
    distance = 0;
    if (before) distance = way(cue, std::min(hit.end, m.begin), m.begin);
    if (after) distance = way(cue, m.end, hit.begin);
    if (distance == kNoCue || static_cast<int>(distance) > cue.reach) return false;
    // "no fever, lost control": a list member with a verb of its own leaves the list.
    if (cue.axis == Axis::kPresence && before && !cue.through && hit.end < m.begin &&
        is(kOwnVerbRole, m.begin) && !is(kListJoinRole, m.begin - 1)) {
      for (std::uint32_t at = hit.end; at < m.begin; ++at) {
        if (!filler(at)) return false;
      }
    }
    return true;
  }

  void consider(const CueHit& hit, const Mention& m, std::array<Best, 3>& best) const {
    const Cue& cue = book_.cues[hit.cue];
    const auto axis = static_cast<std::size_t>(cue.axis);
    if (axis >= best.size() || cue.value == kNothing) return;
    if (cue.priority < best[axis].priority) return;
    std::uint32_t distance = 0;
    if (!acts(hit, m, distance)) return;
    if (cue.priority > best[axis].priority || distance < best[axis].distance) {
      best[axis] = Best{static_cast<int>(hit.cue), cue.priority, distance};
    }
  }

  void read(Mention& m) const {
    std::array<Best, 3> best;
    const std::uint32_t from = m.begin > kLook ? m.begin - kLook : 0;
    const std::size_t to = std::min<std::size_t>(sheet_.tokens.size(), m.end + kLook);
    for (std::size_t i = first_cue_[from]; i < first_cue_[to]; ++i) {
      if (book_.cues[a_.cues[i].cue].scope != Scope::kTurn) consider(a_.cues[i], m, best);
    }
    for (const CueHit& hit : whole_turn_) consider(hit, m, best);
    const auto value = [&](std::size_t axis) {
      return book_.cues[static_cast<std::size_t>(best[axis].cue)].value;
    };
    if (best[0].cue >= 0) m.presence = static_cast<Presence>(value(0));
    if (best[1].cue >= 0) m.time = static_cast<Time>(value(1));
    if (best[2].cue >= 0) m.frame = static_cast<Frame>(value(2));
    m.presence_cue = best[0].cue;
    m.time_cue = best[1].cue;
    m.frame_cue = best[2].cue;
    if (const std::uint32_t person = person_of(m); person != kNoCue) {
      m.person_cue = static_cast<int>(a_.cues[person].cue);
      m.person = static_cast<Person>(book_.cues[a_.cues[person].cue].value);
      // Carried over from an earlier sentence it is only a guess, and may be the writer's own.
      m.named = sheet_.sentence[a_.cues[person].begin] == sheet_.sentence[m.begin];
    }
    if (a_.same_for_me && m.person != Person::kNotHuman) {
      const bool theirs = m.person != Person::kSelf;
      m.person = Person::kSelf;
      if (theirs && (m.time == Time::kPast || m.time == Time::kResolved)) m.time = Time::kNow;
    }
  }

  // Who a mention is about: someone named inside it, else whoever the words before it speak of,
  // else whoever is spoken of at its end. "She swallowed some of my tablets" is about her.
  std::uint32_t person_of(const Mention& m) const {
    const std::uint32_t at_begin = person_at_[m.begin];
    const std::uint32_t at_end = person_at_[m.end - 1];
    if (at_end == kNoCue || at_begin == kNoCue) return at_end;
    const CueHit& last = a_.cues[at_end];
    const bool inside = last.begin > m.begin;
    const bool other = book_.cues[last.cue].value != static_cast<std::uint8_t>(Person::kSelf);
    return inside && other ? at_end : at_begin;
  }

  // The narrowest wording of a sign decides: where "short of breath" is denied, the "no ... breath"
  // around it is that denial and no sign of its own.
  void narrow(std::size_t index) const {
    constexpr std::size_t kMostInside = 200;
    Mention& m = a_.mentions[index];
    if (m.outcome != Outcome::kCounts) return;
    const Mention* inner = nullptr;
    const std::size_t last = std::min(a_.mentions.size(), index + kMostInside);
    for (std::size_t i = index + 1; i < last; ++i) {
      const Mention& other = a_.mentions[i];
      if (other.begin >= m.end) break;
      if (other.concept_index != m.concept_index || other.begin <= m.begin || other.end > m.end)
        continue;
      if (other.outcome != Outcome::kAbsent) return;
      inner = &other;
    }
    if (inner == nullptr) return;
    m.presence = inner->presence;
    m.presence_cue = inner->presence_cue;
    m.outcome = inner->outcome;
  }

  void settle(Mention& m) const {
    const Concept& what = book_.concepts[static_cast<std::size_t>(m.concept_index)];
    const bool fact = what.kind != Kind::kSign && what.kind != Kind::kWeak;
    if (what.kind == Kind::kTopic) {
      m.outcome = Outcome::kCounts;
    } else if (m.presence == Presence::kAbsent) {
      m.outcome = Outcome::kAbsent;
    } else if (m.person != Person::kSelf && m.person != Person::kOtherNow) {
      m.outcome = Outcome::kElse;
    } else if (m.frame == Frame::kQuoted) {
      m.outcome = Outcome::kElse;
    } else if (m.frame == Frame::kHypothetical) {
      m.outcome = Outcome::kHypothetical;
    } else if (m.frame == Frame::kQuestion) {
      m.outcome = Outcome::kQuestion;
    } else if (!fact && (m.time == Time::kPast || m.time == Time::kResolved)) {
      m.outcome = Outcome::kPast;
    } else if (!fact && m.time == Time::kLongStanding) {
      m.outcome = Outcome::kOld;
    } else if (what.kind == Kind::kWeak && m.presence == Presence::kPossible) {
      m.outcome = Outcome::kElse;
    } else {
      m.outcome = Outcome::kCounts;
    }
  }

  const RuleBook& book_;
  Analysis& a_;
  const Sheet& sheet_;
  std::vector<std::uint8_t> covered_;
  std::vector<std::size_t> first_cue_;
  std::vector<CueHit> whole_turn_;
  std::vector<std::uint32_t> person_at_;
};

}  // namespace

void read_context(const RuleBook& book, Analysis& analysis) {
  if (analysis.mentions.empty()) return;
  ContextReader(book, analysis).run();
}

}  // namespace backchat::safety
