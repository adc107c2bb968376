#include "app/cli/report.h"

#include <cstdio>

#include "app/cli/terminal.h"

namespace backchat::app::cli {

void print_text(std::string_view text) {
  const std::string clean = printable(text);
  std::fwrite(clean.data(), 1, clean.size(), stdout);
}

void print_json(const nlohmann::ordered_json& json) {
  const std::string text =
      json.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
  std::fwrite(text.data(), 1, text.size(), stdout);
}

}  // namespace backchat::app::cli
