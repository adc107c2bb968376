#include "answer/selection.h"

#include <gtest/gtest.h>

#include <map>
#include <memory>

namespace backchat::answer {
namespace {

// Evidence made by hand: each passage has one heading and some sentences; words are numbered as
// they come. No index, no ranking: only what selection does with what it is given.
class SelectionTest : public ::testing::Test {
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

TEST_F(SelectionTest, TheSentenceThatHoldsTheSubjectLeads) {
  ask({asked("fern"), asked("light")});
  passage("a", "plants", {"A cactus likes sun.", "A fern likes little light."});
  ASSERT_FALSE(taken().empty());
  EXPECT_EQ(taken().front(), "A fern likes little light.");
}

TEST_F(SelectionTest, NearlyTheSameWordsOfTwoArticlesAreOneQuoteWithTwoPlaces) {
  ask({asked("fern")});
  passage("a", "one", {"Water a fern twice a week."});
  passage("b", "two", {"Water a fern twice a week."});
  passage("b", "three", {"Moss grows slowly on stones."});
  const std::vector<Quote> quotes = find_quotes(evidence_);
  ASSERT_FALSE(quotes.empty());
  EXPECT_EQ(quotes.front().places.size(), 2U);
}

TEST_F(SelectionTest, QuotesStayWithinTheWordsGiven) {
  ask({asked("fern")});
  passage("a", "one", {"A fern needs rain.", "A fern needs shade from noon on.", "A fern drinks."});
  std::size_t words = 0;
  for (const std::string& text : taken(9)) words += count_words(text);
  EXPECT_LE(words, 9U);
}

TEST_F(SelectionTest, AnAskedForSectionComesFirst) {
  ask({asked("fern")});
  passage("a", "one", {"A fern is green."});
  passage("b", "two", {"A fern dies in dry air."});
  EXPECT_EQ(taken().front(), "A fern is green.");
  evidence_.asked_for = {0, 0.9};
  evidence_.explained = {true};
  EXPECT_EQ(taken().front(), "A fern dies in dry air.");
}

TEST_F(SelectionTest, CoverageIsTheShareOfKnownSubjects) {
  ask({asked("fern"), asked("light")});
  passage("a", "one", {"A fern is green."});
  std::vector<Quote> quotes = find_quotes(evidence_);
  EXPECT_DOUBLE_EQ(coverage(evidence_, quotes), 0.5);
  evidence_.asked = {true, false};  // the turn itself asks for the fern alone
  EXPECT_DOUBLE_EQ(coverage(evidence_, quotes), 1);
}

TEST_F(SelectionTest, UnknownSubjectsAreNamedUnlessTheNearestWordingHasThem) {
  ask({asked("fern"), asked("orchid", 0), asked("blooms", 0)},
      {WordRole::kSubject, WordRole::kSubject, WordRole::kEveryday});
  EXPECT_EQ(unknown_subjects(evidence_), std::vector<std::string>{"orchid"});
  evidence_.explained = {true, true, false};
  EXPECT_TRUE(unknown_subjects(evidence_).empty());
}

TEST_F(SelectionTest, DetailsThatNoQuoteHoldsAreMissing) {
  ask({asked("fern"), asked("price")}, {WordRole::kSubject, WordRole::kDetail});
  passage("a", "one", {"A fern is green."});
  const std::vector<Quote> quotes = find_quotes(evidence_);
  EXPECT_EQ(missing_details(evidence_, quotes), std::vector<std::string>{"price"});
  EXPECT_FALSE(asks_only_details(evidence_));
}

TEST_F(SelectionTest, WhatTheArticlesOnlyComeNearToIsMissing) {
  retrieve::Concept bath = asked("bath", 0);
  retrieve::Alternative near;
  near.words.push_back({"heat", {}});
  near.origin = retrieve::Alternative::Origin::kRelated;
  bath.alternatives.push_back(near);
  ask({asked("fern"), bath});
  passage("a", "one", {"A fern is green."});
  EXPECT_TRUE(unknown_subjects(evidence_).empty());
  EXPECT_EQ(missing_details(evidence_, find_quotes(evidence_)), std::vector<std::string>{"bath"});
}

TEST_F(SelectionTest, BesideDetailsTheThemeAloneIsNothingAskedAbout) {
  ask({asked("plants", 0.1), asked("price")}, {WordRole::kSubject, WordRole::kDetail});
  EXPECT_TRUE(asks_only_details(evidence_));
}

TEST_F(SelectionTest, AFigureIsLackingWhereOneIsWanted) {
  ask({asked("fern")});
  query_.kinds = {retrieve::QuestionKind::kHowLong};
  passage("a", "one", {"A fern is green."});
  EXPECT_TRUE(lacks_figure(evidence_, find_quotes(evidence_)));
  passage("b", "two", {"A fern lives for 3 years."});
  EXPECT_FALSE(lacks_figure(evidence_, find_quotes(evidence_)));
}

}  // namespace
}  // namespace backchat::answer
