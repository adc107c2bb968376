#include "authoring/wording.h"

#include <cstddef>

#include "text/utf8.h"

namespace backchat::authoring {
namespace {

// A slot holds words of one turn, which is no longer than this.
constexpr std::size_t kLongestSlot = 4096;

// The end of the longest slot at the front of `text`: before a second sentence or line begins.
std::size_t slot_end(std::string_view text) {
  const std::size_t most = text.size() < kLongestSlot ? text.size() : kLongestSlot;
  for (std::size_t i = 0; i < most; ++i) {
    if (text[i] == '\n') return i;
    const bool ends = text[i] == '.' || text[i] == '!' || text[i] == '?';
    if (ends && i + 1 < text.size() && text::is_space(text[i + 1])) return i;
  }
  return most;
}

}  // namespace

bool is_filled(std::string_view pattern, std::string_view text) {
  while (!pattern.empty()) {
    const std::size_t close = pattern[0] == '{' ? pattern.find('}') : std::string_view::npos;
    if (close == std::string_view::npos) {
      if (text.empty() || text[0] != pattern[0]) return false;
      pattern.remove_prefix(1);
      text.remove_prefix(1);
      continue;
    }
    const std::string_view rest = pattern.substr(close + 1);
    const std::size_t longest = slot_end(text);
    for (std::size_t size = 1; size <= longest; ++size) {
      if (is_filled(rest, text.substr(size))) return true;
    }
    return false;
  }
  return text.empty();
}

}  // namespace backchat::authoring
