#include "app/http/guarded_server.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <future>
#include <list>
#include <memory>
#include <stdexcept>

#include "loopback.h"

namespace backchat::app::http {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
using testing::Not;

constexpr const char* kEmergency = "In an emergency, call your local emergency number.";

GuardedServerOptions options_with(ServerLimits limits = {}) {
  GuardedServerOptions options;
  options.limits = limits;
  options.emergency_text = kEmergency;
  return options;
}

Response echo(const Request& request) {
  Response response;
  response.type = "text/plain";
  response.body = std::string(request.method) + " " + std::string(request.path) + " " +
                  std::string(request.body);
  return response;
}

/// Echoes, and counts how many requests reached a worker.
class GuardedServerTest : public testing::Test {
 protected:
  explicit GuardedServerTest(ServerLimits limits = {})
      : server_(options_with(limits), [this](const Request& request) {
          ++handled_;
          return echo(request);
        }) {}

  /// What an honest new client sees, and how long it waits.
  void expect_service() {
    const auto start = std::chrono::steady_clock::now();
    Client client = server_.client();
    EXPECT_EQ(client.ask(get("/honest")).body, "GET /honest ");
    EXPECT_LT(std::chrono::steady_clock::now() - start, 2s);
  }

  std::atomic<int> handled_ = 0;
  RunningServer server_;
};

TEST_F(GuardedServerTest, AnswersAndKeepsTheConnection) {
  Client client = server_.client();
  for (int i = 0; i < 3; ++i) {
    const Received answer = client.ask(post("/a%20b?private=1", "body"));
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.body, "POST /a b body");
    EXPECT_EQ(answer.header("content-type"), "text/plain");
  }
}

TEST_F(GuardedServerTest, PipelinedRequestsAreAllAnsweredInOrder) {
  Client client = server_.client();
  client.send(get("/1") + post("/2", "two") + get("/3"));
  EXPECT_EQ(client.receive().body, "GET /1 ");
  EXPECT_EQ(client.receive().body, "POST /2 two");
  EXPECT_EQ(client.receive().body, "GET /3 ");
}

TEST_F(GuardedServerTest, ARequestMayComeByteByByte) {
  Client client = server_.client();
  for (const char c : post("/slow", "bytes")) client.send(std::string(1, c));
  EXPECT_EQ(client.receive().body, "POST /slow bytes");
}

TEST_F(GuardedServerTest, BlankLinesBetweenRequestsAreSkipped) {
  Client client = server_.client();
  EXPECT_EQ(client.ask(post("/1", "a") + "\r\n\r\n").body, "POST /1 a");
  EXPECT_EQ(client.ask(get("/2")).body, "GET /2 ");
}

TEST_F(GuardedServerTest, AClientThatHasSentEverythingStillGetsItsAnswers) {
  Client client = server_.client();
  client.send(get("/1") + get("/2"));
  client.end_sending();
  EXPECT_EQ(client.receive().body, "GET /1 ");
  EXPECT_EQ(client.receive().body, "GET /2 ");
  EXPECT_TRUE(client.ended());
}

TEST_F(GuardedServerTest, HeadGivesTheHeadersAlone) {
  Client client = server_.client();
  client.send("HEAD /x HTTP/1.1\r\nHost: localhost\r\n\r\n" + get("/next"));
  const Received answer = client.receive(true);
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.header("content-length"), std::to_string(std::string("HEAD /x ").size()));
  EXPECT_EQ(client.receive().body, "GET /next ");
}

TEST_F(GuardedServerTest, TheClientDecidesWhetherTheConnectionStays) {
  for (const char* closing : {"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: Close\r\n\r\n",
                              "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: te, close\r\n\r\n",
                              "GET / HTTP/1.0\r\n\r\n"}) {
    Client client = server_.client();
    const Received answer = client.ask(closing);
    EXPECT_EQ(answer.status, 200) << closing;
    EXPECT_EQ(answer.header("connection"), "close") << closing;
    EXPECT_TRUE(client.ended()) << closing;
  }
  Client old = server_.client();
  const std::string kept = "GET / HTTP/1.0\r\nHost: localhost\r\nConnection: keep-alive\r\n\r\n";
  EXPECT_EQ(old.ask(kept).status, 200);
  EXPECT_EQ(old.ask(kept).status, 200);
}

