#include "authoring/difference.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "authoring/pack_edition.h"
#include "tests/authoring/scratch_pack.h"

namespace backchat::authoring {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::SizeIs;

struct Opened {
  std::unique_ptr<const dialogue::Edition> edition;
  QuestionSet set;
};

Opened open(const test::ScratchPack& pack) {
  auto edition = open_pack(pack.path());
  EXPECT_TRUE(edition.has_value());
  QuestionSet set = read_questions(*knowledge::read_documents(pack.path()), (*edition)->pack);
  EXPECT_TRUE(set.problems.empty());
  return {std::move(*edition), std::move(set)};
}

TEST(DifferenceTest, APackHasNoDifferenceToItself) {
  const test::ScratchPack pack;
  const Opened opened = open(pack);
  const auto found = compare(*opened.edition, *opened.edition, opened.set.questions);
  ASSERT_TRUE(found.has_value());
  EXPECT_TRUE(found->changes.empty());
  EXPECT_EQ(to_text(*found),
            "0 of 8 replies change: 0 wrong before and right now, 0 right before and wrong now\n");
}

TEST(DifferenceTest, ShowsWhatIsGoneAndWhatIsNew) {
  const test::ScratchPack before;
  const test::ScratchPack after;
  after.replace("articles/neck-clinic.md", "goes away in 7 days", "goes away in 9 days");
  const Opened was = open(before);
  const Opened is = open(after);
  const auto found = compare(*was.edition, *is.edition, was.set.questions);
  ASSERT_TRUE(found.has_value());
  ASSERT_THAT(found->changes, SizeIs(1));
  const Change& change = found->changes[0];
  EXPECT_EQ(change.question->id, "n1");
  EXPECT_THAT(change.parts, ElementsAre("lead"));
  EXPECT_THAT(change.before, Contains(HasSubstr("in 7 days. [neck-clinic#how-long")));
  EXPECT_THAT(change.after, Contains(HasSubstr("in 9 days. [neck-clinic#how-long")));
  EXPECT_TRUE(change.was_right);
  EXPECT_FALSE(change.is_right);
  EXPECT_EQ(found->broken(), 1U);
  EXPECT_EQ(found->mended(), 0U);
  const std::string text = to_text(*found, 100);
  EXPECT_THAT(text,
              HasSubstr("n1 \"how long does a stiff neck last\": lead (right before, WRONG now)"));
  EXPECT_THAT(text, HasSubstr("1 of 8 reply changes"));
}

TEST(DifferenceTest, AChangeOfASourceIsAChangeOfTheReply) {
  const test::ScratchPack before;
  const test::ScratchPack after;
  after.replace("articles/town-hospital.md", "reviewed: 2024-01-10", "reviewed: 2026-01-10");
  const Opened was = open(before);
  const Opened is = open(after);
  const auto found = compare(*was.edition, *is.edition, was.set.questions);
  ASSERT_TRUE(found.has_value());
  ASSERT_FALSE(found->changes.empty());
  for (const Change& change : found->changes) {
    EXPECT_THAT(change.parts, ElementsAre("sources"));
    EXPECT_TRUE(change.was_right && change.is_right);
  }
}

TEST(SideBySideTest, WrapsBothColumnsBetweenWords) {
  EXPECT_EQ(side_by_side({"one two three four five"}, {"six"}, 43),
            "one two three four   | six\n"
            "  five               |\n");
  EXPECT_EQ(side_by_side({}, {"only right"}, 43), "                     | only right\n");
  EXPECT_EQ(side_by_side({"größer"}, {"ä"}, 0), "größer               | ä\n");
  EXPECT_EQ(side_by_side({}, {}, 80), "");
}

}  // namespace
}  // namespace backchat::authoring
