#include "answer/gaps.h"

#include <algorithm>
#include <functional>

#include "answer/clauses.h"
#include "retrieve/stop_words.h"
#include "text/utf8.h"

namespace backchat::answer {
namespace {

// Of the other subjects that a question names, a sentence with its detail must hold this share: one
// on pregnancy says nothing of a medicine in pregnancy.
constexpr double kBesideDetail = 0.4;
// How much more a sentence counts that holds a detail asked for.
constexpr double kDetailWeight = 2;
// A turn of fewer words that are no subject leans on what the pack is about: "how long is normal?".
constexpr std::size_t kWordsOfNothing = 3;
// Beside unknown words the lead must hold nearly all known subjects, and these must tell much: for
// each unknown word as much as one or two words that few passages hold.
constexpr double kHoldsAll = 0.65;
constexpr double kTellingInformation = 5.5;

bool is_inside(text::Span inner, text::Span outer) {
  return inner.begin >= outer.begin && inner.end <= outer.end;
}

bool is_in(text::Span span, const Clause& clause) {
  return span.begin >= clause.begin && span.begin < clause.end;
}

bool is_explained(const Evidence& evidence, std::size_t i) {
  return !evidence.explained.empty() && evidence.explained[i];
}

std::string_view own_text(const Evidence& evidence) {
  return std::string_view(evidence.query->text).substr(0, evidence.own);
}

// `span` is where the detail stands in the query, if it does.
bool holds(const Evidence& evidence, const SentenceSet& held_by, text::Span span,
           const Quote& quote) {
  const bool says_it = std::ranges::any_of(quote.places, [&held_by](const Quote::Place& place) {
    return held_by.contains({place.passage, place.sentence});
  });
  if (!says_it) return false;
  double held = 0;
  double all = 0;
  for (std::size_t i = 0; i < quote.covered.size(); ++i) {
    const retrieve::Concept& each = evidence.query->concepts[i];
    if (!is_subject(evidence, i) || is_inside(each.span, span)) continue;
    // What the whole pack is about tells nothing of what is done about it.
    if (evidence.only_condition && each.idf <= kThemeInformation) continue;
    held += quote.covered[i] * each.information();
    all += each.information();
  }
  if (evidence.only_condition && all <= 0) return quote.kind_cue;
  return held >= kBesideDetail * all;
}

bool holds(const Evidence& evidence, const AskedDetail& detail, const Quote& quote) {
  return holds(evidence, *detail.held_by, detail.span, quote);
}

// What earlier turns set as a condition and no sentence on the subject holds.
void add_conditions(const Evidence& evidence, const std::vector<Quote>& chosen,
                    const std::vector<Quote>& others, std::vector<Gap>& out) {
  const text::Span behind{evidence.query->text.size(), evidence.query->text.size()};
  for (const Condition& condition : evidence.conditions) {
    const auto holds_it = [&](const Quote& quote) {
      return holds(evidence, *condition.held_by, behind, quote);
    };
    if (std::ranges::any_of(chosen, holds_it) || std::ranges::any_of(others, holds_it)) continue;
    out.push_back({condition.text, behind, true});
  }
}

// The clauses of the turn that ask; all, when it is put as no question.
std::vector<Clause> asking_clauses(const Evidence& evidence) {
  const std::vector<Clause> all = clauses_of(own_text(evidence));
  std::vector<Clause> out;
  std::ranges::copy_if(all, std::back_inserter(out), &Clause::asks);
  return out.empty() ? all : out;
}

// Words of a clause that ask for a number: "how many sessions", at most so many words behind.
constexpr std::size_t kWordsOfNumber = 2;

// "How many sessions" in a clause: what is counted, as typed; empty when nothing is.
std::string_view counted(std::string_view clause) {
  constexpr std::string_view kHowMany = "how many ";
  const std::size_t begin = text::to_lower(clause).find(kHowMany);
  if (begin == std::string::npos) return {};
  std::size_t end = begin + kHowMany.size();
  for (std::size_t word = 0; word < kWordsOfNumber && end < clause.size(); ++word) {
    const std::size_t next = std::min(clause.find_first_of(" ?!.,", end), clause.size());
    if (word > 0 && retrieve::is_stop_word(text::to_lower(clause.substr(end, next - end)))) break;
    end = next + 1;
  }
  return clause.substr(begin, std::min(end, clause.size() + 1) - 1 - begin);
}

// A number that one of several questions asks for and no sentence on its subjects gives: "does it
// help, and how many sessions do I need?"
void add_numbers(const Evidence& evidence, const std::vector<Clause>& asking,
                 const std::vector<Quote>& chosen, const std::vector<Quote>& others,
                 std::vector<Gap>& out) {
  if (asking.size() < 2) return;
  const std::string_view own = own_text(evidence);
  for (const Clause& clause : asking) {
    const std::string_view what = counted(clause_text(own, clause));
    if (what.empty()) continue;
    const std::size_t begin = static_cast<std::size_t>(what.data() - own.data());
    const text::Span span{begin, begin + what.size()};
    const auto gives = [&](const Quote& quote) {
      if (std::ranges::none_of(quote.text(), text::is_digit) && !quote.kind_cue) return false;
      double held = 0;
      double all = 0;
      for (std::size_t i = 0; i < quote.covered.size(); ++i) {
        const retrieve::Concept& each = evidence.query->concepts[i];
        const bool named = is_inside(each.span, span) && evidence.roles[i] != WordRole::kEveryday;
        if (named && quote.covered[i] < kHolds) return false;
        if (!is_in(each.span, clause) || !is_subject(evidence, i)) continue;
        held += quote.covered[i] * each.information();
        all += each.information();
      }
      return held >= kBesideDetail * all;
    };
    const bool known = std::ranges::any_of(out, [span](const Gap& gap) {
      return gap.span.begin < span.end && span.begin < gap.span.end;
    });
    if (known || std::ranges::any_of(chosen, gives) || std::ranges::any_of(others, gives)) continue;
    out.push_back({std::string(what), span});
  }
}

// What no article knows, or only something near.
void add_words(const Evidence& evidence, const std::vector<Quote>& chosen, std::vector<Gap>& out) {
  if (is_surely_covered(evidence)) return;
  for (std::size_t i = 0; i < evidence.query->concepts.size(); ++i) {
    const retrieve::Concept& each = evidence.query->concepts[i];
    if (!is_asked(evidence, i) || is_explained(evidence, i)) continue;
    const bool in_detail = std::ranges::any_of(evidence.details, [&each](const auto& detail) {
      return is_inside(each.span, detail.span);
    });
    if (in_detail) continue;
    const bool held =
        std::ranges::any_of(chosen, [i](const Quote& quote) { return quote.covered[i] >= kHolds; });
    const bool subject = evidence.roles[i] == WordRole::kSubject && !each.known;
    // "Bath" stands in no article, only what the lexicon calls near to it ("heat").
    const bool near = each.alternatives.size() > 1;
    const bool detail = evidence.roles[i] == WordRole::kDetail && !held;
    if (subject || detail) out.push_back({each.word, each.span, false, subject && !near});
  }
}

}  // namespace

void prefer_details(const Evidence& evidence, std::vector<Quote>& quotes) {
  if (evidence.details.empty()) return;
  for (Quote& quote : quotes) {
    const bool holds_one = std::ranges::any_of(evidence.details, [&](const AskedDetail& detail) {
      return holds(evidence, detail, quote);
    });
    if (holds_one) quote.score *= kDetailWeight;
  }
  std::ranges::stable_sort(quotes, std::greater<>(), &Quote::score);
}

bool asks_several_things(const Evidence& evidence) {
  return std::ranges::count_if(clauses_of(own_text(evidence)), &Clause::asks) > 1;
}

bool is_surely_covered(const Evidence& evidence) {
  return evidence.alone && evidence.near.judged && evidence.near.margin() >= kCoveredMargin &&
         !asks_several_things(evidence);
}

std::vector<Gap> find_gaps(const Evidence& evidence, const std::vector<Quote>& chosen,
                           const std::vector<Quote>& others) {
  std::vector<Gap> found;
  const std::vector<Clause> asking = asking_clauses(evidence);
  for (const AskedDetail& detail : evidence.details) {
    // Beside the question counts only what it leans on ("They give us belts. Do they help?") and
    // what could harm: "I am on lithium. Can I take ...?"
    const bool asked = std::ranges::any_of(asking, [&](const Clause& clause) {
      return is_in(detail.span, clause) ||
             (detail.span.end <= clause.begin && leans_on_thing(own_text(evidence), clause));
    });
    const auto holds_it = [&](const Quote& quote) { return holds(evidence, detail, quote); };
    const bool held =
        std::ranges::any_of(chosen, holds_it) || std::ranges::any_of(others, holds_it);
    if (held || (!asked && !detail.caution)) continue;
    const std::string_view typed =
        std::string_view(evidence.query->text).substr(detail.span.begin, detail.span.size());
    found.push_back(
        {std::string(detail.says.empty() ? typed : detail.says), detail.span, detail.caution});
  }
  add_words(evidence, chosen, found);
  add_numbers(evidence, asking, chosen, others, found);
  add_conditions(evidence, chosen, others, found);
  std::ranges::stable_sort(found, {}, [](const Gap& gap) { return gap.span.begin; });
  std::vector<Gap> out;
  for (Gap& gap : found) {
    const bool together = !out.empty() && gap.span.begin == out.back().span.end + 1 &&
                          evidence.query->text[out.back().span.end] == ' ';
    if (together && out.back().caution == gap.caution) {
      out.back().text += " " + gap.text;
      out.back().span.end = gap.span.end;
      out.back().unknown = out.back().unknown || gap.unknown;
    } else if (std::ranges::find(out, gap.text, &Gap::text) == out.end()) {
      out.push_back(std::move(gap));
    }
  }
  return out;
}

bool names_nothing(const Evidence& evidence, const Quote& lead) {
  if (!evidence.alone) return false;
  for (const Clause& clause : clauses_of(own_text(evidence))) {
    if (leans(own_text(evidence), clause)) return false;  // "how many people get this?"
  }
  std::size_t own = 0;
  std::size_t held = 0;
  for (std::size_t i = 0; i < evidence.query->concepts.size(); ++i) {
    const retrieve::Concept& each = evidence.query->concepts[i];
    if (each.span.begin >= evidence.own) continue;
    if (is_subject(evidence, i) || each.cue || is_explained(evidence, i)) return false;
    ++own;
    held += lead.covered[i] >= kHolds ? 1 : 0;
  }
  return own >= kWordsOfNothing && 2 * held < own;
}

bool stands_beside(const Evidence& evidence, const std::vector<Gap>& gaps, const Quote& lead) {
  const auto tells = [&evidence](const Clause& clause) {
    for (std::size_t i = 0; i < evidence.query->concepts.size(); ++i) {
      const retrieve::Concept& each = evidence.query->concepts[i];
      if (is_in(each.span, clause) && (each.cue || is_subject(evidence, i))) return true;
    }
    return false;
  };
  const auto has_gap = [&gaps](const Clause& clause) {
    return std::ranges::any_of(gaps, [&clause](const Gap& gap) { return is_in(gap.span, clause); });
  };
  const std::vector<Clause> clauses = clauses_of(own_text(evidence));
  const bool asks = std::ranges::any_of(clauses, &Clause::asks);
  bool free = false;
  for (std::size_t i = 0; i < clauses.size() && !free; ++i) {
    if ((asks && !clauses[i].asks) || has_gap(clauses[i])) continue;
    // "... and how often?", "My statins, could they do it?": it asks of what came before.
    const bool leans =
        !tells(clauses[i]) || (i > 0 && leans_on_thing(own_text(evidence), clauses[i]));
    std::size_t before = i;
    while (leans && before > 0 && (before == i || !tells(clauses[before]))) {
      if (has_gap(clauses[--before])) break;
    }
    free = !leans || (before < i && !has_gap(clauses[before]));
  }
  if (free) return true;
  double unknown = 0;
  for (const Gap& gap : gaps) {
    if (!gap.unknown) return false;
    ++unknown;
  }
  double known = 0;
  for (std::size_t i = 0; i < lead.covered.size(); ++i) {
    if (is_asked(evidence, i) && is_subject(evidence, i) && lead.covered[i] >= kHolds) {
      known += evidence.query->concepts[i].information();
    }
  }
  return lead.subjects >= kHoldsAll && known >= kTellingInformation * unknown;
}

}  // namespace backchat::answer
