#pragma once

#include <kainjow/mustache.hpp>

#include "dialogue/summary.h"

namespace backchat::app::http {

/// The values that web/summary.mustache shows. `strings` is web/strings.json. Every name that the
/// template asks for is set.
kainjow::mustache::data summary_view(const dialogue::Summary& summary,
                                     const kainjow::mustache::data& strings);

}  // namespace backchat::app::http
