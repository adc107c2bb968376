#include "app/http/routes.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <utility>

#include "app/http/form.h"
#include "app/http/gzip.h"
#include "app/wire.h"
#include "base/embedded.h"
#include "knowledge/pack.h"
#include "text/utf8.h"

namespace backchat::app::http {

std::span<const EmbeddedFile> contract_files();  // written by scripts/embed.cmake: openapi.json

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

/// The etag of what `request` gets: two encodings are two representations, so each has its own.
std::string etag_for(const Request& request, std::string_view version) {
  return "\"" + std::string(version) + (accepts_gzip(request.accept_encoding) ? "-gz\"" : "\"");
}

Response not_modified(Headers headers) {
  Response response;
  response.status = 304;
  response.headers = std::move(headers);
  return response;
}

/// A file of the page, compressed when the client takes that; 304 when it has it.
Response file_response(const Request& request, const Asset& asset) {
  const bool gzip = !asset.gzip.empty() && accepts_gzip(request.accept_encoding);
  std::string etag(asset.etag);
  if (gzip) etag.insert(etag.size() - 1, "-gz");
  Headers headers = {{"ETag", etag}, {"Vary", "Accept-Encoding"}};
  if (names_etag(request.if_none_match, etag)) return not_modified(std::move(headers));
  Response response;
  response.type = asset.type;
  response.body = gzip ? asset.gzip : asset.bytes;
  response.headers = std::move(headers);
  if (gzip) response.headers.emplace_back("Content-Encoding", "gzip");
  return response;
}

bool has_header(const Response& response, std::string_view name) {
  return std::any_of(response.headers.begin(), response.headers.end(),
                     [&](const auto& header) { return header.first == name; });
}

/// Compresses text that is worth it, unless it is compressed already.
void compress(Response& response, const Request& request) {
  constexpr std::size_t kWorthIt = 1024;
  const std::string_view type = response.type;
  const bool text = type.starts_with("text/") || type.find("json") != type.npos;
  if (!text || response.body.size() < kWorthIt || has_header(response, "Content-Encoding")) return;
  if (!has_header(response, "Vary")) response.headers.emplace_back("Vary", "Accept-Encoding");
  if (!accepts_gzip(request.accept_encoding)) return;
  std::string smaller = gzip(response.body);
  if (smaller.empty()) return;
  response.body = std::move(smaller);
  response.headers.emplace_back("Content-Encoding", "gzip");
}

}  // namespace

std::span<const Routes::Route> Routes::all() {
  static constexpr auto kRoutes = std::to_array<Route>({
      {"POST /api/v1/ask", "POST", "/api/v1/ask", &Routes::ask},
      {"GET /api/v1/about", "GET", "/api/v1/about", &Routes::about},
      {"GET /api/v1/article", "GET", "/api/v1/article", &Routes::article_object},
      {"GET /api/v1/articles", "GET", "/api/v1/articles", &Routes::articles_object},
      {"GET /openapi.json", "GET", "/openapi.json", &Routes::contract},
      {"POST /fragment", "POST", "/fragment", &Routes::fragment},
      {"GET /", "GET", "/", &Routes::start},
      {"POST /", "POST", "/", &Routes::form},
      {"POST /summary", "POST", "/summary", &Routes::summary},
      {"POST /api/v1/vote", "POST", "/api/v1/vote", &Routes::vote},
      {"GET /articles", "GET", "/articles", &Routes::articles},
      {"GET /articles/", "GET", "/articles/", &Routes::article},
      {"GET /exercises", "GET", "/exercises", &Routes::exercises},
      {"GET /assets/", "GET", "/assets/", &Routes::asset},
      {"GET /sw.js", "GET", "/sw.js", &Routes::service_worker},
      {"GET /manifest.webmanifest", "GET", "/manifest.webmanifest", &Routes::manifest},
      {"GET /widget.js", "GET", "/widget.js", &Routes::widget},
      {"GET /healthz", "GET", "/healthz", &Routes::health},
      {"GET /readyz", "GET", "/readyz", &Routes::ready},
  });
  return kRoutes;
}

const Routes::Route* Routes::find(std::string_view method, std::string_view path) {
  const auto routes = all();
  const auto found = std::find_if(routes.begin(), routes.end(), [&](const Route& route) {
    const bool below = route.path.size() > 1 && route.path.ends_with('/');
    const bool same_path = below ? path.starts_with(route.path) : path == route.path;
    return same_path && route.method == method;
  });
  return found == routes.end() ? nullptr : &*found;
}

std::vector<std::string> Routes::names() {
  std::vector<std::string> out;
  for (const Route& route : all()) out.emplace_back(route.name);
  return out;
}

Routes::Routes(const Asker& asker, const Page& page, Options options)
    : asker_(asker), page_(page), options_(std::move(options)), contract_("{}") {
  for (const EmbeddedFile& file : contract_files()) {
    auto json = nlohmann::ordered_json::parse(file.bytes, nullptr, /*allow_exceptions=*/false);
    if (!json.is_object()) continue;
    json["info"]["version"] = options_.version;
    contract_ = json.dump();
  }
}

Response Routes::handle(const Request& request) const {
  Response response = dispatch(request);
  compress(response, request);
  return response;
}

