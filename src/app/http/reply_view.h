#pragma once

#include <cstddef>
#include <kainjow/mustache.hpp>
#include <string>

#include "answer/reply.h"
#include "app/http/reader_view.h"

namespace backchat::app::http {

/// What the view of a reply takes from outside the reply.
struct ViewContext {
  const Templates& templates;
  const Drawings& drawings;
  const knowledge::Pack* pack = nullptr;  ///< for the links to the reader; may be null
  std::string today;                      ///< ISO date, for the age of a source
  std::string anchor;                     ///< id of the article element
  std::size_t turn = 0;                   ///< makes ids unique on the page
};

/// A name for what was answered, for votes on it: 16 hexadecimal digits of the edition and the
/// sentences quoted. Nothing that the person wrote goes into it.
std::string answer_id(const answer::Reply& reply);

/// The values that web/reply.mustache shows. Every name that the template asks for is set, to false
/// when there is nothing, so that no name is ever looked up further out.
///
/// A message with an emergency card is kept calm: no suggestions, no exercise, no link but the
/// call. One with an urgent card has no exercise.
kainjow::mustache::data reply_view(const answer::Reply& reply, const ViewContext& context);

}  // namespace backchat::app::http
