#include "text/sentences.h"

#include <algorithm>
#include <array>

namespace backchat::text {
namespace {

constexpr auto kAbbreviations = std::to_array<std::string_view>(
    {"dr", "e.g", "etc", "fig", "i.e", "mr", "mrs", "ms", "no", "prof", "st", "vs"});

bool is_closer(char c) { return c == '"' || c == '\'' || c == ')' || c == ']'; }

bool ends_with_abbreviation(std::string_view before) {
  std::size_t begin = before.size();
  while (begin > 0 && (is_alpha(before[begin - 1]) || before[begin - 1] == '.')) --begin;
  const std::string word = to_lower(before.substr(begin));
  if (word.size() == 1) return true;  // an initial: "A. Writer"
  return std::find(kAbbreviations.begin(), kAbbreviations.end(), word) != kAbbreviations.end();
}

bool starts_sentence(std::string_view text, std::size_t at) {
  const char c = text[at];
  return (c >= 'A' && c <= 'Z') || is_digit(c) || c == '"' || c == '\'' || c == '(' ||
         (static_cast<unsigned char>(c) & 0x80U) != 0;
}

void add_trimmed(std::string_view text, Span span, std::vector<Span>& out) {
  while (span.begin < span.end && is_space(text[span.begin])) ++span.begin;
  while (span.end > span.begin && is_space(text[span.end - 1])) --span.end;
  if (span.begin < span.end) out.push_back(span);
}

}  // namespace

std::vector<Span> sentences(std::string_view text) {
  std::vector<Span> out;
  std::size_t begin = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    std::size_t end = i + 1;
    if (c == '\n' && end < text.size() && text[end] == '\n') {
      add_trimmed(text, {begin, end}, out);
      begin = end;
      continue;
    }
    if (c != '.' && c != '!' && c != '?') continue;
    while (end < text.size() && is_closer(text[end])) ++end;
    std::size_t next = end;
    while (next < text.size() && is_space(text[next])) ++next;
    const bool last = next == text.size();
    if (!last && (next == end || !starts_sentence(text, next))) continue;
    if (!last && c == '.' && ends_with_abbreviation(text.substr(begin, i - begin))) continue;
    add_trimmed(text, {begin, end}, out);
    begin = end;
    i = end - 1;
  }
  add_trimmed(text, {begin, text.size()}, out);
  return out;
}

}  // namespace backchat::text
