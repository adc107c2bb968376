#pragma once

#include <kainjow/mustache.hpp>

#include "app/http/templates.h"
#include "dialogue/summary.h"

namespace backchat::app::http {

/// The values that web/summary.mustache shows. Every name that the template asks for is set.
kainjow::mustache::data summary_view(const dialogue::Summary& summary, const Templates& templates);

}  // namespace backchat::app::http
