#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

// Output of the commands for authors. Inside this folder only.
namespace backchat::app::cli {

/// Text on standard output without control characters (a pack's words are not ours).
void print_text(std::string_view text);

/// JSON on standard output, indented; invalid UTF-8 is replaced.
void print_json(const nlohmann::ordered_json& json);

/// The clock's date in UTC, as ISO: what is past review, and when a source was read.
std::string today();

}  // namespace backchat::app::cli
