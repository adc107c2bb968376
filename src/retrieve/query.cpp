#include "retrieve/query.h"

#include <algorithm>
#include <cmath>
#include <set>

#include "index/format.h"
#include "retrieve/everyday_words.h"
#include "retrieve/lexicon_index.h"
#include "retrieve/spelling.h"
#include "retrieve/stop_words.h"
#include "retrieve/word_root.h"
#include "text/normalise.h"

namespace backchat::retrieve {
namespace {

using Origin = Alternative::Origin;

constexpr std::size_t kReadBytes = std::size_t{16} << 10U;
constexpr std::size_t kMaxConcepts = 48;
constexpr std::size_t kMaxRepairs = 8;
constexpr std::size_t kPassagesForParts = 50;
constexpr std::size_t kNegationReach = 3;  // content words that a negation governs, at most
constexpr double kVariantWeight = 0.9;
constexpr double kFamilyWeight = 0.6;
constexpr std::size_t kFamilySearch = 200;
constexpr double kRelatedWeight = 0.35;

// A question longer than this is told as a story with a question in it; the words outside its
// asking sentences count less. Shorter ones say little beside the point.
constexpr std::size_t kLongQuestion = 30;
constexpr double kStoryWeight = 0.4;
constexpr double kOpeningWeight = 0.7;

struct Word {
  std::string exact;
  std::string stem;
  text::Span span;  // in the question as given
  std::size_t sentence = 0;
  bool content = false;
  bool cue = false;
  bool negated = false;
};

// Sentences as people type them: any stop, question mark or line end before white space ends one.
std::vector<text::Span> typed_sentences(std::string_view text) {
  std::vector<text::Span> out;
  std::size_t begin = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const bool stop = c == '.' || c == '?' || c == '!';
    const bool ends = c == '\n' || (stop && (i + 1 == text.size() || text::is_space(text[i + 1])));
    if (!ends) continue;
    if (!text::trim(text.substr(begin, i + 1 - begin)).empty()) out.push_back({begin, i + 1});
    begin = i + 1;
  }
  if (!text::trim(text.substr(begin)).empty()) out.push_back({begin, text.size()});
  return out;
}

bool opens_question(std::string_view word) {
  static const std::set<std::string_view> kOpeners{
      "what",  "why", "how",  "when", "where", "which",  "who",   "whom",
      "whose", "is",  "are",  "can",  "could", "should", "would", "do",
      "does",  "did", "will", "may",  "must",  "has",    "have"};
  return kOpeners.count(word) != 0;
}

// A question or a request, not a statement or key words: "papers on ferns", "given a fern, how much
// light?"
bool puts_question(std::string_view text, const std::vector<Word>& words) {
  static const std::set<std::string_view> kAsking{"how", "what", "why"};
  static const std::set<std::string_view> kWanted{
      "advice", "articles",   "details", "information", "literature",
      "papers", "references", "sources", "studies",     "work"};
  if (text.find('?') != std::string_view::npos) return true;
  if (words.empty()) return false;
  if (opens_question(words.front().exact) || words.back().exact == "help") return true;
  if (words.size() > 1 && kWanted.count(words[0].exact) != 0 && is_stop_word(words[1].exact))
    return true;
  return std::any_of(words.begin(), words.end(),
                     [](const Word& word) { return kAsking.count(word.exact) != 0; });
}

bool asks(std::string_view sentence, const std::vector<const Word*>& words) {
  if (sentence.find('?') != std::string_view::npos) return true;
  if (words.empty()) return false;
  if (opens_question(words.front()->exact)) return true;
  static const std::set<std::string_view> kAsking{
      "wonder", "wondering", "question", "advice", "advise", "suggest", "know", "explain", "help"};
  return std::any_of(words.begin(), words.end(),
                     [](const Word* word) { return kAsking.count(word->exact) != 0; });
}

std::vector<index::WordId> ids(const index::TermInfo& info) {
  std::vector<index::WordId> out;
  for (const auto& form : info.forms) out.push_back(form.id);
  return out;
}

}  // namespace

bool Query::has(QuestionKind wanted) const {
  return std::find(kinds.begin(), kinds.end(), wanted) != kinds.end();
}

