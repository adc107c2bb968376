#pragma once

#include <string>

#include "authoring/import/outline.h"

// Inside authoring/import only.
namespace backchat::authoring {

/// The article file of an outline. `file` is named as where it came from; `today` is an ISO date.
std::string draft_of(const Outline& outline, const std::string& file, const std::string& today);

}  // namespace backchat::authoring
