#include "app/http/routes.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <utility>

#include "app/http/form.h"
#include "app/wire.h"
#include "text/utf8.h"

namespace backchat::app::http {

struct Routes::Route {
  std::string_view name;  ///< for the log
  std::string_view method;
  std::string_view path;  ///< ends in '/' and is longer than that: everything below it
  Response (Routes::*handler)(const Request&) const;
};

struct Routes::Asked {
  std::optional<answer::Reply> reply;
  std::size_t turn = 0;  ///< 0-based number of the turn that it answers
  Response failure;      ///< when there is no reply
};

namespace {

constexpr std::string_view kHtml = "text/html; charset=utf-8";
constexpr std::string_view kCannotAnswer = "The assistant cannot answer right now.";

/// True when the media type of a Content-Type value is `type`, whatever its parameters.
bool is_type(std::string_view value, std::string_view type) {
  return text::to_lower(text::trim(value.substr(0, value.find(';')))) == type;
}

Response html_response(std::string body) {
  Response response;
  response.type = kHtml;
  response.body = std::move(body);
  return response;
}

Response wrong_type(std::string_view wanted, bool html) {
  return error_response(415, "unsupported", "The Content-Type must be " + std::string(wanted) + ".",
                        html);
}

/// 400 for what is not JSON, 422 for JSON that says the wrong thing.
Response input_error(const Error& error, bool html) {
  const int status = error.where == kWhereBody ? 400 : 422;
  return error_response(status, code_name(error.code), to_string(error), html);
}

std::vector<std::string> rule_ids(const answer::Reply& reply) {
  std::vector<std::string> ids;
  for (const safety::Finding& finding : reply.findings) {
    if (std::find(ids.begin(), ids.end(), finding.rule) == ids.end()) ids.push_back(finding.rule);
  }
  return ids;
}

/// True when the list of an Accept-Encoding value allows gzip.
bool accepts_gzip(std::string_view list) {
  while (!list.empty()) {
    const std::string_view item = list.substr(0, list.find(','));
    list.remove_prefix(std::min(item.size() + 1, list.size()));
    const std::size_t semicolon = std::min(item.find(';'), item.size());
    if (text::to_lower(text::trim(item.substr(0, semicolon))) != "gzip") continue;
    const std::string_view weight = text::trim(item.substr(std::min(semicolon + 1, item.size())));
    return !weight.starts_with("q=0") || weight.find_first_of("123456789") != weight.npos;
  }
  return false;
}

/// True when an If-None-Match value names `etag`.
bool names_etag(std::string_view value, std::string_view etag) {
  return text::trim(value) == "*" || value.find(etag) != std::string_view::npos;
}

/// Stands where an earlier reply cannot be made again, so that the page can show the last one.
answer::Reply unavailable_reply() {
  answer::Reply reply;
  reply.kind = answer::Kind::kChat;
  reply.lead = {{std::string(kCannotAnswer), {}}};
  reply.text = kCannotAnswer;
  return reply;
}

}  // namespace

const Routes::Route* Routes::find(std::string_view method, std::string_view path) {
  static constexpr auto kRoutes = std::to_array<Route>({
      {"POST /api/v1/ask", "POST", "/api/v1/ask", &Routes::ask},
      {"GET /api/v1/about", "GET", "/api/v1/about", &Routes::about},
      {"POST /fragment", "POST", "/fragment", &Routes::fragment},
      {"GET /", "GET", "/", &Routes::start},
      {"POST /", "POST", "/", &Routes::form},
      {"POST /summary", "POST", "/summary", &Routes::summary},
      {"POST /api/v1/vote", "POST", "/api/v1/vote", &Routes::vote},
      {"GET /assets/", "GET", "/assets/", &Routes::asset},
      {"GET /healthz", "GET", "/healthz", &Routes::health},
      {"GET /readyz", "GET", "/readyz", &Routes::ready},
  });
  const auto found = std::find_if(kRoutes.begin(), kRoutes.end(), [&](const Route& route) {
    const bool below = route.path.size() > 1 && route.path.ends_with('/');
    const bool same_path = below ? path.starts_with(route.path) : path == route.path;
    return same_path && route.method == method;
  });
  return found == kRoutes.end() ? nullptr : &*found;
}

Routes::Routes(const Asker& asker, const Page& page, Options options)
    : asker_(asker), page_(page), options_(std::move(options)) {}

Response Routes::handle(const Request& request) const {
  const std::string_view method = request.method == "HEAD" ? "GET" : request.method;
  if (const Route* route = find(method, request.path)) {
    Response response = (this->*route->handler)(request);
    response.route = route->name;
    return response;
  }
  const bool html = wants_html(request.path, request.accept);
  std::string allowed;
  if (find("GET", request.path) != nullptr) allowed = "GET, HEAD";
  if (find("POST", request.path) != nullptr) allowed += allowed.empty() ? "POST" : ", POST";
  if (allowed.empty()) return error_response(404, "not_found", "There is nothing here.", html);
  Response response = error_response(405, "method_not_allowed",
                                     "This address takes other methods: " + allowed + ".", html);
  response.headers.emplace_back("Allow", allowed);
  return response;
}

std::optional<Response> Routes::quick(std::string_view path) const {
  const bool is_check = path == "/healthz" || path == "/readyz";
  if (!is_check) return std::nullopt;
  Request request;
  request.method = "GET";
  request.path = path;
  return handle(request);
}

Response Routes::health(const Request&) const {
  Response response;
  response.body = R"({"status":"ok"})";
  return response;
}

Response Routes::ready(const Request& request) const {
  if (const auto& error = asker_.edition_error()) {
    return engine_error(*error, wants_html(request.path, request.accept));
  }
  Response response;
  response.body =
      nlohmann::ordered_json{{"status", "ready"}, {"edition", asker_.edition_id()}}.dump();
  return response;
}

Response Routes::about(const Request&) const {
  Response response;
  response.body = nlohmann::ordered_json{{"name", "Backchat"},
                                         {"version", options_.version},
                                         {"edition", asker_.edition_id()},
                                         {"ready", !asker_.edition_error().has_value()}}
                      .dump();
  return response;
}

Routes::Asked Routes::ask_json(const Request& request) const {
  Asked asked;
  if (!is_type(request.content_type, "application/json")) {
    asked.failure = wrong_type("application/json", false);
    return asked;
  }
  const auto transcript = parse_ask(request.body);
  if (!transcript) {
    asked.failure = input_error(transcript.error(), false);
    return asked;
  }
  asked.turn = transcript->turns.size() - 1;
  auto reply = asker_.ask(*transcript, Deadline::in(options_.answer_time));
  if (reply) {
    asked.reply = std::move(*reply);
  } else {
    asked.failure = engine_error(reply.error(), false);
  }
  return asked;
}

Response Routes::ask(const Request& request) const {
  Asked asked = ask_json(request);
  if (!asked.reply) return std::move(asked.failure);
  Response response;
  response.body = reply_json(*asked.reply);
  response.rules = rule_ids(*asked.reply);
  return response;
}

Response Routes::fragment(const Request& request) const {
  Asked asked = ask_json(request);
  if (!asked.reply) return std::move(asked.failure);
  Response response = html_response(page_.fragment(*asked.reply, asked.turn));
  response.rules = rule_ids(*asked.reply);
  return response;
}

Response Routes::start(const Request&) const { return html_response(page_.start()); }

Result<dialogue::Transcript> Routes::read_form(const Request& request, Response& failure) {
  const bool html = wants_html(request.path, request.accept);
  if (!is_type(request.content_type, "application/x-www-form-urlencoded")) {
    failure = wrong_type("application/x-www-form-urlencoded", html);
    return fail(ErrorCode::kInvalidInput, "not a form");
  }
  auto transcript = parse_form(request.body);
  if (!transcript) failure = input_error(transcript.error(), html);
  return transcript;
}

Response Routes::summary(const Request& request) const {
  Response failure;
  const auto transcript = read_form(request, failure);
  if (!transcript) return failure;
  if (transcript->turns.empty()) return html_response(page_.whole(*transcript, {}));
  const auto summary = asker_.summarise(*transcript, page_.today());
  if (!summary) return engine_error(summary.error(), wants_html(request.path, request.accept));
  return html_response(page_.summary(*transcript, *summary));
}

Response Routes::vote(const Request& request) const {
  if (!is_type(request.content_type, "application/json")) {
    return wrong_type("application/json", false);
  }
  const auto vote = parse_vote(request.body);
  if (!vote) return input_error(vote.error(), false);
  Response response;
  response.body = R"({"status":"ok"})";
  response.vote =
      vote->answer + " " + vote->vote + (vote->reason.empty() ? "" : " " + vote->reason);
  return response;
}

Response Routes::form(const Request& request) const {
  const bool html = wants_html(request.path, request.accept);
  Response failure;
  const auto transcript = read_form(request, failure);
  if (!transcript) return failure;

  if (transcript->turns.empty()) return html_response(page_.whole(*transcript, {}));

  std::vector<answer::Reply> replies;
  const auto each = asker_.ask_each(
      *transcript,
      [&replies](std::size_t, const answer::Reply& reply) { replies.push_back(reply); });
  if (!each) {
    // An earlier reply may fail where the last one has a red flag to answer.
    auto last = asker_.ask(*transcript, Deadline::in(options_.answer_time));
    if (!last) return engine_error(last.error(), html);
    replies.resize(transcript->turns.size() - 1, unavailable_reply());
    replies.push_back(std::move(*last));
  }
  Response response = html_response(page_.whole(*transcript, replies));
  response.rules = rule_ids(replies.back());
  return response;
}

Response Routes::asset(const Request& request) const {
  const Page::Asset* asset = page_.asset(request.path);
  if (asset == nullptr) {
    return error_response(404, "not_found", "There is nothing here.",
                          wants_html(request.path, request.accept));
  }
  Response response;
  const bool gzip = !asset->gzip.empty() && accepts_gzip(request.accept_encoding);
  // Two encodings of a file are two representations: each has an etag of its own.
  std::string etag(asset->etag);
  if (gzip) etag.insert(etag.size() - 1, "-gz");
  response.headers = {
      {"ETag", etag},
      {"Vary", "Accept-Encoding"},
      {"Cache-Control", asset->immutable ? "public, max-age=31536000, immutable" : "no-cache"}};
  if (names_etag(request.if_none_match, etag)) {
    response.status = 304;
    return response;
  }
  response.type = asset->type;
  response.body = gzip ? asset->gzip : asset->bytes;
  if (gzip) response.headers.emplace_back("Content-Encoding", "gzip");
  return response;
}

Response Routes::engine_error(const Error& error, bool html) const {
  if (error.code == ErrorCode::kInvalidInput) return input_error(error, html);
  const bool ours = error.code == ErrorCode::kInternal;
  Response response = error_response(
      ours ? 500 : 503, code_name(ours ? ErrorCode::kInternal : ErrorCode::kUnavailable),
      std::string(kCannotAnswer) + " " + asker_.emergency_text(), html);
  response.fault = std::string(code_name(error.code)) + ": " + to_string(error);
  return response;
}

}  // namespace backchat::app::http