TEST_F(GuardedServerTest, EveryResponseHasThePolicyHeadersOnce) {
  Client client = server_.client();
  const Received served = client.ask(get("/"));
  const Received refused = client.ask(get("/", "Range: bytes=0-\r\n"));
  for (const Received& answer : {served, refused}) {
    for (const auto& [name, value] : headers_of(Response{})) {
      EXPECT_EQ(answer.headers.count(text::to_lower(name)), 1U) << name;
      EXPECT_EQ(answer.header(text::to_lower(name)), value);
    }
    EXPECT_EQ(answer.headers.count("content-length"), 1U);
    EXPECT_EQ(answer.headers.count("access-control-allow-origin"), 0U);
  }
}

TEST_F(GuardedServerTest, ResponsesAreNotCompressedAnew) {
  Client client = server_.client();
  const Received answer = client.ask(get("/", "Accept-Encoding: br, gzip\r\n"));
  EXPECT_EQ(answer.header("content-encoding"), "");
  EXPECT_EQ(answer.body, "GET / ");
}

// --- what is refused
// ------------------------------------------------------------------------------

struct Refused {
  std::string name;
  std::string bytes;
  int status;
};

void PrintTo(const Refused& refused, std::ostream* out) { *out << refused.name; }

std::string many_fields(std::size_t count) {
  std::string fields;
  for (std::size_t i = 0; i < count; ++i) fields += "X-" + std::to_string(i) + ": 1\r\n";
  return get("/", fields);
}

std::string post_with(const std::string& fields, const std::string& body = "hello") {
  return "POST / HTTP/1.1\r\nHost: localhost\r\n" + fields + "\r\n" + body;
}

class RefusalTest : public GuardedServerTest, public testing::WithParamInterface<Refused> {};

