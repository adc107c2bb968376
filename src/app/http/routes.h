#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "app/http/asker.h"
#include "app/http/message.h"
#include "app/http/page.h"

namespace backchat::app::http {

/// One short handler for each route; no logic besides checking what comes and choosing a status.
/// Thread-safe.
///
///     POST /api/v1/ask     transcript as JSON -> the reply object
///     POST /api/v1/vote    what a person thinks of an answer -> one line of the log
///     GET  /api/v1/about   program, version, edition
///     POST /fragment       transcript as JSON -> the reply as HTML, for the page's script
///     GET  /               the page
///     POST /               transcript as a form -> the whole page, without scripts
///     POST /summary        the same -> the page with the sheet to take along
///     GET  /assets/...     files of the page
///     GET  /healthz        200 as long as the program runs
///     GET  /readyz         200 when the edition is whole, else 503
///
/// Errors: 400 not JSON, 404, 405, 413 (by the admission), 415, 422 wrong content, 503 no answer
/// now. Every 5xx says what to do in an emergency.
class Routes {
 public:
  struct Options {
    std::string version;                           ///< of the program, for `about`
    std::chrono::milliseconds answer_time{1'000};  ///< for one reply
  };

  /// Keeps references to both.
  Routes(const Asker& asker, const Page& page, Options options);

  Response handle(const Request& request) const;
  /// The health checks; nothing for any other path. Does not block.
  std::optional<Response> quick(std::string_view path) const;

 private:
  struct Route;
  static const Route* find(std::string_view method, std::string_view path);

  Response ask(const Request& request) const;
  Response about(const Request& request) const;
  Response fragment(const Request& request) const;
  Response start(const Request& request) const;
  Response form(const Request& request) const;
  Response summary(const Request& request) const;
  Response vote(const Request& request) const;
  Response asset(const Request& request) const;
  Response health(const Request& request) const;
  Response ready(const Request& request) const;

  /// The reply to the JSON transcript in the body, or the response that says why there is none.
  struct Asked;
  Asked ask_json(const Request& request) const;
  /// The transcript of a form; when there is none, `failure` says why.
  static Result<dialogue::Transcript> read_form(const Request& request, Response& failure);
  Response engine_error(const Error& error, bool html) const;

  const Asker& asker_;
  const Page& page_;
  const Options options_;
};

}  // namespace backchat::app::http
