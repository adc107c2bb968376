#include "app/http/page.h"

#include <algorithm>
#include <array>
#include <functional>
#include <kainjow/mustache.hpp>
#include <map>
#include <nlohmann/json.hpp>
#include <span>
#include <utility>

#include "app/http/drawing.h"
#include "app/http/reply_view.h"
#include "app/http/summary_view.h"
#include "base/date.h"
#include "base/embedded.h"

namespace backchat::app::http {

std::span<const EmbeddedFile> web_files();  // written by scripts/embed.cmake from web/

namespace {

using kainjow::mustache::data;
using kainjow::mustache::mustache;

constexpr std::string_view kAssetFolder = "/assets/";
constexpr std::size_t kHashDigits = 12;

struct Type {
  std::string_view ending;
  std::string_view type;
};
constexpr auto kServed = std::to_array<Type>({{".css", "text/css; charset=utf-8"},
                                              {".js", "text/javascript; charset=utf-8"},
                                              {".svg", "image/svg+xml"}});
/// Templates that others include; in a template `{{> _refs}}` is web/refs.mustache.
constexpr auto kPartials =
    std::to_array<std::string_view>({"user", "reply", "calls", "refs", "actions", "run", "chips",
                                     "exercise", "clock", "timer", "tools", "summary"});

const EmbeddedFile* embedded(std::string_view path) {
  for (const EmbeddedFile& file : web_files()) {
    if (file.path == path) return &file;
  }
  return nullptr;
}

data from_json(const nlohmann::json& json) {
  if (json.is_string()) return data{json.get<std::string>()};
  if (json.is_array()) {
    data out{data::type::list};
    for (const auto& item : json) out.push_back(from_json(item));
    return out;
  }
  data out{data::type::object};
  for (const auto& [key, value] : json.items()) out.set(key, from_json(value));
  return out;
}

/// "chat.css" and the hash of its bytes -> "chat.0a1b2c3d4e5f.css".
std::string hashed_name(const EmbeddedFile& file) {
  const std::size_t dot = file.path.rfind('.');
  return std::string(file.path.substr(0, dot)) + "." +
         std::string(file.sha256.substr(0, kHashDigits)) + std::string(file.path.substr(dot));
}

data turn_view(const dialogue::Turn& turn) {
  data out;
  out.set("text", data{turn.text});
  out.set("answers", data{turn.answers.value_or("")});
  return out;
}

bool is_emergency(const answer::Reply& reply) {
  return reply.card && reply.card->level == "emergency";
}

}  // namespace

struct Page::Impl {
  data strings;                                  ///< strings.json without its part for the script
  std::string scripts;                           ///< that part, as JSON
  std::map<std::string, std::string> templates;  ///< by file name without ending
  std::map<std::string, Drawing, std::less<>> drawings;
  std::string fixed_today;
  std::map<std::string, std::string> names;  ///< "chat.css" -> "chat.0a1b2c3d4e5f.css"
  std::map<std::string, std::string> etags;  ///< "chat.css" -> its etag
  std::map<std::string, Asset, std::less<>> assets;

  std::string today() const { return fixed_today.empty() ? backchat::today() : fixed_today; }

  /// Values that every template may ask for.
  data base() const {
    data out;
    out.set("t", strings);
    for (const std::string_view name : kPartials) {
      const std::string* text = &templates.at(std::string(name));
      out.set("_" + std::string(name), data{kainjow::mustache::partial([text] { return *text; })});
    }
    return out;
  }

  std::string render(const std::string& name, const data& values) const {
    mustache parsed(templates.at(name));
    return parsed.render(values);
  }

  std::string address(const std::string& file) const {
    return std::string(kAssetFolder) + names.at(file);
  }

  /// The countries to choose from, and the call links for `region`: all of them when it is none.
  void set_region(data& values, const std::string& region) const {
    data out{data::type::list};
    for (data country : strings.get("countries")->list_value()) {
      country.set("chosen", data{country.get("code")->string_value() == region});
      out.push_back(country);
    }
    values.set("countries", out);

    const auto& calls = strings.get("calls")->list_value();
    const auto serves = [&](const data& call) {
      const std::string codes = " " + call.get("codes")->string_value() + " ";
      return codes.find(" " + region + " ") != std::string::npos;
    };
    const bool known = !region.empty() && std::any_of(calls.begin(), calls.end(), serves);
    data links{data::type::list};
    for (data call : calls) {
      call.set("away", data{known && !serves(call)});
      links.push_back(call);
    }
    values.set("calls", links);
  }

  /// A whole page around `turns`, a list of {you, bot}, and perhaps their summary.
  std::string page(const data& turns, const std::string& region, bool emergency,
                   const data& summary = data{false}) const {
    data values = base();
    values.set("css", data{address("chat.css")});
    values.set("js", data{address("chat.js")});
    values.set("more_js", data{address("more.js")});
    values.set("more_css", data{address("more.css")});
    values.set("icon", data{address("icon.svg")});
    values.set("summary", summary);
    values.set("script_strings", data{scripts});
    set_region(values, region);
    values.set("emergency", data{emergency});
    values.set("turns", turns);
    data blank;
    blank.set("text", data{std::string{}});
    values.set("blank", blank);
    return render("page", values);
  }

