#pragma once

#include <string>
#include <vector>

namespace backchat::knowledge {

struct Person {
  std::string name;
  std::string role;  ///< empty when the source gives none
};

/// Where an article comes from. Dates are ISO ("2024-05-31") or empty when the source gives none.
struct Source {
  std::string publisher;
  std::string short_name;  ///< the publisher as it is named beside a quotation
  std::string url;         ///< empty when not known
  std::string published;
};

/// A list item or a paragraph, as its sentences.
struct Block {
  std::vector<std::string> sentences;
  bool item = false;
  int step = 0;  ///< number in a numbered list, 0 elsewhere
  int line = 0;  ///< 1-based line in the file
};

/// A heading and the text up to the next one.
struct Section {
  std::string heading;
  std::string slug;  ///< lower-case letters and digits joined by "-"; unique in the article
  int level = 2;
  int line = 0;
  std::vector<Block> blocks;
};

struct Article {
  std::string slug;
  std::string title;
  Source source;
  std::vector<Person> authors;
  std::vector<Person> experts;  ///< people whom the source quotes
  std::vector<Person> reviewers;
  std::string reviewed;
  std::string retrieved;  ///< when somebody last looked at the source
  std::string note;       ///< what the source does not give, and why
  std::vector<Section> sections;
};

}  // namespace backchat::knowledge
