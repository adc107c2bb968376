#include <gumbo.h>

#include <algorithm>
#include <array>
#include <map>
#include <memory>

#include "authoring/import/outline.h"
#include "text/utf8.h"

namespace backchat::authoring {
namespace {

// Gumbo frees its tree by recursion, and so do we read it; no article comes near this.
constexpr int kMostDepth = 1000;

constexpr auto kNeverNested = std::to_array<std::string_view>(
    {"area",  "base",  "br",   "col",   "dd",     "dt",    "embed", "hr",     "img",
     "input", "li",    "link", "meta",  "option", "p",     "param", "source", "tbody",
     "td",    "tfoot", "th",   "thead", "tr",     "track", "wbr"});

// The deepest that the tags can nest, by counting those that open and close.
int nesting(std::string_view html) {
  int depth = 0;
  int deepest = 0;
  for (std::size_t at = html.find('<'); at != std::string_view::npos; at = html.find('<', at + 1)) {
    const bool closes = at + 1 < html.size() && html[at + 1] == '/';
    std::size_t end = at + (closes ? 2 : 1);
    std::string name;
    while (end < html.size() && (text::is_alpha(html[end]) || text::is_digit(html[end]))) {
      name += text::to_lower(html[end++]);
    }
    if (name.empty() || std::ranges::find(kNeverNested, name) != kNeverNested.end()) continue;
    depth = closes ? std::max(0, depth - 1) : depth + 1;
    deepest = std::max(deepest, depth);
  }
  return deepest;
}

std::string attribute(const GumboElement& element, const char* name) {
  const GumboAttribute* found = gumbo_get_attribute(&element.attributes, name);
  return found == nullptr ? std::string() : std::string(found->value);
}

// What a class or id says about a part of a page.
struct Sign {
  std::string_view word;
  const char* why;
};
constexpr auto kSigns = std::to_array<Sign>({
    {"breadcrumb", "navigation"},  {"menu", "navigation"},       {"navbar", "navigation"},
    {"pagination", "navigation"},  {"toc", "navigation"},        {"skip-link", "navigation"},
    {"sidebar", "navigation"},     {"related", "navigation"},    {"recommended", "navigation"},
    {"advert", "advertising"},     {"sponsor", "advertising"},   {"promo", "advertising"},
    {"newsletter", "advertising"}, {"subscribe", "advertising"}, {"banner", "advertising"},
    {"cta", "advertising"},        {"cookie", "footer"},         {"footer", "footer"},
    {"copyright", "footer"},       {"share", "navigation"},      {"social", "navigation"},
    {"comments", "footer"},        {"references", "footer"},
});

// The words of a class attribute: "site-menu main" -> site, menu, main.
bool has_sign(const GumboElement& element, std::string_view sign) {
  for (const char* name : {"class", "id"}) {
    const std::string value = text::to_lower(attribute(element, name));
    for (std::size_t at = value.find(sign); at != std::string::npos;
         at = value.find(sign, at + 1)) {
      const bool begins = at == 0 || !text::is_alpha(value[at - 1]);
      const std::size_t end = at + sign.size();
      // "adverts" and "advertisement" too, but "tocopherol" is no table of contents.
      const bool ends = sign.size() > 4 || end == value.size() || !text::is_alpha(value[end]);
      if (begins && ends) return true;
    }
  }
  return false;
}

class HtmlReader {
 public:
  explicit HtmlReader(Outline& outline) : outline_(outline) {}

  void read(const GumboNode* root) {
    has_main_ = find_main(root);
    walk(root, has_main_ ? "outside the article" : "");
    flush("");
  }

 private:
  static bool is_main(const GumboElement& element) {
    return element.tag == GUMBO_TAG_MAIN || element.tag == GUMBO_TAG_ARTICLE ||
           attribute(element, "role") == "main";
  }

  static bool find_main(const GumboNode* node) {
    if (node->type != GUMBO_NODE_ELEMENT) return false;
    if (is_main(node->v.element)) return true;
    const GumboVector& children = node->v.element.children;
    for (unsigned i = 0; i < children.length; ++i) {
      if (find_main(static_cast<const GumboNode*>(children.data[i]))) return true;
    }
    return false;
  }

