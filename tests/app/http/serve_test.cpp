#include "app/http/serve.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>

#include <array>
#include <csignal>
#include <nlohmann/json.hpp>
#include <sstream>

#include "fake_asker.h"
#include "loopback.h"

namespace backchat::app::http {
namespace {

using nlohmann::json;
using testing::HasSubstr;
using testing::Not;

/// `serve` in a process of its own, since it is ended by signals; with its standard error output.
class ServeProcess {
 public:
  ServeProcess() {
    std::array<int, 2> ready{};
    std::array<int, 2> log{};
    EXPECT_EQ(::pipe2(ready.data(), O_CLOEXEC), 0);
    EXPECT_EQ(::pipe2(log.data(), O_CLOEXEC), 0);
    process_ = ::fork();
    if (process_ == 0) {
      ::dup2(log[1], STDERR_FILENO);
      const FakeAsker asker;
      const auto page = Page::create();
      ServeOptions options;
      options.port = 0;
      const auto code = serve(asker, *page, options, [&](int port) {
        [[maybe_unused]] const auto n = ::write(ready[1], &port, sizeof port);
      });
      ::_exit(code ? *code : 99);
    }
    ::close(ready[1]);
    ::close(log[1]);
    EXPECT_EQ(::read(ready[0], &port_, sizeof port_), static_cast<ssize_t>(sizeof port_));
    ::close(ready[0]);
    log_ = Fd(log[0]);
  }
  ~ServeProcess() {
    if (process_ > 0) end(SIGKILL);
  }
  ServeProcess(const ServeProcess&) = delete;
  ServeProcess& operator=(const ServeProcess&) = delete;

  int port() const { return port_; }

  /// Sends the signal; the exit code, or minus the signal that ended the process.
  int end(int signal) {
    ::kill(process_, signal);
    int status = 0;
    ::waitpid(std::exchange(process_, 0), &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
  }

  /// What it wrote to the log until its end.
  std::string log() {
    std::string out;
    std::array<char, 4096> bytes;
    ssize_t count = 0;
    while ((count = ::read(log_.get(), bytes.data(), bytes.size())) > 0) {
      out.append(bytes.data(), static_cast<std::size_t>(count));
    }
    return out;
  }

 private:
  pid_t process_ = 0;
  int port_ = 0;
  Fd log_;
};

TEST(ServeTest, BothSignalsEndItCleanly) {
  for (const int signal : {SIGTERM, SIGINT}) {
    ServeProcess serving;
    Client idle(serving.port());
    Client client(serving.port());
    EXPECT_EQ(client.ask(get("/healthz")).status, 200);
    EXPECT_EQ(serving.end(signal), 0) << signal;
    EXPECT_TRUE(idle.ended());
  }
}

TEST(ServeTest, TheLogIsOneLineOfJsonARequestWithoutAWordOfTheUser) {
  ServeProcess serving;
  const std::string words = "mysecretwords";
  const std::string turns = R"({"turns": [")" + words + R"(", "emergency"]})";
  Client client(serving.port());
  EXPECT_EQ(client.ask(post("/api/v1/ask?q=" + words, turns)).status, 200);
  EXPECT_EQ(client.ask(post("/fragment", R"({"turns": [")" + words + R"("]})")).status, 200);
  EXPECT_EQ(client.ask(post("/", "text=" + words, "application/x-www-form-urlencoded")).status,
            200);
  EXPECT_EQ(client.ask(get("/" + words)).status, 404);
  EXPECT_EQ(client.ask(post("/api/v1/ask", words)).status, 400);
  EXPECT_EQ(client.ask(get("/healthz?" + words)).status, 200);
  EXPECT_EQ(client.ask(get("/", "Range: " + words + "\r\n")).status, 416);
  EXPECT_EQ(serving.end(SIGTERM), 0);

  const std::string log = serving.log();
  EXPECT_THAT(log, Not(HasSubstr(words)));
  std::multiset<std::string> lines;
  std::istringstream stream(log);
  for (std::string line; std::getline(stream, line);) {
    const json entry = json::parse(line, nullptr, false);
    ASSERT_TRUE(entry.is_object()) << line;
    EXPECT_EQ(entry["event"], "request");
    EXPECT_TRUE(entry["ms"].is_number()) << line;
    EXPECT_GT(entry["bytes_in"], 0) << line;
    EXPECT_GT(entry["bytes_out"], 0) << line;
    lines.insert(entry["route"].get<std::string>() + " " + entry["status"].dump());
    if (entry["route"] == "POST /api/v1/ask" && entry["status"] == 200) {
      EXPECT_EQ(entry["rules"], (json{"rule.one", "rule.two"}));
    }
  }
  EXPECT_EQ(lines, (std::multiset<std::string>{"POST /api/v1/ask 200", "POST /fragment 200",
                                               "POST / 200", "other 404", "POST /api/v1/ask 400",
                                               "GET /healthz 200", "refused 416"}));
}

TEST(ServeTest, ABusyPortIsAnErrorThatNamesIt) {
  ServeProcess serving;
  const FakeAsker asker;
  const auto page = Page::create();
  ServeOptions options;
  options.port = serving.port();
  const auto second = serve(asker, *page, options, [](int) { ADD_FAILURE() << "must not serve"; });
  ASSERT_FALSE(second.has_value());
  EXPECT_THAT(second.error().message, HasSubstr("port " + std::to_string(serving.port())));
}

TEST(ServeTest, TheLogLineIsAsciiAndEscaped) {
  Access access;
  access.route = "GET /";
  access.status = 503;
  access.ms = 1.23456;
  access.fault = "a \"quoted\"\npath \xff";
  EXPECT_EQ(log_line(access),
            R"({"event":"request","route":"GET /","status":503,"ms":1.235,"bytes_in":0,)"
            R"("bytes_out":0,"fault":"a \"quoted\"\npath \ufffd"})");
}

}  // namespace
}  // namespace backchat::app::http
