#include <algorithm>

#include "authoring/import/outline.h"
#include "text/utf8.h"

namespace backchat::authoring {
namespace {

struct Line {
  std::string text;  // single spaces, none at the ends
  bool blank_before = false;
  bool blank_after = false;
};

std::vector<Line> lines_of(std::string_view text) {
  std::vector<Line> out;
  bool blank = true;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string line = one_line(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.empty()) {
      blank = true;
      if (!out.empty()) out.back().blank_after = true;
      continue;
    }
    out.push_back({std::move(line), blank, false});
    blank = false;
  }
  if (!out.empty()) out.back().blank_after = true;
  return out;
}

// Lines broken at a margin belong together; a line that is a paragraph of its own is longer.
bool is_wrapped(const std::vector<Line>& lines) {
  constexpr std::size_t kMargin = 100;
  constexpr std::size_t kLong = 50;
  std::size_t longer = 0;
  for (const Line& line : lines) {
    const std::size_t length = text::length(line.text);
    if (length > kMargin) return false;
    longer += length > kLong ? 1 : 0;
  }
  return longer * 3 > lines.size();
}

// "• text", "- text", "3. text": the length of the mark, or 0. `number` is set for the last.
std::size_t list_mark(std::string_view line, int& number) {
  for (const std::string_view mark :
       {"\xE2\x80\xA2", "\xE2\x80\xA3", "\xE2\x97\xA6", "\xE2\x96\xAA", "-", "*", "\xE2\x80\x93"}) {
    if (line.starts_with(mark) && line.size() > mark.size() && text::is_space(line[mark.size()])) {
      return mark.size();
    }
  }
  std::size_t digits = 0;
  while (digits < line.size() && digits < 3 && text::is_digit(line[digits])) ++digits;
  if (digits == 0 || digits + 1 >= line.size()) return 0;
  if ((line[digits] != '.' && line[digits] != ')') || !text::is_space(line[digits + 1])) return 0;
  number = std::stoi(std::string(line.substr(0, digits)));
  return digits + 1;
}

std::size_t count_words(std::string_view line) {
  return static_cast<std::size_t>(std::ranges::count(line, ' ')) + 1;
}

// A short line by itself that is no sentence: a question, or words without an end mark.
bool looks_like_heading(const Line& line) {
  constexpr std::size_t kMostWords = 14;
  constexpr std::string_view kEndMarks = ".,;:!\"";
  if (!line.blank_before || !line.blank_after || count_words(line.text) > kMostWords) return false;
  return kEndMarks.find(line.text.back()) == std::string_view::npos &&
         !line.text.ends_with("\xE2\x80\x9D");
}

}  // namespace

Outline outline_of_text(std::string_view text) {
  Outline out;
  const std::vector<Line> lines = lines_of(text);
  const bool wrapped = is_wrapped(lines);
  for (const Line& line : lines) {
    Piece piece;
    int number = 0;
    const std::size_t mark = list_mark(line.text, number);
    const bool goes_on = wrapped && !line.blank_before && mark == 0 && !out.pieces.empty() &&
                         out.pieces.back().kind != Piece::Kind::kHeading;
    if (goes_on) {
      out.pieces.back().text += " " + line.text;
      continue;
    }
    piece.text = one_line(std::string_view(line.text).substr(mark));
    if (piece.text.empty()) continue;
    if (mark > 0) {
      piece.kind = Piece::Kind::kItem;
      piece.number = number;
    } else if (out.pieces.empty() || looks_like_heading(line)) {
      piece.kind = Piece::Kind::kHeading;
      piece.level = out.pieces.empty() ? 1 : 2;
    }
    out.pieces.push_back(std::move(piece));
  }
  return out;
}

}  // namespace backchat::authoring
