#include "safety/marks.h"

namespace backchat::safety {

void MarkLookup::look() {
  spoken_.assign(book_.concepts.size(), false);
  for (const Mark& mark : marks_) spoken_[static_cast<std::size_t>(mark.concept_index)] = true;
}

const Mark* MarkLookup::find(const Term& term, bool other) const {
  if (term.concept_index >= 0 && !spoken_[static_cast<std::size_t>(term.concept_index)]) {
    return nullptr;
  }
  const Mark* best = nullptr;
  for (const Mark& mark : marks_) {
    const Kind kind = book_.concepts[static_cast<std::size_t>(mark.concept_index)].kind;
    if (mark.other != other && mark.named && kind != Kind::kTopic) continue;
    if (term.concept_index >= 0) {
      if (mark.concept_index != term.concept_index || mark.outcome != term.outcome) continue;
    } else {
      const Concept& what = book_.concepts[static_cast<std::size_t>(mark.concept_index)];
      if (what.value != term.value || mark.number < 0 || mark.outcome != Outcome::kCounts) continue;
      if (term.at_least ? mark.number < term.limit : mark.number >= term.limit) continue;
    }
    if (best == nullptr || mark.last_turn > best->last_turn) best = &mark;
  }
  return best;
}

std::vector<const Mark*> MarkLookup::fulfilled(const Rule& rule, bool other) const {
  std::vector<const Mark*> used;
  for (const std::vector<Term>& any : rule.all) {
    const Mark* best = nullptr;
    for (const Term& term : any) {
      const Mark* mark = find(term, other);
      if (mark != nullptr && (best == nullptr || mark->last_turn > best->last_turn)) best = mark;
    }
    if (best == nullptr) return {};
    used.push_back(best);
  }
  int found = 0;
  for (const Term& term : rule.of) {
    const Mark* mark = find(term, other);
    if (mark == nullptr) continue;
    ++found;
    used.push_back(mark);
  }
  if (found < rule.count) return {};
  for (const Term& term : rule.none) {
    if (find(term, other) != nullptr) return {};
  }
  return used;
}

bool MarkLookup::said_in(const Term& term, int turn) const {
  const Mark* self = find(term, false);
  const Mark* other = find(term, true);
  return (self != nullptr && self->last_turn == turn) ||
         (other != nullptr && other->last_turn == turn);
}

}  // namespace backchat::safety
