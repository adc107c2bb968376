#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace backchat::app::http {

/// A line drawing that may stand inside a page: its `viewBox` and the markup of its shapes.
struct Drawing {
  std::string box;
  std::string shapes;
};

/// Reads an SVG document of a pack. Whatever it draws with goes into the page as markup, so only
/// plain shapes are taken: `g path line polyline polygon circle ellipse rect`, with attributes of
/// geometry and stroke whose values hold letters, digits, spaces and `.,-()#%`. Comments,
/// declarations, text, styles, links, scripts and everything else are refused.
///
/// Errors:  kCorruptData, naming what was found; `where` is `name`.
/// Threads: thread-safe; pure.
Result<Drawing> read_drawing(std::string_view svg, const std::string& name);

}  // namespace backchat::app::http
