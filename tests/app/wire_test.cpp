#include "app/wire.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <random>

namespace backchat::app {
namespace {

using nlohmann::json;
using testing::HasSubstr;

std::vector<std::string> keys(const nlohmann::ordered_json& object) {
  std::vector<std::string> out;
  for (const auto& item : object.items()) out.push_back(item.key());
  return out;
}

answer::Reply full_reply() {
  answer::Reply reply;
  reply.kind = answer::Kind::kAnswer;
  reply.tier = safety::Tier::kUrgent;
  safety::Finding& finding = reply.findings.emplace_back();
  finding.rule = "fracture.fall";
  finding.tier = safety::Tier::kUrgent;
  finding.turn = 2;
  reply.asked = "SQ1";
  reply.card = safety::CareCard{
      "urgent", "Get seen today", {"Why this matters."}, {{"Call 111", "tel:111"}}};
  reply.about = "heat on the back";
  reply.lead = {{"Heat can help.", {1}}};
  reply.body = {{"Keep moving.", {1, 2}}};
  reply.differs = {{"Example", "Use ice.", {2}}};
  answer::Exercise& exercise = reply.exercises.emplace_back();
  exercise.id = "cat";
  exercise.steps = {"Kneel."};
  exercise.hold_seconds = 20;
  reply.timers = {{"pack", "Pack", {15, 20}, answer::Statement{"Wrap it.", {1}}, 20, {}}};
  answer::Citation& citation = reply.citations.emplace_back();
  citation.n = 1;
  citation.authors = {"A. Writer"};
  reply.next = {{"How long?", "How long does it last?", ""}, {"Yes", "Yes", "SQ1"}};
  reply.text = "Get seen today";
  reply.edition = "e1";
  return reply;
}

TEST(ReplyJsonTest, HasTheFieldsOfTheContractInOrder) {
  const auto out = nlohmann::ordered_json::parse(reply_json(full_reply()));
  using Names = std::vector<std::string>;
  EXPECT_EQ(keys(out),
            (Names{"kind", "safety", "card", "about", "lead", "body", "differs", "sections",
                   "exercises", "upright", "timers", "citations", "next", "text", "edition"}));
  EXPECT_EQ(keys(out["safety"]), (Names{"tier", "findings", "asked"}));
  EXPECT_EQ(keys(out["safety"]["findings"][0]),
            (Names{"rule", "group", "tier", "quote", "turn", "why", "source"}));
  EXPECT_EQ(keys(out["card"]), (Names{"level", "heading", "lines", "actions"}));
  EXPECT_EQ(keys(out["card"]["actions"][0]), (Names{"label", "href"}));
  EXPECT_EQ(keys(out["lead"][0]), (Names{"text", "citations"}));
  EXPECT_EQ(keys(out["body"][0]), (Names{"text", "citations"}));
  EXPECT_EQ(keys(out["differs"][0]), (Names{"publisher", "text", "citations"}));
  EXPECT_EQ(keys(out["citations"][0]),
            (Names{"n", "article", "title", "publisher", "url", "authors", "reviewers", "published",
                   "reviewed", "passage", "quote"}));
  EXPECT_EQ(keys(out["next"][0]), (Names{"label", "text"}));
  EXPECT_EQ(keys(out["next"][1]), (Names{"label", "text", "answers"}));
  EXPECT_EQ(out["kind"], "answer");
  EXPECT_EQ(out["safety"]["tier"], "urgent");
  EXPECT_EQ(out["safety"]["findings"][0]["turn"], 2);
  EXPECT_EQ(out["safety"]["asked"], "SQ1");
  EXPECT_EQ(out["lead"].dump(), R"([{"text":"Heat can help.","citations":[1]}])");
  EXPECT_EQ(out["exercises"][0]["hold_seconds"], 20);
  EXPECT_EQ(keys(out["exercises"][0]),
            (Names{"id", "name", "eases", "position", "steps", "dose", "hold_seconds",
                   "repeats_min", "repeats_max", "stop_if", "drawing", "citations"}));
  EXPECT_EQ(out["timers"].dump(),
            R"([{"id":"pack","name":"Pack","minutes":[15,20],)"
            R"("first":{"text":"Wrap it.","citations":[1]},"break_minutes":20,"then":null}])");
}

TEST(ReplyJsonTest, AnEmptyReplyHasEveryFieldAndThreeNulls) {
  const json out = json::parse(reply_json(answer::Reply{}));
  EXPECT_TRUE(out["card"].is_null());
  EXPECT_TRUE(out["about"].is_null());
  EXPECT_TRUE(out["safety"]["asked"].is_null());
  for (const char* name :
       {"lead", "body", "differs", "exercises", "upright", "timers", "citations", "next"}) {
    EXPECT_EQ(out[name], json::array()) << name;
  }
  EXPECT_EQ(out["safety"]["findings"], json::array());
  EXPECT_EQ(out["kind"], "not_covered");
  EXPECT_EQ(out["safety"]["tier"], "none");
}

TEST(ReplyJsonTest, BrokenUtf8IsReplacedAndTheReplyIsOneLine) {
  answer::Reply reply;
  reply.text = "a\xff\nb";
  const std::string out = reply_json(reply);
  EXPECT_EQ(json::parse(out)["text"], "a\xEF\xBF\xBD\nb");
  EXPECT_EQ(out.find('\n'), std::string::npos);
}

TEST(ParseAskTest, TurnsAreStringsOrObjects) {
  const auto ask = parse_ask(
      R"({"turns": ["My back", {"text": "Yes", "answers": "SQ1"}, {"text": "no", "answers": null}],)"
      R"( "region": "gb", "language": "en-GB"})");
  ASSERT_TRUE(ask.has_value()) << to_string(ask.error());
  ASSERT_EQ(ask->turns.size(), 3U);
  EXPECT_EQ(ask->turns[0].text, "My back");
  EXPECT_FALSE(ask->turns[0].answers);
  EXPECT_EQ(ask->turns[1].answers, "SQ1");
  EXPECT_FALSE(ask->turns[2].answers);
  EXPECT_EQ(ask->region, "GB");
  EXPECT_EQ(ask->language, "en-GB");
}

struct BadAsk {
  std::string body;
  std::string where;
  std::string message;
};

class ParseAskErrorTest : public testing::TestWithParam<BadAsk> {};

TEST_P(ParseAskErrorTest, NamesThePlaceAndTheReason) {
  const auto ask = parse_ask(GetParam().body);
  ASSERT_FALSE(ask.has_value());
  EXPECT_EQ(ask.error().code, ErrorCode::kInvalidInput);
  EXPECT_EQ(ask.error().where, GetParam().where);
  EXPECT_THAT(ask.error().message, HasSubstr(GetParam().message));
}

std::string many_turns(std::size_t count) {
  std::string body = R"({"turns": [)";
  for (std::size_t i = 0; i < count; ++i) body += i == 0 ? R"("a")" : R"(,"a")";
  return body + "]}";
}

std::string long_turn(std::size_t bytes) {
  return R"({"turns": [")" + std::string(bytes, 'a') + R"("]})";
}

INSTANTIATE_TEST_SUITE_P(
    Table, ParseAskErrorTest,
    testing::Values(
        BadAsk{"", "body", "not JSON"}, BadAsk{"{", "body", "not JSON"},
        BadAsk{"{} {}", "body", "not JSON"}, BadAsk{"[]", "body", "object"},
        BadAsk{"null", "body", "object"}, BadAsk{"\"a\"", "body", "object"},
        BadAsk{"{\"turns\": [\"\xff\"]}", "body", "UTF-8 from byte 12"},
        BadAsk{R"({"turns": ["\ud800"]})", "body", "not JSON"},
        BadAsk{std::string("{\"turns\": [\"a\"]}\0", 17), "body", "not JSON"},
        BadAsk{std::string(60000, '['), "body", "not JSON"},
        BadAsk{std::string(30000, '[') + std::string(30000, ']'), "body", "object"},
        BadAsk{"{}", "turns", "missing"}, BadAsk{R"({"turns": []})", "turns", "at least one"},
        BadAsk{R"({"turns": "a"})", "turns", "list"}, BadAsk{R"({"turns": {}})", "turns", "list"},
        BadAsk{R"({"turns": null})", "turns", "list"},
        BadAsk{R"({"turns": ["a", 1]})", "turns[1]", "string or an object"},
        BadAsk{R"({"turns": [null]})", "turns[0]", "string or an object"},
        BadAsk{R"({"turns": [["a"]]})", "turns[0]", "string or an object"},
        BadAsk{R"({"turns": [{}]})", "turns[0].text", "string"},
        BadAsk{R"({"turns": [{"text": 1.9}]})", "turns[0].text", "string"},
        BadAsk{R"({"turns": [{"text": null}]})", "turns[0].text", "string"},
        BadAsk{R"({"turns": [{"text": "a", "answers": 1}]})", "turns[0].answers", "string"},
        BadAsk{R"({"turns": [{"text": "a", "role": "user"}]})", "turns[0]", "text, answers"},
        BadAsk{R"({"turns": ["a"], "model": "x"})", "request", "turns, region, language"},
        BadAsk{R"({"turns": ["a"], "region": 1})", "region", "string"},
        BadAsk{R"({"turns": ["a"], "region": "GBR"})", "region", "two letters"},
        BadAsk{R"({"turns": ["a"], "region": "1A"})", "region", "two letters"},
        BadAsk{R"({"turns": ["a"], "language": ["en"]})", "language", "string"},
        BadAsk{R"({"turns": ["a"], "language": "en_GB"})", "language", "language tag"},
        BadAsk{many_turns(kMaxTurns + 1), "turns", "at most 1000"},
        BadAsk{long_turn(4097), "turns[0].text", "at most 4096 bytes"}));

TEST(ParseAskTest, TheLimitsThemselvesAreAllowed) {
  EXPECT_TRUE(parse_ask(many_turns(kMaxTurns)).has_value());
  EXPECT_TRUE(parse_ask(long_turn(4096)).has_value());
  EXPECT_TRUE(parse_ask(R"({"turns": [""], "region": null, "language": ""})").has_value());
}

TEST(ParseAskTest, ErrorsNeverRepeatTheText) {
  const auto ask = parse_ask(R"({"turns": ["a", {"text": "my secret", "my secret": 1}]})");
  ASSERT_FALSE(ask.has_value());
  EXPECT_EQ(to_string(ask.error()).find("secret"), std::string::npos);
}

TEST(ParseAskTest, ManyKeysAreRefusedQuickly) {
  std::string body = "{";
  for (int i = 0; i < 8000; ++i) body += "\"" + std::to_string(i) + "\":1,";
  body += "\"turns\":[\"a\"]}";
  EXPECT_FALSE(parse_ask(body).has_value());
}

// Whatever the bytes, the door answers with a value.
TEST(ParseAskTest, RandomBytesNeverCrash) {
  const std::string seed =
      R"({"turns":["a",{"text":"\u00e9\ud83d\ude00","answers":"SQ1"}],"region":"US","language":"en"})";
  std::mt19937 random(7);
  for (int round = 0; round < 20000; ++round) {
    std::string body = seed;
    for (std::size_t i = 0, n = 1 + random() % 4; i < n; ++i) {
      const std::size_t at = random() % body.size();
      switch (random() % 3) {
        case 0:
          body[at] = static_cast<char>(random());
          break;
        case 1:
          body.erase(at, 1 + random() % 3);
          break;
        default:
          body.insert(at, 1, "{}[]\",:\\u"[random() % 9]);
      }
      if (body.empty()) break;
    }
    const auto ask = parse_ask(body);
    if (ask) {
      EXPECT_TRUE(check_transcript(*ask).has_value());
    }
    parse_batch_line(body);
  }
}

TEST(BatchLineTest, KeepsTheIdAsItWas) {
  const auto text = parse_batch_line(R"({"id": "q\"1", "turns": ["a"], "region": "US"})");
  ASSERT_TRUE(text.has_value());
  EXPECT_EQ(text->id, R"("q\"1")");
  EXPECT_EQ(text->transcript.region, "US");
  const auto number = parse_batch_line(R"({"id": 17, "turns": ["a"]})");
  ASSERT_TRUE(number.has_value());
  EXPECT_EQ(number->id, "17");
  const auto none = parse_batch_line(R"({"turns": ["a"]})");
  ASSERT_TRUE(none.has_value());
  EXPECT_EQ(none->id, "null");
  EXPECT_FALSE(parse_batch_line(R"({"id": [], "turns": ["a"]})").has_value());
  EXPECT_FALSE(parse_batch_line(R"({"id": 1, "question": "a"})").has_value());
}

TEST(BatchLineTest, WritesRepliesAndErrors) {
  const json reply = json::parse(batch_reply_json("\"a\"", 1, full_reply()));
  EXPECT_EQ(reply["id"], "a");
  EXPECT_EQ(reply["turn"], 1);
  EXPECT_EQ(reply["reply"]["kind"], "answer");
  EXPECT_EQ(batch_error_json(3, Error{ErrorCode::kInvalidInput, "is not JSON", "body"}),
            R"({"line":3,"error":{"code":"invalid_input","message":"body: is not JSON"}})");
}

TEST(ParseVoteTest, TakesWhatTheListsHoldAndNothingElse) {
  const auto vote =
      parse_vote(R"({"answer": "0123456789abcdef", "vote": "down", "reason": "hard_to_read"})");
  ASSERT_TRUE(vote.has_value());
  EXPECT_EQ(vote->answer, "0123456789abcdef");
  EXPECT_EQ(vote->vote, "down");
  EXPECT_EQ(vote->reason, "hard_to_read");
  for (const char* body :
       {"[", "{}", R"({"answer": "my back hurts", "vote": "up"})",
        R"({"answer": "0123456789ABCDEF", "vote": "up"})",
        R"({"answer": "0123456789abcdef", "vote": "maybe"})",
        R"({"answer": "0123456789abcdef", "vote": "down", "reason": "my own words"})",
        R"({"answer": "0123456789abcdef", "vote": "up", "words": "x"})"}) {
    EXPECT_FALSE(parse_vote(body).has_value()) << body;
  }
}

TEST(SummaryJsonTest, HasTheFieldsOfTheContractInOrder) {
  dialogue::Summary summary;
  summary.title = "Sheet";
  summary.sections = {{"said", "What I said", {{"\"Ow\"", "", {1}}}}};
  summary.sources = {{1, "T", "P", "", "2024-05-31", ""}};
  const auto out = nlohmann::ordered_json::parse(summary_json(summary));
  using Names = std::vector<std::string>;
  EXPECT_EQ(keys(out), (Names{"title", "note", "date", "sections", "sources"}));
  EXPECT_EQ(keys(out["sections"][0]), (Names{"id", "heading", "entries"}));
  EXPECT_EQ(keys(out["sections"][0]["entries"][0]), (Names{"text", "note", "sources"}));
  EXPECT_EQ(keys(out["sources"][0]),
            (Names{"n", "title", "publisher", "url", "published", "reviewed"}));
}

TEST(ErrorJsonTest, HasOneShape) {
  EXPECT_EQ(error_json(Error{ErrorCode::kUnavailable, "Too \"late\".", ""}),
            R"({"error":{"code":"unavailable","message":"Too \"late\"."}})");
  EXPECT_EQ(error_json("method_not_allowed", "Use POST."),
            R"({"error":{"code":"method_not_allowed","message":"Use POST."}})");
}

}  // namespace
}  // namespace backchat::app
