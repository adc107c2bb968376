#include "app/http/page.h"

#include <algorithm>
#include <array>
#include <kainjow/mustache.hpp>
#include <nlohmann/json.hpp>
#include <span>
#include <utility>

#include "app/http/reader_address.h"
#include "app/http/reader_view.h"
#include "app/http/reply_view.h"
#include "app/http/summary_view.h"
#include "app/http/templates.h"
#include "base/date.h"
#include "dialogue/edition.h"

namespace backchat::app::http {
namespace {

using kainjow::mustache::data;
using Json = nlohmann::ordered_json;

/// The files of the pages that work without a connection.
constexpr auto kOfflineFiles = std::to_array<std::string_view>(
    {"chat.css", "chat.js", "more.css", "more.js", "shell.js", "read.css", "icon.svg"});

bool is_emergency(const answer::Reply& reply) {
  return reply.card && reply.card->level == "emergency";
}

data turn_view(const dialogue::Turn& turn) {
  data out;
  out.set("text", data{turn.text});
  out.set("answers", data{turn.answers.value_or("")});
  return out;
}

/// A number to call as {before, number, after, href, codes}: its label, cut where the number
/// stands.
data call_view(const safety::EmergencyNumber& call) {
  const std::size_t at = std::min(call.label.find(call.number), call.label.size());
  const std::size_t end = std::min(at + call.number.size(), call.label.size());
  std::string codes;
  for (const std::string& region : call.regions) codes += (codes.empty() ? "" : " ") + region;
  data out;
  out.set("before", data{call.label.substr(0, at)});
  out.set("number", data{call.label.substr(at, end - at)});
  out.set("after", data{call.label.substr(end)});
  out.set("href", data{call.href});
  out.set("codes", data{codes});
  return out;
}

}  // namespace

struct Page::Impl {
  Templates templates;
  Assets assets;
  Drawings drawings;
  std::string fixed_today;
  const knowledge::Pack* pack = nullptr;
  std::vector<safety::EmergencyNumber> calls;
  data content;  ///< what the pack gives to the page around a chat: `p` of the templates
  std::string title;
  std::string pack_digest;
  std::string service_worker;
  std::string manifest;

  std::string today() const { return fixed_today.empty() ? backchat::today() : fixed_today; }

  bool serves(const safety::EmergencyNumber& call, const std::string& region) const {
    return std::find(call.regions.begin(), call.regions.end(), region) != call.regions.end();
  }
  bool knows(const std::string& region) const {
    return std::any_of(calls.begin(), calls.end(),
                       [&](const auto& call) { return serves(call, region); });
  }

  /// The countries to choose from, and the call links for `region`: all of them when it is none.
  void set_region(data& values, const std::string& region) const {
    data out{data::type::list};
    for (data country : templates.strings().get("countries")->list_value()) {
      const std::string code = country.get("code")->string_value();
      if (!knows(code)) continue;
      country.set("chosen", data{code == region});
      out.push_back(country);
    }
    values.set("countries", out);
    const bool known = knows(region);
    data links{data::type::list};
    for (const safety::EmergencyNumber& call : calls) {
      data link = call_view(call);
      link.set("away", data{known && !serves(call, region)});
      links.push_back(link);
    }
    values.set("calls", links);
  }

  /// Values that every page may ask for.
  data base(const std::string& region) const {
    data values = templates.base();
    values.set("p", content);
    values.set("shell_strings", data{templates.shell_strings()});
    for (const std::string_view file : kOfflineFiles) {
      std::string name(file);
      std::replace(name.begin(), name.end(), '.', '_');
      values.set(name, data{assets.address(file)});
    }
    values.set("touch_icon", data{assets.address("icon-192.png")});
    set_region(values, region);
    return values;
  }

  /// A whole page around `turns`, a list of {you, bot}, and perhaps their summary.
  std::string page(const data& turns, const std::string& region, bool emergency,
                   const data& summary = data{false}) const {
    data values = base(region);
    values.set("summary", summary);
    values.set("script_strings", data{templates.script_strings()});
    values.set("emergency", data{emergency});
    values.set("turns", turns);
    data blank;
    blank.set("text", data{std::string{}});
    values.set("blank", blank);
    return templates.render("page", values);
  }

  /// A page to read: `view` shown by the template `name`.
  std::string reader(const char* name, const data& view) const {
    data values = base({});
    values.set("view", view);
    return templates.render(name, values);
  }

  ReaderContext reading() const { return {templates, *pack, drawings, today()}; }

  ViewContext reply_context(std::string anchor, std::size_t turn) const {
    return {templates, drawings, pack, today(), std::move(anchor), turn};
  }

  std::string exercises() const { return reader("exercises", exercises_view(reading())); }

