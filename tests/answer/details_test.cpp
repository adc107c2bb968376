#include "answer/details.h"

#include <gtest/gtest.h>

#include "answer/clauses.h"

namespace backchat::answer {
namespace {

class DetailsTest : public ::testing::Test {
 protected:
  static knowledge::Pack pack() {
    knowledge::Pack out;
    knowledge::Passage passage;
    passage.heading = "Ferns in the bath";
    passage.text = "A fern costs 5 pounds. Water it.";
    passage.sentences = {{{0, 22}, false, 0}, {{23, 32}, false, 0}};
    out.passages.push_back(passage);
    out.details = {{"the price", {"price", "how much is"}, {"costs"}, {}, false},
                   {"", {"asthma", "bad asthma"}, {}, {"take", "use"}, true},
                   {"", {"in the bath"}, {}, {}, false}};
    return out;
  }

  // The details found, as typed, with a star for each sentence that holds them.
  std::string found(std::string_view message) const {
    std::string out;
    for (const AskedDetail& each : details_.find(message)) {
      out += (out.empty() ? "" : "|") +
             std::string(message.substr(each.span.begin, each.span.size())) +
             std::string(each.held_by->size(), '*');
    }
    return out;
  }

  std::unique_ptr<text::Analyzer> analyzer_ = text::Analyzer::create({}).value();
  knowledge::Pack pack_ = pack();
  Details details_{pack_, *analyzer_};
};

TEST_F(DetailsTest, ThePhraseIsFoundInAnyFormWithTheSentencesThatHoldIt) {
  EXPECT_EQ(found("How much is a fern?"), "How much is*");
  EXPECT_EQ(found("fern prices"), "prices*");
  EXPECT_EQ(found("what is a fern"), "");
}

TEST_F(DetailsTest, AHeadingHoldsItForEverySentenceBelow) {
  EXPECT_EQ(found("ferns in the bath"), "in the bath**");
}

TEST_F(DetailsTest, ACountsOnlyBesideItsWordsAndTheLongestPhraseWins) {
  EXPECT_EQ(found("I have bad asthma"), "");
  EXPECT_EQ(found("can I use it with bad asthma"), "bad asthma");
  EXPECT_TRUE(details_.find("can I use it with asthma").front().caution);
}

TEST_F(DetailsTest, OnlyPlainWordsAskForADetailWhateverStandsBeside) {
  EXPECT_EQ(details_.plain(), std::vector<std::string>{"in the bath"});
}

// The parts of a message, those that ask with a question mark.
std::string parts(std::string_view message) {
  std::string out;
  for (const Clause& clause : clauses_of(message)) {
    out += (out.empty() ? "" : "|") + clause_words(clause_text(message, clause)).front() +
           (clause.asks ? "?" : "");
  }
  return out;
}

TEST(ClausesTest, AMessageFallsIntoPartsBeforeASecondQuestion) {
  EXPECT_EQ(parts("does it help and can I drive"), "does?|and?");
  EXPECT_EQ(parts("does it help & can I drive"), "does?|can?");
  EXPECT_EQ(parts("salt and pepper"), "salt");
  EXPECT_EQ(parts("I take statins, could they do it?"), "i|could?");
  EXPECT_EQ(parts("hip lifts how many times"), "hip?");
  EXPECT_EQ(parts("list the exercises"), "list?");
}

TEST_F(DetailsTest, WordsBesideMayStandInWhatTheMessageLeansOn) {
  EXPECT_TRUE(details_.find("and with asthma?").empty());
  EXPECT_EQ(details_.find("and with asthma?", "can I use it").size(), 1U);
  EXPECT_TRUE(details_.find("I use it with asthma", "why?").empty());
}

}  // namespace
}  // namespace backchat::answer
