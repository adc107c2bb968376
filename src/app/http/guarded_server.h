#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/http/admission.h"
#include "app/http/message.h"
#include "base/result.h"

namespace backchat::app::http {

struct GuardedServerOptions {
  std::string host = "127.0.0.1";
  int port = 8080;                         ///< 0: any free one
  std::vector<std::string> allowed_hosts;  ///< names besides the loopback ones and `host`
  ServerLimits limits;
  std::string emergency_text;  ///< said by every 503
};

/// cpp-httplib's server behind an admission (see admission.h): the library accepts connections,
/// reads the head of a request that is whole already, and writes the response; it never reads from
/// a socket.
class GuardedServer {
 public:
  /// Answers a whole request. Called by workers, at the same time. What it throws becomes a 500
  /// without the text.
  using Handler = std::function<Response(const Request&)>;
  /// Answers on the admission thread, or gives nothing; must not block. Called with GET and HEAD
  /// alone.
  using Quick = std::function<std::optional<Response>(std::string_view path)>;
  using Log = std::function<void(const Access&)>;

  /// Binds the port. Connections wait until `run`.
  /// Errors: kUnavailable when the port is taken or the address is not ours; the message names it.
  static Result<GuardedServer> bind(GuardedServerOptions options, Handler handler, Quick quick,
                                    Log log);
  GuardedServer(GuardedServer&&) noexcept;
  GuardedServer& operator=(GuardedServer&&) noexcept;
  ~GuardedServer();

  int port() const;
  /// Serves until `stop`. Errors: kUnavailable when the system refuses threads or descriptors. Once
  /// only.
  Result<void> run();
  /// Ends `run` as soon as the requests in work are answered. Any thread, any time, also before
  /// `run`.
  void stop();

 private:
  class Impl;
  explicit GuardedServer(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace backchat::app::http
