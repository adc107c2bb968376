#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>
#include <utility>

#include "app/http/routes.h"
#include "fake_asker.h"
#include "loopback.h"
#include "pack_content.h"

namespace backchat::app::http {
namespace {

using nlohmann::json;
using testing::HasSubstr;
using testing::Not;

constexpr const char* kArticle = "k-health-back-spasms";

FakeAsker asker_with_articles() {
  FakeAsker asker;
  asker.articles = &pack_content().pack;
  return asker;
}

/// The routes to what can be read, behind a real server, with the pack of this repository.
class ReadingRoutesTest : public testing::Test {
 protected:
  explicit ReadingRoutesTest(FakeAsker asker = asker_with_articles(),
                             std::vector<std::string> embed = {})
      : asker_(std::move(asker)),
        page_(Page::create({.documents = pack_content().documents,
                            .today = "2026-11-22",
                            .pack = asker_.articles,
                            .safety = &pack_content().safety})
                  .value()),
        routes_(asker_, page_, {.version = "1.2.3", .embed = std::move(embed)}),
        server_({}, [this](const Request& request) { return routes_.handle(request); }) {}

  Received ask(const std::string& request) const { return server_.client().ask(request); }
  Received head(const std::string& path) const {
    Client client = server_.client();
    client.send("HEAD " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
    return client.receive(/*head_only=*/true);
  }

  const FakeAsker asker_;
  const Page page_;
  const Routes routes_;
  RunningServer server_;
};

TEST_F(ReadingRoutesTest, PagesToReadAreServedWithTheirEtag) {
  for (const std::string path : {"/articles", "/exercises", "/articles/k-health-back-spasms"}) {
    const Received page = ask(get(path));
    EXPECT_EQ(page.status, 200) << path;
    EXPECT_EQ(page.header("content-type"), "text/html; charset=utf-8");
    EXPECT_EQ(page.header("cache-control"), "no-cache");
    EXPECT_EQ(page.header("vary"), "Accept-Encoding");
    EXPECT_THAT(page.header("content-security-policy"), HasSubstr("frame-ancestors 'none'"));
    EXPECT_EQ(page.header("x-frame-options"), "DENY");
    const std::string etag = page.header("etag");
    EXPECT_THAT(etag, HasSubstr(asker_.id));
    const Received again = ask(get(path, "If-None-Match: W/\"x\", " + etag + "\r\n"));
    EXPECT_EQ(again.status, 304) << path;
    EXPECT_EQ(again.body, "");
    EXPECT_EQ(again.header("etag"), etag);
    EXPECT_EQ(ask(get(path, "If-None-Match: \"other\"\r\n")).status, 200);

    const Received packed = ask(get(path, "Accept-Encoding: gzip, br\r\n"));
    EXPECT_EQ(packed.header("content-encoding"), "gzip") << path;
    EXPECT_NE(packed.header("etag"), etag);
    EXPECT_LT(packed.body.size(), page.body.size() / 2);
    EXPECT_EQ(ask(get(path, "Accept-Encoding: gzip\r\nIf-None-Match: " + etag + "\r\n")).status,
              200)
        << "another encoding is another representation";
    EXPECT_EQ(packed.headers.count("vary"), 1U);
  }
}

TEST_F(ReadingRoutesTest, HeadSaysWhatGetWouldAndSendsNothing) {
  for (const std::string path :
       {"/", "/articles", "/exercises", "/articles/k-health-back-spasms", "/sw.js", "/widget.js",
        "/manifest.webmanifest", "/openapi.json", "/api/v1/about", "/assets/chat.css",
        "/api/v1/article?id=k-health-back-spasms", "/api/v1/articles"}) {
    const Received got = ask(get(path));
    const Received only = head(path);
    EXPECT_EQ(only.status, 200) << path;
    EXPECT_EQ(only.header("content-length"), std::to_string(got.body.size())) << path;
    EXPECT_EQ(only.header("content-type"), got.header("content-type")) << path;
    EXPECT_EQ(only.header("etag"), got.header("etag")) << path;
  }
}

TEST_F(ReadingRoutesTest, WhatIsNoArticleIsNotFoundHoweverItIsWritten) {
  for (const std::string path : {"/articles/",
                                 "/articles/nothing",
                                 "/articles/..",
                                 "/articles/../articles",
                                 "/articles//",
                                 "/articles/%2e%2e%2f%2e%2e%2fetc%2fpasswd",
                                 "/articles/..%2f..%2fetc%2fpasswd",
                                 "/articles/%2Fetc%2Fpasswd",
                                 "/articles/k-health-back-spasms%2F",
                                 "/articles/k-health-back-spasms%00",
                                 "/articles/k-health-back-spasms/",
                                 "/articles/k-health-back-spasms.md",
                                 "/articles/%ff%fe",
                                 "/articles/%",
                                 "/articles/%zz",
                                 "/articles/K-HEALTH-BACK-SPASMS",
                                 "/exercises/",
                                 "/exercises/cat-stretch",
                                 "/sw.js/",
                                 "/widget.js.map",
                                 "/articles/<script>alert(1)<%2fscript>"}) {
    const Received answer = ask(get(path, "Accept: text/html\r\n"));
    EXPECT_EQ(answer.status, 404) << path;
    EXPECT_THAT(answer.body, Not(HasSubstr("script"))) << path;
    EXPECT_THAT(answer.body, Not(HasSubstr("root:"))) << path;
  }
  EXPECT_EQ(ask(get("/articles/" + std::string(7000, 'a'))).status, 404);
  EXPECT_EQ(ask(get("/articles/" + std::string(9000, 'a'))).status, 414);
  EXPECT_EQ(ask(get("/api/v1/article?id=" + std::string(7000, '%'))).status, 404);
  EXPECT_EQ(ask(post("/articles", "")).header("allow"), "GET, HEAD");
  EXPECT_EQ(ask(post("/articles/k-health-back-spasms", "")).status, 405);
}

TEST_F(ReadingRoutesTest, AnArticleAsAnObject) {
  const Received answer = ask(get(std::string("/api/v1/article?x=1&id=") + kArticle));
  ASSERT_EQ(answer.status, 200);
  const json article = json::parse(answer.body);
  EXPECT_EQ(article["id"], kArticle);
  EXPECT_EQ(article["reviewed"], "2022-02-02");
  EXPECT_EQ(article["published"], "");
  EXPECT_EQ(article["authors"][0]["name"], "Jennifer Nadel");
  EXPECT_GE(article["sections"].size(), 10U);
  EXPECT_FALSE(article["sections"][0]["blocks"][0]["sentences"].empty());
  EXPECT_EQ(json::parse(ask(get("/api/v1/article?id=k%2Dhealth-back-spasms")).body)["id"],
            kArticle);
  EXPECT_EQ(ask(get("/api/v1/article?id=nothing")).status, 404);
  EXPECT_EQ(ask(get("/api/v1/article?id=")).status, 404);
  for (const char* path : {"/api/v1/article", "/api/v1/article?", "/api/v1/article?ID=x"}) {
    const Received missing = ask(get(path));
    EXPECT_EQ(missing.status, 422) << path;
    EXPECT_EQ(json::parse(missing.body)["error"]["code"], "invalid_input");
  }
}

TEST_F(ReadingRoutesTest, WhatThereIsToReadAndWhatThePackHolds) {
  const json list = json::parse(ask(get("/api/v1/articles")).body);
  EXPECT_EQ(list["articles"].size(), pack_content().pack.articles.size());
  EXPECT_EQ(list["exercises"].size(), pack_content().pack.exercises.size());
  const json pack = json::parse(ask(get("/api/v1/about")).body)["pack"];
  EXPECT_EQ(pack["title"], "Back spasms");
  EXPECT_EQ(pack["articles"], pack_content().pack.articles.size());
  EXPECT_EQ(pack["exercises"], pack_content().pack.exercises.size());
  EXPECT_EQ(pack["passages"], pack_content().pack.passages.size());
}

TEST_F(ReadingRoutesTest, TheChatPageGoesOutCompressedToo) {
  const Received plain = ask(get("/"));
  const Received packed = ask(get("/", "Accept-Encoding: gzip\r\n"));
  EXPECT_EQ(plain.header("content-encoding"), "");
  EXPECT_EQ(packed.header("content-encoding"), "gzip");
  EXPECT_EQ(plain.header("vary"), "Accept-Encoding");
  EXPECT_EQ(packed.header("cache-control"), "no-store");
  EXPECT_LT(packed.body.size(), plain.body.size() / 2);
  const Received chat = ask(post("/", "text=hello", "application/x-www-form-urlencoded",
                                 "Accept-Encoding: gzip;q=0.5\r\n"));
  EXPECT_EQ(chat.header("content-encoding"), "gzip");
  EXPECT_EQ(ask(get("/", "Accept-Encoding: gzip;q=0, br\r\n")).header("content-encoding"), "");
  EXPECT_EQ(ask(get("/healthz", "Accept-Encoding: gzip\r\n")).header("content-encoding"), "")
      << "too short to gain by it";
}

TEST_F(ReadingRoutesTest, WorkerManifestAndWidget) {
  const Received worker = ask(get("/sw.js"));
  EXPECT_EQ(worker.status, 200);
  EXPECT_THAT(worker.header("content-type"), HasSubstr("text/javascript"));
  EXPECT_EQ(worker.header("cache-control"), "no-cache");
  EXPECT_EQ(ask(get("/manifest.webmanifest")).header("content-type"), "application/manifest+json");
  const Received widget = ask(get("/widget.js"));
  EXPECT_EQ(widget.header("cross-origin-resource-policy"), "cross-origin");
  EXPECT_EQ(widget.headers.count("cross-origin-resource-policy"), 1U);
  EXPECT_LE(widget.body.size(), 5'000U);
  EXPECT_EQ(ask(get("/widget.js", "If-None-Match: " + widget.header("etag") + "\r\n")).status, 304);
  EXPECT_EQ(ask(get("/assets/chat.css")).header("cross-origin-resource-policy"), "same-origin");
}

TEST_F(ReadingRoutesTest, EveryRouteIsInTheContractAndNothingElse) {
  const json contract = json::parse(ask(get("/openapi.json")).body);
  EXPECT_EQ(contract["info"]["version"], "1.2.3");
  std::vector<std::string> promised;
  for (const auto& [path, methods] : contract["paths"].items()) {
    for (const auto& [method, what] : methods.items()) {
      std::string name = method == "get" ? "GET " : "POST ";
      promised.push_back(name + path.substr(0, path.find('{')));
    }
  }
  EXPECT_THAT(promised, testing::UnorderedElementsAreArray(Routes::names()));
}

TEST_F(ReadingRoutesTest, TheContractNamesEveryFieldOfWhatIsSent) {
  const json schemas = json::parse(ask(get("/openapi.json")).body)["components"]["schemas"];
  const auto fields = [](const json& object) {
    std::vector<std::string> out;
    for (const auto& item : object.items()) out.push_back(item.key());
    return out;
  };
  const auto same = [&](const json& object, const json& schema) {
    EXPECT_THAT(fields(object), testing::UnorderedElementsAreArray(fields(schema["properties"])));
  };
  const json reply = json::parse(ask(post("/api/v1/ask", R"({"turns": ["emergency"]})")).body);
  same(reply, schemas["Reply"]);
  same(reply["safety"], schemas["Reply"]["properties"]["safety"]);
  same(reply["lead"][0], schemas["Statement"]);
  const json about = json::parse(ask(get("/api/v1/about")).body);
  same(about, schemas["About"]);
  same(about["pack"], schemas["About"]["properties"]["pack"]["oneOf"][1]);
  const json list = json::parse(ask(get("/api/v1/articles")).body);
  same(list, schemas["Articles"]);
  same(list["articles"][0], schemas["ArticleSummary"]);
  same(list["exercises"][0], schemas["Articles"]["properties"]["exercises"]["items"]);
  same(json::parse(ask(get("/nothing")).body), schemas["Error"]);
  json whole = schemas["ArticleSummary"];
  whole["properties"].update(schemas["Article"]["allOf"][1]["properties"]);
  same(json::parse(ask(get(std::string("/api/v1/article?id=") + kArticle)).body), whole);
}

class EmbeddedTest : public ReadingRoutesTest {
 protected:
  EmbeddedTest()
      : ReadingRoutesTest(asker_with_articles(), {"https://one.example", "http://127.0.0.1:8081"}) {
  }
};

TEST_F(EmbeddedTest, OnlyTheChatMayBeFramedAndOnlyByTheListedSites) {
  const std::string ancestors = "frame-ancestors https://one.example http://127.0.0.1:8081";
  for (const std::string& request :
       {get("/"), post("/", "text=hello", "application/x-www-form-urlencoded"),
        post("/", "text=", "application/x-www-form-urlencoded")}) {
    const Received page = ask(request);
    EXPECT_EQ(page.status, 200);
    EXPECT_THAT(page.header("content-security-policy"), testing::EndsWith(ancestors));
    EXPECT_EQ(page.headers.count("content-security-policy"), 1U);
    EXPECT_EQ(page.headers.count("x-frame-options"), 0U);
  }
  for (const char* path : {"/articles", "/exercises", "/nothing", "/widget.js"}) {
    const Received page = ask(get(path, "Accept: text/html\r\n"));
    EXPECT_THAT(page.header("content-security-policy"), HasSubstr("frame-ancestors 'none'"));
    EXPECT_EQ(page.header("x-frame-options"), "DENY");
  }
}

FakeAsker broken_asker() {
  FakeAsker asker;
  asker.broken = Error{ErrorCode::kCorruptData, "the edition is truncated", "/data/e.sqlite"};
  return asker;
}

class NothingToReadTest : public ReadingRoutesTest {
 protected:
  NothingToReadTest() : ReadingRoutesTest(broken_asker()) {}
};

TEST_F(NothingToReadTest, APageToReadSaysWhatToDoInAnEmergency) {
  for (const char* path : {"/articles", "/exercises", "/articles/k-health-back-spasms",
                           "/api/v1/articles", "/api/v1/article?id=k-health-back-spasms"}) {
    const Received answer = ask(get(path));
    EXPECT_EQ(answer.status, 503) << path;
    EXPECT_THAT(json::parse(answer.body)["error"]["message"].get<std::string>(),
                HasSubstr(asker_.emergency));
    EXPECT_THAT(answer.body, Not(HasSubstr("/data")));
  }
  EXPECT_EQ(json::parse(ask(get("/api/v1/about")).body)["pack"], nullptr);
  EXPECT_EQ(json::parse(ask(get("/api/v1/about")).body)["ready"], false);
}

/// Takes its time for every reply but says so when the deadline is over, as the engine does.
class SlowAsker final : public FakeAsker {
 public:
  Result<answer::Reply> ask(const dialogue::Transcript& transcript,
                            Deadline deadline) const override {
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
    if (deadline.passed()) return fail(ErrorCode::kUnavailable, "the time is over");
    return FakeAsker::ask(transcript, deadline);
  }
};

TEST(FormDeadlineTest, AFormWithManyTurnsIsAnsweredInTimeByItsLastReply) {
  const SlowAsker asker;
  const Page page = Page::create().value();
  const Routes routes(asker, page, {.version = "", .answer_time = std::chrono::milliseconds(100)});
  std::string body = "text=last";
  for (int i = 0; i < 100; ++i) body = "turn=earlier&answers=&" + body;
  const auto begin = std::chrono::steady_clock::now();
  const Response response =
      routes.handle({"POST", "/", "application/x-www-form-urlencoded", "", "", "", body});
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::milliseconds(1'500));
  EXPECT_EQ(response.status, 200);
  EXPECT_THAT(response.body, HasSubstr("You said: last"));
}

}  // namespace
}  // namespace backchat::app::http