double Query::information() const {
  double sum = 0;
  for (const Concept& each : concepts) sum += each.information();
  return sum;
}

std::vector<std::string> Query::unknown() const {
  std::vector<std::string> out;
  for (const Concept& each : concepts) {
    if (!each.known) out.push_back(each.word);
  }
  return out;
}

struct QueryAnalyser::Impl {
  Impl(const text::Analyzer& given, const knowledge::Lexicon& words)
      : analyzer(given), lexicon(given, words) {}

  const text::Analyzer& analyzer;
  LexiconIndex lexicon;

  std::vector<Word> cut(const text::Normalised& normal, std::size_t read) const {
    const std::vector<text::Span> sentences = typed_sentences(normal.text);
    std::vector<Word> words;
    std::size_t sentence = 0;
    for (text::Token& token : analyzer.tokens(normal.text)) {
      if (token.exact.size() > index::kLongestWord || token.term.empty()) continue;
      // The "s" of "doctor's" is no word.
      const bool possessive =
          token.exact == "s" && token.begin > 0 && normal.text[token.begin - 1] == '\'';
      if (possessive) continue;
      while (sentence + 1 < sentences.size() && token.begin >= sentences[sentence].end) ++sentence;
      text::Span span = normal.original({token.begin, token.end});
      span.end = std::min(span.end, read);
      words.push_back(
          {std::move(token.exact), std::move(token.term), span, sentence, false, false, false});
    }
    return words;
  }

  // Reads unknown words as known ones where that is clear.
  Result<void> repair(std::vector<Word>& words, Query& query, index::Reader& reader) const {
    std::size_t tried = 0;
    std::vector<Word> better_words;
    for (Word& word : words) {
      better_words.push_back(word);
      if (tried == kMaxRepairs) continue;
      if (is_stop_word(word.exact) || lexicon.knows(word.exact)) continue;
      if (is_everyday_word(word.exact)) continue;
      const Result<index::TermInfo> info = reader.term(word.stem);
      if (!info) return fail(info.error());
      if (!info->forms.empty()) continue;
      ++tried;
      auto better = repair_spelling(word.exact, reader.snapshot().common_words());
      if (!better) {
        better = split_word(word.exact, reader.snapshot().common_words());
        if (better) {
          const Result<bool> meet = parts_meet(*better, reader);
          if (!meet) return fail(meet.error());
          if (!*meet) continue;
        }
      }
      if (!better) continue;
      query.repairs.push_back({word.exact, *better, word.span});
      std::vector<Word> parts;
      for (text::Token& token : analyzer.tokens(*better)) {
        Word part = word;
        part.exact = std::move(token.exact);
        part.stem = std::move(token.term);
        parts.push_back(std::move(part));
      }
      better_words.pop_back();
      better_words.insert(better_words.end(), parts.begin(), parts.end());
    }
    words = std::move(better_words);
    return {};
  }

  // Whether the parts of a word that was parted stand next to each other somewhere: "backpain" was
  // typed for "back pain", but "bracelets" not for "brace lets". A figure needs no proof ("40mg").
  Result<bool> parts_meet(const std::string& parts, index::Reader& reader) const {
    const std::vector<text::Token> tokens = analyzer.tokens(parts);
    if (tokens.size() != 2 || text::is_digit(parts.front())) return true;
    std::vector<std::vector<index::WordId>> forms;
    for (const text::Token& token : tokens) {
      const Result<index::TermInfo> info = reader.term(token.term);
      if (!info) return fail(info.error());
      forms.push_back(ids(*info));
    }
    const auto is = [&forms](std::size_t part, index::WordId word) {
      return std::find(forms[part].begin(), forms[part].end(), word) != forms[part].end();
    };
    const auto matches =
        reader.match({index::FtsQuery::Field::kBody, {tokens[0].term, tokens[1].term}},
                     kPassagesForParts, Deadline::none());
    if (!matches) return fail(matches.error());
    for (const index::Match& match : *matches) {
      const Result<index::Forward> forward = reader.forward(match.row);
      if (!forward) return fail(forward.error());
      const auto& words_of = forward->words;
      for (std::size_t i = 1; i < words_of.size(); ++i) {
        if (is(0, words_of[i - 1]) && is(1, words_of[i])) return true;
      }
    }
    return false;
  }

