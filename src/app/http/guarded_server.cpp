#include "app/http/guarded_server.h"

#include <httplib.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <exception>
#include <utility>

#include "base/mutex.h"

namespace backchat::app::http {
namespace {

constexpr int kBacklog = 1024;

/// A request in memory, and the place where its response is put together.
class MemoryStream final : public httplib::Stream {
 public:
  explicit MemoryStream(std::string_view input) : input_(input) {}

  std::string take() { return std::move(output_); }

  bool is_readable() const override { return true; }
  bool is_writable() const override { return true; }
  ssize_t read(char* to, std::size_t size) override {
    const std::size_t count = std::min(size, input_.size());
    std::copy_n(input_.data(), count, to);
    input_.remove_prefix(count);
    return static_cast<ssize_t>(count);
  }
  ssize_t write(const char* from, std::size_t size) override {
    output_.append(from, size);
    return static_cast<ssize_t>(size);
  }
  void get_remote_ip_and_port(std::string&, int&) const override {}
  void get_local_ip_and_port(std::string&, int&) const override {}
  socket_t socket() const override { return INVALID_SOCKET; }

 private:
  std::string_view input_;
  std::string output_;
};

/// What one request's way through the library needs besides the library's own objects, which cannot
/// carry it. Each worker serves one request at a time, so that the thread finds its own.
struct Exchange {
  std::string body;
  std::string accept_encoding;
  Response response;
};
thread_local Exchange* exchange = nullptr;

/// Connections are never queued: the accepting thread hands each to the admission at once.
class HandOver final : public httplib::TaskQueue {
 public:
  explicit HandOver(std::function<void()> end) : end_(std::move(end)) {}
  // The one place where cpp-httplib 0.11 (void) and 0.18 (bool) differ in a type.
  using Enqueued = decltype(std::declval<httplib::TaskQueue&>().enqueue(std::function<void()>()));
  Enqueued enqueue(std::function<void()> hand_over) override {
    hand_over();
    return static_cast<Enqueued>(true);
  }
  void shutdown() override { end_(); }

 private:
  std::function<void()> end_;
};

void fill(const Response& from, httplib::Response& to) {
  to.status = from.status;
  if (!from.body.empty()) to.set_content(from.body, from.type);
  for (const auto& [name, value] : headers_of(from)) to.set_header(name, value);
}

Response internal_error(const std::string& emergency_text) {
  Response response = error_response(
      500, "internal", "Something went wrong in this program. " + emergency_text, false);
  response.fault = "internal: an exception reached the worker";
  return response;
}

std::string bind_message(const std::string& host, int port, int error) {
  const std::string where = host + ", port " + std::to_string(port);
  if (error == EADDRINUSE) {
    return "port " + std::to_string(port) + " on " + host +
           " is in use by another program; stop it or choose another with --port";
  }
  if (error == EACCES) return "this user may not listen on " + where + "; choose a port above 1023";
  return "cannot listen on " + where + ": it is not an address of this machine";
}

}  // namespace

class GuardedServer::Impl final : public httplib::Server {
 public:
  Impl(GuardedServerOptions options, GuardedServer::Handler handler, Quick quick, Log log)
      : options_(std::move(options)),
        handler_(std::move(handler)),
        quick_(std::move(quick)),
        log_(std::move(log)) {
    // Without the library's SO_REUSEPORT, under which two programs would share a port unnoticed.
    set_socket_options([](socket_t socket) {
      const int on = 1;
      setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    });
    set_keep_alive_timeout(
        std::chrono::duration_cast<std::chrono::seconds>(options_.limits.idle_time).count());
    set_keep_alive_max_count(options_.limits.requests_per_connection);
    set_pre_routing_handler([this](const httplib::Request& request, httplib::Response& response) {
      handle(request, response);
      return HandlerResponse::Handled;
    });
    set_error_handler([](const httplib::Request&, httplib::Response& response) {
      // Only for what the library refuses by itself; a handler's own errors have a body.
      if (!response.body.empty()) return;
      exchange->response =
          error_response(response.status, "invalid_input", "The request cannot be read.", false);
      fill(exchange->response, response);
    });
    set_exception_handler(
        [this](const httplib::Request&, httplib::Response& response, const std::exception_ptr&) {
          exchange->response = internal_error(options_.emergency_text);
          fill(exchange->response, response);
        });
    new_task_queue = [this] {
      // The library's `stop` is heard only from here on.
      const MutexLock lock(mutex_);
      accepting_ = true;
      if (stop_asked_) end_accepting();
      return new HandOver([this] { admission_->finish(); });
    };
  }

  ~Impl() override {
    if (const socket_t unused = svr_sock_.exchange(INVALID_SOCKET); unused != INVALID_SOCKET) {
      ::close(unused);
    }
  }

