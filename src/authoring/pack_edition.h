#pragma once

#include <filesystem>
#include <memory>

#include "base/documents.h"
#include "base/result.h"
#include "dialogue/edition.h"

namespace backchat::authoring {

/// Opens what an author names: an edition, or a pack folder, which is built into a temporary
/// edition that leaves no file behind. Errors: those of dialogue::build_edition and
/// dialogue::open_edition.
Result<std::unique_ptr<const dialogue::Edition>> open_pack(const std::filesystem::path& path);

}  // namespace backchat::authoring
