#include "answer/selection.h"

#include "tests/answer/evidence_by_hand.h"

namespace backchat::answer {
namespace {

using SelectionTest = EvidenceByHand;

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
