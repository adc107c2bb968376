#include "authoring/import/draft.h"

#include <algorithm>
#include <map>

#include "knowledge/article_reader.h"
#include "knowledge/date.h"
#include "text/sentences.h"
#include "text/utf8.h"

namespace backchat::authoring {
namespace {

using Kind = Piece::Kind;

// A text as a YAML scalar in double quotes.
std::string yaml_quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += text::is_space(c) ? ' ' : c;
  }
  return out + "\"";
}

// Plain text as Markdown that reads as that text.
std::string escaped(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const bool marks = std::string_view("\\`*_[]<>&#").find(c) != std::string_view::npos;
    const bool starts_block =
        out.empty() && std::string_view("+-=~|!").find(c) != std::string_view::npos;
    // "1." and "1)" at the start of a line would begin a list.
    const bool numbers = (c == '.' || c == ')') && !out.empty() &&
                         std::ranges::all_of(out, [](char d) { return text::is_digit(d); });
    if (marks || starts_block || numbers) out += '\\';
    out += c;
  }
  return out;
}

// A comment of one line: neither its end nor a line break may stand inside.
std::string comment(std::string_view text) {
  std::string out(text);
  for (std::size_t at = out.find("--"); at != std::string::npos; at = out.find("--", at)) {
    out.replace(at, 2, "- -");
  }
  return "<!-- " + out + " -->\n";
}

class DraftWriter {
 public:
  explicit DraftWriter(const Outline& outline) : outline_(outline) {}

  std::string write(const std::string& file, const std::string& today) {
    title_ = outline_.title.value.empty() ? "Untitled article" : outline_.title.value;
    write_front_matter(file, today);
    out_ += "# " + escaped(title_) + "\n";
    for (const Piece& piece : outline_.pieces) write_piece(piece);
    return std::move(out_);
  }

 private:
  void guessed(const std::string& line, const Guess& guess) {
    out_ += line;
    // What the author gave is known.
    if (!guess.from.empty()) out_ += "  # guessed from " + one_line(guess.from) + ": confirm";
    out_ += "\n";
  }

  void write_front_matter(const std::string& file, const std::string& today) {
    out_ += "---\n";
    guessed("title: " + yaml_quoted(title_), outline_.title.value.empty()
                                                 ? Guess{title_, "nothing, give it a title"}
                                                 : outline_.title);
    out_ += "source:\n";
    const Guess nobody{"Publisher not found", "nothing, say who published it"};
    const Guess& publisher = outline_.publisher.value.empty() ? nobody : outline_.publisher;
    guessed("  publisher: " + yaml_quoted(publisher.value), publisher);
    if (!outline_.url.value.empty()) {
      guessed("  url: " + yaml_quoted(outline_.url.value), outline_.url);
    }
    if (knowledge::days_of(outline_.published.value)) {
      guessed("  published: " + outline_.published.value, outline_.published);
    }
    write_people("authors", outline_.authors);
    write_people("reviewers", outline_.reviewers);
    if (knowledge::days_of(outline_.reviewed.value)) {
      guessed("reviewed: " + outline_.reviewed.value, outline_.reviewed);
    }
    if (!today.empty()) out_ += "retrieved: " + today + "\n";
    out_ += "note: " +
            yaml_quoted("Imported from " + file +
                        ". Sentences are the source's: tell its facts in words of our own.") +
            "\n---\n";
  }

  void write_people(const char* key, const std::vector<Guess>& people) {
    if (people.empty()) return;
    out_ += std::string(key) + ":\n";
    for (const Guess& person : people) {
      guessed("  - {name: " + yaml_quoted(person.value) + "}", person);
    }
  }

  void write_piece(const Piece& piece) {
    switch (piece.kind) {
      case Kind::kHeading:
        write_heading(piece.text, std::clamp(piece.level, 2, 6));
        break;
      case Kind::kParagraph:
        open_section();
        out_ += "\n";
        for (const text::Span& span : text::sentences(piece.text)) {
          out_ += escaped(std::string_view(piece.text).substr(span.begin, span.size())) + "\n";
        }
        break;
      case Kind::kItem:
        open_section();
        if (last_ != Kind::kItem) out_ += "\n";
        out_ += (piece.number > 0 ? std::to_string(piece.number) + ". " : "- ") +
                escaped(piece.text) + "\n";
        break;
      case Kind::kAside:
        out_ += "\n" + comment(piece.why + "? " + piece.text);
        break;
    }
    last_ = piece.kind;
  }

  // Text before the first heading needs one: the title will do until somebody finds a better one.
  void open_section() {
    if (in_section_) return;
    write_heading(title_, 2);
    out_ += "\n" + comment("heading? The text had none here: write the question that it answers.");
  }

  void write_heading(const std::string& text, int level) {
    std::string slug = knowledge::slug_of(text);
    std::string heading = text;
    if (slug.empty()) heading = slug = "section";
    // Headings of an article are unique.
    const int times = ++times_[slug];
    if (times > 1) {
      heading += " (" + std::to_string(times) + ")";
      ++times_[knowledge::slug_of(heading)];
    }
    out_ +=
        "\n" + std::string(static_cast<std::size_t>(level), '#') + " " + escaped(heading) + "\n";
    in_section_ = true;
  }

  const Outline& outline_;
  std::string title_;
  std::string out_;
  bool in_section_ = false;
  Kind last_ = Kind::kHeading;
  std::map<std::string, int> times_;
};

}  // namespace

std::string draft_of(const Outline& outline, const std::string& file, const std::string& today) {
  return DraftWriter(outline).write(file, today);
}

}  // namespace backchat::authoring
