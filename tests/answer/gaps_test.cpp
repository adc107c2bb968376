#include "answer/gaps.h"

#include "tests/answer/evidence_by_hand.h"

namespace backchat::answer {
namespace {

class GapsTest : public EvidenceByHand {
 protected:
  // What find_gaps names, joined by a bar; nothing is said beyond `chosen`.
  std::string gaps(const std::vector<Quote>& chosen) const {
    std::string out;
    for (const Gap& gap : find_gaps(evidence_, chosen, {})) {
      out += (out.empty() ? "" : "|") + gap.text;
    }
    return out;
  }

  // The message is `text`; a detail stands in it from `begin` to `end`.
  void message(const std::string& text, std::size_t begin, std::size_t end, bool caution = false) {
    query_.text = text;
    evidence_.details = {{{begin, end}, "", caution, &held_by_}};
  }

  SentenceSet held_by_;
};

TEST_F(GapsTest, UnknownSubjectsAreNamedUnlessTheNearestWordingHasThem) {
  ask({asked("fern"), asked("orchid", 0), asked("blooms", 0)},
      {WordRole::kSubject, WordRole::kSubject, WordRole::kEveryday});
  EXPECT_EQ(gaps({}), "orchid");
  evidence_.explained = {true, true, false};
  EXPECT_EQ(gaps({}), "");
}

TEST_F(GapsTest, AnOddWordIsNoGapOfAQuestionThatIsSurelyCovered) {
  ask({asked("fern"), asked("lol", 0)}, {WordRole::kSubject, WordRole::kSubject});
  EXPECT_FALSE(is_surely_covered(evidence_));
  EXPECT_EQ(gaps({}), "lol");
  evidence_.near.judged = true;
  evidence_.near.nearest = 1;
  evidence_.near.held = 1;
  evidence_.near.weight = 20;
  EXPECT_TRUE(is_surely_covered(evidence_));
  EXPECT_EQ(gaps({}), "");
  evidence_.near.not_covered = 1;
  EXPECT_FALSE(is_surely_covered(evidence_));
}

TEST_F(GapsTest, WhatTheArticlesOnlyComeNearToIsMissing) {
  retrieve::Concept bath = asked("bath", 0);
  retrieve::Alternative near;
  near.words.push_back({"heat", {}});
  near.origin = retrieve::Alternative::Origin::kRelated;
  bath.alternatives.push_back(near);
  ask({asked("fern"), bath});
  passage("a", "one", {"A fern is green."});
  EXPECT_EQ(gaps(find_quotes(evidence_)), "bath");
}

TEST_F(GapsTest, ADetailIsMissingUnlessASentenceOnItsSubjectHoldsIt) {
  ask({asked("fern"), asked("moss")});
  passage("a", "one", {"A fern is green.", "A moss has a price."});
  message("fern price", 5, 10);
  query_.concepts.pop_back();
  query_.concepts.front().span = {0, 4};
  evidence_.roles.pop_back();
  EXPECT_EQ(gaps(find_quotes(evidence_)), "price");
  held_by_.emplace(evidence_.passages.front(), 1);  // of moss, not of fern
  EXPECT_EQ(gaps(find_quotes(evidence_)), "price");
  held_by_.emplace(evidence_.passages.front(), 0);
  EXPECT_EQ(gaps(find_quotes(evidence_)), "");
}

TEST_F(GapsTest, TheStoryBesideAQuestionSetsNoConditionUnlessItCouldHarm) {
  ask({asked("fern")});
  passage("a", "one", {"A fern is green."});
  message("I am allergic to it. Is the fern green?", 5, 13);
  query_.concepts.front().span = {28, 32};
  EXPECT_EQ(gaps(find_quotes(evidence_)), "");
  message("I am allergic to it. Is the fern green?", 5, 13, true);
  EXPECT_EQ(gaps(find_quotes(evidence_)), "allergic");
}

TEST_F(GapsTest, AnAnswerStandsBesideAGapOnlyWhereSomethingElseIsAsked) {
  ask({asked("fern")});
  passage("a", "one", {"A fern is green."});
  const std::vector<Quote> quotes = find_quotes(evidence_);
  query_.concepts.front().span = {7, 11};
  message("is the fern green and what is the price", 34, 39);
  EXPECT_TRUE(stands_beside(evidence_, find_gaps(evidence_, quotes, {}), quotes.front()));
  message("is the fern a good price", 19, 24);
  EXPECT_FALSE(stands_beside(evidence_, find_gaps(evidence_, quotes, {}), quotes.front()));
  // The second question leans on what is missing.
  message("is the fern good for asthma, will it help", 21, 27);
  EXPECT_FALSE(stands_beside(evidence_, find_gaps(evidence_, quotes, {}), quotes.front()));
}

TEST_F(GapsTest, ATurnWithoutASubjectThatTheLeadDoesNotHoldNamesNothing) {
  ask({asked("phone"), asked("charge"), asked("past")},
      {WordRole::kEveryday, WordRole::kEveryday, WordRole::kEveryday});
  passage("a", "one", {"A fern is green."});
  const std::vector<Quote> quotes = find_quotes(evidence_);
  EXPECT_TRUE(names_nothing(evidence_, quotes.front()));
  evidence_.alone = false;
  EXPECT_FALSE(names_nothing(evidence_, quotes.front()));
}

}  // namespace
}  // namespace backchat::answer