  // "back ache" also means "backache", where the edition has that word.
  Result<void> join_words(const std::vector<Word>& words,
                          const std::vector<std::size_t>& concept_of, Query& query,
                          index::Reader& reader) const {
    for (std::size_t i = 1; i < words.size(); ++i) {
      const bool both =
          concept_of[i - 1] < query.concepts.size() && concept_of[i] < query.concepts.size();
      const bool figures =
          text::is_digit(words[i - 1].exact.front()) && text::is_digit(words[i].exact.front());
      if (!both || figures || words[i].sentence != words[i - 1].sentence) continue;
      const auto joined = analyzer.tokens(words[i - 1].exact + words[i].exact);
      if (joined.size() != 1) continue;
      const Result<index::TermInfo> info = reader.term(joined.front().term);
      if (!info) return fail(info.error());
      if (info->bodies < 2) continue;
      const Result<index::TermInfo> left = reader.term(words[i - 1].stem);
      const Result<index::TermInfo> right = reader.term(words[i].stem);
      if (!left || !right) return fail(left ? right.error() : left.error());
      // Only where the edition mostly writes it so.
      if (info->bodies < std::min(left->bodies, right->bodies)) continue;
      for (const std::size_t at : {concept_of[i - 1], concept_of[i]}) {
        add_alternative({joined.front().term}, Origin::kVariant, query.concepts[at]);
      }
    }
    return {};
  }

  // "For 2 days now, what can I take?" tells how long it has been so; it does not ask for days.
  static void leave_out_told_times(std::vector<Word>& words, const index::Kinds& kinds) {
    static const std::set<std::string_view> kUnits{"hour",  "hours", "day",    "days", "week",
                                                   "weeks", "month", "months", "year", "years"};
    static const std::set<std::string_view> kBefore{"for", "been", "past", "last", "now", "since"};
    static const std::set<std::string_view> kBehind{"now", "ago", "already", "straight"};
    const auto asks_for_time = [](index::QuestionKind kind) {
      using enum index::QuestionKind;
      return kind == kHowLong || kind == kHowOften || kind == kHowMuch || kind == kWhenToSee;
    };
    if (kinds.found.empty() || std::ranges::any_of(kinds.found, asks_for_time)) return;
    for (std::size_t i = 1; i < words.size(); ++i) {
      if (kUnits.count(words[i].exact) == 0 || words[i - 1].exact.empty() ||
          !text::is_digit(words[i - 1].exact.front()))
        continue;
      const bool told = (i > 1 && kBefore.count(words[i - 2].exact) != 0) ||
                        (i + 1 < words.size() && kBehind.count(words[i + 1].exact) != 0);
      if (told) words[i - 1].content = words[i].content = false;
    }
  }

  // Words that only ask are framing in a question and subject in a statement ("compared",
  // "versus").
  static void mark(std::vector<Word>& words, bool asked, const index::Kinds& kinds,
                   const std::vector<LexiconIndex::Found>& found) {
    std::size_t governed = 0;
    for (std::size_t i = 0; i < words.size(); ++i) {
      Word& word = words[i];
      word.content =
          !is_stop_word(word.exact) && !is_negation(word.exact) && !(asked && kinds.cue[i]);
      if (i > 0 && words[i - 1].sentence != word.sentence) governed = 0;
      if (is_negation(word.exact)) governed = kNegationReach;
      if (word.content && governed > 0) {
        word.negated = true;
        --governed;
      }
    }
    if (asked) leave_out_told_times(words, kinds);
    for (const auto& each : found) {
      // "throw out" is all small words, but the lexicon says that together they mean something.
      for (std::size_t i = each.begin; i < each.begin + each.size; ++i) {
        const bool framing = asked && kinds.cue[i];  // "how many repeats"
        if (!framing && (!is_stop_word(words[i].exact) || each.size == 1)) words[i].content = true;
      }
      // So is "what can I take": its last word then stands for it.
      const auto part = std::span(words).subspan(each.begin, each.size);
      if (std::ranges::all_of(part, [](const Word& word) { return is_stop_word(word.exact); }))
        part.back().content = true;
    }
  }

