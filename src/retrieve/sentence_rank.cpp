#include "retrieve/sentence_rank.h"

#include <algorithm>
#include <array>
#include <string>

#include "retrieve/occurrences.h"
#include "retrieve/stop_words.h"
#include "text/utf8.h"

namespace backchat::retrieve {
namespace {

constexpr std::uint32_t kNear = 6;  // words
// What a heading counts that answers the question's further kinds only.
constexpr double kFurtherKind = 0.4;
// Longer sentences are harder to read, and hold words by chance.
constexpr double kEasyWords = 14;

// Words of a sentence, lower-case, cut at everything that is no ASCII letter or digit.
void plain_words(std::string_view sentence, std::vector<std::string>& words) {
  words.clear();
  std::string word;
  for (const char c : sentence) {
    if (text::is_alpha(c) || text::is_digit(c)) {
      word += text::to_lower(c);
    } else if (!word.empty()) {
      words.push_back(std::move(word));
      word.clear();
    }
  }
  if (!word.empty()) words.push_back(std::move(word));
}

bool is_number(std::string_view word) {
  static constexpr auto kNumbers = std::to_array<std::string_view>(
      {"one",   "two",     "three", "four",   "five",    "six",    "seven",
       "eight", "nine",    "ten",   "twelve", "fifteen", "twenty", "thirty",
       "half",  "several", "few",   "couple", "dozen",   "a",      "an"});
  return text::is_digit(word[0]) ||
         std::find(kNumbers.begin(), kNumbers.end(), word) != kNumbers.end();
}

template <std::size_t N>
bool any_of(const std::vector<std::string>& words, const std::array<std::string_view, N>& wanted) {
  return std::any_of(words.begin(), words.end(), [&wanted](const std::string& word) {
    return std::find(wanted.begin(), wanted.end(), word) != wanted.end();
  });
}

bool has_row(const std::vector<std::string>& words, std::string_view a, std::string_view b) {
  return std::adjacent_find(words.begin(), words.end(), [&](const auto& x, const auto& y) {
           return x == a && y == b;
         }) != words.end();
}

// A unit with a number up to three words before it.
template <std::size_t N>
bool has_quantity(const std::vector<std::string>& words,
                  const std::array<std::string_view, N>& units) {
  for (std::size_t i = 1; i < words.size(); ++i) {
    if (std::find(units.begin(), units.end(), words[i]) == units.end()) continue;
    for (std::size_t back = 1; back <= 3 && back <= i; ++back) {
      if (is_number(words[i - back])) return true;
    }
  }
  return false;
}

constexpr auto kTimeUnits = std::to_array<std::string_view>(
    {"second", "seconds", "minute", "minutes", "min", "mins", "hour", "hours", "day", "days",
     "night", "nights", "week", "weeks", "month", "months", "year", "years"});
constexpr auto kRates =
    std::to_array<std::string_view>({"daily", "hourly", "weekly", "monthly", "once", "twice",
                                     "times", "every", "each", "often", "regularly"});
constexpr auto kCauses = std::to_array<std::string_view>(
    {"because",   "cause",  "causes",  "caused", "causing", "trigger", "triggers",
     "triggered", "due",    "lead",    "leads",  "result",  "results", "from",
     "reason",    "factor", "factors", "make",   "makes",   "bring"});
constexpr auto kSymptoms = std::to_array<std::string_view>(
    {"symptom", "symptoms", "sign", "signs", "feel", "feels", "feeling", "pain", "painful"});
constexpr auto kSeeing = std::to_array<std::string_view>(
    {"doctor", "doctors", "emergency", "hospital", "call", "see", "seek", "contact", "urgent",
     "physician", "professional", "specialist"});
constexpr auto kTests =
    std::to_array<std::string_view>({"test", "tests", "diagnose", "diagnosed", "diagnosis", "scan",
                                     "scans", "exam", "examination", "check", "checks"});
constexpr auto kAvoids = std::to_array<std::string_view>(
    {"avoid", "avoids", "avoiding", "not", "never", "stop", "worse", "limit"});
constexpr auto kPrevents = std::to_array<std::string_view>(
    {"prevent", "prevents", "preventing", "prevention", "reduce", "reduces", "lower", "lowers",
     "keep", "keeps", "risk", "chance"});
constexpr auto kRelieves = std::to_array<std::string_view>(
    {"help", "helps", "ease", "eases", "relieve", "relieves", "relief", "reduce", "reduces",
     "relax", "relaxes", "soothe", "soothes", "loosen", "loosens", "calm", "remedy", "remedies"});
// Verbs that open an instruction, or that follow the name of who gives it ("the doctor says to").
constexpr auto kInstructs = std::to_array<std::string_view>(
    {"add",  "ask",   "avoid", "bend", "call", "check", "do",    "drink", "get",  "give", "go",
     "hold", "keep",  "leave", "lie",  "lift", "move",  "place", "put",   "rest", "roll", "see",
     "sit",  "sleep", "start", "stop", "take", "talk",  "try",   "turn",  "use",  "wait", "walk",
     "warm", "wash",  "wear",  "wrap", "cut",  "feed",  "mist",  "water"});
constexpr auto kAdvises = std::to_array<std::string_view>(
    {"advise", "advises", "recommend", "recommends", "suggest", "suggests"});
// A sentence that only says that it depends leaves the asker where they were.
constexpr auto kOpen = std::to_array<std::string_view>(
    {"depend", "depends", "differ", "differs", "vary", "varies", "success"});
// "To find the cause, ..." names none.
constexpr auto kSearches = std::to_array<std::string_view>({"find", "look", "rule", "treatment"});
constexpr auto kSides = std::to_array<std::string_view>(
    {"or", "than", "both", "while", "but", "better", "best", "first", "then", "rather", "instead"});
constexpr auto kBeing = std::to_array<std::string_view>({"is", "are", "means"});

bool is_instruction(const std::vector<std::string>& words) {
  const auto is_verb = [](const std::string& word) {
    return std::find(kInstructs.begin(), kInstructs.end(), word) != kInstructs.end();
  };
  if (is_verb(words.front())) return true;
  for (std::size_t i = 0; i + 2 < words.size(); ++i) {
    if (words[i] == "says" && words[i + 1] == "to" && is_verb(words[i + 2])) return true;
  }
  return any_of(words, kAdvises);
}

bool cue_in(const std::vector<std::string>& words, QuestionKind kind) {
  if (words.empty()) return false;
  switch (kind) {
    case QuestionKind::kHowLong:
      return has_quantity(words, kTimeUnits) || has_row(words, "short", "time");
    case QuestionKind::kHowOften:
      return any_of(words, kRates);
    case QuestionKind::kHowMuch:
      return std::any_of(words.begin(), words.end(),
                         [](const std::string& word) { return text::is_digit(word[0]); });
    case QuestionKind::kCause:
      return any_of(words, kCauses) && !any_of(words, kSearches);
    case QuestionKind::kSymptom:
      return any_of(words, kSymptoms);
    case QuestionKind::kWhenToSee:
      return any_of(words, kSeeing);
    case QuestionKind::kTest:
      return any_of(words, kTests);
    case QuestionKind::kAvoid:
      return any_of(words, kAvoids);
    case QuestionKind::kPrevent:
      return any_of(words, kPrevents);
    case QuestionKind::kTreat:
      return (any_of(words, kRelieves) || is_instruction(words)) && !any_of(words, kOpen);
    case QuestionKind::kCompare:
      return any_of(words, kSides);
    case QuestionKind::kWhat:
      return words.size() > 2 && any_of(words, kBeing);
    case QuestionKind::kNone:
    case QuestionKind::kHowTo:
    case QuestionKind::kWho:
      return false;
  }
  return false;
}

class SentenceScorer {
 public:
  SentenceScorer(const Query& query, const SentenceOptions& options)
      : query_(query), options_(options), finder_(query), information_(query.information()) {
    for (const QuestionKind kind : query.kinds) kinds_ |= index::bit(kind);
    asks_negated_ = std::any_of(query.concepts.begin(), query.concepts.end(),
                                [](const Concept& each) { return each.negated; });
  }

