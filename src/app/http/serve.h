#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "app/http/admission.h"
#include "app/http/asker.h"
#include "app/http/message.h"
#include "app/http/page.h"
#include "base/result.h"

namespace backchat::app::http {

struct ServeOptions {
  std::string host = "127.0.0.1";
  int port = 8080;                         ///< 0: any free one
  unsigned workers = 0;                    ///< 0: as many as cores, at least 4
  std::vector<std::string> allowed_hosts;  ///< names besides the loopback ones and `host`
  std::vector<std::string> embed;          ///< origins that may show the chat in a frame
  std::string version;                     ///< of the program, for /api/v1/about
  ServerLimits limits;                     ///< `workers` above goes before the one in here
};

/// Serves the page and the HTTP interface until SIGTERM or SIGINT, then lets the requests in work
/// end. Writes one line of JSON a request to the standard error output.
///
/// `on_ready` is called once with the bound port, when a client can connect.
/// Gives:   0, the process's exit code.
/// Errors:  kUnavailable when the port cannot be bound (the message names it) or the system refuses
/// threads. Threads: call it from the main thread before there are others: it blocks both signals
/// for itself and for all
///          threads that it starts, and unblocks them at its end.
Result<int> serve(const Asker& asker, const Page& page, const ServeOptions& options,
                  const std::function<void(int port)>& on_ready);

/// The line of the log for a request: JSON without the leading time.
std::string log_line(const Access& access);

}  // namespace backchat::app::http
