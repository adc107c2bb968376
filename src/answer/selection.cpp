#include "answer/selection.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

namespace backchat::answer {
namespace {

using Words = std::set<index::WordId>;

// Two sentences that share this much of their telling words say the same.
constexpr double kNearDuplicate = 0.7;
// A concept is held when at least this much of it is found (related words count less than the word
// itself).
constexpr double kHeld = 0.35;
// What a sentence is worth that holds none of the question's subjects.
constexpr double kWithoutSubjects = 0.4;
// How much more a sentence counts when the question names its article.
constexpr double kNamedSource = 2;
// And when its heading asks the same kind of question.
constexpr double kHeadingAnswers = 1.2;
// Each further quote of one article counts a little less, so that several articles are heard; more
// so where a list is wanted.
constexpr double kSameArticle = 0.9;
constexpr double kSameArticleInList = 0.75;
// A further quote holds at least this share of what the lead holds ...
constexpr double kSubjectsOfLead = 0.85;
constexpr double kSubjectsInSection = 0.3;
// ... or adds this much of the question that was not yet held.
constexpr double kWorthyGain = 0.15;
constexpr double kGainWeight = 1.0;
constexpr double kSameSection = 0.1;
// Beside an unknown word the lead must hold nearly all known subjects, and these must tell much: as
// much as two or three words that few passages hold.
constexpr double kHoldsAll = 0.85;
constexpr double kTellingInformation = 7;

// Weighs words by how few of the candidate sentences hold them, so that the frame that the items of
// a list share ("... can cause a back spasm") does not make them look alike.
class Likeness {
 public:
  explicit Likeness(const std::vector<Words>& sentences) : total_(sentences.size()) {
    for (const Words& words : sentences) {
      for (const index::WordId word : words) ++count_[word];
    }
  }

  double of(const Words& a, const Words& b) const {
    double both = 0;
    double either = 0;
    for (const index::WordId word : a) {
      (b.contains(word) ? both : either) += weight(word);
    }
    for (const index::WordId word : b) {
      if (!a.contains(word)) either += weight(word);
    }
    return both + either > 0 ? both / (both + either) : 1;
  }

 private:
  double weight(index::WordId word) const {
    return std::log(1.0 + static_cast<double>(total_) / static_cast<double>(count_.at(word)));
  }

