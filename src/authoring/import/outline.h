#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

// Inside authoring/import only.
namespace backchat::authoring {

/// A piece of an article in reading order.
struct Piece {
  enum class Kind {
    kHeading,
    kParagraph,
    kItem,   ///< of a list
    kAside,  ///< navigation, advertising and the like: for a person to look at
  };
  Kind kind = Kind::kParagraph;
  std::string text;  ///< one line, single spaces
  int level = 2;     ///< of a heading
  int number = 0;    ///< of an item of a numbered list, else 0
  std::string why;   ///< of an aside: "navigation", "advertising", "footer", ...
};

/// A value of the front matter and where it was found.
struct Guess {
  std::string value;
  std::string from;  ///< "the meta tag author", "the line \"Published ...\""
};

/// What was found in a file that may be an article.
struct Outline {
  Guess title;
  Guess publisher;
  Guess url;
  Guess published;
  Guess reviewed;
  std::vector<Guess> authors;
  std::vector<Guess> reviewers;
  std::vector<Piece> pieces;
};

/// Reads HTML as a browser would. Errors: kInvalidInput when it is nested too deep to be an
/// article.
Result<Outline> outline_of_html(std::string_view html);

/// Reads CommonMark, with its front matter when there is some. Errors: those of outline_of_html.
Result<Outline> outline_of_markdown(std::string_view markdown);

/// Finds headings, lists and paragraphs in plain text by its lines and what they look like.
Outline outline_of_text(std::string_view text);

/// Moves title, people and dates out of the pieces into the guesses, and sets apart what is no part
/// of the article: navigation, advertising, footers, lists of references.
void sort_out(Outline& outline);

/// White space as single spaces, none at the ends; typographic marks of references ("[3]") removed.
std::string one_line(std::string_view text);

}  // namespace backchat::authoring