TEST_P(RefusalTest, IsAnsweredOnceAndTheConnectionEnds) {
  Client client = server_.client();
  client.send(GetParam().bytes);
  const Received answer = client.receive();
  EXPECT_EQ(answer.status, GetParam().status);
  EXPECT_EQ(answer.header("connection"), "close");
  EXPECT_THAT(answer.body, HasSubstr(R"({"error":{"code":")"));
  // What follows a refusal is not read as a request, whatever it looks like.
  client.send(get("/smuggled"));
  client.end_sending();
  EXPECT_EQ(client.rest(), "");
  EXPECT_EQ(handled_, 0);
  expect_service();
}

INSTANTIATE_TEST_SUITE_P(
    Table, RefusalTest,
    testing::Values(
        Refused{"no_request", "hello\r\n\r\n", 400},
        Refused{"only_newlines", "GET / HTTP/1.1\nHost: localhost\n\n", 400},
        Refused{"bare_cr", "GET / HTTP/1.1\r\nHost: localhost\rX: 1\r\n\r\n", 400},
        Refused{"folded", get("/", "X: 1\r\n 2\r\n"), 400},
        Refused{"blank_before_colon", get("/", "X : 1\r\n"), 400},
        Refused{"no_colon", get("/", "X\r\n"), 400},
        Refused{"nul", get("/", std::string("X: a\0b\r\n", 8)), 400},
        Refused{"two_blanks", "GET  / HTTP/1.1\r\nHost: localhost\r\n\r\n", 400},
        Refused{"absolute_target", "GET http://localhost/ HTTP/1.1\r\nHost: localhost\r\n\r\n",
                400},
        Refused{"star", "OPTIONS * HTTP/1.1\r\nHost: localhost\r\n\r\n", 400},
        Refused{"fragment", get("/#a"), 400},
        Refused{"unknown_method", "BREW / HTTP/1.1\r\nHost: localhost\r\n\r\n", 501},
        Refused{"connect", "CONNECT /a HTTP/1.1\r\nHost: localhost\r\n\r\n", 501},
        Refused{"trace", "TRACE / HTTP/1.1\r\nHost: localhost\r\n\r\n", 501},
        Refused{"http2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505},
        Refused{"tls", "\x16\x03\x01\x02\x01\x01\r\n\r\n", 400},
        Refused{"long_target", get("/" + std::string(9000, 'a')), 414},
        Refused{"long_field", get("/", "X: " + std::string(9000, 'a') + "\r\n"), 431},
        Refused{"long_head",
                get("/", "A: " + std::string(7000, 'a') + "\r\nB: " + std::string(7000, 'b') +
                             "\r\nC: " + std::string(7000, 'c') + "\r\n"),
                431},
        Refused{"many_fields", many_fields(64), 431},  // and Host: one too many
        Refused{"no_length", post_with(""), 411},
        Refused{"chunked", post_with("Transfer-Encoding: chunked\r\n", "5\r\nhello\r\n0\r\n\r\n"),
                411},
        Refused{"chunked_and_length",
                post_with("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n"), 411},
        Refused{"gzip", post_with("Content-Encoding: gzip\r\nContent-Length: 5\r\n"), 415},
        Refused{"expect", post_with("Expect: 100-continue\r\nContent-Length: 5\r\n", ""), 417},
        Refused{"range", get("/", "Range: bytes=0-1,2-3\r\n"), 416},
        Refused{"two_lengths", post_with("Content-Length: 5\r\nContent-Length: 5\r\n"), 400},
        Refused{"list_of_lengths", post_with("Content-Length: 5, 5\r\n"), 400},
        Refused{"negative_length", post_with("Content-Length: -1\r\n"), 400},
        Refused{"signed_length", post_with("Content-Length: +5\r\n"), 400},
        Refused{"hex_length", post_with("Content-Length: 0x5\r\n"), 400},
        Refused{"empty_length", post_with("Content-Length:\r\n"), 400},
        Refused{"large_body", post_with("Content-Length: 65537\r\n", std::string(65537, 'a')), 413},
        Refused{"endless_body", post_with("Content-Length: 1000000000000\r\n"), 413},
        Refused{"overflowing_length", post_with("Content-Length: 99999999999999999999999\r\n"),
                413},
        Refused{"no_host", "GET / HTTP/1.1\r\n\r\n", 400},
        Refused{"two_hosts", get("/", "Host: localhost\r\n"), 400},
        Refused{"other_host", "GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n", 421},
        Refused{"host_prefix", "GET / HTTP/1.1\r\nHost: localhost.evil.example\r\n\r\n", 421},
        Refused{"host_user", "GET / HTTP/1.1\r\nHost: evil@localhost\r\n\r\n", 421},
        Refused{"host_port", "GET / HTTP/1.1\r\nHost: localhost:80x\r\n\r\n", 421}),
    [](const auto& each) { return each.param.name; });

TEST_F(GuardedServerTest, LoopbackNamesAreServed) {
  for (const char* host : {"localhost", "LOCALHOST:1", "127.0.0.1:65535", "[::1]", "[::1]:8080"}) {
    Client client = server_.client();
    EXPECT_EQ(client.ask("GET / HTTP/1.1\r\nHost: " + std::string(host) + "\r\n\r\n").status, 200)
        << host;
  }
}

TEST(GuardedServerHostTest, ConfiguredNamesAreServed) {
  GuardedServerOptions options = options_with();
  options.allowed_hosts = {"Chat.Example.org", "[2001:db8::1]"};
  RunningServer server(options, echo);
  for (const char* host : {"chat.example.org", "chat.example.ORG:443", "[2001:db8::1]:80"}) {
    Client client = server.client();
    EXPECT_EQ(client.ask("GET / HTTP/1.1\r\nHost: " + std::string(host) + "\r\n\r\n").status, 200)
        << host;
  }
}

TEST_F(GuardedServerTest, TheLimitsThemselvesAreServed) {
  Client client = server_.client();
  const std::string body(64 * 1024, 'a');
  EXPECT_EQ(client.ask(post("/", body)).body.size(), body.size() + 7);
  EXPECT_EQ(client.ask(many_fields(63)).status, 200);
  const std::string long_field(7990, 'a');
  EXPECT_EQ(client.ask(get("/" + std::string(7990, 'p'), "X: " + long_field + "\r\n")).status, 200);
}

TEST_F(GuardedServerTest, AnEndlessHeadIsCutOff) {
  Client client = server_.client();
  client.send("GET / HTTP/1.1\r\nHost: localhost\r\nX: ");
  const std::string more(64 * 1024, 'a');
  for (int i = 0; i < 64 && client.send(more); ++i) {
  }
  expect_service();
  EXPECT_EQ(handled_, 1);
}

TEST_F(GuardedServerTest, ABrowserGetsItsRefusalAsAPage) {
  Client client = server_.client();
  const Received answer =
      client.ask(post("/", std::string(70'000, 'a'), "text/plain", "Accept: text/html,*/*\r\n"));
  EXPECT_EQ(answer.status, 413);
  EXPECT_EQ(answer.header("content-type"), "text/html; charset=utf-8");
  EXPECT_THAT(answer.body, HasSubstr("too long"));
}

// --- crowds
// ---------------------------------------------------------------------------------------

TEST_F(GuardedServerTest, SlowHeadsChangeNothingForTheNext) {
  std::list<Client> slow;
  for (int i = 0; i < 64; ++i) {
    slow.emplace_back(server_.port()).send("GET / HTTP/1.1\r\nHost: loc");
  }
  for (int i = 0; i < 10; ++i) {
    for (Client& client : slow) client.send("a");
    expect_service();
  }
}

TEST_F(GuardedServerTest, SlowBodiesChangeNothingForTheNext) {
  std::list<Client> slow;
  for (int i = 0; i < 64; ++i) {
    slow.emplace_back(server_.port()).send(post_with("Content-Length: 60000\r\n"));
  }
  expect_service();
  EXPECT_EQ(handled_, 1);
}

TEST_F(GuardedServerTest, AnIdleCrowdChangesNothingForTheNext) {
  std::list<Client> idle;
  for (int i = 0; i < 200; ++i) idle.emplace_back(server_.port());
  expect_service();
  for (Client& client : idle) {
    ASSERT_EQ(client.ask(get("/late")).body, "GET /late ");
  }
}

class FewPlacesTest : public GuardedServerTest {
 protected:
  FewPlacesTest() : GuardedServerTest({.connections = 8}) {}
};

TEST_F(FewPlacesTest, ANewClientTakesThePlaceOfTheOneThatWaitedLongest) {
  Client first = server_.client();
  EXPECT_EQ(first.ask(get("/first")).status, 200);
  std::list<Client> idle;
  for (int i = 0; i < 40; ++i) idle.emplace_back(server_.port());
  expect_service();
  EXPECT_TRUE(first.ended());
}

TEST_F(FewPlacesTest, SlowHeadsGiveTheirPlacesToo) {
  std::list<Client> slow;
  for (int i = 0; i < 40; ++i) slow.emplace_back(server_.port()).send("GET / HT");
  expect_service();
}

class ShortTimesTest : public GuardedServerTest {
 protected:
  ShortTimesTest()
      : GuardedServerTest({.idle_time = 100ms, .head_time = 150ms, .body_time = 150ms}) {}
};

TEST_F(ShortTimesTest, AnIdleConnectionIsClosed) {
  Client silent = server_.client();
  EXPECT_TRUE(silent.ended());
  Client used = server_.client();
  EXPECT_EQ(used.ask(get("/")).status, 200);
  EXPECT_TRUE(used.ended());
}

TEST_F(ShortTimesTest, DrippingDoesNotLengthenTheTimeOfAHead) {
  Client client = server_.client();
  client.send("GET / HTTP/1.1\r\nX: ");
  int drops = 0;
  while (!client.readable(10) && client.send("a") && drops < 1000) ++drops;
  EXPECT_EQ(client.receive().status, 408);
  EXPECT_LT(drops, 500);
}

TEST_F(ShortTimesTest, DrippingDoesNotLengthenTheTimeOfABody) {
  Client client = server_.client();
  client.send(post_with("Content-Length: 60000\r\n"));
  int drops = 0;
  while (!client.readable(10) && client.send("a") && drops < 1000) ++drops;
  EXPECT_EQ(client.receive().status, 408);
  EXPECT_LT(drops, 500);
  EXPECT_EQ(handled_, 0);
}

class TwoRequestsTest : public GuardedServerTest {
 protected:
  TwoRequestsTest() : GuardedServerTest({.requests_per_connection = 2}) {}
};

TEST_F(TwoRequestsTest, AConnectionServesABoundedNumber) {
  Client client = server_.client();
  client.send(get("/1") + get("/2") + get("/3"));
  EXPECT_NE(client.receive().header("connection"), "close");
  EXPECT_EQ(client.receive().header("connection"), "close");
  EXPECT_TRUE(client.ended());
  EXPECT_EQ(handled_, 2);
}

// --- workers
// --------------------------------------------------------------------------------------

/// A handler that waits until it is let go.
struct Gate {
  std::promise<void> entered;
  std::promise<void> open;
  std::shared_future<void> opened = open.get_future().share();

  Response wait(const Request& request) {
    if (request.path == "/blocked") {
      entered.set_value();
      opened.wait();
    }
    return echo(request);
  }
};

TEST(GuardedServerWorkersTest, AFullQueueIsA503ThatSaysWhatToDoInAnEmergency) {
  Gate gate;
  RunningServer server(
      options_with({.queued = 1, .workers = 1}),
      [&](const Request& request) { return gate.wait(request); },
      [](std::string_view path) {
        return path == "/healthz" ? std::optional(Response{}) : std::nullopt;
      });
  Client blocked = server.client();
  blocked.send(get("/blocked"));
  gate.entered.get_future().wait();
  Client queued = server.client();
  queued.send(get("/queued"));
  // The queued request is in the queue as soon as a later one is refused.
  Received refused;
  Client client = server.client();
  client.send(get("/busy"));
  Client other = server.client();
  other.send(get("/busy"));
  Client& answered = client.readable(5000) ? client : other;
  refused = answered.receive();
  EXPECT_EQ(refused.status, 503);
  EXPECT_EQ(refused.header("retry-after"), "1");
  EXPECT_THAT(refused.body, HasSubstr(R"({"error":{"code":"unavailable","message":")"));
  EXPECT_THAT(refused.body, HasSubstr(kEmergency));
  EXPECT_EQ(server.client().ask(get("/healthz")).status, 200);
  gate.open.set_value();
  EXPECT_EQ(blocked.receive().body, "GET /blocked ");
}

TEST(GuardedServerWorkersTest, AHandlerThatThrowsGivesNothingAway) {
  RunningServer server(options_with(), [](const Request&) -> Response {
    throw std::runtime_error("secret detail");
  });
  Client client = server.client();
  client.send(get("/") + get("/"));
  for (int i = 0; i < 2; ++i) {
    const Received answer = client.receive();
    EXPECT_EQ(answer.status, 500);
    EXPECT_THAT(answer.body, HasSubstr(R"("code":"internal")"));
    EXPECT_THAT(answer.body, HasSubstr(kEmergency));
    for (const auto& [name, value] : answer.headers) EXPECT_THAT(value, Not(HasSubstr("secret")));
    EXPECT_THAT(answer.body, Not(HasSubstr("secret")));
  }
}

TEST(GuardedServerWorkersTest, AClientThatDoesNotReadHoldsNoWorker) {
  const std::string large(8 * 1024 * 1024, 'x');
  RunningServer server(options_with({.workers = 1}), [&](const Request& request) {
    Response response;
    response.body = request.path == "/large" ? large : "small";
    return response;
  });
  Client lazy = server.client();
  lazy.send(get("/large"));
  ASSERT_TRUE(lazy.readable(20'000));
  EXPECT_EQ(server.client().ask(get("/")).body, "small");
  EXPECT_EQ(lazy.receive().body, large);
  EXPECT_EQ(lazy.ask(get("/")).body, "small");
}

TEST(GuardedServerWorkersTest, TheLogHoldsSizesAndNothingOfTheRequest) {
  std::promise<Access> logged;
  RunningServer server(
      options_with(),
      [](const Request& request) {
        Response response = echo(request);
        response.route = "GET /x";
        response.rules = {"a.b"};
        return response;
      },
      {}, [&](const Access& access) { logged.set_value(access); });
  Client client = server.client();
  const std::string request = get("/private?query");
  client.ask(request);
  const Access access = logged.get_future().get();
  EXPECT_EQ(access.route, "GET /x");
  EXPECT_EQ(access.status, 200);
  EXPECT_EQ(access.bytes_in, request.size());
  EXPECT_GT(access.bytes_out, 14U);
  EXPECT_GE(access.ms, 0.0);
  EXPECT_EQ(access.rules, std::vector<std::string>{"a.b"});
}

TEST(GuardedServerWorkersTest, RefusalsAreLoggedToo) {
  std::promise<Access> logged;
  RunningServer server(options_with(), echo, {},
                       [&](const Access& access) { logged.set_value(access); });
  Client client = server.client();
  client.ask("BREW /private HTTP/1.1\r\n\r\n");
  const Access access = logged.get_future().get();
  EXPECT_EQ(access.status, 501);
  EXPECT_EQ(access.route, "refused");
}

// --- binding and stopping
// ---------------------------------------------------------------------------

TEST(GuardedServerStopTest, AnIdleCrowdDoesNotDelayTheStop) {
  RunningServer server(options_with(), echo);
  std::list<Client> idle;
  for (int i = 0; i < 200; ++i) idle.emplace_back(server.port());
  idle.emplace_back(server.port()).send("GET / HTTP/1.1\r\n");
  EXPECT_EQ(server.client().ask(get("/")).status, 200);
  const auto start = std::chrono::steady_clock::now();
  server.stop();
  EXPECT_LT(std::chrono::steady_clock::now() - start, 2s);
  for (Client& client : idle) client.rest();
  EXPECT_FALSE(server.client().connected());
}

TEST(GuardedServerStopTest, RequestsInWorkAndInTheQueueAreAnswered) {
  Gate gate;
  RunningServer server(options_with({.workers = 1}),
                       [&](const Request& request) { return gate.wait(request); });
  Client blocked = server.client();
  blocked.send(get("/blocked"));
  gate.entered.get_future().wait();
  Client queued = server.client();
  queued.send(get("/queued"));
  // Once a later connection has been answered, the queued request has been read as well.
  EXPECT_EQ(server.client().ask("BREW / HTTP/1.1\r\n\r\n").status, 501);
  server.ask_to_stop();
  gate.open.set_value();
  EXPECT_EQ(blocked.receive().body, "GET /blocked ");
  EXPECT_EQ(queued.receive().body, "GET /queued ");
  EXPECT_TRUE(blocked.ended());
  EXPECT_TRUE(queued.ended());
}

TEST(GuardedServerStopTest, AClientThatDoesNotReadDelaysTheStopByABoundedTime) {
  const std::string large(32 * 1024 * 1024, 'x');
  RunningServer server(options_with({.stop_time = 100ms}), [&](const Request&) {
    Response response;
    response.body = large;
    return response;
  });
  Client lazy = server.client();
  lazy.send(get("/"));
  ASSERT_TRUE(lazy.readable(20'000));
  const auto start = std::chrono::steady_clock::now();
  server.stop();
  EXPECT_LT(std::chrono::steady_clock::now() - start, 3s);
}

TEST(GuardedServerStopTest, StopBeforeRunEndsTheRun) {
  GuardedServerOptions options = options_with();
  options.port = 0;
  auto server = GuardedServer::bind(options, echo, {}, {});
  ASSERT_TRUE(server.has_value());
  server->stop();
  server->stop();
  EXPECT_TRUE(server->run().has_value());
}

TEST(GuardedServerStopTest, AServerThatNeverRanFreesItsPort) {
  GuardedServerOptions options = options_with();
  options.port = 0;
  {
    auto server = GuardedServer::bind(options, echo, {}, {});
    ASSERT_TRUE(server.has_value());
    options.port = server->port();
  }
  EXPECT_TRUE(GuardedServer::bind(options, echo, {}, {}).has_value());
}

TEST(GuardedServerBindTest, ABusyPortIsNamed) {
  RunningServer running(options_with(), echo);
  GuardedServerOptions options = options_with();
  options.port = running.port();
  const auto second = GuardedServer::bind(options, echo, {}, {});
  ASSERT_FALSE(second.has_value());
  EXPECT_EQ(second.error().code, ErrorCode::kUnavailable);
  EXPECT_THAT(second.error().message, HasSubstr("port " + std::to_string(running.port())));
  EXPECT_THAT(second.error().message, HasSubstr("in use"));
}

TEST(GuardedServerBindTest, AnAddressThatIsNotOursIsNamed) {
  GuardedServerOptions options = options_with();
  options.host = "192.0.2.1";  // for documentation, RFC 5737
  options.port = 0;
  const auto server = GuardedServer::bind(options, echo, {}, {});
  ASSERT_FALSE(server.has_value());
  EXPECT_THAT(server.error().message, HasSubstr("192.0.2.1"));
}

}  // namespace
}  // namespace backchat::app::http
