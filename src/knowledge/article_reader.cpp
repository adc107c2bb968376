#include "knowledge/article_reader.h"

#include <md4c.h>

#include <algorithm>
#include <set>

#include "text/sentences.h"
#include "text/utf8.h"

namespace backchat::knowledge {
namespace {

// Follows md4c's callbacks and keeps what a passage can hold.
class MarkdownReader {
 public:
  MarkdownReader(std::string_view body, int first_line, std::string_view file, Problems& problems)
      : body_(body), first_line_(first_line), file_(file), problems_(problems) {}

  void run(Article& article) {
    article_ = &article;
    MD_PARSER parser{};
    parser.enter_block = [](MD_BLOCKTYPE type, void* detail, void* self) {
      return static_cast<MarkdownReader*>(self)->enter_block(type, detail);
    };
    parser.leave_block = [](MD_BLOCKTYPE type, void* /*detail*/, void* self) {
      return static_cast<MarkdownReader*>(self)->leave_block(type);
    };
    parser.enter_span = [](MD_SPANTYPE type, void* /*detail*/, void* self) {
      return static_cast<MarkdownReader*>(self)->enter_span(type);
    };
    parser.leave_span = [](MD_SPANTYPE /*type*/, void* /*detail*/, void* self) {
      return static_cast<MarkdownReader*>(self)->leave_span();
    };
    parser.text = [](MD_TEXTTYPE type, const MD_CHAR* text, MD_SIZE size, void* self) {
      return static_cast<MarkdownReader*>(self)->add_text(type, {text, size});
    };
    md_parse(body_.data(), static_cast<MD_SIZE>(body_.size()), &parser, this);
  }

 private:
  struct List {
    bool numbered = false;
    int next = 1;
  };

  int line_of(std::string_view piece) const {
    if (piece.data() < body_.data() || piece.data() > body_.data() + body_.size()) return line_;
    const auto before = body_.substr(0, static_cast<std::size_t>(piece.data() - body_.data()));
    return first_line_ + 1 + static_cast<int>(std::count(before.begin(), before.end(), '\n'));
  }

  void refuse(std::string_view what) {
    problems_.add(file_, line_, std::string(what) + " cannot be quoted: write it as plain text");
  }

  int enter_block(MD_BLOCKTYPE type, void* detail) {
    switch (type) {
      case MD_BLOCK_UL:
        flush();
        lists_.push_back({false, 1});
        break;
      case MD_BLOCK_OL:
        flush();
        lists_.push_back({true, static_cast<int>(static_cast<MD_BLOCK_OL_DETAIL*>(detail)->start)});
        break;
      case MD_BLOCK_LI:
        flush();
        item_ = true;
        step_ = lists_.back().numbered ? lists_.back().next++ : 0;
        break;
      case MD_BLOCK_H:
        flush();
        heading_level_ = static_cast<int>(static_cast<MD_BLOCK_H_DETAIL*>(detail)->level);
        break;
      case MD_BLOCK_P:
        flush();
        break;
      case MD_BLOCK_DOC:
        break;
      case MD_BLOCK_HTML:
        flush();
        in_html_ = true;
        html_.clear();
        break;
      default:
        refuse("a quotation, table, rule or code block");
    }
    return 0;
  }

  int leave_block(MD_BLOCKTYPE type) {
    switch (type) {
      case MD_BLOCK_UL:
      case MD_BLOCK_OL:
        flush();
        lists_.pop_back();
        break;
      case MD_BLOCK_LI:
        flush();
        item_ = false;
        step_ = 0;
        break;
      case MD_BLOCK_H:
        finish_heading();
        break;
      case MD_BLOCK_P:
        flush();
        break;
      case MD_BLOCK_HTML:
        in_html_ = false;
        if (!is_comment(html_)) refuse("HTML");
        break;
      default:
        break;
    }
    return 0;
  }

  // A comment is for people who write articles: nobody else sees it.
  static bool is_comment(std::string_view html) {
    html = text::trim(html);
    return html.starts_with("<!--") && html.find("-->") == html.size() - 3;
  }

  int enter_span(MD_SPANTYPE type) {
    if (type == MD_SPAN_IMG) image_ = true;  // refused at its text, which tells the line
    return 0;
  }

  int leave_span() {
    refuse_image();
    return 0;
  }

  void refuse_image() {
    if (image_) refuse("an image");
    image_ = false;
  }

  int add_text(MD_TEXTTYPE type, std::string_view piece) {
    if (in_html_) {
      if (html_.empty()) line_ = line_of(piece);
      html_ += piece;
      return 0;
    }
    if (text_.empty()) text_line_ = line_of(piece);
    line_ = line_of(piece);
    refuse_image();
    switch (type) {
      case MD_TEXT_NORMAL:
      case MD_TEXT_CODE:
        text_ += piece;
        break;
      case MD_TEXT_BR:
      case MD_TEXT_SOFTBR:
        text_ += ' ';
        break;
      case MD_TEXT_ENTITY:
        add_entity(piece);
        break;
      case MD_TEXT_HTML:
        refuse("HTML");
        break;
      default:
        break;
    }
    return 0;
  }

  void add_entity(std::string_view entity) {
    if (entity == "&amp;") {
      text_ += '&';
    } else if (entity == "&lt;") {
      text_ += '<';
    } else if (entity == "&gt;") {
      text_ += '>';
    } else if (entity == "&nbsp;") {
      text_ += ' ';
    } else {
      problems_.add(file_, line_, "entity " + std::string(entity) + ": write the character itself");
    }
  }

