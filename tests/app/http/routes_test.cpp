#include "app/http/routes.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <utility>

#include "app/wire.h"
#include "fake_asker.h"
#include "loopback.h"

namespace backchat::app::http {
namespace {

using nlohmann::json;
using testing::HasSubstr;
using testing::Not;

/// The routes behind a real server, with a fake engine and the real page.
class RoutesTest : public testing::Test {
 protected:
  /// The asker is complete before the server starts: workers read it without a lock.
  explicit RoutesTest(FakeAsker asker = {})
      : asker_(std::move(asker)),
        page_(Page::create().value()),
        routes_(asker_, page_, {.version = "1.2.3"}),
        server_(
            options(), [this](const Request& request) { return routes_.handle(request); },
            [this](std::string_view path) { return routes_.quick(path); }) {}

  GuardedServerOptions options() const {
    GuardedServerOptions out;
    out.emergency_text = asker_.emergency;
    return out;
  }

  Received ask(const std::string& request) const { return server_.client().ask(request); }

  const FakeAsker asker_;
  const Page page_;
  const Routes routes_;
  RunningServer server_;
};

TEST_F(RoutesTest, AskGivesTheReplyObject) {
  const Received answer = ask(post(
      "/api/v1/ask", R"({"turns": ["hello", {"text": "yes", "answers": "SQ1"}], "region": "us"})",
      "application/json; charset=utf-8"));
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.header("content-type"), "application/json");
  EXPECT_EQ(answer.header("cache-control"), "no-store");
  const json reply = json::parse(answer.body);
  EXPECT_EQ(reply["kind"], "answer");
  EXPECT_EQ(reply["text"], "You said: yes [SQ1|US|2]");
  EXPECT_EQ(reply["edition"], "edition-1");
}

struct Wrong {
  std::string request;
  int status;
  std::string code;
  std::string message;
};

void PrintTo(const Wrong& wrong, std::ostream* out) { *out << wrong.request.substr(0, 200); }

class WrongRequestTest : public RoutesTest, public testing::WithParamInterface<Wrong> {};

TEST_P(WrongRequestTest, IsAnErrorOfOneShape) {
  const Received answer = ask(GetParam().request);
  EXPECT_EQ(answer.status, GetParam().status);
  const json body = json::parse(answer.body, nullptr, false);
  ASSERT_TRUE(body.is_object()) << answer.body;
  ASSERT_EQ(body.size(), 1U);
  ASSERT_EQ(body["error"].size(), 2U);
  EXPECT_EQ(body["error"]["code"], GetParam().code);
  EXPECT_THAT(body["error"]["message"].get<std::string>(), HasSubstr(GetParam().message));
}

INSTANTIATE_TEST_SUITE_P(
    Table, WrongRequestTest,
    testing::Values(
        Wrong{get("/nothing"), 404, "not_found", "nothing here"},
        Wrong{get("/api/v1/"), 404, "not_found", ""}, Wrong{get("/assets/"), 404, "not_found", ""},
        Wrong{get("/assets/../routes.cpp"), 404, "not_found", ""},
        Wrong{get("/assets/%2e%2e/%2e%2e/etc/passwd"), 404, "not_found", ""},
        Wrong{get("//"), 404, "not_found", ""}, Wrong{get("/%00"), 404, "not_found", ""},
        Wrong{get("/api/v1/ask"), 405, "method_not_allowed", "POST"},
        Wrong{post("/api/v1/about", ""), 405, "method_not_allowed", "GET"},
        Wrong{post("/healthz", ""), 405, "method_not_allowed", "GET"},
        Wrong{"DELETE / HTTP/1.1\r\nHost: localhost\r\n\r\n", 405, "method_not_allowed",
              "GET, HEAD, POST"},
        Wrong{"OPTIONS /api/v1/ask HTTP/1.1\r\nHost: localhost\r\n\r\n", 405, "method_not_allowed",
              ""},
        Wrong{post("/api/v1/ask", "{}", "text/plain"), 415, "unsupported", "application/json"},
        Wrong{post("/api/v1/ask", "{}", ""), 415, "unsupported", ""},
        Wrong{post("/fragment", "{}", "text/plain"), 415, "unsupported", ""},
        Wrong{post("/", "{}"), 415, "unsupported", "x-www-form-urlencoded"},
        Wrong{post("/", "{}", "multipart/form-data; boundary=x"), 415, "unsupported", ""},
        Wrong{post("/api/v1/ask", ""), 400, "invalid_input", "not JSON"},
        Wrong{post("/api/v1/ask", "{\"turns\": [\"a\"]"), 400, "invalid_input", "not JSON"},
        Wrong{post("/api/v1/ask", "{\"turns\": [\"\xff\"]}"), 400, "invalid_input", "UTF-8"},
        Wrong{post("/api/v1/ask", std::string(60000, '[')), 400, "invalid_input", "not JSON"},
        Wrong{post("/fragment", "["), 400, "invalid_input", "not JSON"},
        Wrong{post("/api/v1/ask", "{}"), 422, "invalid_input", "turns"},
        Wrong{post("/api/v1/ask", R"({"turns": []})"), 422, "invalid_input", "at least one"},
        Wrong{post("/api/v1/ask", R"({"turns": ["a"], "x": 1})"), 422, "invalid_input", "known"},
        Wrong{post("/api/v1/ask", R"({"turns": [")" + std::string(5000, 'a') + R"("]})"), 422,
              "invalid_input", "shorter"},
        Wrong{post("/fragment", R"({"turns": [1]})"), 422, "invalid_input", "turns[0]"},
        Wrong{post("/", "text=%ff", "application/x-www-form-urlencoded"), 422, "invalid_input",
              "UTF-8"},
        Wrong{post("/api/v1/ask", std::string(70000, ' ')), 413, "too_large", "new one"}));

TEST_F(RoutesTest, AWrongMethodNamesTheRightOnes) {
  EXPECT_EQ(ask(get("/api/v1/ask")).header("allow"), "POST");
  EXPECT_EQ(ask(post("/readyz", "")).header("allow"), "GET, HEAD");
  EXPECT_EQ(ask("PUT / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n").header("allow"),
            "GET, HEAD, POST");
}

TEST_F(RoutesTest, ABrowserGetsItsErrorsAsAPage) {
  const Received answer = ask(get("/nothing", "Accept: text/html\r\n"));
  EXPECT_EQ(answer.status, 404);
  EXPECT_EQ(answer.header("content-type"), "text/html; charset=utf-8");
  EXPECT_THAT(answer.body, HasSubstr("There is nothing here."));
  EXPECT_EQ(ask(get("/api/nothing", "Accept: text/html\r\n")).header("content-type"),
            "application/json");
}

TEST_F(RoutesTest, HealthReadinessAndAbout) {
  EXPECT_EQ(ask(get("/healthz")).body, R"({"status":"ok"})");
  EXPECT_EQ(ask(get("/readyz?x")).body, R"({"status":"ready","edition":"edition-1"})");
  const json about = json::parse(ask(get("/api/v1/about")).body);
  EXPECT_EQ(about["version"], "1.2.3");
  EXPECT_EQ(about["edition"], "edition-1");
  EXPECT_EQ(about["ready"], true);
}

TEST_F(RoutesTest, TheFormMayBeLargerThanTheLibrarysLimit) {
  std::string body = "text=last";
  for (int i = 0; i < 12; ++i) body = "turn=" + std::string(4000, 'a') + "&answers=&" + body;
  const Received answer = ask(post("/", body, "application/x-www-form-urlencoded"));
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.header("content-type"), "text/html; charset=utf-8");
  EXPECT_EQ(answer.header("cache-control"), "no-store");
  EXPECT_THAT(answer.body, HasSubstr("You said: last [||13]"));
}

