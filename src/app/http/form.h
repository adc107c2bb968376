#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "dialogue/transcript.h"

namespace backchat::app::http {

/// Reads the page's form as a browser without scripts sends it (application/x-www-form-urlencoded).
///
/// Fields:  `turn` for each earlier turn; `answers` beside each (empty: none), and possibly one
/// more for the new text;
///          `text` once or more, of which the first that is not blank is the new turn (a button
///          carries its own text besides the text field); `reply` (id of a question, a space, the
///          text), which then is the new turn instead; `region`; `language`. Others are not
///          looked at.
/// Shape:   possibly no turn at all, when nothing was typed. Line ends become LF, as they are in
/// JSON. Errors:  kInvalidInput for what `check_transcript` refuses. Source:  URL Standard,
/// section 5.1 (parsing).
Result<dialogue::Transcript> parse_form(std::string_view body);

/// The decoded value of the first field `name` of an encoded list ("id=a&x=b"): a form or the query
/// of an address. Nothing when there is none.
std::optional<std::string> form_value(std::string_view encoded, std::string_view name);

}  // namespace backchat::app::http
