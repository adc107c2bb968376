#include "answer/selection.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>
#include <unordered_map>
#include <unordered_set>

#include "text/utf8.h"

namespace backchat::answer {
namespace {

// A word of a sentence and how telling it is.
struct Word {
  index::WordId id = 0;
  double weight = 0;
};
// The words of a sentence.
struct Words {
  std::vector<Word> words;  // ids ascending, each once
  double weight = 0;        // of all
};

// Two sentences that share this much of their telling words say the same.
constexpr double kNearDuplicate = 0.7;
// Sentences beyond these fit too badly to be said.
constexpr std::size_t kSentencesRead = 80;
// What a sentence is worth that holds none of the question's subjects.
constexpr double kWithoutSubjects = 0.4;
// How much more a sentence counts when the question names its article.
constexpr double kNamedSource = 2;
// And when its heading asks the same kind of question.
constexpr double kHeadingAnswers = 1.2;
// And when its heading is the question, as suggested questions are.
constexpr double kSameQuestion = 3;
// A passage whose section is asked for nearly like this holds the words that its wording explains.
constexpr double kAskedHolds = 0.5;
// What it adds to a sentence that its section is asked for in the very words of the question.
constexpr double kAskedWeight = 2.5;
// Where a list is wanted, a sentence that names several things or one in full says more than one
// that repeats the question.
constexpr double kNews = 0.5;
// The first sentence of a section sums it up.
constexpr double kSummary = 1.15;
constexpr double kMuchNews = 18;
// Each further quote of one article counts a little less, so that several articles are heard; more
// so where a list is wanted.
constexpr double kSameArticle = 0.9;
constexpr double kSameArticleInList = 0.75;
// A further quote holds at least this share of what the lead holds ...
constexpr double kSubjectsOfLead = 0.7;
constexpr double kSubjectsInSection = 0.3;
// ... or adds this much of the question that was not yet held.
constexpr double kWorthyGain = 0.15;
constexpr double kGainWeight = 1.0;
constexpr double kSameSection = 0.1;
// What it adds to a sentence that it is asked for in words like the question's, beside the best by
// its own words ...
constexpr double kNearWeight = 2.5;
// ... and from where on such a sentence holds the words of its wordings, this well.
constexpr double kNearHolds = 0.25;
constexpr double kHeldByWording = 0.8;

// Weighs words by how few of the candidate sentences hold them, so that the frame that the items of
// a list share ("... can cause a back spasm") does not make them look alike.
void weigh(std::vector<Words>& sentences) {
  std::unordered_map<index::WordId, double> count;
  for (const Words& sentence : sentences) {
    for (const Word& word : sentence.words) ++count[word.id];
  }
  const double total = static_cast<double>(sentences.size());
  for (Words& sentence : sentences) {
    for (Word& word : sentence.words) {
      word.weight = std::log(1 + total / count[word.id]);
      sentence.weight += word.weight;
    }
  }
}

// Weight of the words that are not among `known`.
double news(const Words& sentence, const std::unordered_set<index::WordId>& known) {
  double sum = 0;
  for (const Word& word : sentence.words) {
    if (!known.contains(word.id)) sum += word.weight;
  }
  return sum;
}

// Whether two sentences have nearly all of their words' weight in common.
bool nearly_the_same(const Words& a, const Words& b) {
  // What they share is at most the lighter one's weight: most pairs need no closer look.
  if (std::min(a.weight, b.weight) < kNearDuplicate * std::max(a.weight, b.weight)) return false;
  const double needed = kNearDuplicate / (1 + kNearDuplicate) * (a.weight + b.weight);
  double possible = a.weight;  // what they share if every word of `a` still to come is in `b`
  auto y = b.words.begin();
  for (const Word& word : a.words) {
    while (y != b.words.end() && y->id < word.id) ++y;
    if (y != b.words.end() && y->id == word.id) continue;
    possible -= word.weight;
    if (possible < needed) return false;
  }
  return true;
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
  Words out;
  out.words.reserve(sentence.size());
  for (const index::WordId id : sentence) out.words.push_back({id, 0});
  std::ranges::sort(out.words, std::less<>(), &Word::id);
  const auto same = [](const Word& x, const Word& y) { return x.id == y.id; };
  out.words.erase(std::unique(out.words.begin(), out.words.end(), same), out.words.end());
  return out;
}

// Every spelling of the question's words.
std::unordered_set<index::WordId> asked_words(const retrieve::Query& query) {
  std::unordered_set<index::WordId> out;
  for (const retrieve::Concept& each : query.concepts) {
    for (const retrieve::Alternative& alternative : each.alternatives) {
      for (const auto& word : alternative.words) out.insert(word.forms.begin(), word.forms.end());
    }
  }
  return out;
}

bool wants_list(retrieve::QuestionKind kind) {
  using Kind = retrieve::QuestionKind;
  return kind == Kind::kCause || kind == Kind::kSymptom || kind == Kind::kTest ||
         kind == Kind::kPrevent || kind == Kind::kTreat || kind == Kind::kAvoid ||
         kind == Kind::kWhenToSee;
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

// How much single sentences are asked for in words like the question's.
class NearLookup {
 public:
  explicit NearLookup(const Evidence& evidence)
      : sure_(std::min(1.0, evidence.near.nearest / kSureOfNear)) {
    for (const NearSentence& each : evidence.near.sentences) {
      by_text_.emplace(each.passage->sentence(each.sentence).data(), &each);
    }
  }
  const NearSentence* find(const knowledge::Passage& passage, std::size_t sentence) const {
    const auto found = by_text_.find(passage.sentence(sentence).data());
    return found == by_text_.end() ? nullptr : found->second;
  }
  double likeness(const knowledge::Passage& passage, std::size_t sentence) const {
    const NearSentence* found = find(passage, sentence);
    return found == nullptr ? 0 : sure_ * found->likeness;
  }

 private:
  double sure_;
  std::unordered_map<const char*, const NearSentence*> by_text_;  // by where its text begins
};

// Words find a sentence by what it says, collected questions by how it is asked for.
void weigh_near(const Evidence& evidence, std::vector<Quote>& quotes) {
  double best = 0;
  double best_plain = 0;
  // Where a heading is the question, as suggested questions are, its section answers it.
  const bool is_heading = std::ranges::any_of(quotes, [&evidence](const Quote& quote) {
    return asks_exactly(*evidence.query, quote.places[0].passage->heading);
  });
  for (const Quote& quote : quotes) {
    if (is_heading) break;
    best = std::max(best, quote.score);
    best_plain = std::max(best_plain, quote.plain_score);
  }
  for (Quote& quote : quotes) {
    const bool named =
        std::ranges::find(evidence.sources, quote.article()) != evidence.sources.end();
    const double factor = named ? kNamedSource : 1;
    quote.score = factor * (quote.score + best * kNearWeight * quote.near);
    quote.plain_score = factor * (quote.plain_score + best_plain * kNearWeight * quote.near);
  }
}

}  // namespace

bool asks_exactly(const retrieve::Query& query, std::string_view question) {
  return std::ranges::equal(text::trim(query.text), question,
                            [](char a, char b) { return text::to_lower(a) == text::to_lower(b); });
}

std::vector<Quote> find_quotes(const Evidence& evidence) {
  std::vector<retrieve::Quotable> quotables;
  for (std::size_t i = 0; i < evidence.passages.size(); ++i) {
    quotables.push_back({&evidence.hits[i], evidence.passages[i], &evidence.words[i].forward});
  }
  auto scored = retrieve::score_sentences(*evidence.query, quotables);
  const NearLookup near(evidence);
  if (scored.size() > kSentencesRead) {
    const auto beyond =
        std::remove_if(scored.begin() + kSentencesRead, scored.end(), [&](const auto& sentence) {
          return near.find(*quotables[sentence.passage].passage, sentence.sentence) == nullptr &&
                 !asks_exactly(*evidence.query, quotables[sentence.passage].passage->heading);
        });
    scored.erase(beyond, scored.end());
  }
  std::vector<Words> words;
  words.reserve(scored.size());
  for (const auto& s : scored) {
    words.push_back(words_of(quotables[s.passage].forward->sentence(s.sentence)));
  }
  weigh(words);
  const std::unordered_set<index::WordId> asked = asked_words(*evidence.query);
  std::vector<Quote> quotes;
  std::vector<const Words*> quote_words;
  for (std::size_t i = 0; i < scored.size(); ++i) {
    auto& s = scored[i];
    const knowledge::Passage* passage = quotables[s.passage].passage;
    std::size_t same = 0;
    const auto alike = [&](std::size_t q) {
      // The items of a list differ in one word, and that word is the point.
      if (quotes[q].places[0].passage == passage && passage->sentences[s.sentence].item) {
        return false;
      }
      return nearly_the_same(words[i], *quote_words[q]);
    };
    while (same < quotes.size() && !alike(same)) ++same;
    if (same < quotes.size()) {
      auto& places = quotes[same].places;
      const bool known = std::ranges::any_of(places, [passage](const Quote::Place& place) {
        return place.passage->article == passage->article;
      });
      if (!known) places.push_back({passage, s.sentence});
      quotes[same].near = std::max(quotes[same].near, near.likeness(*passage, s.sentence));
      continue;
    }
    const double asked_for = evidence.asked_for.empty() ? 0 : evidence.asked_for[s.passage];
    for (std::size_t c = 0; asked_for >= kAskedHolds && c < s.covered.size(); ++c) {
      if (evidence.explained[c]) s.covered[c] = std::max(s.covered[c], asked_for);
    }
    if (const NearSentence* found = near.find(*passage, s.sentence);
        found != nullptr && near.likeness(*passage, s.sentence) >= kNearHolds) {
      for (std::size_t c = 0; c < s.covered.size(); ++c) {
        if (found->holds[c]) s.covered[c] = std::max(s.covered[c], kHeldByWording);
      }
    }
    const double subjects = subject_share(evidence, s.covered);
    double score = s.score * (kWithoutSubjects + (1 - kWithoutSubjects) * subjects);
    if (asks_exactly(*evidence.query, passage->heading)) score *= kSameQuestion;
    if (wants_list(evidence.query->kind())) {
      if (s.sentence == 0) score *= kSummary;
      score *= 1 + kNews * std::min(1.0, news(words[i], asked) / kMuchNews);
    }
    const index::KindSet kinds = quotables[s.passage].forward->kinds;
    if ((kinds & index::bit(evidence.query->kind())) != 0) score *= kHeadingAnswers;
    quotes.push_back({{{passage, s.sentence}},
                      score * (1 + kAskedWeight * asked_for),
                      score,
                      subjects,
                      s.kind_cue,
                      s.covered,
                      passage->sentences[s.sentence].step,
                      near.likeness(*passage, s.sentence)});
    quote_words.push_back(&words[i]);
  }
  weigh_near(evidence, quotes);
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
  const double best_score = taken[0].plain_score;
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

std::string_view why_left(const Quote& quote, const Quote& lead, const ComposeOptions& options) {
  const bool same_section = quote.same_section(lead);
  const double share = same_section ? kSubjectsInSection : kSubjectsOfLead;
  if (quote.subjects < share * lead.subjects) return "holds too little of the question";
  const double keep = same_section ? options.keep_section_at : options.keep_at;
  if (quote.score < keep * lead.plain_score) return "fits too badly beside the lead";
  return "no room: others fit better or tell more";
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

bool asks_for_figure(const Evidence& evidence) { return wants_figure(evidence.query->kind()); }

bool lacks_figure(const Evidence& evidence, const std::vector<Quote>& quotes) {
  const retrieve::Query& query = *evidence.query;
  // "How much" may be answered without a figure ("half your weight").
  const bool many = std::ranges::find(query.stems, "mani") != query.stems.end();
  if (query.kind() == retrieve::QuestionKind::kHowMuch && !many) return false;
  return wants_figure(query.kind()) && std::ranges::none_of(quotes, &Quote::kind_cue);
}

}  // namespace backchat::answer
