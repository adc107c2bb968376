#include "dialogue/manager.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <thread>

#include "tests/dialogue/test_edition.h"

namespace backchat::dialogue {
namespace {

using test::ask;
using test::is_answer;
using test::pack_edition;

std::vector<std::string> questions_of_the_pack() {
  std::vector<std::string> out;
  for (const auto& passage : pack_edition().pack.passages) {
    if (passage.heading.ends_with('?')) out.push_back(passage.heading);
  }
  for (const auto& comparison : pack_edition().pack.comparisons) out.push_back(comparison.question);
  return out;
}

TEST(ManagerTest, EveryQuoteIsASentenceOfThePassageItCites) {
  for (const std::string& question : questions_of_the_pack()) {
    const answer::Reply reply = ask({question});
    for (const answer::Citation& citation : reply.citations) {
      const knowledge::Passage* passage = pack_edition().pack.passage(citation.passage);
      ASSERT_NE(passage, nullptr) << citation.passage;
      bool found = false;
      for (std::size_t i = 0; i < passage->sentences.size(); ++i) {
        found = found || passage->sentence(i) == citation.quote;
      }
      EXPECT_TRUE(found) << question << ": " << citation.quote;
    }
    for (const answer::Statement& statement : reply.body) {
      if (statement.citations.empty()) continue;
      const auto n = static_cast<std::size_t>(statement.citations[0] - 1);
      EXPECT_EQ(reply.citations[n].quote, statement.text);
    }
  }
}

TEST(ManagerTest, SuggestedQuestionsAreAnsweredFromAnArticleThatAsksThem) {
  std::size_t failed = 0;
  for (const auto& passage : pack_edition().pack.passages) {
    if (!passage.heading.ends_with('?')) continue;
    const answer::Reply reply = ask({passage.heading});
    const bool cites = std::ranges::any_of(pack_edition().pack.passages, [&](const auto& other) {
      return other.heading == passage.heading && test::cites(reply, other.article);
    });
    if (is_answer(reply) && cites) continue;
    ++failed;
    std::cout << passage.article << ": " << passage.heading << "\n";
  }
  for (const auto& comparison : pack_edition().pack.comparisons) {
    const answer::Reply reply = ask({comparison.question});
    EXPECT_TRUE(is_answer(reply)) << comparison.question;
    EXPECT_FALSE(reply.differs.empty()) << comparison.question;
  }
  EXPECT_EQ(failed, 0U);
}

TEST(ManagerTest, ExercisesComeFromTheFloorUpWithUprightOnesBesideThem) {
  const answer::Reply reply = ask({"which stretches can help?"});
  ASSERT_FALSE(reply.exercises.empty());
  EXPECT_TRUE(std::ranges::is_sorted(reply.exercises, {}, [](const answer::Exercise& each) {
    return knowledge::position_rank(each.position);
  }));
  ASSERT_FALSE(reply.upright.empty());
  for (const answer::Exercise& each : reply.upright) {
    EXPECT_FALSE(knowledge::needs_floor(each.position)) << each.id;
    EXPECT_FALSE(each.citations.empty()) << each.id;
  }
}

TEST(ManagerTest, ATimerStandsBesideAnAnswerThatQuotesItsTime) {
  const answer::Reply reply = ask({"how long should I leave an ice pack on?"});
  ASSERT_EQ(reply.timers.size(), 1U);
  EXPECT_LE(*std::ranges::max_element(reply.timers[0].minutes), 20);
  ASSERT_TRUE(reply.timers[0].first.has_value());
  EXPECT_FALSE(reply.timers[0].first->citations.empty());
  EXPECT_TRUE(ask({"what causes a back spasm?"}).timers.empty());
  // Beside a warning there is nothing to do but to get help.
  EXPECT_TRUE(ask({"My groin is numb. how long should I leave an ice pack on?"}).timers.empty());
}

TEST(ManagerTest, NotWhatIMeantAnswersTheQuestionAgain) {
  const std::string question = "how long should I leave an ice pack on?";
  const answer::Reply first = ask({question});
  const answer::Reply again = ask({question, "That is not what I meant"});
  ASSERT_FALSE(again.lead.empty());
  EXPECT_EQ(again.lead[0].text, first.lead[0].text);
}

TEST(ManagerTest, WhatIsOverruledIsNeverQuoted) {
  for (const char* question :
       {"when should I see a doctor about back pain?", "see a doctor bladder bowels",
        "is loss of bladder control a reason to call a doctor", "trouble passing urine doctor"}) {
    const answer::Reply reply = ask({question});
    for (const auto& overruled : pack_edition().pack.overruled) {
      if (overruled.message.empty()) continue;
      EXPECT_EQ(reply.text.find(overruled.sentence), std::string::npos) << question;
    }
  }
}

TEST(ManagerTest, AReplyIsTheSameOnEveryRunAndThread) {
  const std::vector<std::string> turns = {"should I use ice", "how long for?", "and heat?"};
  const std::string first = ask(turns).text;
  std::vector<std::string> others(4);
  std::vector<std::thread> threads;
  for (std::string& other : others)
    threads.emplace_back([&other, &turns] { other = ask(turns).text; });
  for (std::thread& thread : threads) thread.join();
  for (const std::string& other : others) EXPECT_EQ(other, first);
  std::vector<std::string> in_order;
  ASSERT_TRUE(replies(pack_edition(), test::transcript(turns), Deadline::none(),
                      [&](std::size_t, const auto& each) { in_order.push_back(each.text); }));
  EXPECT_EQ(in_order.back(), first);
}

TEST(ManagerTest, AFollowUpThatFindsNothingIsNotCovered) {
  EXPECT_FALSE(is_answer(ask({"does ice help", "what about leeches?"})));
}

TEST(ManagerTest, AFollowUpSaysWhatItWasTakenToMean) {
  const answer::Reply reply = ask({"should I use ice on my back", "how long?"});
  EXPECT_NE(reply.about, "");
  EXPECT_NE(test::said(reply).find("20 minutes"), std::string::npos);
}

TEST(ManagerTest, AGapIsNamed) {
  const answer::Reply reply = ask({"does a foam roller help and which brand is best"});
  ASSERT_TRUE(is_answer(reply));
  EXPECT_NE(test::said(reply).find("nothing about: which brand"), std::string::npos);
}

TEST(ManagerTest, NoTurnsIsAnError) {
  EXPECT_FALSE(reply(pack_edition(), {}, Deadline::none()).has_value());
}

}  // namespace
}  // namespace backchat::dialogue