  void score(const Quotable& from, std::size_t index, std::vector<ScoredSentence>& out) {
    const index::Forward& forward = *from.forward;
    std::vector<double> context(query_.concepts.size(), 0);
    mark(std::span(forward.words).first(forward.heading_end), context);
    const bool heading_fits = (kinds_ & forward.kinds) != 0;
    const bool fits_first = (index::bit(query_.kind()) & forward.kinds) != 0;
    if (heading_fits) {
      for (std::size_t c = 0; c < context.size(); ++c) {
        if (query_.concepts[c].cue) context[c] = 1;
      }
    }
    const std::size_t count =
        std::min(from.passage->sentences.size(), forward.sentence_ends.size());
    for (std::size_t i = 0; i < count; ++i) {
      ScoredSentence scored;
      scored.passage = index;
      scored.sentence = i;
      scored.covered.assign(query_.concepts.size(), 0);
      mark(forward.sentence(i), scored.covered);
      const double near = nearness();
      scored.own_coverage = share(scored.covered);
      for (std::size_t c = 0; c < context.size(); ++c) {
        scored.covered[c] = std::max(scored.covered[c], context[c]);
      }
      scored.coverage = share(scored.covered);
      scored.score += options_.own_weight * scored.own_coverage;
      scored.score += options_.context_weight * (scored.coverage - scored.own_coverage);
      if (from.hit != nullptr) scored.score += options_.passage_weight * from.hit->score;
      scored.score += options_.proximity_weight * near;
      plain_words(from.passage->sentence(i), words_);
      const std::vector<std::string>& words = words_;
      scored.kind_cue = cue_in(words, query_.kind());
      if (scored.kind_cue) scored.score += options_.kind_weight;
      if (heading_fits) {
        scored.score += options_.heading_kind_weight * (fits_first ? 1 : kFurtherKind);
      }
      const double beyond = static_cast<double>(words.size()) - kEasyWords;
      if (beyond > 0) scored.score -= options_.length_weight * beyond;
      if (asks_negated_) {
        const bool turned = std::any_of(words.begin(), words.end(),
                                        [](const auto& word) { return is_negation(word); });
        if (turned) scored.score += options_.negation_weight;
      }
      out.push_back(std::move(scored));
    }
  }

