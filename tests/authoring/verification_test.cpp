#include "authoring/verification.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>

#include "answer/plain_text.h"
#include "authoring/pack_edition.h"
#include "authoring/wording.h"
#include "dialogue/manager.h"

namespace backchat::authoring {
namespace {

using answer::Reply;

const dialogue::Edition& edition() {
  static const auto opened = open_pack(BACKCHAT_SOURCE_DIR "/knowledge/back-spasms");
  if (!opened) throw std::runtime_error(to_string(opened.error()));
  return **opened;
}

Reply ask(const std::vector<std::string>& turns, const std::string& region = "GB") {
  dialogue::Transcript transcript;
  for (const std::string& turn : turns) transcript.turns.push_back({turn, {}});
  transcript.region = region;
  const auto reply = dialogue::reply(edition(), transcript, Deadline::none());
  return reply ? *reply : Reply{};
}

const Verifier& verifier() {
  static const auto made = Verifier::create(edition());
  if (!made) throw std::runtime_error(to_string(made.error()));
  return *made;
}

std::vector<Doubt> doubts(const Reply& reply) { return verifier().verify(reply).doubts; }

TEST(VerificationTest, WhatTheProgramSaidIsProven) {
  for (const std::vector<std::string>& turns : std::vector<std::vector<std::string>>{
           {"heat or ice"},
           {"how do i do child's pose"},
           {"should i use ice", "how long"},
           {"how long does a back spasm last", "who says that"},
           {"how long does a back spasm last", "who says that", "are you sure"},
           {"how do volcanoes form"},
           {"hello"},
           {"i can't feel when i wipe"},
           {"i can't feel when i wipe", "what causes back spasms"},
           {"my mum can't feel when she wipes"},
           {"my back hurts and i have a fever"},
           {"what does ibuprofen cost"},
           {"how logn does a bakc spasm lats"}}) {
    for (const char* region : {"", "US", "GB", "NZ"}) {
      for (const Doubt& doubt : doubts(ask(turns, region))) {
        ADD_FAILURE() << turns.back() << " " << region << ": " << to_string(doubt);
      }
    }
  }
}

struct Tampering {
  const char* name;
  std::vector<std::string> turns;
  std::function<void(Reply&)> change;
  const char* where;  ///< where the first doubt must be
};

TEST(VerificationTest, EveryTamperingIsFound) {
  const std::vector<std::string> differs{"heat or ice"};
  const std::vector<std::string> exercise{"how do i do child's pose"};
  const std::vector<std::string> timer{"how long should i leave an ice pack on"};
  const std::vector<std::string> emergency{"i can't feel when i wipe"};
  const std::vector<std::string> asked{"my back hurts and i feel ill"};
  const std::vector<Tampering> all{
      {"one letter of the lead", differs, [](Reply& r) { r.lead[0].text[3] ^= 1; }, "lead[0]"},
      {"one letter of a quotation", differs, [](Reply& r) { r.citations[0].quote[3] ^= 1; },
       "citations[0]"},
      {"one letter of both", differs,
       [](Reply& r) {
         r.lead[0].text[3] ^= 1;
         r.citations[0].quote = r.lead[0].text;
       },
       "citations[0]"},
      {"citations swapped", differs,
       [](Reply& r) { std::swap(r.lead[0].citations, r.differs[0].citations); }, "lead[0]"},
      {"a passage that does not exist", differs,
       [](Reply& r) { r.citations[0].passage = "somewhere#else.1"; }, "citations[0]"},
      {"another article's name", differs,
       [](Reply& r) { r.citations[0].publisher = "A better clinic"; }, "citations[0]"},
      {"a newer date", differs, [](Reply& r) { r.citations[0].reviewed = "2026-01-01"; },
       "citations[0]"},
      {"another address", differs, [](Reply& r) { r.citations[0].url = "https://bad.example"; },
       "citations[0]"},
      {"an invented sentence with a source", differs,
       [](Reply& r) {
         r.body.push_back({"Ice cures everything.", {1}});
       },
       "body["},
      {"an invented sentence without a source", differs,
       [](Reply& r) {
         r.body.push_back({"Ice cures everything.", {}});
       },
       "body["},
      {"a sentence behind a message",
       {"what does ibuprofen cost"},
       [](Reply& r) {
         r.body.push_back({"The articles say nothing about: cost. Take twelve of them.", {}});
       },
       "body["},
      {"the source taken away", differs, [](Reply& r) { r.lead[0].citations.clear(); }, "lead[0]"},
      {"a citation that is not there", differs, [](Reply& r) { r.lead[0].citations = {99}; },
       "lead[0]"},
      {"a side's publisher", differs,
       [](Reply& r) { std::swap(r.differs[0].publisher, r.differs[1].publisher); }, "differs[0]"},
      {"a side without source", differs, [](Reply& r) { r.differs[0].citations.clear(); },
       "differs[0]"},
      {"a step of an exercise", exercise,
       [](Reply& r) { r.exercises[0].steps[0] += " Bounce hard."; }, "exercises[0]"},
      {"a longer hold", exercise, [](Reply& r) { r.exercises[0].hold_seconds = 600; },
       "exercises[0]"},
      {"more repeats", exercise, [](Reply& r) { r.exercises[0].repeats_max += 90; },
       "exercises[0]"},
      {"a step for who cannot get down", exercise,
       [](Reply& r) { r.upright.at(0).name += " on one leg"; }, "upright[0]"},
      {"a longer timer", timer, [](Reply& r) { r.timers.at(0).minutes = {240}; }, "timers[0]"},
      {"what a timer says first", timer,
       [](Reply& r) {
         r.timers.at(0).first = answer::Statement{"Use no cover.", {1}};
       },
       "timers[0].first"},
      {"a section of its own", differs,
       [](Reply& r) {
         r.sections.push_back({"Our tip", {{"Buy ice.", {1}}}});
       },
       "sections[0]"},
      {"an exercise of nobody's", exercise, [](Reply& r) { r.exercises[0].id = "headstand"; },
       "exercises[0]"},
      {"the warning taken away", emergency, [](Reply& r) { r.card.reset(); }, "card"},
      {"a milder warning", emergency, [](Reply& r) { r.card->lines[0] = "You can wait."; }, "card"},
      {"another number", emergency, [](Reply& r) { r.card->actions[0].href = "tel:0900123"; },
       "card"},
      {"the tier lowered", emergency, [](Reply& r) { r.tier = safety::Tier::kSoon; },
       "safety.tier"},
      {"a rule's reason", emergency, [](Reply& r) { r.findings[0].why = "It is nothing."; },
       "safety.findings[0]"},
      {"a rule that does not exist", emergency, [](Reply& r) { r.findings[0].rule = "x.y"; },
       "safety.findings[0]"},
      {"a suggestion", differs,
       [](Reply& r) {
         r.next.push_back({"Buy now?", "Buy now?", ""});
       },
       "next["},
      {"what a tap sends", differs, [](Reply& r) { r.next[0].text = "something else"; }, "next[0]"},
      {"what it was taken to be about", differs, [](Reply& r) { r.about = "You are well."; },
       "about"},
      {"the plain text", differs, [](Reply& r) { r.text += "!"; }, "text"},
      {"the edition", differs, [](Reply& r) { r.edition = "0123456789abcdef"; }, "edition"},
  };
  for (const Tampering& each : all) {
    Reply reply = ask(each.turns);
    ASSERT_TRUE(doubts(reply).empty()) << each.name;
    const std::string before = reply.text;
    each.change(reply);
    // A careful forger makes the plain text fit.
    if (reply.text == before) reply.text = answer::plain_text(reply, edition().pack.messages);
    const std::vector<Doubt> found = doubts(reply);
    ASSERT_FALSE(found.empty()) << each.name;
    EXPECT_TRUE(std::ranges::any_of(
        found, [&each](const Doubt& doubt) { return doubt.where.starts_with(each.where); }))
        << each.name << ": " << to_string(found[0]);
  }
}

TEST(VerificationTest, ChangingAnyLetterOfAQuotationIsFound) {
  const Reply good = ask({"heat or ice"});
  for (std::size_t i = 0; i < good.lead[0].text.size(); ++i) {
    Reply bad = good;
    bad.lead[0].text[i] ^= 2;
    bad.citations[0].quote = bad.lead[0].text;
    EXPECT_FALSE(doubts(bad).empty()) << i;
  }
}

TEST(WordingTest, ASlotHoldsWordsOfOneSentenceOnly) {
  EXPECT_TRUE(is_filled("Nothing about: {terms}.", "Nothing about: brand, price."));
  EXPECT_TRUE(is_filled("{a} and {b}", "ice and heat"));
  EXPECT_TRUE(is_filled("plain", "plain"));
  EXPECT_TRUE(is_filled("Read as: {words}", "Read as: 1.5 mg"));
  EXPECT_FALSE(is_filled("Nothing about: {terms}.", "Nothing about: ."));
  EXPECT_FALSE(is_filled("Nothing about: {terms}.", "Nothing about: x. Take more."));
  EXPECT_FALSE(is_filled("Nothing about: {terms}.", "Nothing about: x\nTake more."));
  EXPECT_FALSE(is_filled("plain", "plain text"));
  EXPECT_FALSE(is_filled("", "x"));
  EXPECT_TRUE(is_filled("an { alone", "an { alone"));
}

}  // namespace
}  // namespace backchat::authoring
