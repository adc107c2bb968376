#include <md4c-html.h>

#include <algorithm>

#include "authoring/import/outline.h"
#include "text/utf8.h"

namespace backchat::authoring {
namespace {

// The lines "key: value" of a front matter, as guesses.
void read_front_matter(std::string_view yaml, Outline& outline) {
  while (!yaml.empty()) {
    const std::size_t end = std::min(yaml.find('\n'), yaml.size());
    const std::string_view line = yaml.substr(0, end);
    yaml.remove_prefix(std::min(end + 1, yaml.size()));
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos) continue;
    const std::string key = text::to_lower(text::trim(line.substr(0, colon)));
    std::string value(text::trim(line.substr(colon + 1)));
    if (value.size() > 1 && (value.front() == '"' || value.front() == '\'')) {
      value = value.substr(1, value.size() - 2);
    }
    if (value.empty()) continue;
    const Guess guess{value, "the front matter's " + key};
    if (key == "title") outline.title = guess;
    if (key == "author") outline.authors.push_back(guess);
    if (key == "url" || key == "source") outline.url = guess;
    if (key == "publisher" || key == "site") outline.publisher = guess;
    if (key == "date" || key == "published") outline.published = {value.substr(0, 10), guess.from};
    if (key == "reviewed") outline.reviewed = {value.substr(0, 10), guess.from};
  }
}

}  // namespace

Result<Outline> outline_of_markdown(std::string_view markdown) {
  constexpr std::string_view kFence = "---\n";
  Outline front;
  if (markdown.starts_with(kFence)) {
    const std::size_t end = markdown.find("\n---", kFence.size() - 1);
    if (end != std::string_view::npos) {
      read_front_matter(markdown.substr(kFence.size(), end + 1 - kFence.size()), front);
      const std::size_t body = markdown.find('\n', end + 1);
      markdown = body == std::string_view::npos ? std::string_view() : markdown.substr(body + 1);
    }
  }
  std::string html = "<main>";
  md_html(
      markdown.data(), static_cast<MD_SIZE>(markdown.size()),
      [](const MD_CHAR* bytes, MD_SIZE size, void* to) {
        static_cast<std::string*>(to)->append(bytes, size);
      },
      &html, MD_FLAG_TABLES, 0);
  html += "</main>";
  Result<Outline> out = outline_of_html(html);
  if (!out) return out;
  front.pieces = std::move(out->pieces);
  if (front.title.value.empty()) front.title = out->title;
  return front;
}

}  // namespace backchat::authoring