  // Why an element is no part of the article, or "".
  static std::string apart(const GumboElement& element) {
    switch (element.tag) {
      case GUMBO_TAG_NAV:
        return "navigation";
      case GUMBO_TAG_FOOTER:
        return "footer";
      case GUMBO_TAG_ASIDE:
        return "aside";
      case GUMBO_TAG_FORM:
      case GUMBO_TAG_BUTTON:
      case GUMBO_TAG_SELECT:
        return "form";
      case GUMBO_TAG_FIGCAPTION:
        return "caption of a picture";
      case GUMBO_TAG_TABLE:
        return "table: write it as sentences";
      default:
        break;
    }
    const std::string role = attribute(element, "role");
    if (role == "navigation") return "navigation";
    if (role == "complementary" || role == "banner") return "aside";
    if (role == "contentinfo") return "footer";
    if (element.tag == GUMBO_TAG_BODY || element.tag == GUMBO_TAG_HTML || is_main(element)) {
      return {};
    }
    for (const Sign& sign : kSigns) {
      if (has_sign(element, sign.word)) return sign.why;
    }
    return {};
  }

  static bool is_unseen(const GumboElement& element) {
    switch (element.tag) {
      case GUMBO_TAG_SCRIPT:
      case GUMBO_TAG_STYLE:
      case GUMBO_TAG_NOSCRIPT:
      case GUMBO_TAG_TEMPLATE:
      case GUMBO_TAG_SVG:
      case GUMBO_TAG_IFRAME:
      case GUMBO_TAG_HEAD:
        return true;
      default:
        return gumbo_get_attribute(&element.attributes, "hidden") != nullptr ||
               attribute(element, "aria-hidden") == "true";
    }
  }

  static bool is_block(GumboTag tag) {
    constexpr auto kInline = std::to_array<GumboTag>(
        {GUMBO_TAG_A,   GUMBO_TAG_ABBR,  GUMBO_TAG_B,     GUMBO_TAG_CITE,   GUMBO_TAG_CODE,
         GUMBO_TAG_EM,  GUMBO_TAG_FONT,  GUMBO_TAG_I,     GUMBO_TAG_MARK,   GUMBO_TAG_Q,
         GUMBO_TAG_S,   GUMBO_TAG_SMALL, GUMBO_TAG_SPAN,  GUMBO_TAG_STRONG, GUMBO_TAG_SUB,
         GUMBO_TAG_SUP, GUMBO_TAG_TIME,  GUMBO_TAG_U,     GUMBO_TAG_VAR,    GUMBO_TAG_DEL,
         GUMBO_TAG_INS, GUMBO_TAG_KBD,   GUMBO_TAG_LABEL, GUMBO_TAG_IMG,    GUMBO_TAG_WBR});
    return std::ranges::find(kInline, tag) == kInline.end();
  }

  static int heading_level(GumboTag tag) {
    constexpr auto kHeadings = std::to_array<GumboTag>(
        {GUMBO_TAG_H1, GUMBO_TAG_H2, GUMBO_TAG_H3, GUMBO_TAG_H4, GUMBO_TAG_H5, GUMBO_TAG_H6});
    const auto* found = std::ranges::find(kHeadings, tag);
    return found == kHeadings.end() ? 0 : static_cast<int>(found - kHeadings.begin()) + 1;
  }

  void walk(const GumboNode* node, std::string why) {
    switch (node->type) {
      case GUMBO_NODE_TEXT:
      case GUMBO_NODE_WHITESPACE:
      case GUMBO_NODE_CDATA:
        text_ += node->v.text.text;
        return;
      case GUMBO_NODE_ELEMENT:
        walk_element(node->v.element, std::move(why));
        return;
      default:
        return;
    }
  }

  void walk_element(const GumboElement& element, std::string why) {
    if (element.tag == GUMBO_TAG_META || element.tag == GUMBO_TAG_LINK ||
        element.tag == GUMBO_TAG_TITLE) {
      read_meta(element);
      return;
    }
    if (element.tag == GUMBO_TAG_HEAD) {
      for_each_child(element, [this](const GumboNode* child) {
        if (child->type == GUMBO_NODE_ELEMENT) read_meta(child->v.element);
      });
      return;
    }
    if (is_unseen(element)) return;
    if (element.tag == GUMBO_TAG_BR) {
      text_ += ' ';
      return;
    }
    if (element.tag == GUMBO_TAG_TIME) read_time(element);
    const std::string outer = why;
    if (is_main(element)) {
      why.clear();
    } else if (const std::string own = apart(element); !own.empty()) {
      why = own;
    }
    const bool block = is_block(element.tag);
    if (block) flush(outer);
    const Place before = place_;
    if (element.tag == GUMBO_TAG_OL || element.tag == GUMBO_TAG_UL) {
      place_.ordered = element.tag == GUMBO_TAG_OL;
      place_.number = 0;
    }
    if (element.tag == GUMBO_TAG_LI) {
      place_.item = true;
      place_.number = before.ordered ? ++numbers_[before.depth] : 0;
    }
    if (element.tag == GUMBO_TAG_OL) numbers_[++place_.depth] = 0;
    place_.heading = std::max(place_.heading, heading_level(element.tag));
    for_each_child(element, [&](const GumboNode* child) { walk(child, why); });
    if (block) flush(why);
    place_ = before;
  }

