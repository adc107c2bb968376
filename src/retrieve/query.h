#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "index/question_kind.h"
#include "index/snapshot.h"
#include "knowledge/lexicon.h"
#include "text/analyzer.h"
#include "text/utf8.h"

namespace backchat::retrieve {

using index::QuestionKind;

/// A way of saying a concept: one word, or words in a row.
struct Alternative {
  enum class Origin {
    kAsked,    ///< the word itself
    kFamily,   ///< a word of the same root, where the edition lacks the word itself
    kVariant,  ///< the same meaning, by the lexicon or written as one word
    kRelated,  ///< near in meaning, by the lexicon
  };
  struct Word {
    std::string stem;
    /// Every spelling of it in the edition; empty when the edition lacks it.
    std::vector<index::WordId> forms;
  };
  std::vector<Word> words;  ///< at least one
  Origin origin = Origin::kAsked;
  double weight = 1;  ///< what finding it counts, beside 1 for the word as asked
};

/// A content word of the question with the other ways of saying it.
struct Concept {
  std::string word;  ///< as asked, lower-case, after spelling repair
  std::string stem;
  text::Span span;    ///< where it stands in Query::text
  double weight = 1;  ///< how much of the question it is; lower outside the core of a long question
  bool negated = false;  ///< "not", "without" or the like stands before it
  bool cue = false;      ///< it also says what kind of question this is ("cause", "symptoms")
  std::vector<Alternative> alternatives;  ///< the word as asked first

  // What the edition knows; zero and unknown when the query was analysed without one.
  bool known = false;  ///< the word, or another word of the same meaning, stands in the edition
  index::WordId exact = 0;     ///< the very form asked; 0 when it does not stand there
  std::uint32_t passages = 0;  ///< passages that hold it (an upper bound for phrases)
  double idf = 0;              ///< ln(1 + (N - n + .5) / (n + .5)); the largest for an unknown word
  double information() const { return weight * idf; }
};

/// A word that the edition does not know, read as one that it does.
struct Repair {
  std::string from;
  std::string to;
  text::Span span;  ///< in Query::text
};

/// A question made ready for searching one edition.
struct Query {
  std::string text;  ///< as given
  /// In the order of the question, each stem once; empty: nothing to search for.
  std::vector<Concept> concepts;
  std::vector<QuestionKind> kinds;  ///< most telling first
  std::vector<Repair> repairs;
  /// Canonical terms of the lexicon that the question uses, in order, each once.
  std::vector<std::string> terms;
  std::vector<std::string> stems;  ///< of all its words, stop words too, in order
  bool asks = false;               ///< put as a question, not as a statement or key words
  bool shortened = false;          ///< a long question was cut to its core

  QuestionKind kind() const { return kinds.empty() ? QuestionKind::kNone : kinds.front(); }
  bool has(QuestionKind wanted) const;
  /// Sum of the concepts' information: what a perfect passage would cover.
  double information() const;
  /// Content words that the edition does not know, as asked.
  std::vector<std::string> unknown() const;
};

/// Turns questions into queries. Immutable; thread-safe.
class QueryAnalyser {
 public:
  /// `analyzer` must outlive this; the lexicon is copied.
  QueryAnalyser(const text::Analyzer& analyzer, const knowledge::Lexicon& lexicon);
  ~QueryAnalyser();
  QueryAnalyser(const QueryAnalyser&) = delete;
  QueryAnalyser& operator=(const QueryAnalyser&) = delete;

  /// The question's words, kinds and expansions, without an edition: no spelling repair, nothing
  /// known. Never fails, whatever the text; only its first 16 KiB are read.
  Query analyse(std::string_view question) const;

  /// The same for the edition of `reader`: spelling repaired, words looked up and weighed.
  /// Errors:  those of Reader::term.
  /// Cost:    about 10 us a word, 1 ms for an unknown word of a large edition.
  Result<Query> analyse(std::string_view question, index::Reader& reader) const;

 private:
  struct Impl;
  std::unique_ptr<const Impl> impl_;
};

}  // namespace backchat::retrieve
