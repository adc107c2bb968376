#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "base/documents.h"
#include "base/result.h"
#include "knowledge/passage.h"
#include "text/analyzer.h"

namespace backchat::index {

/// What stands in an edition beside its passages.
struct BuildOptions {
  Documents documents;                      ///< the pack's files; empty for a corpus
  std::map<std::string, std::string> meta;  ///< kept as given; keys "bc.*" are the builder's own
};

struct BuildReport {
  std::string edition;  ///< 16 hexadecimal digits
  std::uint64_t articles = 0;
  std::uint64_t passages = 0;
  std::uint64_t words = 0;  ///< different words
  std::uint64_t bytes = 0;  ///< size of the file
};

/// Writes an edition file, one passage at a time.
///
/// Shape:   the same passages, options, analyzer and SQLite give the same bytes. The edition id is
///          the start of the SHA-256 of the documents, or, without documents, of the passages as
///          they came.
/// Errors:  nothing appears under the final name before `finish` has succeeded; a builder that is
///          dropped earlier leaves no file. After a failed call only destruction is allowed.
/// Threads: one thread.
/// Cost:    memory grows with the number of different words only (about 50 bytes each).
class IndexBuilder {
 public:
  /// Starts beside `file` (same folder). `analyzer` must outlive the builder.
  /// Errors:  kInvalidInput when nothing can be written there.
  static Result<IndexBuilder> create(const std::filesystem::path& file,
                                     const text::Analyzer& analyzer, BuildOptions options = {});
  ~IndexBuilder();
  IndexBuilder(IndexBuilder&&) noexcept;
  IndexBuilder& operator=(IndexBuilder&&) noexcept;

  /// Adds a passage; those of an article come together, in order. `url` counts with an article's
  /// first passage.
  /// Errors:  kInvalidInput for an article that came before, an empty id, or sentences outside the
  ///          text; kUnavailable when the disk is full.
  Result<void> add(const knowledge::Passage& passage, std::string_view url = {});

  /// Closes the file, makes it durable and gives it its name, replacing an older one in one step.
  /// Errors:  kInvalidInput when two passages have one id or the name cannot be taken; kUnavailable
  ///          (disk full).
  Result<BuildReport> finish();

 private:
  struct Impl;
  explicit IndexBuilder(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

/// 16 hexadecimal digits that name a pack's edition: from the documents' paths and bytes alone.
std::string edition_id(const Documents& documents);

}  // namespace backchat::index