  Result<void> load_templates();
  Result<void> load_strings();
  void load_assets();
  Result<void> load_drawings(const Documents& documents);
};

Result<void> Page::Impl::load_templates() {
  std::vector<std::string> wanted(kPartials.begin(), kPartials.end());
  wanted.emplace_back("page");
  for (const std::string& name : wanted) {
    const EmbeddedFile* file = embedded(name + ".mustache");
    if (file == nullptr) return fail(ErrorCode::kInternal, "the page lacks a template", name);
    const mustache parsed{std::string(file->bytes)};
    if (!parsed.is_valid()) {
      return fail(ErrorCode::kInternal, parsed.error_message(), name + ".mustache");
    }
    templates[name] = file->bytes;
  }
  return {};
}

Result<void> Page::Impl::load_strings() {
  const EmbeddedFile* file = embedded("strings.json");
  auto json = file == nullptr ? nlohmann::json{}
                              : nlohmann::json::parse(file->bytes, nullptr, /*exceptions=*/false);
  const bool whole = json.is_object() && json.contains("script") && json.contains("calls") &&
                     json.contains("countries");
  if (!whole) {
    return fail(ErrorCode::kInternal, "the page's table of strings cannot be read", "strings.json");
  }
  // Stands in a data block of the page, which only "</" could end.
  scripts = json["script"].dump();
  for (std::size_t at = 0; (at = scripts.find('<', at)) != std::string::npos;) {
    scripts.replace(at, 1, "\\u003c");
  }
  strings = from_json(json);
  return {};
}

void Page::Impl::load_assets() {
  for (const EmbeddedFile& file : web_files()) {
    const auto served = std::find_if(kServed.begin(), kServed.end(), [&](const Type& type) {
      return file.path.ends_with(type.ending);
    });
    if (served == kServed.end()) continue;
    const std::string plain{file.path};
    const std::string& name = names[plain] = hashed_name(file);
    const std::string& etag = etags[plain] = "\"" + std::string(file.sha256.substr(0, 32)) + "\"";
    assets[name] = Asset{name, served->type, file.bytes, file.gzip, etag, true};
    assets[plain] = Asset{file.path, served->type, file.bytes, file.gzip, etag, false};
  }
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

Page::Page(std::unique_ptr<const Impl> impl) : impl_(std::move(impl)) {}
Page::Page(Page&&) noexcept = default;
Page& Page::operator=(Page&&) noexcept = default;
Page::~Page() = default;

Result<Page> Page::create() { return create(PageOptions{}); }

Result<Page> Page::create(PageOptions options) {
  auto impl = std::make_unique<Impl>();
  impl->fixed_today = std::move(options.today);
  if (auto done = impl->load_templates(); !done) return fail(done.error());
  if (auto done = impl->load_strings(); !done) return fail(done.error());
  if (auto done = impl->load_drawings(options.documents); !done) return fail(done.error());
  impl->load_assets();
  for (const char* needed : {"chat.css", "chat.js", "icon.svg", "more.css", "more.js"}) {
    if (!impl->names.contains(needed)) {
      return fail(ErrorCode::kInternal, "the page lacks a file", needed);
    }
  }
  return Page(std::move(impl));
}

std::string Page::start() const {
  return impl_->page(data{data::type::list}, {}, /*emergency=*/false);
}

std::string Page::whole(const dialogue::Transcript& transcript,
                        const std::vector<answer::Reply>& replies) const {
  data turns{data::type::list};
  const std::string today = impl_->today();
  for (std::size_t i = 0; i < transcript.turns.size(); ++i) {
    const dialogue::Turn& turn = transcript.turns[i];
    data item;
    item.set("you", turn_view(turn));
    item.set("bot", data{false});
    if (i < replies.size()) {
      const bool last = i + 1 == replies.size();
      const std::string anchor = last ? "latest" : "reply-" + std::to_string(i);
      item.set("bot", reply_view(replies[i], {impl_->strings, impl_->drawings, today, anchor, i}));
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
                     summary_view(summary, impl_->strings));
}

std::string Page::today() const { return impl_->today(); }

std::string Page::fragment(const answer::Reply& reply, std::size_t turn) const {
  data values = impl_->base();
  values.set("bot", reply_view(reply, {impl_->strings, impl_->drawings, impl_->today(),
                                       "reply-" + std::to_string(turn), turn}));
  mustache parsed("{{#bot}}{{> _reply}}{{/bot}}");
  return parsed.render(values);
}

const Page::Asset* Page::asset(std::string_view path) const {
  if (path.starts_with(kAssetFolder)) path.remove_prefix(kAssetFolder.size());
  const auto found = impl_->assets.find(path);
  return found == impl_->assets.end() ? nullptr : &found->second;
}

}  // namespace backchat::app::http
