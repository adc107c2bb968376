#pragma once

#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "answer/evidence.h"

namespace backchat::answer {

// Evidence made by hand: each passage has one heading and some sentences; words are numbered as
// they come. No index, no ranking: only what selection does with what it is given.
class EvidenceByHand : public ::testing::Test {
 protected:
  retrieve::Concept asked(const std::string& word, double idf = 3) {
    retrieve::Concept out;
    out.word = word;
    out.stem = word;
    out.idf = idf;
    out.known = idf > 0;
    if (!out.known) out.idf = 6;
    retrieve::Alternative self;
    self.words.push_back({word, {}});
    if (out.known) self.words.front().forms = {id_of(word)};
    out.alternatives.push_back(self);
    out.span = {query_.text.size(), query_.text.size() + word.size()};
    query_.text += word + " ";
    return out;
  }

  void ask(std::vector<retrieve::Concept> concepts, std::vector<WordRole> roles = {}) {
    query_.concepts = std::move(concepts);
    roles.resize(query_.concepts.size(), WordRole::kSubject);
    evidence_.roles = std::move(roles);
    evidence_.query = &query_;
  }

  void passage(const std::string& article, const std::string& heading,
               const std::vector<std::string>& sentences) {
    auto made = std::make_unique<knowledge::Passage>();
    made->article = article;
    made->heading = heading;
    made->id = article + "#" + heading + ".1";
    retrieve::Candidate words;
    for (const std::string& word : words_of(heading)) words.forward.words.push_back(id_of(word));
    words.forward.heading_end = static_cast<std::uint32_t>(words.forward.words.size());
    for (const std::string& sentence : sentences) {
      const std::size_t begin = made->text.size();
      made->text += sentence;
      made->sentences.push_back({{begin, made->text.size()}, false, 0});
      made->text += " ";
      for (const std::string& word : words_of(sentence)) words.forward.words.push_back(id_of(word));
      words.forward.sentence_ends.push_back(static_cast<std::uint32_t>(words.forward.words.size()));
    }
    retrieve::Hit hit;
    hit.score = 1;
    evidence_.hits.push_back(hit);
    evidence_.passages.push_back(made.get());
    evidence_.words.push_back(std::move(words));
    owned_.push_back(std::move(made));
  }

  std::vector<std::string> taken(std::size_t words = 150) {
    std::vector<Quote> quotes = find_quotes(evidence_);
    std::vector<std::string> out;
    for (const Quote& quote : take_quotes(quotes, evidence_, {}, words)) {
      out.emplace_back(quote.text());
    }
    return out;
  }

  Evidence evidence_;
  retrieve::Query query_;

 private:
  static std::vector<std::string> words_of(const std::string& text) {
    std::vector<std::string> out(1);
    for (const char c : text) {
      if (text::is_alpha(c) || text::is_digit(c)) {
        out.back() += text::to_lower(c);
      } else if (!out.back().empty()) {
        out.emplace_back();
      }
    }
    if (out.back().empty()) out.pop_back();
    return out;
  }
  index::WordId id_of(const std::string& word) {
    return ids_.try_emplace(word, static_cast<index::WordId>(ids_.size() + 1)).first->second;
  }

  std::map<std::string, index::WordId> ids_;
  std::vector<std::unique_ptr<knowledge::Passage>> owned_;
};

}  // namespace backchat::answer
