#pragma once

#include <kainjow/mustache.hpp>

#include "app/http/templates.h"
#include "knowledge/pack.h"

namespace backchat::app::http {

/// What the foot of the page says of a pack:
///
///     owners      who made it, joined by commas
///     sources     [{title, publisher, read, dates [{what, iso, day}], has_dates}], one an article
///     checked     the day on which the last article was compared with its source, in words
///     next_check  the first day on which an article is due again, in words
///
/// Both days are false when the pack gives none.
kainjow::mustache::data footer_view(const knowledge::Pack& pack, const Templates& templates);

}  // namespace backchat::app::http
