#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace backchat::app::http {

/// A whole request, as a handler sees it. Views live as long as the call.
struct Request {
  std::string_view method;           ///< "GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS"
  std::string_view path;             ///< decoded, without the query
  std::string_view content_type;     ///< as sent; empty when missing
  std::string_view accept;           ///< as sent; empty when missing
  std::string_view accept_encoding;  ///< as sent; empty when missing
  std::string_view if_none_match;    ///< as sent; empty when missing
  std::string_view body;
  std::string_view query = {};  ///< what follows '?', not decoded; empty when missing
};

/// What goes back, and what the log may say about it.
struct Response {
  int status = 200;
  std::string type = "application/json";
  std::string body;
  std::vector<std::pair<std::string, std::string>>
      headers;  ///< besides the ones every response has

  std::string_view route =
      "other";  ///< for the log: a constant of the program, never the path as sent
  std::vector<std::string> rules;  ///< for the log: ids of the safety rules that fired
  std::string vote;                ///< for the log: id of an answer, vote, reason: all from lists
  std::string fault;               ///< for the log: why a 5xx; never a text that a user typed
};

/// One line of the log. Holds nothing that a user typed.
struct Access {
  std::string_view route;
  int status = 0;
  double ms = 0;              ///< from the complete request to the complete response
  std::size_t bytes_in = 0;   ///< head and body
  std::size_t bytes_out = 0;  ///< head and body
  std::vector<std::string> rules;
  std::string vote;
  std::string fault;
};

using Headers = std::vector<std::pair<std::string, std::string>>;

/// The headers of a response: its own, and those of every response where it has none of that name
/// (what a browser may do with it, and that nobody keeps it). An own header with an empty value
/// leaves out the one of every response.
Headers headers_of(const Response& response);

/// The Content-Security-Policy of a page that may be framed by `ancestors` ("'none'", or origins
/// with blanks between them).
std::string content_policy(std::string_view ancestors);

/// The error of one shape: JSON, or a small HTML page when `html`.
Response error_response(int status, std::string_view code, std::string_view message, bool html);

/// True when the one who asks is a browser that wants to show the answer: Accept names text/html
/// and the path is not part of the programming interface.
bool wants_html(std::string_view path, std::string_view accept);

/// "Not Found" for 404; empty for a status that this program never sends.
std::string_view reason(int status);

/// The bytes of a response on the connection. `head_only` leaves the body out (HEAD). `close` says
/// that the connection ends here.
std::string serialize(const Response& response, bool head_only, bool close);

}  // namespace backchat::app::http
