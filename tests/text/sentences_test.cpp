#include "text/sentences.h"

#include <gtest/gtest.h>

namespace backchat::text {
namespace {

std::vector<std::string> cut(const std::string& text) {
  std::vector<std::string> out;
  for (const Span& span : sentences(text)) out.push_back(text.substr(span.begin, span.size()));
  return out;
}

using Strings = std::vector<std::string>;

TEST(SentencesTest, CutsAtStopsThatEndASentence) {
  EXPECT_EQ(cut("One. Two! Three?"), (Strings{"One.", "Two!", "Three?"}));
  EXPECT_EQ(cut("Hold for 1.5 minutes. Rest."), (Strings{"Hold for 1.5 minutes.", "Rest."}));
  EXPECT_EQ(cut("Dr. Cornett says so. Yes."), (Strings{"Dr. Cornett says so.", "Yes."}));
  EXPECT_EQ(cut("He said \"Stop.\" Then left."), (Strings{"He said \"Stop.\"", "Then left."}));
  EXPECT_EQ(cut("first\n\nsecond"), (Strings{"first", "second"}));
  EXPECT_EQ(cut("  "), Strings{});
}

}  // namespace
}  // namespace backchat::text