  template <class Use>
  static void for_each_child(const GumboElement& element, Use use) {
    for (unsigned i = 0; i < element.children.length; ++i) {
      use(static_cast<const GumboNode*>(element.children.data[i]));
    }
  }

  void read_meta(const GumboElement& element) {
    const auto guess = [](Guess& to, const std::string& value, const std::string& from) {
      if (to.value.empty() && !value.empty()) to = {one_line(value), from};
    };
    if (element.tag == GUMBO_TAG_TITLE && element.children.length > 0) {
      const auto* child = static_cast<const GumboNode*>(element.children.data[0]);
      if (child->type == GUMBO_NODE_TEXT) page_title_ = one_line(child->v.text.text);
      guess(outline_.title, page_title_, "the title of the page");
      return;
    }
    if (element.tag == GUMBO_TAG_LINK && attribute(element, "rel") == "canonical") {
      guess(outline_.url, attribute(element, "href"), "the canonical link");
      return;
    }
    if (element.tag != GUMBO_TAG_META) return;
    std::string name = text::to_lower(attribute(element, "property"));
    if (name.empty()) name = text::to_lower(attribute(element, "name"));
    const std::string content = attribute(element, "content");
    const std::string from = "the meta tag " + name;
    const std::string date = content.substr(0, std::min<std::size_t>(10, content.size()));
    if (name == "og:site_name") guess(outline_.publisher, content, from);
    if (name == "og:url") guess(outline_.url, content, from);
    if (name == "article:published_time" || name == "date") guess(outline_.published, date, from);
    if (name == "author" && !content.empty()) outline_.authors.push_back({one_line(content), from});
  }

  void read_time(const GumboElement& element) {
    const std::string date = attribute(element, "datetime").substr(0, 10);
    if (outline_.published.value.empty() && date.size() == 10) {
      outline_.published = {date, "the time tag"};
    }
  }

  // Ends a block: what was collected becomes a piece.
  void flush(const std::string& why) {
    std::string text = one_line(text_);
    text_.clear();
    if (text.empty()) return;
    Piece piece;
    piece.text = std::move(text);
    if (!why.empty()) {
      piece.kind = Piece::Kind::kAside;
      piece.why = why;
    } else if (place_.heading > 0) {
      piece.kind = Piece::Kind::kHeading;
      piece.level = place_.heading;
    } else if (place_.item) {
      piece.kind = Piece::Kind::kItem;
      piece.number = place_.number;
    }
    outline_.pieces.push_back(std::move(piece));
  }

  struct Place {
    bool item = false;
    bool ordered = false;
    int number = 0;
    int depth = 0;
    int heading = 0;
  };

  Outline& outline_;
  bool has_main_ = false;
  std::string page_title_;
  std::string text_;
  Place place_;
  std::map<int, int> numbers_;  // of ordered lists, by depth
};

}  // namespace

Result<Outline> outline_of_html(std::string_view html) {
  if (nesting(html) > kMostDepth) {
    return fail(ErrorCode::kInvalidInput, "tags nested more than " + std::to_string(kMostDepth) +
                                              " deep: this is no article; save its text instead");
  }
  Outline out;
  GumboOptions options = kGumboDefaultOptions;
  const std::unique_ptr<GumboOutput, void (*)(GumboOutput*)> tree(
      gumbo_parse_with_options(&options, html.data(), html.size()),
      [](GumboOutput* output) { gumbo_destroy_output(&kGumboDefaultOptions, output); });
  HtmlReader(out).read(tree->root);
  return out;
}

}  // namespace backchat::authoring
