#pragma once

#include <kainjow/mustache.hpp>
#include <map>
#include <string>

#include "app/http/drawing.h"
#include "app/http/templates.h"
#include "knowledge/pack.h"

namespace backchat::app::http {

using Drawings = std::map<std::string, Drawing, std::less<>>;  ///< by file name

/// What the pages to read are made of.
struct ReaderContext {
  const Templates& templates;
  const knowledge::Pack& pack;
  const Drawings& drawings;
  std::string today;  ///< ISO date, for the age of a source
};

/// The values of web/article.mustache: one article with its source, its sentences each under a name
/// of its own (sentence_anchor). Where a sentence is milder than the safety rules, the pack's own
/// message stands behind it.
kainjow::mustache::data article_view(const knowledge::Article& article,
                                     const ReaderContext& context);

/// The values of web/articles.mustache: every article, with its headings.
kainjow::mustache::data articles_view(const ReaderContext& context);

/// The values of web/exercises.mustache: the exercises whose steps a source gives, by position, so
/// that a person changes it as little as possible; then those that are only named.
kainjow::mustache::data exercises_view(const ReaderContext& context);

/// The drawing of that name as {label, box, shapes}, or false when there is none.
kainjow::mustache::data drawing_view(const std::string& name, const std::string& label,
                                     const Drawings& drawings);

}  // namespace backchat::app::http