TEST_F(RoutesTest, TheFormAnswersEveryTurn) {
  const Received answer = ask(post("/", "turn=one&answers=&turn=%3Cb%3E&answers=SQ1&text=three",
                                   "application/x-www-form-urlencoded;charset=UTF-8"));
  EXPECT_THAT(answer.body, HasSubstr("You said: one [||1]"));
  EXPECT_THAT(answer.body, HasSubstr("You said: &lt;b&gt; [SQ1||2]"));
  EXPECT_THAT(answer.body, HasSubstr("You said: three [||3]"));
}

TEST_F(RoutesTest, AnEmptyFormIsTheStartPage) {
  const Received answer = ask(post("/", "text=", "application/x-www-form-urlencoded"));
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.body, page_.start());
}

TEST_F(RoutesTest, TheSummaryIsAPageThatCarriesTheTurnsOn) {
  const Received answer = ask(post("/summary", "turn=one&answers=&turn=%3Cb%3E&answers=SQ1",
                                   "application/x-www-form-urlencoded"));
  EXPECT_EQ(answer.status, 200);
  EXPECT_THAT(answer.body, HasSubstr("data-testid=\"summary\""));
  EXPECT_THAT(answer.body, HasSubstr("<p>&lt;b&gt;</p>"));
  EXPECT_THAT(answer.body, HasSubstr("name=\"answers\" value=\"SQ1\""));
  EXPECT_EQ(ask(post("/summary", "text=", "application/x-www-form-urlencoded")).body,
            page_.start());
  EXPECT_EQ(ask(post("/summary", "{}")).status, 415);
}

