#include "answer/said.h"

#include <algorithm>
#include <functional>

namespace backchat::answer {
namespace {

// Words of less information tell nothing: they stand in most passages.
constexpr double kTells = 0.3;
// A sentence that is said again holds this much of what the most telling one holds of the turn's
// words.
constexpr double kNearlyAsTelling = 0.36;
// What a sentence gains that holds all of the turn's own words that any holds.
constexpr double kOwnWords = 1.0;
constexpr std::size_t kMostSaidAgain = 3;
// What a sentence that names things gains where "which?" is asked.
constexpr double kAskedSort = 1.0;

}  // namespace

// "A and B are two of them": it names several things as what they are.
bool Said::names_things(std::string_view text) const {
  const auto has = [text](std::string_view word) {
    return text.find(word) != std::string_view::npos;
  };
  return std::ranges::any_of(words_.listing, has) && std::ranges::any_of(words_.naming, has);
}

bool Said::says_when(std::string_view text) const {
  return std::ranges::any_of(words_.timing, [text](const std::string& word) {
    return text.find(word) != std::string_view::npos;
  });
}

bool Said::holds(std::string_view sentence) const {
  return std::ranges::any_of(evidence_.said, [sentence](const auto& reply) {
    return std::ranges::find(reply.sentences, sentence) != reply.sentences.end();
  });
}

bool Said::showed(std::string_view exercise) const {
  return std::ranges::any_of(evidence_.said, [exercise](const auto& reply) {
    return std::ranges::find(reply.exercises, exercise) != reply.exercises.end();
  });
}

bool Said::holds(const Quote& quote) const {
  return std::ranges::any_of(quote.places, [this](const Quote::Place& place) {
    return holds(place.passage->sentence(place.sentence));
  });
}

bool Said::is_own(const retrieve::Concept& each) const {
  return each.span.begin < evidence_.own && each.idf > kTells && each.weight > 0;
}

// Information of the turn's own words that the sentence holds, those too that only help to ask.
double Said::own_words_in(const Quote& quote) const {
  double sum = 0;
  for (std::size_t i = 0; i < quote.covered.size(); ++i) {
    const retrieve::Concept& each = evidence_.query->concepts[i];
    if (is_own(each) && quote.covered[i] >= kHolds) sum += quote.covered[i] * each.idf;
  }
  return sum;
}

// Something of what the turn leans on, where that is anything but the theme.
bool Said::holds_context(const Quote& quote) const {
  bool any = false;
  for (std::size_t i = 0; i < quote.covered.size(); ++i) {
    const retrieve::Concept& each = evidence_.query->concepts[i];
    const bool telling = each.known && evidence_.roles[i] == WordRole::kSubject &&
                         each.idf > kThemeInformation && each.span.begin >= evidence_.own;
    if (!telling) continue;
    if (quote.covered[i] >= kHolds) return true;
    any = true;
  }
  return !any;
}

bool Said::answers_own_words(const std::vector<Quote>& quotes) const {
  if (quotes.empty()) return false;
  bool any = false;
  for (std::size_t i = 0; i < quotes.front().covered.size(); ++i) {
    const retrieve::Concept& each = evidence_.query->concepts[i];
    if (evidence_.roles[i] != WordRole::kSubject || !is_own(each)) continue;
    if (quotes.front().covered[i] < kHolds) return false;
    any = true;
  }
  return any;
}

bool Said::is_asked_for(const Quote& quote) const {
  if (evidence_.own_kind && quote.kind_cue) return true;
  if (evidence_.asks_when && says_when(quote.text()) && holds_context(quote)) return true;
  if (has_own_words()) return own_words_in(quote) > 0;
  // "Which?" is asked of what stood behind the first sentence.
  return evidence_.bare && !evidence_.own_kind &&
         (names_things(quote.text()) ||
          std::ranges::none_of(evidence_.said,
                               [&quote](const auto& reply) { return reply.lead == quote.text(); }));
}

bool Said::has_own_words() const {
  return std::ranges::any_of(evidence_.query->concepts,
                             [this](const retrieve::Concept& each) { return is_own(each); });
}

// Exactly what one reply quoted, and nothing else.
bool Said::is_a_reply(const std::vector<Quote>& quotes) const {
  return std::ranges::any_of(evidence_.said, [&quotes](const auto& reply) {
    return reply.sentences.size() == quotes.size() &&
           std::ranges::all_of(quotes, [&reply](const Quote& quote) {
             return std::ranges::find(reply.sentences, quote.text()) != reply.sentences.end();
           });
  });
}

// Drops what was said before and is not asked for now; of the rest the most telling stays.
void Said::drop_known(std::vector<Quote>& quotes) const {
  std::vector<const Quote*> again;
  double most = 0;
  for (const Quote& quote : quotes) {
    if (!holds(quote) || !is_asked_for(quote)) continue;
    again.push_back(&quote);
    most = std::max(most, own_words_in(quote));
  }
  std::erase_if(again,
                [&](const Quote* quote) { return own_words_in(*quote) < kNearlyAsTelling * most; });
  std::ranges::stable_sort(again, [this](const Quote* a, const Quote* b) {
    return std::pair(own_words_in(*a), a->score) > std::pair(own_words_in(*b), b->score);
  });
  if (again.size() > kMostSaidAgain) again.resize(kMostSaidAgain);
  std::vector<Quote> out;
  for (const Quote& quote : quotes) {
    const bool stays = !holds(quote) || std::ranges::find(again, &quote) != again.end();
    if (stays) out.push_back(quote);
  }
  quotes = std::move(out);
}

// "Is there a natural one?": what the turn adds counts before what it leans on.
void Said::put_own_words_first(std::vector<Quote>& quotes) const {
  double most = 0;
  for (const Quote& quote : quotes) most = std::max(most, own_words_in(quote));
  if (most <= 0) return;
  for (Quote& quote : quotes) {
    if (!holds_context(quote)) continue;
    const double gain = 1 + kOwnWords * own_words_in(quote) / most;
    quote.score *= gain;
    quote.plain_score *= gain;
  }
  std::ranges::stable_sort(quotes, std::greater<>(), &Quote::score);
}

// "Which?": sentences that name things say more than those that only speak of them; "when?": those
// that say when.
void Said::put_asked_first(std::vector<Quote>& quotes) const {
  const bool names = evidence_.bare && !evidence_.own_kind;
  for (Quote& quote : quotes) {
    const bool asked =
        evidence_.asks_when ? says_when(quote.text()) : names && names_things(quote.text());
    if (!asked || !holds_context(quote)) continue;
    quote.score *= 1 + kAskedSort;
    quote.plain_score *= 1 + kAskedSort;
  }
  std::ranges::stable_sort(quotes, std::greater<>(), &Quote::score);
}

Said::News Said::take_news(std::vector<Quote> quotes, const ComposeOptions& options,
                           std::size_t words) const {
  News out;
  const auto known = [this](const Quote& quote) { return holds(quote); };
  if (quotes.empty()) return out;
  if (evidence_.only_new) {
    // What fits far worse than what was said is no more of it.
    const double least = options.keep_section_at * quotes.front().score;
    std::erase_if(quotes, [&](const Quote& each) { return known(each) || each.score < least; });
    if (quotes.empty()) return out;
  }
  put_own_words_first(quotes);
  put_asked_first(quotes);
  const Quote best = quotes.front();
  std::vector<Quote> rest = quotes;
  out.quotes = take_quotes(rest, evidence_, options, words);
  drop_known(out.quotes);
  if (out.quotes.empty()) {
    // Nothing of the answer is new or asked for: perhaps a weaker sentence is.
    std::erase_if(quotes, [&](const Quote& quote) {
      return quote.score < options.keep_at * best.score || !is_asked_for(quote);
    });
    std::ranges::stable_sort(quotes, std::greater<>(),
                             [this](const Quote& quote) { return own_words_in(quote); });
    if (!quotes.empty()) out.quotes.assign(1, quotes.front());
  }
  out.restated = std::ranges::all_of(out.quotes, known);
  if (out.restated && is_a_reply(out.quotes)) out.quotes.clear();
  return out;
}

}  // namespace backchat::answer
