#include "dialogue/topic.h"

#include <gtest/gtest.h>

namespace backchat::dialogue {
namespace {

class TopicTest : public ::testing::Test {
 protected:
  static knowledge::DialogueWords words() {
    knowledge::DialogueWords out;
    out.openings = {"and", "what about"};
    out.corrections = {"no", "no i meant"};
    out.other = {"the other"};
    out.cases = {"and if"};
    out.failures = {"not work"};
    out.which = {"which ones"};
    out.beside = {"else"};
    out.returns = {"back to"};
    out.ones = {"common one"};
    out.pronouns = {"it", "them"};
    return out;
  }
  // The last turn, after the others were understood.
  Resolved last(const std::vector<std::string>& turns) const {
    Topic topic;
    Resolved resolved;
    for (const std::string& turn : turns) {
      const retrieve::Query query = questions_.analyse(turn);
      const auto roles = roles_.roles(query);
      resolved = resolve(turn, book_.read(turn), query, roles, topic, "Back spasms");
      topic = next_topic(topic, resolved, query, roles);
    }
    return resolved;
  }

  std::unique_ptr<text::Analyzer> analyzer_ = text::Analyzer::create({}).value();
  PhraseBook book_{words(), *analyzer_};
  retrieve::QueryAnalyser questions_{*analyzer_, {}};
  answer::WordRoles roles_{{"brand", "side effects"}, *analyzer_};
};

TEST_F(TopicTest, AFullQuestionLeansOnNothing) {
  EXPECT_EQ(last({"does ice help", "can stress and worry at work really cause spasms"}).context,
            "");
}

TEST_F(TopicTest, AShortQuestionMayGoOnWithTheTopicButSaysNothingOfIt) {
  const Resolved resolved = last({"does ice help", "can stress cause spasms"});
  EXPECT_TRUE(resolved.beside);
  EXPECT_TRUE(resolved.replaces);
  EXPECT_LT(resolved.context_weight, 0.2);
  EXPECT_EQ(resolved.label, "");
}

TEST_F(TopicTest, AKindAloneKeepsTheSubject) {
  const Resolved resolved = last({"should I use ice", "how long?"});
  EXPECT_EQ(resolved.context, "ice");
  EXPECT_TRUE(resolved.only_kind);
  EXPECT_FALSE(resolved.names_subject);
  EXPECT_EQ(resolved.label, "ice");
}

TEST_F(TopicTest, AnOpeningReplacesTheSubjectAndKeepsTheKind) {
  const Resolved resolved = last({"should I use ice", "how long?", "and heat?"});
  EXPECT_EQ(resolved.context, "should I use ice ; how long?");
  EXPECT_TRUE(resolved.replaces);
}

TEST_F(TopicTest, ADetailAloneKeepsTheSubject) {
  EXPECT_EQ(last({"do foam rollers help", "which brand?"}).context, "foam rollers");
  EXPECT_EQ(last({"do relaxants work", "any side effects"}).label, "relaxants");
}

TEST_F(TopicTest, ACorrectionTakesBackWhatItNegates) {
  const Resolved resolved = last({"does surgery help", "no i meant injections not surgery"});
  EXPECT_TRUE(resolved.corrects);
}

TEST_F(TopicTest, ACorrectionKeepsOnlyHowItWasAsked) {
  EXPECT_EQ(last({"how long do I hold the bridge", "no i meant hip lifts"}).context,
            "how long do i hold the");
  // Only a part is taken back where a word of it is named again.
  EXPECT_EQ(last({"how long do I ice the left knee", "no i meant the right knee"}).context,
            "how long do I ice the left knee");
}

TEST_F(TopicTest, TheOtherOneIsTheTopicBefore) {
  const Resolved resolved = last({"should I use ice", "and heat?", "and the other?"});
  EXPECT_TRUE(resolved.swaps);
  EXPECT_EQ(resolved.label, "ice");
}

TEST_F(TopicTest, ACaseKeepsTheTopic) {
  EXPECT_TRUE(last({"should I use ice", "and if it burns my skin"}).points);
  EXPECT_TRUE(last({"should I use ice", "and for burns"}).replaces);
}

TEST_F(TopicTest, WhatFailedLeadsOn) {
  const Resolved resolved = last({"should I use ice", "and if it does not work"});
  EXPECT_TRUE(resolved.failed);
  EXPECT_EQ(resolved.context, "Back spasms ; ice");
}

TEST_F(TopicTest, NamesAreAskedOfTheTopic) {
  const Resolved resolved = last({"are there relaxants", "which ones?"});
  EXPECT_TRUE(resolved.names);
  EXPECT_EQ(resolved.context, "relaxants");
}

TEST_F(TopicTest, WhatElseIsAskedOfTheWhole) {
  const Resolved resolved = last({"do relaxants work", "what else helps?"});
  EXPECT_TRUE(resolved.only_new);
  EXPECT_EQ(resolved.context, "Back spasms");
}

TEST_F(TopicTest, BackToAnEarlierTopicLeansOnNothing) {
  EXPECT_EQ(last({"do relaxants work", "back to ice, how long"}).context, "");
}

TEST_F(TopicTest, OneOfThemIsAskedInTheTopicsWay) {
  const Resolved resolved = last({"what causes spasms", "what is the most common one"});
  EXPECT_TRUE(resolved.of_kind);
  EXPECT_EQ(resolved.context, "what causes spasms");
}

TEST_F(TopicTest, WithoutATopicAFollowUpNeedsOne) {
  EXPECT_TRUE(last({"how long?"}).needs_topic);
  EXPECT_EQ(last({"what are the symptoms?"}).context, "Back spasms");
}

TEST_F(TopicTest, AConditionKeepsTheTopicAndIsKeptBesideIt) {
  Topic topic;
  topic.subject = "should I use ice";
  topic.label = "ice";
  const std::string turn = "and if I am pregnant?";
  const Resolved resolved = resolve_on(turn, true, topic);
  EXPECT_EQ(resolved.context, "should I use ice");
  EXPECT_TRUE(resolved.points);
  const retrieve::Query query = questions_.analyse(turn);
  const Topic after = next_topic(topic, resolved, query, roles_.roles(query));
  EXPECT_EQ(after.subject, topic.subject);
  EXPECT_EQ(after.condition, turn);
  const std::string next = "and heat?";
  const retrieve::Query heat = questions_.analyse(next);
  EXPECT_NE(resolve(next, book_.read(next), heat, roles_.roles(heat), after, "Back spasms")
                .conditions.find(turn),
            std::string::npos);
}

}  // namespace
}  // namespace backchat::dialogue