  // The weight of each sentence; empty when all count the same.
  std::vector<double> sentence_weights(const std::vector<Word>& words,
                                       std::string_view text) const {
    if (words.size() < kLongQuestion) return {};
    const std::vector<text::Span> sentences = typed_sentences(text);
    if (sentences.size() < 2) return {};
    std::vector<std::vector<const Word*>> by_sentence(sentences.size());
    for (const Word& word : words) by_sentence[word.sentence].push_back(&word);
    std::vector<double> weights(sentences.size(), kStoryWeight);
    weights.front() = kOpeningWeight;
    bool any = false;
    for (std::size_t i = 0; i < sentences.size(); ++i) {
      if (!asks(text.substr(sentences[i].begin, sentences[i].size()), by_sentence[i])) continue;
      weights[i] = 1;
      any = true;
    }
    return any ? weights : std::vector<double>{};
  }

  void add_concepts(const std::vector<Word>& words, const std::vector<double>& weights,
                    Query& query, std::vector<std::size_t>& concept_of) const {
    concept_of.assign(words.size(), kMaxConcepts);
    for (std::size_t i = 0; i < words.size(); ++i) {
      const Word& word = words[i];
      if (!word.content) continue;
      const double weight = weights.empty() ? 1 : weights[word.sentence];
      const auto same = std::find_if(query.concepts.begin(), query.concepts.end(),
                                     [&](const Concept& c) { return c.stem == word.stem; });
      if (same != query.concepts.end()) {
        same->weight = std::max(same->weight, weight);
        concept_of[i] = static_cast<std::size_t>(same - query.concepts.begin());
        continue;
      }
      if (query.concepts.size() == kMaxConcepts) continue;
      concept_of[i] = query.concepts.size();
      Concept made;
      made.word = word.exact;
      made.stem = word.stem;
      made.span = word.span;
      made.weight = weight;
      made.negated = word.negated;
      made.alternatives.push_back({{{word.stem, {}}}, Origin::kAsked, 1});
      query.concepts.push_back(std::move(made));
    }
  }

  void expand(const std::vector<LexiconIndex::Found>& found,
              const std::vector<std::size_t>& concept_of, Query& query) const {
    for (const auto& each : found) {
      const LexiconIndex::Entry& entry = lexicon.entry(each.entry);
      if (std::find(query.terms.begin(), query.terms.end(), entry.term) == query.terms.end()) {
        query.terms.push_back(entry.term);
      }
      for (std::size_t i = each.begin; i < each.begin + each.size; ++i) {
        if (concept_of[i] >= query.concepts.size()) continue;
        Concept& to = query.concepts[concept_of[i]];
        for (const auto& stems : entry.same) {
          add_alternative(stems, each.inside ? Origin::kRelated : Origin::kVariant, to);
        }
        for (const auto& stems : entry.related) add_alternative(stems, Origin::kRelated, to);
      }
    }
  }

  static void add_alternative(const LexiconIndex::Stems& stems, Origin origin, Concept& to) {
    // A phrase that holds the word itself is already found by the word.
    if (std::find(stems.begin(), stems.end(), to.stem) != stems.end()) return;
    const double weight = origin == Origin::kVariant  ? kVariantWeight
                          : origin == Origin::kFamily ? kFamilyWeight
                                                      : kRelatedWeight;
    for (Alternative& other : to.alternatives) {
      const bool same =
          other.words.size() == stems.size() &&
          std::equal(stems.begin(), stems.end(), other.words.begin(),
                     [](const std::string& stem, const auto& word) { return word.stem == stem; });
      if (!same) continue;
      if (weight > other.weight) {
        other.weight = weight;
        other.origin = origin;
      }
      return;
    }
    Alternative made{{}, origin, weight};
    for (const std::string& stem : stems) made.words.push_back({stem, {}});
    to.alternatives.push_back(std::move(made));
  }

