#pragma once

#include <cstddef>
#include <kainjow/mustache.hpp>
#include <map>
#include <string>

#include "answer/reply.h"
#include "app/http/drawing.h"

namespace backchat::app::http {

/// What the view of a reply takes from outside the reply.
struct ViewContext {
  const kainjow::mustache::data& strings;                       ///< web/strings.json
  const std::map<std::string, Drawing, std::less<>>& drawings;  ///< by file name
  std::string today;     ///< ISO date, for the age of a source
  std::string anchor;    ///< id of the article element
  std::size_t turn = 0;  ///< makes ids unique on the page
};

/// The values that web/reply.mustache shows. Every name that the template asks for is set, to false
/// when there is nothing, so that no name is ever looked up further out.
///
/// A message with an emergency card is kept calm: no suggestions, no exercise, no link but the
/// call. One with an urgent card has no exercise.
kainjow::mustache::data reply_view(const answer::Reply& reply, const ViewContext& context);

}  // namespace backchat::app::http
