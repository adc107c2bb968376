#pragma once

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <map>
#include <string>
#include <string_view>
#include <thread>
#include <utility>

#include "app/http/fd.h"
#include "app/http/guarded_server.h"
#include "text/utf8.h"

namespace backchat::app::http {

/// A response as a client sees it. Status 0: the connection ended before one was complete.
struct Received {
  int status = 0;
  std::multimap<std::string, std::string> headers;  ///< names in lower case
  std::string body;

  std::string header(const std::string& name) const {
    const auto found = headers.find(name);
    return found == headers.end() ? "" : found->second;
  }
};

/// A socket and nothing else: sends any bytes, waits for what comes. A test that would wait for
/// ever fails after 20 s.
class Client {
 public:
  explicit Client(int port) : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    const timeval patience{20, 0};
    setsockopt(socket_.get(), SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    setsockopt(socket_.get(), SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    connected_ =
        ::connect(socket_.get(), reinterpret_cast<sockaddr*>(&address), sizeof address) == 0;
  }

  bool connected() const { return connected_; }

  /// False when the server has closed.
  bool send(std::string_view bytes) {
    while (!bytes.empty()) {
      const ssize_t count = ::send(socket_.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (count <= 0) return false;
      bytes.remove_prefix(static_cast<std::size_t>(count));
    }
    return true;
  }

  void end_sending() { ::shutdown(socket_.get(), SHUT_WR); }

  /// The next response. `head_only`: it answers a HEAD.
  Received receive(bool head_only = false) {
    std::size_t end = 0;
    while ((end = buffer_.find("\r\n\r\n")) == std::string::npos) {
      if (!fill()) return {};
    }
    Received out;
    std::string_view head = std::string_view(buffer_).substr(0, end + 2);
    out.status = std::stoi(std::string(head.substr(9, 3)));
    for (head.remove_prefix(head.find("\r\n") + 2); !head.empty();) {
      const std::string_view line = head.substr(0, head.find("\r\n"));
      head.remove_prefix(line.size() + 2);
      const std::size_t colon = line.find(':');
      out.headers.emplace(text::to_lower(line.substr(0, colon)),
                          std::string(text::trim(line.substr(colon + 1))));
    }
    buffer_.erase(0, end + 4);
    const std::string length = out.header("content-length");
    const std::size_t size = head_only || length.empty() ? 0 : std::stoul(length);
    while (buffer_.size() < size) {
      if (!fill()) return {};
    }
    out.body = buffer_.substr(0, size);
    buffer_.erase(0, size);
    return out;
  }

  Received ask(std::string_view bytes) {
    send(bytes);
    return receive();
  }

  /// Everything until the server closes.
  std::string rest() {
    while (fill()) {
    }
    return std::exchange(buffer_, {});
  }

  /// True when the server has closed and nothing more came.
  bool ended() { return rest().empty() && !timed_out_; }

  /// Waits up to `ms` for bytes or the end.
  bool readable(int ms) {
    pollfd fd{socket_.get(), POLLIN, 0};
    return ::poll(&fd, 1, ms) > 0;
  }

 private:
  bool fill() {
    char bytes[16384];
    const ssize_t count = ::recv(socket_.get(), bytes, sizeof bytes, 0);
    timed_out_ = count < 0 && (errno == EAGAIN || errno == EWOULDBLOCK);
    if (timed_out_) ADD_FAILURE() << "nothing came from the server for 20 s";
    if (count <= 0) return false;
    buffer_.append(bytes, static_cast<std::size_t>(count));
    return true;
  }

  Fd socket_;
  bool connected_ = false;
  bool timed_out_ = false;
  std::string buffer_;
};

/// A guarded server on a free port, running until the end of the test.
class RunningServer {
 public:
  RunningServer(GuardedServerOptions options, GuardedServer::Handler handler,
                GuardedServer::Quick quick = {}, GuardedServer::Log log = {})
      : server_(bind(std::move(options), std::move(handler), std::move(quick), std::move(log))),
        thread_([this] { EXPECT_TRUE(server_.run().has_value()); }) {}
  ~RunningServer() { stop(); }

  /// Ends the server; returns when it has ended.
  void stop() {
    server_.stop();
    if (thread_.joinable()) thread_.join();
  }
  void ask_to_stop() { server_.stop(); }

  int port() const { return server_.port(); }
  Client client() const { return Client(port()); }

 private:
  static GuardedServer bind(GuardedServerOptions options, GuardedServer::Handler handler,
                            GuardedServer::Quick quick, GuardedServer::Log log) {
    options.port = 0;
    auto server = GuardedServer::bind(std::move(options), std::move(handler), std::move(quick),
                                      std::move(log));
    EXPECT_TRUE(server.has_value()) << (server ? "" : server.error().message);
    return *std::move(server);
  }

  GuardedServer server_;
  std::thread thread_;
};

inline std::string get(std::string_view path, std::string_view fields = "") {
  return "GET " + std::string(path) + " HTTP/1.1\r\nHost: localhost\r\n" + std::string(fields) +
         "\r\n";
}

inline std::string post(std::string_view path, std::string_view body,
                        std::string_view type = "application/json", std::string_view fields = "") {
  return "POST " + std::string(path) +
         " HTTP/1.1\r\nHost: localhost\r\nContent-Type: " + std::string(type) + "\r\n" +
         std::string(fields) + "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" +
         std::string(body);
}

}  // namespace backchat::app::http
