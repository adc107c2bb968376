#include "answer/suggestions.h"

#include <gtest/gtest.h>

namespace backchat::answer {
namespace {

class SuggestionsTest : public ::testing::Test {
 protected:
  static knowledge::Pack pack() {
    knowledge::Pack out;
    for (const char* heading :
         {"What causes a back spasm?", "What causes back spasms?", "How do I use ice?",
          "Ice for back spasms", "How long does a back spasm last?", "Which tests are there?",
          "Back spasms at work?", "Back spasms in sport?"}) {
      knowledge::Passage passage;
      passage.id = "a#" + std::to_string(out.passages.size());
      passage.heading = heading;
      out.passages.push_back(passage);
    }
    // So that only "back" and "spasm" stand in many headings.
    for (char c = 'a'; c <= 'p'; ++c) {
      out.passages.emplace_back().heading = std::string(3, c);
    }
    knowledge::Comparison comparison;
    comparison.question = "Heat or ice?";
    out.comparisons = {comparison};
    return out;
  }
  std::vector<std::string> suggest(std::vector<std::size_t> found,
                                   std::vector<std::string_view> quoted,
                                   std::vector<std::string> asked, bool answered = true) const {
    Evidence evidence;
    for (const std::size_t i : found) {
      evidence.passages.push_back(&pack_.passages[i]);
      retrieve::Hit hit;
      hit.coverage = 1;
      evidence.hits.push_back(hit);
    }
    std::vector<std::string> out;
    for (const Next& next : suggestions_.suggest(evidence, quoted, asked, answered)) {
      out.push_back(next.text);
    }
    return out;
  }

  std::unique_ptr<text::Analyzer> analyzer_ = text::Analyzer::create({}).value();
  knowledge::Pack pack_ = pack();
  Suggestions suggestions_{pack_, *analyzer_};
};

using Questions = std::vector<std::string>;

TEST_F(SuggestionsTest, NoTwoMeanTheSameAndAllAreQuestions) {
  EXPECT_EQ(suggest({0, 1, 3, 2}, {}, {}),
            (Questions{"What causes a back spasm?", "How do I use ice?"}));
}

TEST_F(SuggestionsTest, NeverWhatWasAskedInOtherWords) {
  EXPECT_EQ(suggest({0, 4, 5}, {}, {"tell me what causes spasms in the back"}),
            (Questions{"How long does a back spasm last?", "Which tests are there?"}));
}

TEST_F(SuggestionsTest, NeverWhatWasQuoted) {
  EXPECT_EQ(suggest({2, 5}, {"a#2"}, {}), (Questions{"Which tests are there?"}));
}

TEST_F(SuggestionsTest, WithoutAnAnswerThereAreAlwaysSome) {
  EXPECT_EQ(suggest({}, {}, {}, false), (Questions{"Heat or ice?"}));
}

}  // namespace
}  // namespace backchat::answer
