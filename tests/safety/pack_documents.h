#pragma once

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "base/documents.h"

namespace backchat::safety::test {

/// The "safety/..." documents of the pack in `folder`.
inline Documents pack_documents(const std::filesystem::path& folder) {
  Documents documents;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder / "safety")) {
    if (!entry.is_regular_file() || entry.path().extension() != ".yaml") continue;
    std::ifstream in(entry.path(), std::ios::binary);
    documents.emplace(
        std::filesystem::relative(entry.path(), folder).generic_string(),
        std::string((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>()));
  }
  return documents;
}

}  // namespace backchat::safety::test
