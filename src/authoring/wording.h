#pragma once

#include <string_view>

// Inside this folder only.
namespace backchat::authoring {

/// Whether `text` is what filling the `{slots}` of `pattern` can give. A slot holds a few words of
/// one line: nothing that ends a sentence and begins another.
bool is_filled(std::string_view pattern, std::string_view text);

}  // namespace backchat::authoring
