#include "index/question_kind.h"

#include <gtest/gtest.h>

#include "text/analyzer.h"
#include "text/normalise.h"

namespace backchat::index {
namespace {

Kinds kinds_of(std::string_view text) {
  static const auto analyzer = *text::Analyzer::create({});
  std::vector<std::string> words;
  for (const auto& token : analyzer->tokens(text::normalise(text).text))
    words.push_back(token.exact);
  return question_kinds(words);
}

TEST(QuestionKindTest, TellsTheKindOfQuestionsAndHeadings) {
  const std::vector<std::pair<std::string_view, std::string_view>> cases{
      {"What causes brown leaves?", "cause"},
      {"why are my leaves brown", "cause"},
      {"where do lice come from", "cause"},
      {"Causes of brown leaves", "cause"},
      {"how long does it take to recover", "how_long"},
      {"how many minutes should I mist for", "how_long"},
      {"how long should i wait before i see a doctor", "how_long"},
      {"how often should i water it", "how_often"},
      {"how many times a day", "how_often"},
      {"how much water", "how_much"},
      {"dosage", "how_much"},
      {"when should i see a doctor", "when_to_see"},
      {"do I need to call an ambulance or see a doctor", "when_to_see"},
      {"should i go to the hospital", "when_to_see"},
      {"what are the symptoms", "symptom"},
      {"what does it feel like", "symptom"},
      {"Signs of spider mites", "symptom"},
      {"how is it diagnosed", "test"},
      {"Which tests are there?", "test"},
      {"what should i avoid", "avoid"},
      {"what shouldn't I do", "avoid"},
      {"how can i stop it coming back", "prevent"},
      {"prevention", "prevent"},
      {"rain or tap water?", "compare"},
      {"what is the difference between moss and fern", "compare"},
      {"which is better, sun or shade", "compare"},
      {"how do i get rid of lice", "treat"},
      {"what helps against lice", "treat"},
      {"treatment", "treat"},
      {"what can i do", "treat"},
      {"how do i mist a fern", "how_to"},
      {"how to repot a cactus", "how_to"},
      {"who says so", "who"},
      {"what is a fern", "what"},
      {"fern water", "none"},
      {"", "none"},
  };
  for (const auto& [text, kind] : cases) EXPECT_EQ(kind_name(kinds_of(text).first()), kind) << text;
}

TEST(QuestionKindTest, MarksWordsThatOnlyAsk) {
  const Kinds kinds = kinds_of("how long do ferns last");
  EXPECT_EQ(kinds.cue, (std::vector<bool>{true, true, false, false, false}));
}

}  // namespace
}  // namespace backchat::index
