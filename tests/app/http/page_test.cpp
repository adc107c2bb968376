#include "app/http/page.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <thread>
#include <vector>

#include "pack_content.h"

namespace backchat::app::http {
namespace {

using answer::Citation;
using answer::Kind;
using answer::Reply;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr const char* kEvil = "<script>x</script>\"'&<img src=x onerror=y>";

Page make_page() {
  auto page = Page::create({.documents = {{"exercises/move.svg",
                                           "<svg viewBox=\"0 0 9 9\"><path d=\"M1 2L3 4\"/></svg>"},
                                          {"articles/other.svg", "not looked at"}},
                            .today = "2026-11-22",
                            .pack = &pack_content().pack,
                            .safety = &pack_content().safety});
  if (!page) throw std::runtime_error(to_string(page.error()));
  return std::move(*page);
}

Citation citation(int n, const std::string& article, const std::string& reviewed) {
  Citation out;
  out.n = n;
  out.article = article;
  out.title = "Title of " + article;
  out.publisher = "Publisher of " + article;
  out.reviewed = reviewed;
  out.quote = "Quote " + std::to_string(n) + ".";
  return out;
}

Reply answered() {
  Reply reply;
  reply.kind = Kind::kAnswer;
  reply.lead = {{"Move gently.", {1}}};
  reply.body = {{"Use ice.", {2, 3}}, {"Ask a pharmacist.", {}}};
  reply.citations = {citation(1, "a", "2024-05-31"), citation(2, "b", ""),
                     citation(3, "a", "2024-05-31")};
  reply.next = {{"How long?", "How long should I use ice?", ""}};
  reply.text = "Move gently. [1]";
  return reply;
}

safety::Finding finding(const std::string& words) {
  safety::Finding out;
  out.rule = out.group = out.quote = out.why = out.source = words;
  out.tier = safety::Tier::kEmergency;
  return out;
}

Reply alarm() {
  Reply reply = answered();
  reply.kind = Kind::kEmergency;
  reply.tier = safety::Tier::kEmergency;
  reply.card = safety::CareCard{"emergency",
                                "Call 999 now",
                                {"Do not drive."},
                                {{"Call 999", "tel:999"}, {"Bad", "javascript:1"}}};
  reply.findings = {finding("numb")};
  reply.exercises = {answer::Exercise{}};
  return reply;
}

std::size_t count(const std::string& text, const std::string& part) {
  std::size_t found = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) {
    ++found;
  }
  return found;
}

TEST(PageTest, StartCoversChecksAndSuggests) {
  const std::string html = make_page().start();
  for (const char* part : {"data-testid=\"start-check\"", "data-testid=\"emergency-help\"",
                           "data-testid=\"composer\"", "href=\"tel:999\"", "<h1>"}) {
    EXPECT_THAT(html, HasSubstr(part));
  }
  EXPECT_GE(count(html, "data-testid=\"chip\""), 4U);
  EXPECT_THAT(html, Not(HasSubstr("{{")));
  EXPECT_THAT(html, Not(HasSubstr("style=")));
}

TEST(PageTest, EveryTextIsEscaped) {
  const Page page = make_page();
  Reply reply = answered();
  reply.card = safety::CareCard{"urgent", kEvil, {kEvil}, {{kEvil, "tel:1"}}};
  reply.findings = {finding(kEvil)};
  reply.about = kEvil;
  reply.lead[0].text = kEvil;
  reply.body[0].text = kEvil;
  reply.differs = {{kEvil, kEvil, {1}}};
  answer::Exercise exercise;
  exercise.id = exercise.name = exercise.eases = exercise.position = exercise.drawing = kEvil;
  exercise.steps = exercise.dose = exercise.stop_if = {kEvil};
  reply.exercises = {exercise};
  reply.next = {{kEvil, kEvil, kEvil}};
  reply.text = kEvil;
  Citation& source = reply.citations[0];
  source.title = source.publisher = source.quote = source.published = source.reviewed = kEvil;
  source.url = std::string("https://x/") + kEvil;
  source.authors = source.reviewers = {kEvil};
  const std::string html =
      page.whole({{{kEvil, kEvil}}, kEvil, kEvil}, {reply}) + page.fragment(reply, 0);
  EXPECT_THAT(html, Not(HasSubstr("<script>x")));
  EXPECT_THAT(html, Not(HasSubstr("<img")));
  EXPECT_THAT(html, HasSubstr("&lt;script&gt;x"));
}

TEST(PageTest, AnEmergencyMessageHoldsTheCallAndNothingElseToFollow) {
  const std::string html = make_page().fragment(alarm(), 3);
  EXPECT_LT(html.find("data-testid=\"care-card\""), html.find("data-testid=\"why\""));
  EXPECT_LT(html.find("data-testid=\"care-card\""), html.find("Move gently"));
  EXPECT_EQ(count(html, "<a "), 1U);
  EXPECT_THAT(html, HasSubstr("href=\"tel:999\""));
  for (const char* part : {"data-testid=\"chip\"", "exercise-card", "javascript", "act-copy"}) {
    EXPECT_THAT(html, Not(HasSubstr(part)));
  }
}

TEST(PageTest, TheTitleTellsOfAnEmergencyOnlyWhileItIsTheLatest) {
  const Page page = make_page();
  EXPECT_THAT(page.whole({{{"a", {}}, {"b", {}}}, "", ""}, {answered(), alarm()}),
              HasSubstr("<title>Emergency advice"));
  EXPECT_THAT(page.whole({{{"a", {}}, {"b", {}}}, "", ""}, {alarm(), answered()}),
              Not(HasSubstr("<title>Emergency advice")));
}

TEST(PageTest, OneSourceCardAnArticleAndEveryNumberLeadsToOne) {
  const std::string html = make_page().fragment(answered(), 4);
  EXPECT_EQ(count(html, "data-testid=\"source-card\""), 2U);
  EXPECT_EQ(count(html, "href=\"#source-4-1\""), 2U);
  EXPECT_EQ(count(html, "href=\"#source-4-2\""), 1U);
  EXPECT_EQ(count(html, "id=\"source-4-1\""), 1U);
  EXPECT_THAT(html, HasSubstr("Quote 1."));
  EXPECT_THAT(html, HasSubstr("Quote 3."));
}

TEST(PageTest, SourcesAreNumberedInTheOrderInWhichAReaderMeetsThem) {
  Reply reply = answered();
  reply.lead = {{"Move gently.", {2}}};
  reply.body = {{"Use ice.", {1}}};
  const std::string html = make_page().fragment(reply, 0);
  EXPECT_LT(html.find("href=\"#source-0-1\""), html.find("href=\"#source-0-2\""));
  EXPECT_LT(html.find("Publisher of b"), html.find("Publisher of a"));
}

TEST(PageTest, AScreeningQuestionStandsOverItsQuickReplies) {
  Reply reply = answered();
  reply.asked = "SQ1";
  reply.body = {{"Use ice.", {2}}, {"Any numbness?", {}}};
  reply.next = {{"None of these", "No", "SQ1"}};
  reply.card = safety::CareCard{"emergency", "Call", {}, {}};  // still in force from before
  const std::string html = make_page().fragment(reply, 0);
  EXPECT_EQ(count(html, "Any numbness?"), 1U);
  EXPECT_LT(html.find("Any numbness?"), html.find("value=\"SQ1 No\""));
  EXPECT_LT(html.find("value=\"SQ1 No\""), html.find("source-card"));
}

TEST(PageTest, HowToChooseStandsAfterTheDifferingViews) {
  Reply reply = answered();
  reply.differs = {{"A", "One view.", {1}}, {"B", "Other view.", {2}}};
  const std::string html = make_page().fragment(reply, 0);
  EXPECT_LT(html.find("Use <span"), html.find("One <span"));
  EXPECT_LT(html.find("Other <span"), html.find("Ask a pharmacist."));
}

TEST(PageTest, DatesAreWrittenOutAndOldOnesNamed) {
  const Page page = make_page();
  Reply reply = answered();
  EXPECT_THAT(page.fragment(reply, 0), HasSubstr("31 May 2024"));
  EXPECT_THAT(page.fragment(reply, 0), HasSubstr("Date not given"));
  EXPECT_THAT(page.fragment(reply, 0), Not(HasSubstr("Older than 3 years")));
  struct Case {
    const char* reviewed;
    bool old;
  };
  for (const Case& each : {Case{"2023-11-21", true}, Case{"2023-11-22", false},
                           Case{"2019-09-01", true}, Case{"2026-11-22", false}}) {
    reply.citations = {citation(1, "a", each.reviewed)};
    EXPECT_EQ(count(page.fragment(reply, 0), "Older than 3 years"), each.old ? 1U : 0U)
        << each.reviewed;
  }
  reply.citations = {citation(1, "a", "spring 2020")};
  EXPECT_THAT(page.fragment(reply, 0), HasSubstr("spring 2020"));
}

TEST(PageTest, OnlyWebAddressesBecomeLinks) {
  const Page page = make_page();
  Reply reply = answered();
  reply.citations = {citation(1, "a", "")};
  reply.citations[0].url = "javascript:alert(1)";
  EXPECT_THAT(page.fragment(reply, 0), Not(HasSubstr("javascript")));
  reply.citations[0].url = "https://example.org/a";
  EXPECT_THAT(page.fragment(reply, 0), HasSubstr("href=\"https://example.org/a\""));
}

TEST(PageTest, TheFormCarriesTheTurns) {
  const std::string html =
      make_page().whole({{{"first", {}}, {"No", "SQ1"}}, "GB", ""}, {answered(), answered()});
  EXPECT_THAT(html, HasSubstr("name=\"turn\" value=\"first\"><input type=\"hidden\" "
                              "name=\"answers\" value=\"\""));
  EXPECT_THAT(html, HasSubstr("name=\"turn\" value=\"No\"><input type=\"hidden\" "
                              "name=\"answers\" value=\"SQ1\""));
  EXPECT_THAT(html, HasSubstr("<option value=\"GB\" selected>"));
  EXPECT_THAT(html, Not(HasSubstr("data-testid=\"start-check\"")));
  EXPECT_EQ(count(html, "data-testid=\"msg-bot\""), 2U);
  EXPECT_EQ(count(html, "id=\"latest\""), 1U);
}

TEST(PageTest, ADrawingOfThePackStandsBesideItsSteps) {
  const Page page = make_page();
  Reply reply = answered();
  answer::Exercise exercise;
  exercise.name = "Move";
  exercise.steps = {"Do it."};
  exercise.drawing = "move.svg";
  reply.exercises = {exercise};
  EXPECT_THAT(page.fragment(reply, 0), HasSubstr("<path d=\"M1 2L3 4\">"));
  reply.exercises[0].drawing = "../articles/other.svg";
  EXPECT_THAT(page.fragment(reply, 0), Not(HasSubstr("<path")));
}

TEST(PageTest, ABadDrawingIsAnErrorWithItsName) {
  const auto page =
      Page::create({.documents = {{"exercises/a.svg", "<svg viewBox=\"0 0 1 1\"><script/></svg>"}},
                    .today = {}});
  ASSERT_FALSE(page);
  EXPECT_EQ(page.error().where, "exercises/a.svg");
}

TEST(PageTest, AssetsAreFoundByBothNames) {
  const Page page = make_page();
  const Asset* plain = page.assets().find("chat.css");
  ASSERT_NE(plain, nullptr);
  EXPECT_FALSE(plain->immutable);
  const std::string html = page.start();
  const std::size_t from = html.find("/assets/chat.");
  const std::string name = html.substr(from, html.find('"', from) - from);
  const Asset* hashed = page.assets().find(name);
  ASSERT_NE(hashed, nullptr) << name;
  EXPECT_TRUE(hashed->immutable);
  EXPECT_EQ(hashed->bytes, plain->bytes);
  EXPECT_THAT(std::string(hashed->type), HasSubstr("text/css"));
  for (const char* none : {"", "/", "/assets/", "page.mustache", "strings.json", "../chat.css"}) {
    EXPECT_EQ(page.assets().find(none), nullptr) << none;
  }
}

TEST(PageTest, ManyThreadsGetTheSameBytes) {
  const Page page = make_page();
  const std::string expected = page.fragment(answered(), 1);
  std::vector<std::thread> threads;
  std::vector<int> same(4, 0);
  for (std::size_t i = 0; i < same.size(); ++i) {
    threads.emplace_back([&, i] {
      for (int round = 0; round < 20; ++round) same[i] += page.fragment(answered(), 1) == expected;
    });
  }
  for (std::thread& thread : threads) thread.join();
  for (const int each : same) EXPECT_EQ(each, 20);
}

}  // namespace
}  // namespace backchat::app::http
