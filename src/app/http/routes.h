#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/http/asker.h"
#include "app/http/message.h"
#include "app/http/page.h"

namespace backchat::app::http {

/// One short handler for each route; no logic besides checking what comes and choosing a status.
/// Thread-safe.
///
/// The contract of every route is openapi.json, beside this file. Errors: 400 not JSON, 404, 405,
/// 413 (by the admission), 415, 422 wrong content, 503 no answer now. Every 5xx says what to do in
/// an emergency. What a browser can read compressed goes out compressed.
class Routes {
 public:
  struct Options {
    std::string version;                           ///< of the program, for `about`
    std::chrono::milliseconds answer_time{1'000};  ///< for one request
    std::vector<std::string> embed =
        {};  ///< origins of the sites that may show the chat in a frame
  };

  /// Keeps references to both.
  Routes(const Asker& asker, const Page& page, Options options);

  Response handle(const Request& request) const;
  /// "GET /articles/" for each route; one that ends in "/" serves what is below it.
  static std::vector<std::string> names();
  /// The health checks; nothing for any other path. Does not block.
  std::optional<Response> quick(std::string_view path) const;

 private:
  struct Route;
  static std::span<const Route> all();
  static const Route* find(std::string_view method, std::string_view path);

  Response dispatch(const Request& request) const;
  Response ask(const Request& request) const;
  Response about(const Request& request) const;
  Response fragment(const Request& request) const;
  Response start(const Request& request) const;
  Response form(const Request& request) const;
  Response summary(const Request& request) const;
  Response vote(const Request& request) const;
  Response article_object(const Request& request) const;
  Response articles_object(const Request& request) const;
  Response article(const Request& request) const;
  Response articles(const Request& request) const;
  Response exercises(const Request& request) const;
  Response asset(const Request& request) const;
  Response service_worker(const Request& request) const;
  Response manifest(const Request& request) const;
  Response widget(const Request& request) const;
  Response contract(const Request& request) const;
  Response health(const Request& request) const;
  Response ready(const Request& request) const;

  /// The reply to the JSON transcript in the body, or the response that says why there is none.
  struct Asked;
  Asked ask_json(const Request& request) const;
  /// The transcript of a form; when there is none, `failure` says why.
  static Result<dialogue::Transcript> read_form(const Request& request, Response& failure);
  /// The chat page, which a site of `embed` may show in a frame.
  Response chat_page(std::string body) const;
  /// A page to read, or 304 when the client has it. `make` gives nothing when there is no such
  /// page.
  Response reading(const Request& request,
                   const std::function<std::optional<std::string>()>& make) const;
  Response not_found(const Request& request) const;
  Response engine_error(const Error& error, bool html) const;

  const Asker& asker_;
  const Page& page_;
  const Options options_;
  std::string contract_;  ///< openapi.json with the program's version
};

}  // namespace backchat::app::http
