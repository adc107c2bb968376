#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "knowledge/guide.h"
#include "knowledge/yaml_reader.h"

// Inside this folder only.
namespace backchat::knowledge {

/// Gives the id of the passage of an article that holds a sentence, or nothing.
using FindPassage = std::function<std::string(std::string_view article, std::string_view sentence)>;

/// Reads guide.yaml; adds a problem for each thing that refers to nothing.
Guide read_guide(const YamlReader& yaml, const FindPassage& find_passage);

}  // namespace backchat::knowledge
