#include "app/http/templates.h"

#include <nlohmann/json.hpp>
#include <span>

#include "app/http/assets.h"
#include "base/embedded.h"

namespace backchat::app::http {

std::span<const EmbeddedFile> web_files();  // written by scripts/embed.cmake from web/

namespace {

using kainjow::mustache::data;
using kainjow::mustache::mustache;

constexpr std::string_view kEnding = ".mustache";

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

/// JSON that may stand in a data block of a page, which only "</" could end.
std::string data_block(const nlohmann::json& json) {
  std::string out = json.dump();
  for (std::size_t at = 0; (at = out.find('<', at)) != std::string::npos;) {
    out.replace(at, 1, "\\u003c");
  }
  return out;
}

}  // namespace

Result<Templates> Templates::create() {
  Templates out;
  for (const EmbeddedFile& file : web_files()) {
    if (!file.path.ends_with(kEnding)) continue;
    const mustache parsed{std::string(file.bytes)};
    if (!parsed.is_valid()) {
      return fail(ErrorCode::kInternal, parsed.error_message(), std::string(file.path));
    }
    const std::string_view name = file.path.substr(0, file.path.size() - kEnding.size());
    out.texts_.emplace(std::string(name), std::string(file.bytes));
  }
  const auto json =
      nlohmann::json::parse(web_file("strings.json"), nullptr, /*allow_exceptions=*/false);
  if (!json.is_object() || !json.contains("script") || !json.contains("countries")) {
    return fail(ErrorCode::kInternal, "the page's table of strings cannot be read", "strings.json");
  }
  out.scripts_ = data_block(json["script"]);
  out.shell_ = data_block(json.value("shell", nlohmann::json::object()));
  out.strings_ = from_json(json);
  return out;
}

std::string Templates::string(const std::string& key) const {
  const data* found = strings_.get(key);
  return found != nullptr && found->is_string() ? found->string_value() : std::string{};
}

data Templates::base() const {
  data out;
  out.set("t", strings_);
  for (const auto& [name, text] : texts_) {
    const std::string* const partial = &text;
    out.set("_" + name, data{kainjow::mustache::partial([partial] { return *partial; })});
  }
  return out;
}

std::string Templates::render(std::string_view name, const data& values) const {
  const auto found = texts_.find(name);
  if (found == texts_.end()) return {};
  mustache parsed(found->second);
  return parsed.render(values);
}

data text_list(std::span<const std::string> items) {
  data out{data::type::list};
  for (const std::string& item : items) out.push_back(data{item});
  return out;
}

data text_or_none(std::string_view text) {
  return text.empty() ? data{false} : data{std::string(text)};
}

}  // namespace backchat::app::http
