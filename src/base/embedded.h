#pragma once

#include <string_view>

namespace backchat {

/// A file compiled into the program. Views of static memory: valid for as long as the program runs.
///
/// Made by `embed()` of scripts/embed.cmake, which writes a function `std::span<const EmbeddedFile>
/// SYMBOL()`; whoever uses the files declares that function.
struct EmbeddedFile {
  std::string_view path;   ///< inside the folder given as ROOT: "safety/red_flags.yaml"
  std::string_view bytes;  ///< the file, letter by letter
  std::string_view
      gzip;  ///< the same, compressed at build time; empty when not asked for or without gzip
  std::string_view sha256;  ///< of `bytes`, 64 hexadecimal digits
};

}  // namespace backchat