  // Words of the same root ("inflammation" for "inflammatory") for a word that the edition lacks.
  static Result<void> add_family(Concept& to, index::Reader& reader) {
    const std::string_view root = word_root(to.stem);
    if (root.empty()) return {};
    const Result<std::vector<std::string>> stems = reader.stems_from(root, kFamilySearch);
    if (!stems) return fail(stems.error());
    for (const std::string& stem : *stems) {
      if (stem != to.stem && word_root(stem) == root) add_alternative({stem}, Origin::kFamily, to);
    }
    return {};
  }

  static Result<void> look_up(Query& query, index::Reader& reader) {
    const double passages = static_cast<double>(reader.snapshot().statistics().passages);
    for (Concept& each : query.concepts) {
      const Result<index::TermInfo> asked = reader.term(each.stem);
      if (!asked) return fail(asked.error());
      if (asked->forms.empty()) {
        if (auto added = add_family(each, reader); !added) return added;
      }
      for (Alternative& alternative : each.alternatives) {
        std::uint32_t rarest = UINT32_MAX;
        for (Alternative::Word& word : alternative.words) {
          const Result<index::TermInfo> info = reader.term(word.stem);
          if (!info) return fail(info.error());
          word.forms = ids(*info);
          rarest = std::min(rarest, std::max(info->bodies, info->heads));
          if (alternative.origin != Origin::kAsked) continue;
          for (const auto& form : info->forms) {
            if (form.exact == each.word) each.exact = form.id;
          }
        }
        if (alternative.origin == Origin::kRelated || rarest == 0) continue;
        each.known = true;
        each.passages = std::max(each.passages, rarest);
      }
      const double n = static_cast<double>(each.passages);
      each.idf = std::log(1 + (passages - n + 0.5) / (n + 0.5));
      // What the edition lacks cannot be found; the asked word stays, to be named.
      std::erase_if(each.alternatives, [](const Alternative& alternative) {
        return alternative.origin != Origin::kAsked &&
               std::any_of(alternative.words.begin(), alternative.words.end(),
                           [](const auto& word) { return word.forms.empty(); });
      });
    }
    return {};
  }

  Result<Query> analyse(std::string_view question, index::Reader* reader) const {
    Query query;
    query.text = question;
    const std::string_view read = question.substr(0, kReadBytes);
    const text::Normalised normal = text::normalise(read);
    std::vector<Word> words = cut(normal, read.size());
    if (reader != nullptr) {
      if (auto repaired = repair(words, query, *reader); !repaired) return fail(repaired.error());
    }
    const std::vector<double> weights = sentence_weights(words, normal.text);
    query.asks = puts_question(normal.text, words);
    query.shortened = !weights.empty();
    std::vector<std::string> exacts;
    for (const Word& word : words) {
      query.stems.push_back(word.stem);
      // Only the asking sentences of a long question tell what it wants to know.
      const bool told = !weights.empty() && weights[word.sentence] < 1;
      exacts.push_back(told ? std::string() : word.exact);
    }
    const index::Kinds kinds = index::question_kinds(exacts);
    query.kinds = kinds.found;
    const auto found = lexicon.find(query.stems);
    mark(words, query.asks, kinds, found);
    std::vector<std::size_t> concept_of;
    add_concepts(words, weights, query, concept_of);
    for (Concept& each : query.concepts) {
      each.cue = !index::question_kinds(std::span(&each.word, 1)).found.empty();
    }
    expand(found, concept_of, query);
    if (reader != nullptr) {
      if (auto joined = join_words(words, concept_of, query, *reader); !joined)
        return fail(joined.error());
      if (auto looked = look_up(query, *reader); !looked) return fail(looked.error());
    }
    return query;
  }
};

QueryAnalyser::QueryAnalyser(const text::Analyzer& analyzer, const knowledge::Lexicon& lexicon)
    : impl_(std::make_unique<const Impl>(analyzer, lexicon)) {}
QueryAnalyser::~QueryAnalyser() = default;

Query QueryAnalyser::analyse(std::string_view question) const {
  return *impl_->analyse(question, nullptr);
}

Result<Query> QueryAnalyser::analyse(std::string_view question, index::Reader& reader) const {
  return impl_->analyse(question, &reader);
}

}  // namespace backchat::retrieve
