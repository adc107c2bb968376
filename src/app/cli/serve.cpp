#include "app/http/serve.h"

#include <cstdio>

#include "app/cli/commands.h"
#include "app/cli/terminal.h"
#include "app/engine.h"
#include "app/http/engine_asker.h"
#include "app/http/origin.h"

namespace backchat::app::cli {

int serve(const ServeOptions& options) {
  http::ServeOptions http;
  for (const std::string& site : options.embed) {
    auto origin = http::parse_origin(site);
    if (!origin) return report(origin.error());
    http.embed.push_back(*std::move(origin));
  }
  const auto engine = Engine::open(options.edition);
  // Without an edition the service still checks for danger signs, so it starts, but says what is
  // wrong.
  if (const auto& error = engine->edition_error()) report(*error);
  auto page = http::Page::create({.documents = engine->documents(),
                                  .today = {},
                                  .pack = engine->pack(),
                                  .safety = engine->safety()});
  if (!page && page.error().code == ErrorCode::kCorruptData) {
    report(page.error());  // a drawing that cannot be shown must not keep the rest from being said
    page = http::Page::create(
        {.documents = {}, .today = {}, .pack = engine->pack(), .safety = engine->safety()});
  }
  if (!page) return report(page.error());
  const http::EngineAsker asker(*engine);
  http.host = options.host;
  http.port = options.port;
  http.workers = options.workers;
  http.allowed_hosts = options.allowed_hosts;
  http.version = BACKCHAT_VERSION;
  const auto ended = http::serve(asker, *page, http, [&](int port) {
    const bool v6 = options.host.find(':') != std::string::npos;
    std::printf("Backchat is ready: http://%s%s%s:%d/\n", v6 ? "[" : "", options.host.c_str(),
                v6 ? "]" : "", port);
    std::fflush(stdout);
  });
  if (!ended) return report(ended.error());
  return *ended;
}

}  // namespace backchat::app::cli