  Result<void> open() {
    errno = 0;
    const std::string& host = options_.host;
    const bool any = options_.port == 0;
    port_ = any ? bind_to_any_port(host) : (bind_to_port(host, options_.port) ? options_.port : -1);
    if (port_ <= 0) {
      return fail(ErrorCode::kUnavailable, bind_message(host, options_.port, errno));
    }
    ::listen(svr_sock_, kBacklog);  // the library's own is 5
    return {};
  }

  Result<void> run() {
    Doors doors;
    doors.work = [this](Job& job) { return serve(job); };
    doors.quick = [this](std::string_view method, std::string_view path) {
      const bool reads = method == "GET" || method == "HEAD";
      return reads && quick_ ? quick_(path) : std::nullopt;
    };
    doors.emergency_text = options_.emergency_text;
    doors.log = log_;
    auto admission = Admission::start(
        options_.limits, HostNames(options_.host, options_.allowed_hosts), std::move(doors));
    if (!admission) return fail(admission.error());
    admission_ = *std::move(admission);
    if (!listen_after_bind()) {
      return fail(ErrorCode::kUnavailable, "the system ended the listening socket");
    }
    return {};
  }

  void ask_to_stop() {
    const MutexLock lock(mutex_);
    stop_asked_ = true;
    if (accepting_) end_accepting();
  }

  int port() const { return port_; }

 private:
  bool process_and_close_socket(socket_t socket) override {
    admission_->adopt(socket);
    return true;
  }

  /// `stop` of the library closes the socket each time it is called.
  void end_accepting() BACKCHAT_ANNOTATE(requires_capability(mutex_)) {
    if (!ended_) httplib::Server::stop();
    ended_ = true;
  }

  /// 0.18 takes the addresses as arguments, 0.11 asks the stream for them. A template, so that the
  /// call that does not exist is not compiled.
  template <class Self, class Setup>
  static void process(Self& self, httplib::Stream& stream, bool close, const Setup& setup) {
    bool closed = false;
    if constexpr (requires { self.process_request(stream, close, closed, setup); }) {
      self.process_request(stream, close, closed, setup);
    } else {
      self.process_request(stream, std::string(), 0, std::string(), 0, close, closed, setup);
    }
  }

  Done serve(Job& job) {
    Exchange mine;
    mine.body = std::move(job.body);
    mine.response.status = 400;
    exchange = &mine;
    Done done;
    try {
      MemoryStream stream(job.head);
      process(*this, stream, job.close, [&mine](httplib::Request& request) {
        // The library would compress every response anew, with brotli at its slowest.
        mine.accept_encoding = request.get_header_value("Accept-Encoding");
        request.headers.erase("Accept-Encoding");
      });
      done.bytes = stream.take();
    } catch (...) {
      mine.response = internal_error(options_.emergency_text);
    }
    exchange = nullptr;
    if (done.bytes.empty()) done.bytes = serialize(mine.response, false, job.close);
    done.access.route = mine.response.route;
    done.access.status = mine.response.status;
    done.access.rules = std::move(mine.response.rules);
    done.access.vote = std::move(mine.response.vote);
    done.access.fault = std::move(mine.response.fault);
    return done;
  }

  void handle(const httplib::Request& from, httplib::Response& to) const {
    const std::string type = from.get_header_value("Content-Type");
    const std::string accept = from.get_header_value("Accept");
    const std::string none_match = from.get_header_value("If-None-Match");
    const std::string_view target = from.target;
    const std::size_t mark = std::min(target.find('?'), target.size());
    const std::string_view query = target.substr(std::min(mark + 1, target.size()));
    try {
      exchange->response = handler_({from.method, from.path, type, accept,
                                     exchange->accept_encoding, none_match, exchange->body, query});
    } catch (...) {
      exchange->response = internal_error(options_.emergency_text);
    }
    fill(exchange->response, to);
  }

  const GuardedServerOptions options_;
  const GuardedServer::Handler handler_;  // the library has a Handler of its own
  const Quick quick_;
  const Log log_;
  int port_ = 0;
  std::unique_ptr<Admission> admission_;
  Mutex mutex_;
  bool stop_asked_ GUARDED_BY(mutex_) = false;
  bool accepting_ GUARDED_BY(mutex_) = false;
  bool ended_ GUARDED_BY(mutex_) = false;
};

Result<GuardedServer> GuardedServer::bind(GuardedServerOptions options, Handler handler,
                                          Quick quick, Log log) {
  auto impl = std::make_unique<Impl>(std::move(options), std::move(handler), std::move(quick),
                                     std::move(log));
  if (auto opened = impl->open(); !opened) return fail(opened.error());
  return GuardedServer(std::move(impl));
}

GuardedServer::GuardedServer(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
GuardedServer::GuardedServer(GuardedServer&&) noexcept = default;
GuardedServer& GuardedServer::operator=(GuardedServer&&) noexcept = default;
GuardedServer::~GuardedServer() = default;

int GuardedServer::port() const { return impl_->port(); }
Result<void> GuardedServer::run() { return impl_->run(); }
void GuardedServer::stop() { impl_->ask_to_stop(); }

}  // namespace backchat::app::http