  void read_content(const dialogue::SafetyPart* safety);
  void write_service_worker();
  Result<void> write_manifest();
  Result<void> load_drawings(const Documents& documents);
};

void Page::Impl::read_content(const dialogue::SafetyPart* safety) {
  const auto message = [&](std::string_view key) {
    return std::string(safety == nullptr ? std::string_view{} : safety->messages.get(key));
  };
  title = message("page.title");
  content.set("title", data{title});
  content.set("covers", data{message("page.covers")});
  content.set("check_after", data{message("page.check_after")});
  if (safety != nullptr) calls = safety->screener.emergency_numbers();
  content.set("signs", text_list(safety == nullptr ? std::span<const std::string>{}
                                                   : safety->screener.signs()));
  data home_care{data::type::list};
  for (const auto& quote :
       pack == nullptr ? std::vector<knowledge::Start::Quote>{} : pack->start.home_care) {
    data item;
    item.set("text", data{quote.sentence});
    item.set("publisher", data{pack->article(quote.article)->source.short_name});
    item.set("read", data{sentence_address(*pack, quote.passage, quote.sentence)});
    home_care.push_back(item);
  }
  content.set("has_home_care", data{home_care.is_non_empty_list()});
  content.set("home_care", home_care);
  content.set("suggestions",
              text_list(pack == nullptr ? std::span<const std::string>{} : pack->start.questions));
  content.set("readable", data{pack != nullptr});
}

Result<void> Page::Impl::load_drawings(const Documents& documents) {
  constexpr std::string_view kFolder = "exercises/";
  for (const auto& [path, text] : documents) {
    if (!path.starts_with(kFolder) || !path.ends_with(".svg")) continue;
    auto drawing = read_drawing(text, path);
    if (!drawing) return fail(drawing.error());
    drawings[path.substr(kFolder.size())] = *std::move(drawing);
  }
  return {};
}

void Page::Impl::write_service_worker() {
  Json pages = {"/"};
  std::string shown = page(data{data::type::list}, {}, /*emergency=*/false);
  if (pack != nullptr) {
    pages.push_back("/exercises");
    shown += exercises();
  }
  Json files = Json::array();
  for (const std::string_view file : kOfflineFiles) files.push_back(assets.address(file));
  const Json shell = {{"version", short_digest(shown)}, {"pages", pages}, {"files", files}};
  service_worker = "const SHELL = " + shell.dump() + ";\n" + std::string(web_file("sw.js"));
}

Result<void> Page::Impl::write_manifest() {
  Json json = Json::parse(web_file("manifest.json"), nullptr, /*allow_exceptions=*/false);
  if (!json.is_object() || !json["icons"].is_array()) {
    return fail(ErrorCode::kInternal, "the web app manifest cannot be read", "manifest.json");
  }
  json["name"] = title;
  json["short_name"] = templates.string("name");
  json["lang"] = templates.string("lang");
  for (Json& icon : json["icons"]) icon["src"] = assets.address(icon.value("src", ""));
  manifest = json.dump(-1, ' ', false, Json::error_handler_t::replace);
  return {};
}

Page::Page(std::unique_ptr<const Impl> impl) : impl_(std::move(impl)) {}
Page::Page(Page&&) noexcept = default;
Page& Page::operator=(Page&&) noexcept = default;
Page::~Page() = default;

Result<Page> Page::create() { return create(PageOptions{}); }

Result<Page> Page::create(PageOptions options) {
  auto templates = Templates::create();
  if (!templates) return fail(templates.error());
  auto assets = Assets::create();
  if (!assets) return fail(assets.error());
  auto impl = std::make_unique<Impl>();
  impl->templates = *std::move(templates);
  impl->assets = *std::move(assets);
  impl->fixed_today = std::move(options.today);
  impl->pack = options.pack;
  impl->read_content(options.safety);
  if (auto done = impl->load_drawings(options.documents); !done) return fail(done.error());
  std::string all;
  for (const auto& [path, text] : options.documents) all += path + short_digest(text);
  impl->pack_digest = short_digest(all);
  impl->write_service_worker();
  if (auto done = impl->write_manifest(); !done) return fail(done.error());
  return Page(std::move(impl));
}

std::string Page::start() const {
  return impl_->page(data{data::type::list}, {}, /*emergency=*/false);
}

std::string Page::whole(const dialogue::Transcript& transcript,
                        const std::vector<answer::Reply>& replies) const {
  data turns{data::type::list};
  for (std::size_t i = 0; i < transcript.turns.size(); ++i) {
    const dialogue::Turn& turn = transcript.turns[i];
    data item;
    item.set("you", turn_view(turn));
    item.set("bot", data{false});
    if (i < replies.size()) {
      const bool last = i + 1 == replies.size();
      const std::string anchor = last ? "latest" : "reply-" + std::to_string(i);
      item.set("bot", reply_view(replies[i], impl_->reply_context(anchor, i)));
    }
    turns.push_back(item);
  }
  return impl_->page(turns, transcript.region, !replies.empty() && is_emergency(replies.back()));
}

std::string Page::summary(const dialogue::Transcript& transcript,
                          const dialogue::Summary& summary) const {
  data turns{data::type::list};
  for (const dialogue::Turn& turn : transcript.turns) {
    data item;
    item.set("you", turn_view(turn));
    item.set("bot", data{false});
    turns.push_back(item);
  }
  return impl_->page(turns, transcript.region, /*emergency=*/false,
                     summary_view(summary, impl_->templates));
}

std::string Page::today() const { return impl_->today(); }

std::string Page::fragment(const answer::Reply& reply, std::size_t turn) const {
  data values = impl_->templates.base();
  values.set("bot", reply_view(reply, impl_->reply_context("reply-" + std::to_string(turn), turn)));
  return impl_->templates.render("fragment", values);
}

std::optional<std::string> Page::article(std::string_view slug) const {
  if (impl_->pack == nullptr) return std::nullopt;
  const knowledge::Article* article = impl_->pack->article(slug);
  if (article == nullptr) return std::nullopt;
  return impl_->reader("article", article_view(*article, impl_->reading()));
}

std::optional<std::string> Page::articles() const {
  if (impl_->pack == nullptr) return std::nullopt;
  return impl_->reader("articles", articles_view(impl_->reading()));
}

std::optional<std::string> Page::exercises() const {
  if (impl_->pack == nullptr) return std::nullopt;
  return impl_->exercises();
}

const std::string& Page::service_worker() const { return impl_->service_worker; }
const std::string& Page::manifest() const { return impl_->manifest; }
const Assets& Page::assets() const { return impl_->assets; }

std::string Page::version() const {
  return short_digest(impl_->assets.version() + impl_->pack_digest + impl_->today());
}

}  // namespace backchat::app::http
