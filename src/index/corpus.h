#pragma once

#include <cstdint>
#include <filesystem>

#include "base/result.h"
#include "index/builder.h"
#include "text/analyzer.h"

namespace backchat::index {

/// What a corpus file held.
struct CorpusReport {
  BuildReport build;
  std::uint64_t lines = 0;
  std::uint64_t empty = 0;  ///< lines whose title and text hold no words: not searchable
};

/// Builds an edition from lines of JSON, `{"id", "title"?, "text", "url"?}`; "-" reads the standard
/// input.
///
/// Shape:   passages are cut as everywhere; a line's `id` is the article's id. Blank lines are
///          passed over.
/// Errors:  kNotFound; kInvalidInput with the line's number (no JSON, not UTF-8, wrong type, an id
///          that is empty, holds white space or stands twice, a line over 16 MiB); those of
///          IndexBuilder. Nothing is written then.
/// Cost:    one line in memory at a time, beside the builder's list of words.
Result<CorpusReport> build_corpus(const std::filesystem::path& jsonl,
                                  const std::filesystem::path& edition,
                                  const text::Analyzer& analyzer);

}  // namespace backchat::index
