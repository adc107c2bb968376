#pragma once

#include <string_view>

namespace backchat::retrieve {

/// What is left of an English stem without the endings that make one word of another: "inflamm" of
/// "inflammatori" and of "inflamm", "pregn" of "pregnanc" and "pregnant". Empty for stems that are
/// too short or hold anything but a-z.
std::string_view word_root(std::string_view stem);

}  // namespace backchat::retrieve
