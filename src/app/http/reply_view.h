#pragma once

#include <cstddef>
#include <kainjow/mustache.hpp>
#include <map>
#include <string>
#include <vector>

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

/// A text to show, or false when it is empty.
kainjow::mustache::data text_or_none(const std::string& text);
kainjow::mustache::data text_list(const std::vector<std::string>& items);
/// A text of the table of strings; empty when there is none of that key.
std::string string_of(const kainjow::mustache::data& strings, const std::string& key);
/// "31 May 2024", with the months of the table of strings; the text itself when it is no date.
std::string written_date(const std::string& iso, const kainjow::mustache::data& strings);

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
