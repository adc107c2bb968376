#include "app/http/message.h"

#include <algorithm>

#include "app/wire.h"

namespace backchat::app::http {
namespace {

std::string escape_html(std::string_view text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      default:
        out += c;
    }
  }
  return out;
}

const Headers& common_headers() {
  static const Headers headers = {
      {"Content-Security-Policy", content_policy("'none'")},
      {"X-Content-Type-Options", "nosniff"},
      {"X-Frame-Options", "DENY"},
      {"Referrer-Policy", "no-referrer"},
      {"Cross-Origin-Opener-Policy", "same-origin"},
      {"Cross-Origin-Resource-Policy", "same-origin"},
      {"Cache-Control", "no-store"},
  };
  return headers;
}

}  // namespace

std::string content_policy(std::string_view ancestors) {
  return "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
         "font-src 'self'; connect-src 'self'; manifest-src 'self'; worker-src 'self'; "
         "form-action 'self'; base-uri 'none'; require-trusted-types-for 'script'; "
         "trusted-types backchat backchat-shell; frame-ancestors " +
         std::string(ancestors);
}

Headers headers_of(const Response& response) {
  Headers out;
  for (const auto& [name, value] : common_headers()) {
    const bool overridden =
        std::any_of(response.headers.begin(), response.headers.end(),
                    [&header = name](const auto& own) { return own.first == header; });
    if (!overridden) out.emplace_back(name, value);
  }
  for (const auto& own : response.headers) {
    if (!own.second.empty()) out.push_back(own);
  }
  return out;
}

Response error_response(int status, std::string_view code, std::string_view message, bool html) {
  Response response;
  response.status = status;
  if (html) {
    response.type = "text/html; charset=utf-8";
    response.body =
        "<!doctype html>\n<html lang=\"en\"><meta charset=\"utf-8\">"
        "<meta name=\"viewport\" content=\"width=device-width\"><title>" +
        std::string(reason(status)) + "</title>\n<h1>" + std::string(reason(status)) +
        "</h1>\n<p>" + escape_html(message) +
        "</p>\n<p><a href=\"/\">Start again</a></p>\n</html>\n";
  } else {
    response.body = error_json(code, message);
  }
  return response;
}

bool wants_html(std::string_view path, std::string_view accept) {
  return !path.starts_with("/api/") && accept.find("text/html") != std::string_view::npos;
}

std::string_view reason(int status) {
  switch (status) {
    case 200:
      return "OK";
    case 304:
      return "Not Modified";
    case 400:
      return "Bad Request";
    case 404:
      return "Not Found";
    case 405:
      return "Method Not Allowed";
    case 408:
      return "Request Timeout";
    case 411:
      return "Length Required";
    case 413:
      return "Content Too Large";
    case 414:
      return "URI Too Long";
    case 415:
      return "Unsupported Media Type";
    case 416:
      return "Range Not Satisfiable";
    case 417:
      return "Expectation Failed";
    case 421:
      return "Misdirected Request";
    case 422:
      return "Unprocessable Content";
    case 431:
      return "Request Header Fields Too Large";
    case 500:
      return "Internal Server Error";
    case 501:
      return "Not Implemented";
    case 503:
      return "Service Unavailable";
    case 505:
      return "HTTP Version Not Supported";
    default:
      return "";
  }
}

std::string serialize(const Response& response, bool head_only, bool close) {
  std::string out = "HTTP/1.1 " + std::to_string(response.status) + " " +
                    std::string(reason(response.status)) + "\r\n";
  const auto add = [&out](std::string_view name, std::string_view value) {
    out.append(name).append(": ").append(value).append("\r\n");
  };
  for (const auto& [name, value] : headers_of(response)) add(name, value);
  if (!response.body.empty()) add("Content-Type", response.type);
  add("Content-Length", std::to_string(response.body.size()));
  add("Connection", close ? "close" : "keep-alive");
  out += "\r\n";
  if (!head_only) out += response.body;
  return out;
}

}  // namespace backchat::app::http
