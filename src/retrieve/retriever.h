#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "base/deadline.h"
#include "base/result.h"
#include "index/snapshot.h"
#include "retrieve/query.h"

namespace backchat::retrieve {

/// What a first stage may spend.
struct Limits {
  std::size_t candidates = 300;  ///< passages brought at most
  Deadline deadline = Deadline::none();
};

/// The first stage: an engine that brings the passages worth ranking. Immutable; thread-safe.
class Retriever {
 public:
  virtual ~Retriever() = default;

  /// Brings passages that hold some of the question's words, roughly best first.
  ///
  /// Shape:   at most limits.candidates, each once, the same for the same query and edition.
  /// Errors:  kUnavailable after the deadline; those of the reader.
  virtual Result<std::vector<index::Match>> retrieve(const Query& query, index::Reader& reader,
                                                     const Limits& limits) const = 0;
  virtual std::string_view name() const = 0;
};

}  // namespace backchat::retrieve
