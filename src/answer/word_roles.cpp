#include "answer/word_roles.h"

#include <algorithm>
#include <array>

#include "answer/clauses.h"
#include "answer/evidence.h"
#include "answer/phrase.h"
#include "retrieve/everyday_words.h"
#include "text/normalise.h"
#include "text/utf8.h"

namespace backchat::answer {
namespace {

// What such words count beside a subject when passages are ranked: calibrated on questions with and
// without an answer.
constexpr double kKnownEveryday = 0.3;
constexpr double kUnknownEveryday = 0.05;
constexpr double kUnknownDetail = 0.1;
// "once" by itself, where the question says "all at once".
constexpr double kAsPartOfPhrase = 0.2;
// A message without a question of so many telling words is key words: each is asked about.
constexpr std::size_t kMostKeyWords = 4;
// Words of a message that tells more than it asks.
constexpr std::size_t kLongMessage = 14;

template <std::size_t N>
bool is_one_of(std::string_view word, const std::array<std::string_view, N>& words) {
  return std::ranges::find(words, word) != words.end();
}

// The ranges of the text that tell a story beside the question.
std::vector<Clause> story_of(std::string_view text) {
  const std::vector<Clause> clauses = clauses_of(text);
  const bool tells = std::ranges::any_of(clauses, &Clause::story);
  std::set<std::size_t> asking;
  for (const Clause& clause : clauses) {
    if (!clause.asks) continue;
    if (leans(text, clause)) return {};  // "I take statins, could they do it?"
    asking.insert(clause.sentence);
  }
  if (asking.empty()) return {};
  std::vector<Clause> out;
  for (const Clause& clause : clauses) {
    const std::size_t words =
        clause_words(text.substr(clause.begin, clause.end - clause.begin)).size();
    const bool apart = !asking.contains(clause.sentence) && words >= kWordsOfStory;
    if (!clause.asks && (tells || apart)) out.push_back(clause);
  }
  return out;
}

// What the question sets aside: "besides pills and physio, what ...".
std::vector<Clause> excluded_by(std::string_view text) {
  static constexpr auto kSetAside = std::to_array<std::string_view>(
      {"besides ", "apart from ", "aside from ", "other than ", "instead of ", "rather than "});
  std::vector<Clause> out;
  const std::string lower = text::to_lower(text);
  for (const std::string_view words : kSetAside) {
    const std::size_t begin = lower.find(words);
    if (begin == std::string::npos) continue;
    Clause clause;
    clause.begin = begin;
    clause.end = std::min(lower.size(), lower.find_first_of(",.?!;\n", begin));
    out.push_back(clause);
  }
  return out;
}

// Whether the unknown word in `span` does something rather than is something: "they sedate you",
// "to dodge the pain", "honestly", "a knotted muscle".
bool is_no_noun(std::string_view text, text::Span span) {
  static constexpr auto kObjects =
      std::to_array<std::string_view>({"me", "you", "him", "them", "my", "your"});
  static constexpr auto kParticles =
      std::to_array<std::string_view>({"up", "down", "out", "off", "away"});
  static constexpr auto kActors = std::to_array<std::string_view>({"i", "you", "they", "we", "to"});
  static constexpr auto kArticles =
      std::to_array<std::string_view>({"a", "an", "the", "this", "that", "some"});
  const std::string word = text::to_lower(text.substr(span.begin, span.size()));
  if (word.size() > 4 && (word.ends_with("ed") || word.ends_with("ly") || word.ends_with("ier") ||
                          word.ends_with("iest"))) {
    return true;
  }
  const std::vector<std::string> before = clause_words(text.substr(0, span.begin));
  const std::vector<std::string> after = clause_words(text.substr(span.end));
  // Only a word that stands right behind it can be its object: "hereditary, my father had it".
  if (after.empty() || before.empty() || span.end >= text.size() || text[span.end] != ' ') {
    return false;
  }
  return is_one_of(after.front(), kObjects) ||
         ((is_one_of(after.front(), kArticles) || is_one_of(after.front(), kParticles)) &&
          is_one_of(before.back(), kActors));
}

// Finds the unknown words that a question is about. Others only colour it: "I feel like a rusty
// gate, is that a sign?"
class Focus {
 public:
  Focus(const retrieve::Query& query, const std::vector<WordRole>& roles, std::size_t own)
      : query_(query),
        roles_(roles),
        clauses_(clauses_of(std::string_view(query.text).substr(0, own))) {
    for (const Clause& clause : clauses_) {
      if (!clause.asks) continue;
      asking_.insert(clause.sentence);
      leans_ = leans_ || leans_on_thing(query.text, clause);
    }
    for (std::size_t i = 0; i < roles.size(); ++i) found_.push_back(finds(i));
  }