Response Routes::dispatch(const Request& request) const {
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
  if (allowed.empty()) return not_found(request);
  Response response = error_response(405, "method_not_allowed",
                                     "This address takes other methods: " + allowed + ".", html);
  response.headers.emplace_back("Allow", allowed);
  return response;
}

Response Routes::not_found(const Request& request) const {
  return error_response(404, "not_found", "There is nothing here.",
                        wants_html(request.path, request.accept));
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
  response.body = about_json(options_.version, asker_.edition_id(),
                             !asker_.edition_error().has_value(), asker_.pack());
  return response;
}

Response Routes::article_object(const Request& request) const {
  const auto id = form_value(request.query, "id");
  if (!id) {
    return error_response(422, "invalid_input", "id: is missing: ?id= with the id of an article",
                          false);
  }
  if (const auto& error = asker_.edition_error()) return engine_error(*error, false);
  const knowledge::Article* article =
      asker_.pack() == nullptr ? nullptr : asker_.pack()->article(*id);
  if (article == nullptr) {
    return error_response(404, "not_found", "There is no article of that id.", false);
  }
  Response response;
  response.body = article_json(*article);
  return response;
}

Response Routes::articles_object(const Request&) const {
  if (const auto& error = asker_.edition_error()) return engine_error(*error, false);
  Response response;
  response.body = articles_json(asker_.pack() == nullptr ? knowledge::Pack{} : *asker_.pack());
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

Response Routes::chat_page(std::string body) const {
  Response response = html_response(std::move(body));
  if (options_.embed.empty()) return response;
  std::string ancestors;
  for (const std::string& origin : options_.embed)
    ancestors += (ancestors.empty() ? "" : " ") + origin;
  response.headers = {{"Content-Security-Policy", content_policy(ancestors)},
                      {"X-Frame-Options", ""},  // it can name no list, and would refuse all
                      {"Cross-Origin-Resource-Policy", "cross-origin"}};
  return response;
}

Response Routes::start(const Request&) const { return chat_page(page_.start()); }

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
  if (transcript->turns.empty()) return chat_page(page_.whole(*transcript, {}));
  const auto summary =
      asker_.summarise(*transcript, Deadline::in(options_.answer_time), page_.today());
  if (!summary) return engine_error(summary.error(), wants_html(request.path, request.accept));
  return chat_page(page_.summary(*transcript, *summary));
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

  if (transcript->turns.empty()) return chat_page(page_.whole(*transcript, {}));

  std::vector<answer::Reply> replies;
  const auto each = asker_.ask_each(
      *transcript, Deadline::in(options_.answer_time),
      [&replies](std::size_t, const answer::Reply& reply) { replies.push_back(reply); });
  if (!each) {
    // An earlier reply may fail, or take the time of all, where the last one has a red flag to
    // answer.
    replies.clear();
    auto last = asker_.ask(*transcript, Deadline::in(options_.answer_time));
    if (!last) return engine_error(last.error(), html);
    replies.resize(transcript->turns.size() - 1, unavailable_reply());
    replies.push_back(std::move(*last));
  }
  Response response = chat_page(page_.whole(*transcript, replies));
  response.rules = rule_ids(replies.back());
  return response;
}

Response Routes::reading(const Request& request,
                         const std::function<std::optional<std::string>()>& make) const {
  if (const auto& error = asker_.edition_error()) {
    return engine_error(*error, wants_html(request.path, request.accept));
  }
  const std::string etag = etag_for(request, asker_.edition_id() + "-" + page_.version());
  const Headers headers = {
      {"ETag", etag}, {"Vary", "Accept-Encoding"}, {"Cache-Control", "no-cache"}};
  auto body = make();
  if (!body) return not_found(request);
  if (names_etag(request.if_none_match, etag)) return not_modified(headers);
  Response response = html_response(*std::move(body));
  response.headers = headers;
  return response;
}

Response Routes::article(const Request& request) const {
  const std::string_view slug = request.path.substr(std::string_view("/articles/").size());
  return reading(request, [&] { return page_.article(slug); });
}

Response Routes::articles(const Request& request) const {
  return reading(request, [&] { return page_.articles(); });
}

Response Routes::exercises(const Request& request) const {
  return reading(request, [&] { return page_.exercises(); });
}

Response Routes::asset(const Request& request) const {
  const Asset* asset = page_.assets().find(request.path);
  if (asset == nullptr) return not_found(request);
  Response response = file_response(request, *asset);
  if (asset->immutable) {
    response.headers.emplace_back("Cache-Control", "public, max-age=31536000, immutable");
  } else {
    response.headers.emplace_back("Cache-Control", "no-cache");
  }
  return response;
}

Response Routes::widget(const Request& request) const {
  Response response = file_response(request, *page_.assets().find("widget.js"));
  response.headers.emplace_back("Cache-Control", "public, max-age=3600");
  response.headers.emplace_back("Cross-Origin-Resource-Policy", "cross-origin");
  return response;
}

Response Routes::service_worker(const Request&) const {
  Response response;
  response.type = "text/javascript; charset=utf-8";
  response.body = page_.service_worker();
  response.headers = {{"Cache-Control", "no-cache"}};
  return response;
}

Response Routes::manifest(const Request&) const {
  Response response;
  response.type = "application/manifest+json";
  response.body = page_.manifest();
  response.headers = {{"Cache-Control", "no-cache"}};
  return response;
}

Response Routes::contract(const Request&) const {
  Response response;
  response.body = contract_;
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
