#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "base/result.h"

// Files that commands read and write. Inside this folder only.
namespace backchat::app::cli {

/// What to do with a file that is there already.
enum class Existing { kRefuse, kReplace };

/// Writes beside the file and renames, so that it is there whole or not at all. Errors:
/// kInvalidInput.
Result<void> write_file(const std::filesystem::path& file, std::string_view text,
                        Existing existing);

/// The bytes of a file. Errors: kInvalidInput when it cannot be read; `what` names it ("this file
/// of cases").
Result<std::string> read_file(const std::filesystem::path& file, std::string_view what);

}  // namespace backchat::app::cli
