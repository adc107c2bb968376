#pragma once

#include <stdexcept>

#include "dialogue/edition.h"
#include "knowledge/pack.h"

namespace backchat::app::http {

/// The pack of this repository, read once for the test program.
struct PackContent {
  Documents documents;
  knowledge::Pack pack;
  dialogue::SafetyPart safety;
};

inline const PackContent& pack_content() {
  static const PackContent content = [] {
    auto documents = knowledge::read_documents(BACKCHAT_SOURCE_DIR "/knowledge/back-spasms");
    if (!documents) throw std::runtime_error(to_string(documents.error()));
    auto pack = knowledge::parse_pack(*documents);
    if (!pack) throw std::runtime_error(to_string(pack.error()));
    auto safety = dialogue::read_safety_part(*documents);
    if (!safety) throw std::runtime_error(to_string(safety.error()));
    return PackContent{*std::move(documents), *std::move(pack), *std::move(safety)};
  }();
  return content;
}

}  // namespace backchat::app::http
