#include "app/http/drawing.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <optional>
#include <utility>
#include <vector>

namespace backchat::app::http {
namespace {

constexpr auto kElements = std::to_array<std::string_view>(
    {"g", "path", "line", "polyline", "polygon", "circle", "ellipse", "rect"});
constexpr auto kAttributes = std::to_array<std::string_view>({"d",
                                                              "cx",
                                                              "cy",
                                                              "r",
                                                              "rx",
                                                              "ry",
                                                              "x",
                                                              "y",
                                                              "x1",
                                                              "y1",
                                                              "x2",
                                                              "y2",
                                                              "width",
                                                              "height",
                                                              "points",
                                                              "transform",
                                                              "fill",
                                                              "stroke",
                                                              "stroke-width",
                                                              "stroke-linecap",
                                                              "stroke-linejoin",
                                                              "stroke-dasharray"});

template <class List>
bool listed(const List& list, std::string_view name) {
  return std::find(list.begin(), list.end(), name) != list.end();
}

bool is_space(char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; }

bool is_name(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
}

bool is_plain_value(std::string_view value) {
  return std::all_of(value.begin(), value.end(), [](char c) {
    return is_name(c) || is_space(c) ||
           std::string_view{".,()#%"}.find(c) != std::string_view::npos;
  });
}

struct Attribute {
  std::string_view name;
  std::string_view value;
};

struct Tag {
  std::string_view name;
  std::vector<Attribute> attributes;
  bool closing = false;  ///< </g>
  bool empty = false;    ///< <path/>
};

/// Walks over the tags of a document; knows no more of XML than a plain drawing needs.
class TagReader {
 public:
  explicit TagReader(std::string_view text) : text_(text) {}

  void skip_space() {
    while (at_ < text_.size() && is_space(text_[at_])) ++at_;
  }
  bool done() const { return at_ == text_.size(); }

  /// The tag that starts here, or nothing when none does.
  std::optional<Tag> next() {
    Tag tag;
    if (!take('<')) return std::nullopt;
    tag.closing = take('/');
    tag.name = name();
    if (tag.name.empty()) return std::nullopt;
    while (true) {
      skip_space();
      if (take('/')) tag.empty = true;
      if (take('>')) return tag;
      if (tag.empty || tag.closing) return std::nullopt;
      Attribute attribute;
      attribute.name = name();
      if (attribute.name.empty() || !take('=') || !take('"')) return std::nullopt;
      const std::size_t end = text_.find('"', at_);
      if (end == std::string_view::npos) return std::nullopt;
      attribute.value = text_.substr(at_, end - at_);
      at_ = end + 1;
      tag.attributes.push_back(attribute);
    }
  }

 private:
  bool take(char c) {
    if (at_ >= text_.size() || text_[at_] != c) return false;
    ++at_;
    return true;
  }
  std::string_view name() {
    const std::size_t begin = at_;
    while (at_ < text_.size() && is_name(text_[at_])) ++at_;
    return text_.substr(begin, at_ - begin);
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

std::string written(std::string_view element, const std::vector<Attribute>& attributes) {
  std::string out = "<" + std::string(element);
  for (const Attribute& attribute : attributes) {
    out += " " + std::string(attribute.name) + "=\"" + std::string(attribute.value) + "\"";
  }
  return out + ">";
}

}  // namespace

Result<Drawing> read_drawing(std::string_view svg, const std::string& name) {
  const auto refuse = [&](const std::string& what) {
    return fail(ErrorCode::kCorruptData, "the drawing " + what, name);
  };
  TagReader reader(svg);
  reader.skip_space();
  const auto root = reader.next();
  if (!root || root->name != "svg" || root->closing || root->empty) {
    return refuse("does not begin with an <svg> element");
  }
  Drawing out;
  std::vector<Attribute> shared;
  for (const Attribute& attribute : root->attributes) {
    if (attribute.name == "xmlns") continue;
    if (!is_plain_value(attribute.value)) return refuse("has an attribute of unusual value");
    if (attribute.name == "viewBox") {
      out.box = attribute.value;
    } else if (listed(kAttributes, attribute.name)) {
      if (attribute.name != "width" && attribute.name != "height") shared.push_back(attribute);
    } else {
      return refuse("has the attribute '" + std::string(attribute.name) + "'");
    }
  }
  if (out.box.empty()) return refuse("has no viewBox");

  // What the root says of colour and stroke goes to a group, because the page brings its own <svg>.
  out.shapes = written("g", shared);
  std::vector<std::string_view> open;
  while (true) {
    reader.skip_space();
    const auto tag = reader.next();
    if (!tag) return refuse("holds something that is not a plain shape");
    if (tag->closing) {
      if (open.empty()) {
        if (tag->name != "svg") return refuse("closes an element that is not open");
        break;
      }
      if (tag->name != open.back()) return refuse("closes an element that is not open");
      open.pop_back();
      out.shapes += "</" + std::string(tag->name) + ">";
      continue;
    }
    if (!listed(kElements, tag->name)) {
      return refuse("holds the element '" + std::string(tag->name) + "'");
    }
    for (const Attribute& attribute : tag->attributes) {
      if (!listed(kAttributes, attribute.name)) {
        return refuse("has the attribute '" + std::string(attribute.name) + "'");
      }
      if (!is_plain_value(attribute.value)) return refuse("has an attribute of unusual value");
    }
    out.shapes += written(tag->name, tag->attributes);
    if (tag->empty) {
      out.shapes += "</" + std::string(tag->name) + ">";
    } else {
      open.push_back(tag->name);
    }
  }
  reader.skip_space();
  if (!reader.done()) return refuse("goes on after its end");
  out.shapes += "</g>";
  return out;
}

}  // namespace backchat::app::http
