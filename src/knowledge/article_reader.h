#pragma once

#include <string_view>

#include "knowledge/article.h"
#include "knowledge/yaml_reader.h"

// Inside this folder only.
namespace backchat::knowledge {

/// A file with front matter, cut in two.
struct FrontMatter {
  std::string_view yaml;
  std::string_view body;
  int body_line = 0;  ///< 0-based number of the body's first line
};

/// Cuts "---" front matter off `text`; adds a problem when there is none.
FrontMatter cut_front_matter(std::string_view text, std::string_view file, Problems& problems);

/// Reads one article: front matter, then CommonMark of headings, paragraphs and lists.
Article read_article(std::string_view text, std::string_view file, Problems& problems);

/// "Heat or ice?" -> "heat-or-ice".
std::string slug_of(std::string_view heading);

}  // namespace backchat::knowledge
