#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "app/http/message.h"
#include "app/http/request_head.h"
#include "base/result.h"

namespace backchat::app::http {

/// Bounds of the whole server. Memory is at most about `connections` times (head + body + the
/// largest response).
struct ServerLimits {
  RequestLimits request{};
  std::size_t connections = 1024;  ///< lowered to what the process's file descriptors allow
  std::size_t queued = 128;        ///< requests that wait for a worker; more get a 503
  unsigned workers = 0;            ///< 0: as many as cores, at least 4
  unsigned requests_per_connection = 1000;
  std::chrono::milliseconds idle_time{15'000};   ///< between requests, and before the first
  std::chrono::milliseconds head_time{5'000};    ///< from the first byte of a head to its last
  std::chrono::milliseconds body_time{15'000};   ///< from the head's last byte to the body's last
  std::chrono::milliseconds write_time{15'000};  ///< for the whole response
  std::chrono::milliseconds stop_time{3'000};  ///< for what is being written when the server stops
};

/// A whole request on its way to a worker.
struct Job {
  std::string head;  ///< request line and fields with the empty line, checked
  std::string body;
  bool close = false;  ///< the response must say that the connection ends
};

/// A whole response on its way back.
struct Done {
  std::string bytes;
  Access access;  ///< sizes and times are filled in by the admission
};

/// What the admission asks of those above it.
struct Doors {
  /// Serves one request. Called by workers, at the same time; must not throw.
  std::function<Done(Job&)> work;
  /// A response that needs no worker (health checks), or nothing. Called by the admission thread;
  /// must not block.
  std::function<std::optional<Response>(std::string_view method, std::string_view path)> quick;
  /// What to do in an emergency: said by every refusal for lack of capacity.
  std::string emergency_text;
  /// Takes one line of the log. Called by workers. May be empty.
  std::function<void(const Access&)> log;
};

/// Owns every connection. One thread reads, checks and writes all of them; workers see nothing but
/// whole requests, so that however slow, silent or malformed its clients are, the next one does not
/// notice.
///
/// When all places are taken, the connection that has waited longest without a whole request gives
/// its place to the new one.
class Admission {
 public:
  /// Starts the thread and the workers. Errors: kUnavailable when the system refuses descriptors.
  static Result<std::unique_ptr<Admission>> start(ServerLimits limits, HostNames hosts,
                                                  Doors doors);
  /// Calls `finish`.
  ~Admission();

  /// Takes over a connected socket. Thread-safe.
  void adopt(int socket);
  /// Stops reading, lets every whole request be answered, then ends the threads. Blocks for at most
  /// the longest running request plus `stop_time`. One thread; may be called twice.
  void finish();

 private:
  class Loop;
  explicit Admission(std::unique_ptr<Loop> loop);
  std::unique_ptr<Loop> loop_;
};

}  // namespace backchat::app::http
