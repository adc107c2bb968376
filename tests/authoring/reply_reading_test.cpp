#include <gtest/gtest.h>

#include <algorithm>
#include <iostream>

#include "authoring/evaluation.h"
#include "authoring/pack_edition.h"
#include "authoring/readability.h"
#include "text/sentences.h"

namespace backchat::authoring {
namespace {

const char* const kDefaultPack = BACKCHAT_SOURCE_DIR "/knowledge/back-spasms";
constexpr std::size_t kReplies = 100;

Reading read_reply(const answer::Reply& reply, const std::set<std::string>& names) {
  Reading out;
  const auto read = [&](const std::string& text) {
    for (const text::Span& span : text::sentences(text)) {
      out += read_sentence(std::string_view(text).substr(span.begin, span.end - span.begin),
                           [&names](const std::string& word) { return names.contains(word); });
    }
  };
  for (const auto* statements : {&reply.lead, &reply.body}) {
    for (const answer::Statement& statement : *statements) read(statement.text);
  }
  for (const answer::Side& side : reply.differs) read(side.text);
  return out;
}

// A hundred answers, spread evenly over the pack's questions, are easy to read.
TEST(ReplyReadingTest, AnswersAreForAReadingAgeOfNineToEleven) {
  const auto edition = open_pack(kDefaultPack);
  ASSERT_TRUE(edition.has_value());
  const QuestionSet set =
      read_questions(*knowledge::read_documents(kDefaultPack), (*edition)->pack);
  const auto evaluation = evaluate(**edition, set.questions);
  ASSERT_TRUE(evaluation.has_value());
  std::vector<const answer::Reply*> answers;
  for (const auto& judged : evaluation->judged) {
    if (judged.reply.kind == answer::Kind::kAnswer) answers.push_back(&judged.reply);
  }
  ASSERT_GE(answers.size(), kReplies);
  const std::set<std::string> names = names_of((*edition)->pack.lexicon);
  std::vector<double> grades;
  Reading all;
  for (std::size_t i = 0; i < kReplies; ++i) {
    const Reading reading = read_reply(*answers[i * answers.size() / kReplies], names);
    grades.push_back(reading.grade());
    all += reading;
  }
  std::ranges::sort(grades);
  const double words = static_cast<double>(all.words) / all.sentences;
  std::cout << "reading grade of " << kReplies << " replies: median " << grades[kReplies / 2]
            << ", worst " << grades.back() << "; " << words << " words a sentence\n";
  EXPECT_LE(grades[kReplies / 2], 6);
  EXPECT_LE(grades.back(), 9);
  EXPECT_LE(words, 15);
}

}  // namespace
}  // namespace backchat::authoring
