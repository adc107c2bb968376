#pragma once

#include <chrono>

namespace backchat {

/// The absolute moment at which work must end. Passed down, never made anew on the way.
struct Deadline {
  std::chrono::steady_clock::time_point at = std::chrono::steady_clock::time_point::max();

  /// A deadline `span` from now.
  static Deadline in(std::chrono::steady_clock::duration span) {
    return Deadline{std::chrono::steady_clock::now() + span};
  }
  /// No deadline: for builds and measurements, never for a request.
  static Deadline none() { return Deadline{}; }

  bool passed() const {
    return at != std::chrono::steady_clock::time_point::max() &&
           std::chrono::steady_clock::now() >= at;
  }
};

}  // namespace backchat
