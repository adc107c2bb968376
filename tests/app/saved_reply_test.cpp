#include "app/saved_reply.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/wire.h"

namespace backchat::app {
namespace {

using ::testing::HasSubstr;

// A reply with something in every field.
answer::Reply full_reply() {
  answer::Reply reply;
  reply.kind = answer::Kind::kAnswer;
  reply.tier = safety::Tier::kUrgent;
  reply.findings.push_back(
      {"g.rule", "g", safety::Tier::kUrgent, "my “words”", 2, "why", "source"});
  reply.asked = "SQ1";
  reply.card = safety::CareCard{"urgent", "Heading", {"one", "two"}, {{"Call", "tel:1"}}};
  reply.about = "About: x";
  reply.lead.push_back({"lead", {1}});
  reply.body.push_back({"body", {}});
  reply.differs.push_back({"publisher", "side", {1}});
  reply.sections.push_back({"heading", {{"statement", {1}}}});
  reply.exercises.push_back(
      {"id", "name", "eases", "position", {"step"}, {"dose"}, 30, 2, 3, {"stop"}, "a.svg", {1}});
  reply.upright = reply.exercises;
  reply.timers.push_back(
      {"timer", "name", {15, 20}, answer::Statement{"first", {1}}, 5, std::nullopt});
  reply.citations.push_back({1,
                             "a",
                             "title",
                             "publisher",
                             "url",
                             {"author"},
                             {"reviewer"},
                             "2024-01-01",
                             "",
                             "a#b.1",
                             "quote"});
  reply.next.push_back({"label", "text", "SQ1"});
  reply.next.push_back({"label", "label", ""});
  reply.text = "text";
  reply.edition = "edition";
  return reply;
}

TEST(SavedReplyTest, ReadsWhatWasWritten) {
  for (const answer::Reply& reply : {full_reply(), answer::Reply{}}) {
    const std::string json = reply_json(reply);
    const auto saved = parse_saved_reply(json);
    ASSERT_TRUE(saved.has_value() && saved->has_value());
    EXPECT_EQ((*saved)->name, "");
    EXPECT_EQ(reply_json((*saved)->reply), json);
  }
}

TEST(SavedReplyTest, ReadsALineOfBatch) {
  const auto saved = parse_saved_reply(batch_reply_json("\"a1\"", 3, full_reply()));
  ASSERT_TRUE(saved.has_value() && saved->has_value());
  EXPECT_EQ((*saved)->name, "id \"a1\", turn 3");
  EXPECT_EQ(reply_json((*saved)->reply), reply_json(full_reply()));
}

TEST(SavedReplyTest, ALineOfBatchThatHoldsAnErrorHoldsNoReply) {
  const auto saved = parse_saved_reply(batch_error_json(4, {ErrorCode::kInvalidInput, "x", ""}));
  ASSERT_TRUE(saved.has_value());
  EXPECT_FALSE(saved->has_value());
}

TEST(SavedReplyTest, NamesThePlaceOfWhatIsWrong) {
  const std::string good = reply_json(full_reply());
  struct Row {
    std::string from, to, where, what;
  };
  for (const Row& row : std::vector<Row>{
           {R"("kind":"answer")", R"("kind":"advice")", "kind", "names of the contract"},
           {R"("tier":"urgent","findings")", R"("tier":1,"findings")", "safety.tier", "string"},
           {R"("n":1)", R"("n":"1")", "citations[0].n", "whole number"},
           {R"("lead":[)", R"("leads":[],"lead":[)", "leads", "no field of a reply"},
           {R"("quote":"quote")", R"("quot":"quote")", "citations[0].quot", "no field"},
           {R"("lines":["one","two"])", R"("lines":["one",2])", "card.lines[1]", "string"},
           {R"("text":"lead","citations":[1])", R"("text":"lead","citations":1)",
            "lead[0].citations", "list"},
           {R"(,"edition":"edition")", "", "edition", "missing"},
       }) {
    std::string bad = good;
    const std::size_t at = bad.find(row.from);
    ASSERT_NE(at, std::string::npos) << row.from;
    bad.replace(at, row.from.size(), row.to);
    const auto saved = parse_saved_reply(bad);
    ASSERT_FALSE(saved.has_value()) << row.to;
    EXPECT_EQ(saved.error().where, row.where);
    EXPECT_THAT(saved.error().message, HasSubstr(row.what));
  }
}

TEST(SavedReplyTest, WhatIsNoJsonObjectIsRefused) {
  for (const char* line : {"", "x", "[1]", "{", "\xFF", "1"}) {
    EXPECT_FALSE(parse_saved_reply(line).has_value()) << line;
  }
}

}  // namespace
}  // namespace backchat::app
