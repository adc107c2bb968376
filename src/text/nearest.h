#pragma once

#include <cstddef>
#include <span>
#include <string_view>

namespace backchat::text {

/// Letters to add, leave out, change or swap with their neighbour to make `b` of `a` (optimal
/// string alignment). Bytes, not code points. Pure. Cost: the product of the lengths.
std::size_t edit_distance(std::string_view a, std::string_view b);

/// The candidate that `word` was most likely meant to be, for "did you mean": at most a third of
/// its letters differ. Empty when none is that near. The first of equals wins. Pure.
std::string_view nearest(std::string_view word, std::span<const std::string_view> candidates);

}  // namespace backchat::text
