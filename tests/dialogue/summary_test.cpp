#include "dialogue/summary.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "dialogue/guided_talk.h"
#include "tests/dialogue/test_edition.h"

namespace backchat::dialogue {
namespace {

using test::pack_edition;
using ::testing::HasSubstr;
using ::testing::Not;

Summary sum_up(const Transcript& transcript) {
  std::vector<answer::Reply> replies;
  const auto done =
      dialogue::replies(pack_edition(), transcript, Deadline::none(),
                        [&](std::size_t, const answer::Reply& reply) { replies.push_back(reply); });
  EXPECT_TRUE(done.has_value());
  return summarise(pack_edition().pack.messages, pack_edition().phrases.get(), transcript, replies,
                   "2026-11-22");
}

const Summary::Section& section(const Summary& summary, std::string_view id) {
  const auto found = std::ranges::find(summary.sections, id, &Summary::Section::id);
  EXPECT_NE(found, summary.sections.end());
  return *found;
}

std::string all(const Summary::Section& section) {
  std::string out;
  for (const Summary::Entry& entry : section.entries) out += entry.text + "|" + entry.note + "\n";
  return out;
}

TEST(SummaryTest, HoldsTheOwnWordsAndWhatWasTriedButNoSmallTalk) {
  const Summary summary = sum_up(test::transcript(
      {"hello", "My back locked up on Monday. I tried an ice pack. How long will it last?",
       "thank you"}));
  const std::string said = all(section(summary, "said"));
  EXPECT_THAT(said, HasSubstr("My back locked up on Monday."));
  EXPECT_THAT(said, Not(HasSubstr("hello")));
  EXPECT_THAT(said, Not(HasSubstr("thank you")));
  EXPECT_EQ(section(summary, "tried").entries.size(), 1U);
  EXPECT_EQ(section(summary, "tried").entries[0].text, "“I tried an ice pack.”");
  EXPECT_THAT(summary.note, HasSubstr("not a medical record"));
  EXPECT_EQ(summary.date, "2026-11-22");
}

TEST(SummaryTest, SignsComeWithTheWordsBehindThem) {
  const Summary summary =
      sum_up(test::transcript({"my back went and now I am numb between my legs"}));
  EXPECT_THAT(all(section(summary, "signs")), HasSubstr("numb between my legs"));
  EXPECT_FALSE(section(summary, "advice").entries.empty());
}

TEST(SummaryTest, ChecksComeWithTheirAnswers) {
  Transcript transcript = test::transcript({"my back hurts since yesterday, can I use heat?"});
  const auto first = reply(pack_edition(), transcript, Deadline::none());
  ASSERT_TRUE(first.has_value());
  ASSERT_FALSE(first->asked.empty());
  EXPECT_EQ(section(sum_up(transcript), "checks").entries[0].note, "Not answered");
  const answer::Next& tapped = first->next.back();
  transcript.turns.push_back({tapped.text, tapped.answers});
  EXPECT_EQ(section(sum_up(transcript), "checks").entries[0].note, tapped.label);
}

TEST(SummaryTest, FollowUpsAreLeftOutButWhatTheyTellOfTryingIsNot) {
  const std::string said =
      all(section(sum_up(test::transcript({"should I use an ice pack on my back?", "how long?",
                                           "and heat? I have tried ice"})),
                  "said"));
  EXPECT_THAT(said, HasSubstr("ice pack"));
  EXPECT_THAT(said, Not(HasSubstr("how long?")));
  EXPECT_THAT(said, HasSubstr("tried ice"));
}

TEST(SummaryTest, AnswersInTheGuidedTalkAreWhatThePersonSaid) {
  Transcript transcript = test::transcript({"my back just went, what do I do?"});
  for (int taps = 0; taps < 8; ++taps) {
    const auto before = reply(pack_edition(), transcript, Deadline::none());
    ASSERT_TRUE(before.has_value());
    if (before->asked.empty()) break;
    std::vector<answer::Next> taps_to_it = before->next;
    std::erase_if(taps_to_it,
                  [&before](const answer::Next& next) { return next.answers != before->asked; });
    ASSERT_FALSE(taps_to_it.empty());
    // The last reply to a check says that all is well.
    const answer::Next& tap =
        GuidedTalk::is_step(before->asked) ? taps_to_it.front() : taps_to_it.back();
    transcript.turns.push_back({tap.text, tap.answers});
  }
  const Summary summary = sum_up(transcript);
  EXPECT_GE(section(summary, "said").entries.size(), 2U);
  EXPECT_FALSE(section(summary, "said").entries.back().note.empty());
  EXPECT_THAT(all(section(summary, "checks")), Not(HasSubstr("What have you tried")));
}

TEST(SummaryTest, AdviceIsQuotedWithSources) {
  const Summary summary = sum_up(test::transcript({"should I use heat or ice?"}));
  ASSERT_FALSE(section(summary, "advice").entries.empty());
  for (const Summary::Entry& entry : section(summary, "advice").entries) {
    ASSERT_FALSE(entry.sources.empty()) << entry.text;
    for (const int n : entry.sources) {
      const auto source = std::ranges::find(summary.sources, n, &Summary::Source::n);
      ASSERT_NE(source, summary.sources.end());
      EXPECT_FALSE(source->publisher.empty());
    }
  }
}

TEST(SummaryTest, ThreeLinesAreLeftToFillIn) {
  const Summary summary = sum_up(test::transcript({"heat or ice?"}));
  EXPECT_EQ(section(summary, "questions").entries.size(), 3U);
  for (const Summary::Entry& entry : section(summary, "questions").entries) {
    EXPECT_TRUE(entry.text.empty());
  }
}

TEST(SummaryTest, ALongChatIsCutAndSaysSo) {
  std::vector<std::string> turns;
  for (int i = 0; i < 60; ++i) {
    turns.push_back("does stretch number " + std::to_string(i) + " help a back spasm? " +
                    std::string(400, 'x'));
  }
  const Summary summary = sum_up(test::transcript(turns));
  const auto& said = section(summary, "said").entries;
  EXPECT_LE(said.size(), 25U);
  EXPECT_THAT(said.front().text, HasSubstr("left out"));
  EXPECT_LE(said.back().text.size(), 260U);
  EXPECT_LE(section(summary, "advice").entries.size(), 33U);
}

TEST(SummaryTest, MarkdownShowsWhatPeopleTypeAsTyped) {
  const Summary summary = sum_up(test::transcript({"# *heat* or [ice](http://x)? <b>"}));
  const auto& messages = pack_edition().pack.messages;
  EXPECT_THAT(summary_markdown(summary, messages),
              HasSubstr("\\# \\*heat\\* or \\[ice\\](http://x)? \\<b\\>"));
  EXPECT_THAT(summary_text(summary, messages), HasSubstr("# *heat* or [ice](http://x)? <b>"));
}

TEST(SummaryTest, WithoutAnEditionTheSafetyPartIsSummedUp) {
  const Transcript transcript = test::transcript({"I am numb between my legs, I took a pill"});
  const auto only = reply_without_edition(pack_edition().safety, transcript,
                                          Error{ErrorCode::kUnavailable, "gone", ""});
  ASSERT_TRUE(only.has_value());
  const Summary summary =
      summarise(pack_edition().safety.messages, nullptr, transcript, {&*only, 1}, "2026-11-22");
  EXPECT_FALSE(section(summary, "signs").entries.empty());
  EXPECT_TRUE(section(summary, "tried").entries.empty());
}

}  // namespace
}  // namespace backchat::dialogue
