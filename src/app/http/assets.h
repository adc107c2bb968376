#pragma once

#include <map>
#include <string>
#include <string_view>

#include "base/result.h"

namespace backchat::app::http {

/// A file for the browser, as views of memory that lives as long as the Assets.
struct Asset {
  std::string_view name;   ///< without the folder: "chat.0a1b2c3d4e5f.css"
  std::string_view type;   ///< value of Content-Type
  std::string_view bytes;  ///< as it is
  std::string_view gzip;   ///< compressed at build time, or empty where that saves nothing
  std::string_view etag;   ///< with its quotation marks
  bool immutable = false;  ///< the name holds the hash of the bytes: may be kept for ever
};

/// The files of web/ that a browser loads, compiled into the program. Each is there under its own
/// name and under one that holds the hash of its bytes.
///
/// Threads: immutable after `create`; thread-safe.
class Assets {
 public:
  /// Errors: kInternal when a file that the program itself names is missing.
  static Result<Assets> create();

  /// "chat.css" -> "/assets/chat.0a1b2c3d4e5f.css"; empty when there is no such file.
  std::string address(std::string_view file) const;
  /// The file of that name, with or without hash, with or without "/assets/" before it; or null.
  const Asset* find(std::string_view path) const;
  /// Changes with any byte of any file in web/, templates included. 16 hexadecimal digits.
  const std::string& version() const { return version_; }

 private:
  std::map<std::string, std::string, std::less<>> names_;  ///< "chat.css" -> its hashed name
  std::map<std::string, std::string, std::less<>> etags_;
  std::map<std::string, Asset, std::less<>> assets_;
  std::string version_;
};

/// The bytes of a file of web/ ("strings.json"), or empty when there is none.
std::string_view web_file(std::string_view path);

/// 16 hexadecimal digits that change with any byte of `text`. For names and versions, not for
/// secrets (FNV-1a, 64 bits).
std::string short_digest(std::string_view text);

}  // namespace backchat::app::http
