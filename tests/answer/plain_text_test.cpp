#include "answer/plain_text.h"

#include <gtest/gtest.h>

namespace backchat::answer {
namespace {

knowledge::Messages messages() {
  return knowledge::Messages({{"card.emergency", "Emergency advice"},
                              {"answer.differs", "They differ:"},
                              {"answer.sources", "Sources"},
                              {"answer.published", "published {date}"},
                              {"answer.reviewed", "reviewed {date}"},
                              {"answer.no_date", "date not given"},
                              {"answer.steps", "How to do it: {name}"},
                              {"answer.next", "Ask:"}});
}

Citation citation(int n, const std::string& article) {
  Citation out;
  out.n = n;
  out.article = article;
  out.title = "T " + article;
  out.publisher = "P";
  return out;
}

TEST(PlainTextTest, PutsTheCardFirst) {
  Reply reply;
  reply.kind = Kind::kEmergency;
  reply.card = safety::CareCard{"emergency", "Go now", {"Line."}, {{"Call 999", "tel:999"}}};
  reply.lead = {{"Later.", {}}};
  EXPECT_EQ(plain_text(reply, messages()),
            "Emergency advice: Go now\n- Line.\n> Call 999\n\nLater.");
}

TEST(PlainTextTest, NumbersSourcesOncePerArticle) {
  Reply reply;
  reply.lead = {{"One.", {1}}};
  reply.body = {{"Two.", {2, 3}}, {"Our own line.", {}}};
  reply.differs = {{"P", "Side.", {3}}};
  reply.citations = {citation(1, "a"), citation(2, "b"), citation(3, "a")};
  reply.citations[1].reviewed = "2024-01-02";
  reply.next = {{"More?", "More?", ""}};
  EXPECT_EQ(plain_text(reply, messages()),
            "One. [1]\n\n- Two. [2] [3]\n\nThey differ:\n- P: Side. [3]\n\nOur own line.\n\n"
            "Sources\n[1][3] P: \"T a\" (date not given)\n[2] P: \"T b\" (reviewed 2024-01-02)\n\n"
            "Ask:\n- More?");
}

TEST(PlainTextTest, AScreeningQuestionListsItsRepliesWithoutAHeading) {
  Reply reply;
  reply.asked = "SQ1";
  reply.body = {{"Any numbness?", {}}};
  reply.next = {{"None of these", "no", "SQ1"}};
  EXPECT_EQ(plain_text(reply, messages()), "Any numbness?\n\n- None of these");
}

}  // namespace
}  // namespace backchat::answer