TEST_F(RoutesTest, AVoteGoesToTheLogAndNothingElseDoes) {
  Request request;
  request.method = "POST";
  request.path = "/api/v1/vote";
  request.content_type = "application/json";
  request.body = R"({"answer": "0123456789abcdef", "vote": "down", "reason": "wrong"})";
  const Response response = routes_.handle(request);
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(response.vote, "0123456789abcdef down wrong");
  request.body = R"({"answer": "words of a person", "vote": "down"})";
  EXPECT_EQ(routes_.handle(request).status, 422);
  EXPECT_EQ(routes_.handle(request).vote, "");
}

TEST_F(RoutesTest, TheFragmentIsThePagesOwnArticle) {
  const Received answer = ask(post("/fragment", R"({"turns": ["a", "b"]})"));
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.header("content-type"), "text/html; charset=utf-8");
  EXPECT_THAT(answer.body, HasSubstr("You said: b [||2]"));
  EXPECT_THAT(answer.body, Not(HasSubstr("<html")));
}

TEST_F(RoutesTest, ThePageAndItsFilesAreServed) {
  const Received page = ask(get("/"));
  EXPECT_EQ(page.status, 200);
  EXPECT_EQ(page.header("content-type"), "text/html; charset=utf-8");
  EXPECT_EQ(page.body, page_.start());
  int files = 0;
  for (std::size_t at = 0; (at = page.body.find("\"/assets/", at)) != std::string::npos; ++at) {
    const std::string path = page.body.substr(at + 1, page.body.find('"', at + 1) - at - 1);
    ++files;
    const Received plain = ask(get(path));
    EXPECT_EQ(plain.status, 200) << path;
    EXPECT_THAT(plain.header("cache-control"), HasSubstr("immutable")) << path;
    EXPECT_EQ(plain.headers.count("cache-control"), 1U);
    EXPECT_EQ(plain.header("content-encoding"), "");
    const std::string etag = plain.header("etag");
    const Received again = ask(get(path, "If-None-Match: \"x\", " + etag + "\r\n"));
    EXPECT_EQ(again.status, 304) << path;
    EXPECT_EQ(again.body, "");
    EXPECT_EQ(again.header("etag"), etag);

    const Asset* asset = page_.assets().find(path);
    ASSERT_NE(asset, nullptr);
    if (asset->gzip.empty()) continue;
    const Received zipped = ask(get(path, "Accept-Encoding: br;q=1.0, GZIP;q=0.8\r\n"));
    EXPECT_EQ(zipped.header("content-encoding"), "gzip") << path;
    EXPECT_EQ(zipped.header("vary"), "Accept-Encoding");
    EXPECT_EQ(zipped.body, asset->gzip);
    EXPECT_NE(zipped.header("etag"), etag);
    EXPECT_EQ(ask(get(path, "Accept-Encoding: gzip;q=0\r\n")).header("content-encoding"), "");
  }
  EXPECT_GE(files, 2);
}

// --- when something is wrong below --------------------------------------------------------------

FakeAsker with_broken_edition() {
  FakeAsker asker;
  asker.broken = Error{ErrorCode::kCorruptData, "the edition is truncated", "/data/e.sqlite"};
  return asker;
}