 private:
  void mark(std::span<const index::WordId> words, std::vector<double>& present) {
    finder_.find(words, occurrences_);
    for (const Occurrence& each : occurrences_) {
      present[each.concept_index] = std::max(present[each.concept_index], double{each.weight});
    }
  }

  // Share of the information whose words stand close to another of the question's words.
  double nearness() const {
    if (information_ <= 0) return 0;
    double sum = 0;
    std::vector<bool> counted(query_.concepts.size());
    for (std::size_t i = 1; i < occurrences_.size(); ++i) {
      const Occurrence& a = occurrences_[i - 1];
      const Occurrence& z = occurrences_[i];
      if (a.concept_index == z.concept_index || z.at - a.at > kNear) continue;
      for (const Occurrence* each : {&a, &z}) {
        if (counted[each->concept_index]) continue;
        counted[each->concept_index] = true;
        sum += query_.concepts[each->concept_index].information() * double{each->weight};
      }
    }
    return sum / information_;
  }

  double share(const std::vector<double>& covered) const {
    if (information_ <= 0) return 0;
    double sum = 0;
    for (std::size_t c = 0; c < covered.size(); ++c)
      sum += query_.concepts[c].information() * covered[c];
    return sum / information_;
  }

  const Query& query_;
  const SentenceOptions& options_;
  OccurrenceFinder finder_;
  std::vector<Occurrence> occurrences_;
  std::vector<std::string> words_;  // of the sentence that is scored, kept for its capacity
  double information_;
  index::KindSet kinds_ = 0;
  bool asks_negated_ = false;
};

}  // namespace

std::vector<ScoredSentence> score_sentences(const Query& query, std::span<const Quotable> passages,
                                            const SentenceOptions& options) {
  std::vector<ScoredSentence> out;
  SentenceScorer scorer(query, options);
  for (std::size_t i = 0; i < passages.size(); ++i) scorer.score(passages[i], i, out);
  // Stable: equal scores keep the order of passages and sentences.
  std::stable_sort(out.begin(), out.end(), [](const ScoredSentence& a, const ScoredSentence& b) {
    return a.score > b.score;
  });
  return out;
}

bool has_kind_cue(std::string_view sentence, QuestionKind kind) {
  std::vector<std::string> words;
  plain_words(sentence, words);
  return cue_in(words, kind);
}

}  // namespace backchat::retrieve
