#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "knowledge/pack.h"
#include "retrieve/lexicon_index.h"
#include "retrieve/query.h"

namespace backchat::answer {

/// A sentence that is asked for in words like those of a question.
struct NearSentence {
  const knowledge::Passage* passage = nullptr;  ///< of the pack
  std::size_t sentence = 0;                     ///< index into its sentences
  double likeness = 0;      ///< ]0, 1]: beside the nearest sentence, which has 1
  std::vector<bool> holds;  ///< for each concept of the query: one of its wordings has it
};

struct NearSentences {
  std::vector<NearSentence> sentences;  ///< the nearest first
  double nearest = 0;  ///< [0, 1]: how much the question is put like any one wording of them
  double held = 0;     ///< [0, 1]: share of the question that wordings of the first three have
  double unknown = 0;  ///< [0, 1]: share of it that no wording has at all
  double weight = 0;   ///< what all its words tell (sum of rarities): about 4 a telling word
  /// Sum of its words' log-odds to stand in a question that no article answers.
  double leaning = 0;
  double not_covered = 0;  ///< [0, 1]: how much it is put like one that no article answers
  /// What the articles lack by the wording that is meant by `not_covered`; may be empty.
  std::string_view missing;
  bool judged = false;  ///< the pack collects both: `margin` tells

  /// Above 0 the question is more like those that are answered, below 0 like those that are not.
  double margin() const;
};

/// From this NearSentences::nearest on, what is near is surely asked for.
inline constexpr double kSureOfNear = 0.4;
/// Below this margin a question is not covered, whatever words it shares with the articles. Above
/// the other it is, whatever odd word it holds ("tf is a movement snack"). Chosen on 1,500
/// questions of strangers, each judged by wordings without those of its own round.
inline constexpr double kNotCoveredMargin = -0.2;
inline constexpr double kCoveredMargin = 0.17;

/// Ways in which people ask for what single sentences say (asked/*.md): another text of each
/// sentence, in the words of those who do not know it yet. Two views of it are mixed, because each
/// finds what the other misses: all wordings of a sentence as one document (BM25), and its nearest
/// wordings one by one. Immutable; thread-safe.
class AskedSentences {
 public:
  /// `pack` and `analyzer` must outlive this.
  AskedSentences(const knowledge::Pack& pack, const text::Analyzer& analyzer);

  /// The sentences near `query`; none when the pack collects no wordings or nothing is alike. The
  /// turn's own words are the first `own` bytes; what it leans on stands behind them and counts
  /// less. All words count as they were typed: what is no subject still tells how people ask.
  /// Cost: about 80 us for 10,000 wordings.
  NearSentences nearest(const retrieve::Query& query, std::size_t own = std::string::npos) const;

 private:
  using FeatureId = std::uint32_t;
  struct Feature {
    std::string name;
    double share = 1;                ///< below 1 for words that tell little
    std::vector<std::size_t> words;  ///< which words of the text it is made of
  };
  struct Posting {
    std::uint32_t at = 0;  ///< index of a wording, or of a sentence
    float weight = 0;
  };
  struct Word {
    std::string stem;
    double share = 1;
    text::Span span;  ///< in the text
  };
  struct Sentence {
    const knowledge::Passage* passage = nullptr;
    std::size_t sentence = 0;
    std::uint32_t section = 0;
  };
  struct Wording {
    std::uint32_t sentence = 0;  ///< or, counted from the end of the sentences, what is missing
    float weight = 0;            ///< of all its features
  };

  std::vector<Word> words_of(std::string_view text) const;
  std::vector<Word> words_of(const retrieve::Query& query, std::size_t own) const;
  std::vector<Feature> features(const std::vector<Word>& words) const;
  std::vector<double> by_document(const std::vector<Feature>& asked) const;
  std::vector<double> by_wording(const std::vector<Feature>& asked, NearSentences& near) const;
  double held_by(const std::vector<Feature>& asked,
                 const std::vector<std::size_t>& sentences) const;
  double rarity(const Feature& feature) const;

  const text::Analyzer& analyzer_;
  retrieve::LexiconIndex lexicon_;
  std::unordered_map<std::string, FeatureId> ids_;
  std::vector<Sentence> sentences_;
  std::vector<Wording> wordings_;
  std::vector<std::string_view> missing_;
  std::uint32_t sections_ = 0;
  std::vector<std::vector<Posting>> in_wordings_;   // by feature; shares of the wording's words
  std::vector<std::vector<Posting>> in_sentences_;  // by feature; BM25 weights
  std::vector<float> leanings_;                     // by feature; see NearSentences::leaning
};

}  // namespace backchat::answer
