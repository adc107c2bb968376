#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "text/utf8.h"

namespace backchat::knowledge {

/// The unit of search: up to about 120 words under one heading of one article.
struct Passage {
  std::string id;       ///< "slug#heading-slug.2": stable, readable, citable; in a corpus "docid.2"
  std::string article;  ///< slug of the article; in a corpus the line's id
  std::string title;    ///< the article's title
  std::string heading;  ///< the nearest heading; empty when there is none
  std::string text;     ///< its sentences in order, joined by one space: what may be quoted
  /// The sentences of `text`, half-open byte ranges in order.
  struct Sentence {
    text::Span span;
    bool item = false;  ///< it belongs to a list
    int step = 0;       ///< number in a numbered list, 0 elsewhere
  };
  std::vector<Sentence> sentences;

  std::string_view sentence(std::size_t i) const {
    return std::string_view(text).substr(sentences[i].span.begin, sentences[i].span.size());
  }
};

}  // namespace backchat::knowledge