class BrokenEditionTest : public RoutesTest {
 protected:
  BrokenEditionTest() : RoutesTest(with_broken_edition()) {}
};

TEST_F(BrokenEditionTest, ARedFlagIsStillAnswered) {
  const Received answer = ask(post("/api/v1/ask", R"({"turns": ["hello", "emergency"]})"));
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(json::parse(answer.body)["kind"], "emergency");
  EXPECT_EQ(ask(post("/fragment", R"({"turns": ["emergency"]})")).status, 200);
  const Received page =
      ask(post("/", "turn=hello&answers=&text=emergency", "application/x-www-form-urlencoded"));
  EXPECT_EQ(page.status, 200);
  EXPECT_THAT(page.body, HasSubstr("tel:112"));
}

TEST_F(BrokenEditionTest, TheRestIsA503ThatSaysWhatToDoInAnEmergency) {
  for (const std::string& request :
       {post("/api/v1/ask", R"({"turns": ["hello"]})"),
        post("/fragment", R"({"turns": ["hello"]})"),
        post("/", "text=hello", "application/x-www-form-urlencoded"), get("/readyz")}) {
    const Received answer = ask(request);
    EXPECT_EQ(answer.status, 503);
    const json body = json::parse(answer.body);
    EXPECT_EQ(body["error"]["code"], "unavailable");
    EXPECT_THAT(body["error"]["message"].get<std::string>(), HasSubstr(asker_.emergency));
    EXPECT_THAT(answer.body, Not(HasSubstr("/data")));
  }
  EXPECT_EQ(ask(get("/healthz")).status, 200);
  EXPECT_EQ(ask(get("/")).status, 200);
}

TEST_F(BrokenEditionTest, ABrowserReadsItOnAPage) {
  const Received answer =
      ask(post("/", "text=hello", "application/x-www-form-urlencoded", "Accept: text/html\r\n"));
  EXPECT_EQ(answer.status, 503);
  EXPECT_THAT(answer.body, HasSubstr("call your &lt;local&gt; emergency number"));
}

TEST_F(RoutesTest, AnEngineThatThrowsGivesNothingAway) {
  for (const std::string& request :
       {post("/api/v1/ask", R"({"turns": ["throw"]})"),
        post("/", "text=throw", "application/x-www-form-urlencoded")}) {
    const Received answer = ask(request);
    EXPECT_EQ(answer.status, 500);
    EXPECT_THAT(answer.body, Not(HasSubstr("secret")));
    EXPECT_THAT(answer.body, HasSubstr("emergency"));
  }
}

TEST(RoutesEngineTest, ErrorsOfTheEngineHaveTheirStatus) {
  const Page page = Page::create().value();
  const std::string body = R"({"turns": ["a"]})";
  const std::pair<ErrorCode, int> table[] = {{ErrorCode::kUnavailable, 503},
                                             {ErrorCode::kNotFound, 503},
                                             {ErrorCode::kInternal, 500},
                                             {ErrorCode::kInvalidInput, 422}};
  for (const auto& [code, status] : table) {
    FakeAsker asker;
    asker.fails = Error{code, "the reason", "the place"};
    const Routes routes(asker, page, {});
    const Response response =
        routes.handle({"POST", "/api/v1/ask", "application/json", "", "", "", body});
    EXPECT_EQ(response.status, status);
    if (status >= 500) {
      EXPECT_THAT(response.fault, HasSubstr("the place: the reason"));
      EXPECT_THAT(response.body, Not(HasSubstr("the reason")));
    }
  }
}

TEST_F(RoutesTest, TheLogNamesTheRuleOnceAndTheRouteAsAConstant) {
  const std::string body = R"({"turns": ["emergency"]})";
  const Response response =
      routes_.handle({"POST", "/api/v1/ask", "application/json", "", "", "", body});
  EXPECT_EQ(response.route, "POST /api/v1/ask");
  EXPECT_EQ(response.rules, (std::vector<std::string>{"rule.one", "rule.two"}));
  EXPECT_EQ(routes_.handle({"GET", "/private", "", "", "", "", ""}).route, "other");
}

}  // namespace
}  // namespace backchat::app::http
