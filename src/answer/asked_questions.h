#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "answer/word_roles.h"
#include "knowledge/pack.h"
#include "retrieve/lexicon_index.h"
#include "retrieve/query.h"

namespace backchat::answer {

/// The passages whose section is asked for in nearly the words of a question.
struct NearestAsked {
  struct Near {
    std::size_t passage = 0;   ///< index into Pack::passages
    double likeness = 0;       ///< ]0, 1]
    std::string_view wording;  ///< the nearest one; lives as long as the AskedQuestions
  };
  std::vector<Near> passages;   ///< by index, each once
  std::vector<bool> explained;  ///< for each concept of the query: part of the nearest wording
};

/// Ways in which people ask what a section answers: its heading, and the pack's own collection
/// (asked.yaml). A question that is put nearly like one of them is about that section, even where
/// it shares hardly a word with the section's text. Immutable; thread-safe.
class AskedQuestions {
 public:
  /// `analyzer` must outlive this.
  AskedQuestions(const knowledge::Pack& pack, const text::Analyzer& analyzer,
                 const retrieve::QueryAnalyser& questions, const WordRoles& roles);

  /// The passages near `query`, whose concepts have the roles `roles`.
  /// Cost: a few microseconds a word.
  NearestAsked nearest(const retrieve::Query& query, const std::vector<WordRole>& roles) const;

 private:
  struct Weighed {
    std::string name;
    double share = 1;  ///< below 1 for everyday words
    std::vector<std::size_t> concepts;
  };
  struct Wording {
    std::string text;
    double weight = 0;  ///< of all its features
    std::vector<std::size_t> passages;
  };
  struct Posting {
    std::size_t wording = 0;
    double weight = 0;
  };

  std::vector<Weighed> features(const retrieve::Query& query,
                                const std::vector<WordRole>& roles) const;

  retrieve::LexiconIndex lexicon_;
  std::vector<Wording> wordings_;
  std::map<std::string, std::vector<Posting>, std::less<>> postings_;
};

}  // namespace backchat::answer