  std::size_t total_;
  std::map<index::WordId, std::size_t> count_;
};

bool is_asked(const Evidence& evidence, std::size_t i) {
  return evidence.asked.empty() || evidence.asked[i];
}

bool is_subject(const Evidence& evidence, std::size_t i) {
  return evidence.roles[i] == WordRole::kSubject && evidence.query->concepts[i].known;
}

// Share of the known subjects' information; what the turn only leans on counts with its own lower
// weight.
double subject_share(const Evidence& evidence, const std::vector<double>& covered) {
  double held = 0;
  double all = 0;
  for (std::size_t i = 0; i < covered.size(); ++i) {
    if (!is_subject(evidence, i)) continue;
    const double information = evidence.query->concepts[i].information();
    held += covered[i] * information;
    all += information;
  }
  return all > 0 ? held / all : 1;
}

Words words_of(std::span<const index::WordId> sentence) {
  return {sentence.begin(), sentence.end()};
}

bool wants_list(retrieve::QuestionKind kind) {
  using Kind = retrieve::QuestionKind;
  return kind == Kind::kCause || kind == Kind::kSymptom || kind == Kind::kTest ||
         kind == Kind::kPrevent || kind == Kind::kTreat || kind == Kind::kAvoid;
}

bool wants_figure(retrieve::QuestionKind kind) {
  using Kind = retrieve::QuestionKind;
  return kind == Kind::kHowLong || kind == Kind::kHowOften || kind == Kind::kHowMuch;
}

// Sections in the order of their first quote, sentences in the order of the text. The lead stays.
void put_in_order(std::vector<Quote>& quotes) {
  for (auto first = quotes.begin() + std::min<std::ptrdiff_t>(1, std::ssize(quotes));
       first != quotes.end();) {
    const Quote& head = *first;
    const auto end = std::stable_partition(
        first + 1, quotes.end(), [&head](const Quote& other) { return head.same_section(other); });
    std::sort(first, end, [](const Quote& a, const Quote& b) {
      const auto place = [](const Quote& quote) {
        return std::pair(quote.places[0].passage, quote.places[0].sentence);
      };
      return place(a) < place(b);
    });
    first = end;
  }
}

}  // namespace

std::vector<Quote> find_quotes(const Evidence& evidence) {
  std::vector<retrieve::Quotable> quotables;
  for (std::size_t i = 0; i < evidence.passages.size(); ++i) {
    quotables.push_back({&evidence.hits[i], evidence.passages[i], &evidence.words[i].forward});
  }
  const auto scored = retrieve::score_sentences(*evidence.query, quotables);
  std::vector<Words> words;
  words.reserve(scored.size());
  for (const auto& s : scored) {
    words.push_back(words_of(quotables[s.passage].forward->sentence(s.sentence)));
  }
  const Likeness likeness(words);
  std::vector<Quote> quotes;
  std::vector<const Words*> quote_words;
  for (std::size_t i = 0; i < scored.size(); ++i) {
    const auto& s = scored[i];
    const knowledge::Passage* passage = quotables[s.passage].passage;
    std::size_t same = 0;
    const auto alike = [&](std::size_t q) {
      // The items of a list differ in one word, and that word is the point.
      if (quotes[q].places[0].passage == passage && passage->sentences[s.sentence].item) {
        return false;
      }
      return likeness.of(words[i], *quote_words[q]) >= kNearDuplicate;
    };
    while (same < quotes.size() && !alike(same)) ++same;
    if (same < quotes.size()) {
      auto& places = quotes[same].places;
      const bool known = std::ranges::any_of(places, [passage](const Quote::Place& place) {
        return place.passage->article == passage->article;
      });
      if (!known) places.push_back({passage, s.sentence});
      continue;
    }
    const double subjects = subject_share(evidence, s.covered);
    double score = s.score * (kWithoutSubjects + (1 - kWithoutSubjects) * subjects);
    const index::KindSet kinds = quotables[s.passage].forward->kinds;
    if ((kinds & index::bit(evidence.query->kind())) != 0) score *= kHeadingAnswers;
    if (std::ranges::find(evidence.sources, passage->article) != evidence.sources.end()) {
      score *= kNamedSource;
    }
    quotes.push_back({{{passage, s.sentence}},
                      score,
                      subjects,
                      s.kind_cue,
                      s.covered,
                      passage->sentences[s.sentence].step});
    quote_words.push_back(&words[i]);
  }
  std::ranges::stable_sort(quotes, std::greater<>(), &Quote::score);
  return quotes;
}

std::size_t count_words(std::string_view text) {
  return static_cast<std::size_t>(std::ranges::count(text, ' ')) + 1;
}

std::vector<Quote> take_quotes(std::vector<Quote>& quotes, const Evidence& evidence,
                               const ComposeOptions& options, std::size_t words) {
  std::vector<Quote> taken;
  if (quotes.empty()) return taken;
  const double same_article =
      wants_list(evidence.query->kind()) ? kSameArticleInList : kSameArticle;
  std::map<std::string_view, double> weight;
  std::vector<double> held(evidence.query->concepts.size(), 0);
  const auto take = [&](std::vector<Quote>::iterator quote) {
    words -= std::min(words, count_words(quote->text()));
    weight.try_emplace(quote->article(), 1).first->second *= same_article;
    for (std::size_t i = 0; i < held.size(); ++i) held[i] = std::max(held[i], quote->covered[i]);
    taken.push_back(std::move(*quote));
    quotes.erase(quote);
  };
  take(quotes.begin());
  const double best_score = taken[0].score;
  const double best_subjects = taken[0].subjects;
  while (taken.size() <= options.max_bullets) {
    auto best = quotes.end();
    double best_worth = 0;
    const double held_share = subject_share(evidence, held);
    for (auto quote = quotes.begin(); quote != quotes.end(); ++quote) {
      if (count_words(quote->text()) > words) continue;
      std::vector<double> with = held;
      for (std::size_t i = 0; i < with.size(); ++i) with[i] = std::max(with[i], quote->covered[i]);
      const double gain = subject_share(evidence, with) - held_share;
      const bool same_section = quote->same_section(taken[0]);
      const bool fits =
          quote->subjects >= (same_section ? kSubjectsInSection : kSubjectsOfLead) * best_subjects;
      const double needed = (same_section ? options.keep_section_at : options.keep_at) * best_score;
      const bool beside = quote->is_beside(taken[0]);
      if (gain < kWorthyGain && !beside && (!fits || quote->score < needed)) continue;
      const double worth = quote->score * weight.try_emplace(quote->article(), 1).first->second +
                           kGainWeight * gain + (same_section ? kSameSection : 0);
      if (worth > best_worth) {
        best = quote;
        best_worth = worth;
      }
    }
    if (best == quotes.end()) break;
    take(best);
  }
  put_in_order(taken);
  return taken;
}

double coverage(const Evidence& evidence, const std::vector<Quote>& quotes) {
  double held = 0;
  double all = 0;
  for (std::size_t i = 0; i < evidence.query->concepts.size(); ++i) {
    if (!is_asked(evidence, i) || !is_subject(evidence, i)) continue;
    double best = 0;
    for (const Quote& quote : quotes) best = std::max(best, quote.covered[i]);
    held += best * evidence.query->concepts[i].information();
    all += evidence.query->concepts[i].information();
  }
  return all > 0 ? held / all : 1;
}

std::vector<std::string> unknown_subjects(const Evidence& evidence) {
  std::vector<std::string> out;
  for (std::size_t i = 0; i < evidence.query->concepts.size(); ++i) {
    const retrieve::Concept& each = evidence.query->concepts[i];
    // A word that the lexicon relates to known ones is only half unknown.
    const bool unknown = !each.known && each.alternatives.size() <= 1;
    if (unknown && is_asked(evidence, i) && evidence.roles[i] == WordRole::kSubject) {
      out.push_back(each.word);
    }
  }
  return out;
}

bool stands_without_unknown(const Evidence& evidence, const Quote& lead) {
  double known = 0;
  for (std::size_t i = 0; i < lead.covered.size(); ++i) {
    if (is_asked(evidence, i) && is_subject(evidence, i) && lead.covered[i] >= kHeld) {
      known += evidence.query->concepts[i].information();
    }
  }
  return lead.subjects >= kHoldsAll && known >= kTellingInformation;
}

std::vector<std::string> missing_details(const Evidence& evidence,
                                         const std::vector<Quote>& quotes) {
  std::vector<std::string> out;
  std::size_t end = 0;  // of the detail before, in the question
  for (std::size_t i = 0; i < evidence.query->concepts.size(); ++i) {
    const retrieve::Concept& each = evidence.query->concepts[i];
    if (evidence.roles[i] != WordRole::kDetail || !is_asked(evidence, i)) continue;
    const bool held =
        std::ranges::any_of(quotes, [i](const Quote& quote) { return quote.covered[i] >= kHeld; });
    if (held) continue;
    if (!out.empty() && each.span.begin == end + 1 && evidence.query->text[end] == ' ') {
      out.back() += " " + each.word;
    } else {
      out.push_back(each.word);
    }
    end = each.span.end;
  }
  return out;
}

bool lacks_figure(const Evidence& evidence, const std::vector<Quote>& quotes) {
  const retrieve::Query& query = *evidence.query;
  // "How much" may be answered without a figure ("half your weight").
  const bool many = std::ranges::find(query.stems, "mani") != query.stems.end();
  if (query.kind() == retrieve::QuestionKind::kHowMuch && !many) return false;
  return wants_figure(query.kind()) && std::ranges::none_of(quotes, &Quote::kind_cue);
}

}  // namespace backchat::answer
