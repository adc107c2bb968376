#include "app/http/assets.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>

#include "base/embedded.h"

namespace backchat::app::http {

std::span<const EmbeddedFile> web_files();  // written by scripts/embed.cmake from web/

namespace {

constexpr std::string_view kFolder = "/assets/";
constexpr std::size_t kHashDigits = 12;

struct Type {
  std::string_view ending;
  std::string_view type;
};
constexpr auto kServed = std::to_array<Type>({{".css", "text/css; charset=utf-8"},
                                              {".js", "text/javascript; charset=utf-8"},
                                              {".svg", "image/svg+xml"},
                                              {".png", "image/png"}});
/// Without these the page does not work.
constexpr auto kNeeded =
    std::to_array<std::string_view>({"chat.css", "chat.js", "read.css", "shell.js", "sw.js",
                                     "widget.js", "icon.svg", "icon-192.png"});

/// "chat.css" and the hash of its bytes -> "chat.0a1b2c3d4e5f.css".
std::string hashed_name(const EmbeddedFile& file) {
  const std::size_t dot = file.path.rfind('.');
  return std::string(file.path.substr(0, dot)) + "." +
         std::string(file.sha256.substr(0, kHashDigits)) + std::string(file.path.substr(dot));
}

}  // namespace

std::string_view web_file(std::string_view path) {
  for (const EmbeddedFile& file : web_files()) {
    if (file.path == path) return file.bytes;
  }
  return {};
}

std::string short_digest(std::string_view text) {
  std::uint64_t hash = 14695981039346656037U;
  for (const char c : text) {
    hash ^= static_cast<unsigned char>(c);
    hash *= 1099511628211U;
  }
  std::string out(16, '0');
  for (auto digit = out.rbegin(); digit != out.rend(); ++digit, hash >>= 4U) {
    *digit = "0123456789abcdef"[hash & 0xFU];
  }
  return out;
}

Result<Assets> Assets::create() {
  Assets out;
  std::string all;
  for (const EmbeddedFile& file : web_files()) {
    all += file.sha256;
    const auto served = std::find_if(kServed.begin(), kServed.end(), [&](const Type& type) {
      return file.path.ends_with(type.ending);
    });
    if (served == kServed.end()) continue;
    const std::string plain{file.path};
    const std::string& name = out.names_[plain] = hashed_name(file);
    const std::string& etag = out.etags_[plain] =
        "\"" + std::string(file.sha256.substr(0, 32)) + "\"";
    const std::string_view gzip =
        file.gzip.size() < file.bytes.size() ? file.gzip : std::string_view{};
    out.assets_[name] = Asset{name, served->type, file.bytes, gzip, etag, true};
    out.assets_[plain] = Asset{file.path, served->type, file.bytes, gzip, etag, false};
  }
  for (const std::string_view needed : kNeeded) {
    if (out.assets_.find(needed) == out.assets_.end()) {
      return fail(ErrorCode::kInternal, "the page lacks a file", std::string(needed));
    }
  }
  out.version_ = short_digest(all);
  return out;
}

std::string Assets::address(std::string_view file) const {
  const auto found = names_.find(file);
  return found == names_.end() ? std::string{} : std::string(kFolder) + found->second;
}

const Asset* Assets::find(std::string_view path) const {
  if (path.starts_with(kFolder)) path.remove_prefix(kFolder.size());
  const auto found = assets_.find(path);
  return found == assets_.end() ? nullptr : &found->second;
}

}  // namespace backchat::app::http