  bool is(std::size_t i) const { return found_[i]; }

  // An earlier question of the message is wholly about what is known: "is it on prescription, and
  // can I have wine with it?" The unknown is then a gap of the answer.
  bool beside_known_question(std::size_t i) const {
    return std::ranges::any_of(clauses_, [this, i](const Clause& clause) {
      if (!clause.asks || clause.end > query_.concepts[i].span.begin) return false;
      bool known = false;
      for (std::size_t c = 0; c < roles_.size(); ++c) {
        if (!holds(clause, c) || roles_[c] != WordRole::kSubject) continue;
        if (!query_.concepts[c].known && found_[c]) return false;
        known = known || (query_.concepts[c].known && tells(c));
      }
      return known;
    });
  }

 private:
  // A word that is asked about by itself: no subject that tells anything stands before it.
  bool finds(std::size_t i) const {
    const text::Span span = query_.concepts[i].span;
    const auto clause = std::ranges::find_if(clauses_, [span](const Clause& each) {
      return span.begin >= each.begin && span.begin < each.end;
    });
    if (clause == clauses_.end()) return true;  // what the turn leans on
    if (asking_.empty()) return is_key_word(*clause, i);
    const std::string_view before_it =
        std::string_view(query_.text).substr(clause->begin, span.begin - clause->begin);
    // "I take statins, could they do it?"
    if (!clause->asks && !asking_.contains(clause->sentence))
      return leans_ && (follows_a_use(before_it) || ends_its_clause(*clause, span));
    if (is_first_told(*clause, i)) return true;
    const std::size_t before = i - 1;  // not the first, so there is one
    const bool behind = query_.concepts[before].span.end + 1 == span.begin;
    if (behind && (found_[before] || is_first_told(*clause, before))) return true;
    return follows_a_use(before_it);
  }

  bool holds(const Clause& clause, std::size_t i) const {
    const std::size_t at = query_.concepts[i].span.begin;
    return at >= clause.begin && at < clause.end;
  }

  bool tells(std::size_t i) const {
    return roles_[i] == WordRole::kSubject && query_.concepts[i].idf > kThemeInformation;
  }

  // Nothing that tells stands before the i-th concept in the clause.
  bool is_first_told(const Clause& clause, std::size_t i) const {
    for (std::size_t before = 0; before < i; ++before) {
      if (query_.concepts[before].span.begin >= clause.begin && tells(before)) return false;
    }
    return true;
  }

  bool is_key_word(const Clause& clause, std::size_t i) const {
    std::size_t telling = 0;
    for (std::size_t each = 0; each < roles_.size(); ++each) telling += tells(each) ? 1 : 0;
    return telling <= kMostKeyWords || is_first_told(clause, i);
  }

  // "They make us wear those lifting belts. Do they help?"
  bool ends_its_clause(const Clause& clause, text::Span span) const {
    return clause_words(std::string_view(query_.text).substr(span.end, clause.end - span.end))
        .empty();
  }

  static bool follows_a_use(std::string_view before) {
    static constexpr auto kUses = std::to_array<std::string_view>(
        {"use",    "using", "try",  "trying",  "take", "taking", "have",    "having", "eat",
         "eating", "drink", "wear", "wearing", "buy",  "buying", "getting", "do",     "doing",
         "about",  "than",  "or",   "versus",  "vs",   "called", "like"});
    static constexpr auto kBefore = std::to_array<std::string_view>(
        {"a", "an", "the", "my", "your", "some", "any", "these", "those", "this", "that"});
    // A bare noun behind these is a thing by itself: "drive on codeine", not "up the motorway".
    // What somebody has is asked about, too: "your tailbone".
    static constexpr auto kAbout = std::to_array<std::string_view>(
        {"on", "with", "for", "of", "from", "while", "during", "my", "your"});
    std::vector<std::string> words = clause_words(before);
    if (!words.empty() && is_one_of(words.back(), kAbout)) return true;
    while (!words.empty() && is_one_of(words.back(), kBefore)) words.pop_back();
    return !words.empty() && is_one_of(words.back(), kUses);
  }

