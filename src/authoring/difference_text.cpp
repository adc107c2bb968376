#include <algorithm>

#include "authoring/difference.h"
#include "text/utf8.h"

namespace backchat::authoring {
namespace {

// Cuts a text between words into lines of at most `width` code points; a longer word stays whole.
std::vector<std::string> wrapped(std::string_view text, std::size_t width) {
  std::vector<std::string> out;
  std::string line;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find(' ', begin), text.size());
    const std::string_view word = text.substr(begin, end - begin);
    begin = end + 1;
    if (!line.empty() && text::length(line) + 1 + text::length(word) > width) {
      out.push_back(std::move(line));
      line = "  ";  // what goes on is set in
    } else if (!line.empty()) {
      line += ' ';
    }
    line += word;
  }
  if (!line.empty()) out.push_back(std::move(line));
  return out;
}

std::string padded(std::string text, std::size_t width) {
  const std::size_t length = text::length(text);
  if (length < width) text.append(width - length, ' ');
  return text;
}

std::string joined(const std::vector<std::string>& parts) {
  std::string out;
  for (const std::string& part : parts) out += (out.empty() ? "" : ", ") + part;
  return out;
}

}  // namespace

std::string side_by_side(const std::vector<std::string>& left,
                         const std::vector<std::string>& right, std::size_t width) {
  constexpr std::string_view kBar = " | ";
  constexpr std::size_t kLeastColumn = 20;
  const std::size_t column = std::max(kLeastColumn, (width - std::min(width, kBar.size())) / 2);
  std::string out;
  for (std::size_t i = 0; i < std::max(left.size(), right.size()); ++i) {
    const auto a = i < left.size() ? wrapped(left[i], column) : std::vector<std::string>();
    const auto b = i < right.size() ? wrapped(right[i], column) : std::vector<std::string>();
    for (std::size_t row = 0; row < std::max(a.size(), b.size()); ++row) {
      std::string line = padded(row < a.size() ? a[row] : "", column) + std::string(kBar) +
                         (row < b.size() ? b[row] : "");
      while (line.ends_with(' ')) line.pop_back();
      out += line + "\n";
    }
  }
  return out;
}

std::string to_text(const Difference& difference, std::size_t width) {
  std::string out;
  for (const Change& change : difference.changes) {
    out += change.question->id + " \"" + change.question->asked() + "\": " + joined(change.parts);
    if (change.was_right != change.is_right) {
      out += change.is_right ? " (wrong before, right now)" : " (right before, WRONG now)";
    }
    out += "\n" + side_by_side(change.before, change.after, width) + "\n";
  }
  const std::size_t changed = difference.changes.size();
  return out + std::to_string(changed) + " of " + std::to_string(difference.questions) +
         (changed == 1 ? " reply changes: " : " replies change: ") +
         std::to_string(difference.mended()) + " wrong before and right now, " +
         std::to_string(difference.broken()) + " right before and wrong now\n";
}

}  // namespace backchat::authoring
