#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace backchat::text {

/// A word as the index knows it.
struct Token {
  std::string term;   ///< lower-case stem without accents: what index and question are compared by
  std::string exact;  ///< the same word unstemmed
  std::size_t begin = 0;  ///< byte offsets into the text given, half-open
  std::size_t end = 0;
};

/// How words are cut. A new language is a new row here.
struct AnalyzerSpec {
  std::string language = "en";  ///< "en" stems with Porter; every other language is only folded
};

/// Cuts words for index, questions and rules alike, by calling FTS5's own tokenizer, so that what
/// is asked is cut exactly as what was stored. It does not normalise: callers pass text through
/// `normalise` first. Thread-safe (one lock inside).
class Analyzer {
 public:
  /// Errors: kInternal when this SQLite was built without FTS5.
  static Result<std::unique_ptr<Analyzer>> create(const AnalyzerSpec& spec);
  ~Analyzer();
  Analyzer(const Analyzer&) = delete;
  Analyzer& operator=(const Analyzer&) = delete;

  /// Words of `text` in order. Never fails: broken UTF-8 separates words.
  std::vector<Token> tokens(std::string_view text) const;

  /// Names the way of cutting ("porter/unicode61/2/v1"). Stored in the index; an index made by
  /// another is refused.
  const std::string& id() const;

  /// The `tokenize=` argument that makes an FTS5 table cut words in the same way.
  const std::string& fts5_tokenize() const;

 private:
  struct Impl;
  explicit Analyzer(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace backchat::text