  void finish_heading() {
    const std::string heading(text::trim(text_));
    text_.clear();
    if (heading_level_ == 1) {
      if (!title_.empty()) {
        problems_.add(file_, text_line_, "a second title (#): use ##");
        return;
      }
      title_ = heading;
      if (title_ != article_->title) {
        problems_.add(file_, text_line_,
                      "the title differs from the front matter's: make them one");
      }
      return;
    }
    Section section;
    section.heading = heading;
    section.slug = slug_of(heading);
    section.level = heading_level_;
    section.line = text_line_;
    if (section.slug.empty())
      problems_.add(file_, text_line_, "a heading without letters: write a question in words");
    if (!slugs_.insert(section.slug).second) {
      problems_.add(file_, text_line_, "heading '" + heading + "' twice: make headings unique");
    }
    article_->sections.push_back(std::move(section));
  }

  void flush() {
    const std::string_view whole = text::trim(text_);
    if (!whole.empty()) {
      if (article_->sections.empty()) {
        problems_.add(file_, text_line_, "text before the first ## heading: put it under one");
      } else {
        Block block;
        block.item = item_;
        block.step = step_;
        block.line = text_line_;
        for (const text::Span& span : text::sentences(whole)) {
          block.sentences.emplace_back(whole.substr(span.begin, span.size()));
        }
        article_->sections.back().blocks.push_back(std::move(block));
      }
    }
    text_.clear();
  }

  std::string_view body_;
  int first_line_;
  std::string_view file_;
  Problems& problems_;
  Article* article_ = nullptr;
  std::string title_;
  std::string text_;
  int text_line_ = 0;
  int line_ = 0;
  int heading_level_ = 0;
  bool image_ = false;
  bool in_html_ = false;
  std::string html_;  // of the HTML block that is being read
  bool item_ = false;
  int step_ = 0;
  std::vector<List> lists_;
  std::set<std::string> slugs_;
};

std::vector<Person> read_people(const YamlReader& front, std::string_view key) {
  std::vector<Person> out;
  for (const YamlReader& item : front.items(key)) {
    if (item.is_scalar()) {
      out.push_back({item.scalar(), ""});
      continue;
    }
    item.allow_only({"name", "role"});
    out.push_back({item.required("name"), item.optional("role")});
  }
  return out;
}

void read_front_matter(const YamlReader& front, Article& article) {
  front.allow_only(
      {"title", "source", "authors", "experts", "reviewers", "reviewed", "retrieved", "note"});
  article.title = front.required("title");
  const YamlReader source = front.at("source");
  if (!source.is_map()) {
    front.problem("'source' is missing: name at least the publisher");
  } else {
    source.allow_only({"publisher", "short", "url", "published"});
    article.source.publisher = source.required("publisher");
    article.source.short_name = source.optional("short");
    if (article.source.short_name.empty()) article.source.short_name = article.source.publisher;
    article.source.url = source.optional("url");
    article.source.published = source.date("published");
  }
  article.retrieved = front.date("retrieved");
  article.note = front.optional("note");
  article.reviewed = front.date("reviewed");
  article.authors = read_people(front, "authors");
  article.experts = read_people(front, "experts");
  article.reviewers = read_people(front, "reviewers");
}

}  // namespace

std::string slug_of(std::string_view heading) {
  std::string out;
  for (const char c : heading) {
    if (text::is_alpha(c) || text::is_digit(c)) {
      out.push_back(text::to_lower(c));
    } else if (c != '\'' && !out.empty() && out.back() != '-') {
      out.push_back('-');
    }
  }
  while (!out.empty() && out.back() == '-') out.pop_back();
  return out;
}

FrontMatter cut_front_matter(std::string_view text, std::string_view file, Problems& problems) {
  constexpr std::string_view kFence = "---\n";
  const std::size_t end =
      text.substr(0, kFence.size()) == kFence ? text.find("\n---", kFence.size() - 1) : text.npos;
  if (end == std::string_view::npos) {
    problems.add(file, 1, "no front matter: begin the file with a block between two lines of ---");
    return {{}, text, 0};
  }
  std::size_t body = text.find('\n', end + 1);
  body = body == std::string_view::npos ? text.size() : body + 1;
  const auto before = text.substr(0, body);
  const std::size_t yaml = kFence.size();
  return {text.substr(yaml, end + 1 > yaml ? end + 1 - yaml : 0), text.substr(body),
          static_cast<int>(std::count(before.begin(), before.end(), '\n'))};
}

Article read_article(std::string_view text, std::string_view file, Problems& problems) {
  Article article;
  std::string_view name = file.substr(file.find_last_of('/') + 1);
  article.slug = name.substr(0, name.rfind('.'));
  const FrontMatter parts = cut_front_matter(text, file, problems);
  if (parts.yaml.empty()) return article;
  const YamlReader front = YamlReader::parse(parts.yaml, file, 1, problems);
  if (!front.is_map()) return article;
  read_front_matter(front, article);
  MarkdownReader(parts.body, parts.body_line, file, problems).run(article);
  if (article.sections.empty()) problems.add(file, 0, "no ## section: an article needs text");
  return article;
}

}  // namespace backchat::knowledge