  const retrieve::Query& query_;
  const std::vector<WordRole>& roles_;
  std::vector<Clause> clauses_;
  std::set<std::size_t> asking_;  // sentences
  bool leans_ = false;
  std::vector<bool> found_;
};

// Nouns that stand for the question itself.
bool asks_only(std::string_view word) {
  static constexpr auto kNouns =
      std::to_array<std::string_view>({"reason", "reasons", "difference", "point", "idea", "deal"});
  return is_one_of(word, kNouns);
}

bool is_figure(std::string_view word) { return text::is_digit(word.front()); }

}  // namespace

WordRoles::WordRoles(const std::vector<std::string>& details, const text::Analyzer& analyzer) {
  for (text::Token& token : analyzer.tokens(retrieve::everyday_words())) {
    everyday_.insert(std::move(token.term));
  }
  for (const std::string& detail : details) {
    Stems stems;
    for (text::Token& token : analyzer.tokens(text::normalise(detail).text)) {
      stems.push_back(std::move(token.term));
    }
    details_.push_back(std::move(stems));
  }
}

std::vector<WordRole> WordRoles::roles(const retrieve::Query& query, std::size_t own) const {
  std::vector<WordRole> out;
  std::vector<bool> told;
  const std::vector<Clause> exclusions = excluded_by(query.text);
  const auto excluded = [&exclusions](const retrieve::Concept& each) {
    return std::ranges::any_of(exclusions, [&each](const Clause& range) {
      return each.span.begin >= range.begin && each.span.begin < range.end;
    });
  };
  const std::vector<Clause> story = story_of(std::string_view(query.text).substr(0, own));
  bool asks_of_known = false;
  for (const retrieve::Concept& each : query.concepts) {
    const bool lexical = each.alternatives.size() > 1;  // the lexicon has other words for it
    const bool known = each.known || each.idf == 0;     // nothing is known without an edition
    told.push_back(each.weight < 1 || std::ranges::any_of(story, [&each](const Clause& clause) {
                     return each.span.begin >= clause.begin && each.span.begin < clause.end;
                   }));
    if (each.cue) {
      out.push_back(WordRole::kCue);
    } else if (is_figure(each.word) || asks_only(each.word) || excluded(each) ||
               (everyday_.contains(each.stem) && !(lexical && known)) ||
               (told.back() && !each.known && !lexical)) {
      out.push_back(WordRole::kEveryday);
    } else {
      out.push_back(WordRole::kSubject);
      asks_of_known = asks_of_known || (each.known && !told.back() && each.idf > kThemeInformation);
    }
  }
  // Beside a known subject an unknown verb is no subject, nor is what only colours the question.
  // In a long message the same holds: it tells how somebody came to ask.
  if (asks_of_known || query.stems.size() >= kLongMessage) {
    const Focus focus(query, out, own);
    std::vector<WordRole> settled = out;
    for (std::size_t i = 0; i < out.size(); ++i) {
      const retrieve::Concept& each = query.concepts[i];
      if (out[i] != WordRole::kSubject || each.known) continue;
      const bool half_known = each.alternatives.size() > 1;
      if (is_no_noun(query.text, each.span) || (!focus.is(i) && !half_known)) {
        settled[i] = WordRole::kEveryday;
      } else if (focus.beside_known_question(i)) {
        settled[i] = WordRole::kDetail;
      }
    }
    out = std::move(settled);
  }
  // Where the asking part has a subject of its own, the rest is story.
  for (std::size_t i = 0; i < out.size() && asks_of_known; ++i) {
    if (told[i] && out[i] == WordRole::kSubject) out[i] = WordRole::kEveryday;
  }
  for (const Stems& detail : details_) {
    if (!holds_phrase(query.stems, detail)) continue;
    for (std::size_t i = 0; i < out.size(); ++i) {
      if (std::ranges::find(detail, query.concepts[i].stem) != detail.end())
        out[i] = WordRole::kDetail;
    }
  }
  return out;
}

void WordRoles::weigh(const std::vector<WordRole>& roles, retrieve::Query& query) const {
  for (std::size_t i = 0; i < roles.size(); ++i) {
    retrieve::Concept& each = query.concepts[i];
    if (roles[i] == WordRole::kEveryday) {
      each.weight *= each.known ? kKnownEveryday : kUnknownEveryday;
    } else if (roles[i] == WordRole::kDetail && !each.known) {
      each.weight *= kUnknownDetail;
    } else if (roles[i] == WordRole::kSubject && everyday_.contains(each.stem)) {
      each.alternatives.front().weight = kAsPartOfPhrase;
    }
  }
}

}  // namespace backchat::answer
