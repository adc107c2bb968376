#pragma once

#include <algorithm>

namespace backchat {

/// Whether the items of `part` stand in `whole` one after another, without a gap. An empty part is
/// in everything. std::ranges::search says the same, but clang 14 cannot compile what libstdc++
/// returns from it.
template <class Whole, class Part>
bool contains_run(const Whole& whole, const Part& part) {
  return part.empty() ||
         std::search(whole.begin(), whole.end(), part.begin(), part.end()) != whole.end();
}

}  // namespace backchat
