#include "app/http/serve.h"

#include <poll.h>
#include <pthread.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>
#include <sys/eventfd.h>
#include <sys/signalfd.h>

#include <array>
#include <cerrno>
#include <cmath>
#include <csignal>
#include <memory>
#include <nlohmann/json.hpp>
#include <system_error>
#include <thread>
#include <utility>

#include "app/http/fd.h"
#include "app/http/guarded_server.h"
#include "app/http/routes.h"

namespace backchat::app::http {
namespace {

/// SIGTERM and SIGINT as a readable descriptor. Threads started meanwhile inherit the blocked
/// signals.
class StopSignals {
 public:
  StopSignals() {
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    pthread_sigmask(SIG_BLOCK, &signals, &before_);
    fd_ = Fd(signalfd(-1, &signals, SFD_CLOEXEC | SFD_NONBLOCK));
  }
  ~StopSignals() {
    signalfd_siginfo ignored;
    while (::read(fd_.get(), &ignored, sizeof ignored) > 0) {
    }  // a signal that waits would end the process when unblocked
    pthread_sigmask(SIG_SETMASK, &before_, nullptr);
  }
  StopSignals(const StopSignals&) = delete;
  StopSignals& operator=(const StopSignals&) = delete;
  int fd() const { return fd_.get(); }

 private:
  sigset_t before_;
  Fd fd_;
};

void wait_for_either(int first, int second) {
  std::array<pollfd, 2> fds{{{first, POLLIN, 0}, {second, POLLIN, 0}}};
  while (::poll(fds.data(), fds.size(), -1) < 0 && errno == EINTR) {
  }
}

std::shared_ptr<spdlog::logger> make_log() {
  auto log =
      std::make_shared<spdlog::logger>("http", std::make_shared<spdlog::sinks::stderr_sink_mt>());
  log->set_pattern(R"({"time":"%Y-%m-%dT%H:%M:%S.%eZ","level":"%l",%v})",
                   spdlog::pattern_time_type::utc);
  return log;
}

}  // namespace

std::string log_line(const Access& access) {
  nlohmann::ordered_json line;
  line["event"] = "request";
  line["route"] = access.route;
  line["status"] = access.status;
  line["ms"] = std::round(access.ms * 1000.0) / 1000.0;
  line["bytes_in"] = access.bytes_in;
  line["bytes_out"] = access.bytes_out;
  if (!access.rules.empty()) line["rules"] = access.rules;
  if (!access.vote.empty()) line["vote"] = access.vote;
  if (!access.fault.empty()) line["fault"] = access.fault;
  return line.dump(-1, ' ', true, nlohmann::ordered_json::error_handler_t::replace);
}

Result<int> serve(const Asker& asker, const Page& page, const ServeOptions& options,
                  const std::function<void(int port)>& on_ready) {
  const Routes routes(asker, page, {.version = options.version, .embed = options.embed});
  const auto log = make_log();

  GuardedServerOptions server_options;
  server_options.host = options.host;
  server_options.port = options.port;
  server_options.allowed_hosts = options.allowed_hosts;
  server_options.limits = options.limits;
  if (options.workers != 0) server_options.limits.workers = options.workers;
  server_options.emergency_text = asker.emergency_text();

  const StopSignals signals;
  auto server = GuardedServer::bind(
      std::move(server_options), [&](const Request& request) { return routes.handle(request); },
      [&](std::string_view path) { return routes.quick(path); },
      [&](const Access& access) {
        const auto level = access.status >= 500 ? spdlog::level::err : spdlog::level::info;
        const std::string line = log_line(access);
        log->log(level, std::string_view(line).substr(1, line.size() - 2));
      });
  if (!server) return fail(server.error());

  const Fd ended(eventfd(0, EFD_CLOEXEC));
  if (signals.fd() < 0 || ended.get() < 0) {
    return fail(ErrorCode::kUnavailable, "the system has no descriptors left for the server");
  }
  Result<void> outcome;
  std::thread serving;
  try {
    serving = std::thread([&] {
      outcome = server->run();
      const std::uint64_t one = 1;
      [[maybe_unused]] const auto n = ::write(ended.get(), &one, sizeof one);
    });
  } catch (const std::system_error&) {
    return fail(ErrorCode::kUnavailable, "the system has no threads left for the server");
  }
  if (on_ready) on_ready(server->port());
  wait_for_either(signals.fd(), ended.get());
  server->stop();
  serving.join();
  if (!outcome) return fail(outcome.error());
  return 0;
}

}  // namespace backchat::app::http
