#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/deadline.h"
#include "base/documents.h"
#include "base/result.h"
#include "index/forward.h"
#include "knowledge/passage.h"
#include "text/analyzer.h"

namespace backchat::index {

class Reader;
class Connection;

/// Sizes that ranking needs. Averages are over all passages.
struct Statistics {
  std::uint64_t passages = 0;
  std::uint64_t articles = 0;
  double body_length = 0;     ///< words
  double title_length = 0;    ///< words
  double heading_length = 0;  ///< words
  double article_length = 0;  ///< words of all bodies of an article
};

/// A word of the edition and how often it stands there.
struct CommonWord {
  std::string exact;
  std::uint32_t count = 0;
};

/// An open edition file. Immutable; thread-safe. Whoever holds it may go on reading after the file
/// was replaced.
class Snapshot : public std::enable_shared_from_this<Snapshot> {
 public:
  /// Opens an edition that was built with the same analyzer, with `readers` connections.
  ///
  /// Errors:  kNotFound (no such file), kCorruptData (not an edition, cut short or changed, of
  ///          another format or analyzer, documents that do not match its id), kUnavailable (the
  ///          file cannot be read).
  /// Cost:    every byte is checked up to 256 MiB (about 5 ms for a pack); beyond that only size
  ///          and ends.
  static Result<std::shared_ptr<const Snapshot>> open(const std::filesystem::path& file,
                                                      const text::Analyzer& analyzer,
                                                      unsigned readers = 1);
  ~Snapshot();
  Snapshot(const Snapshot&) = delete;
  Snapshot& operator=(const Snapshot&) = delete;

  /// 16 hexadecimal digits.
  const std::string& edition() const;
  /// The files of the pack it was built from; empty for a corpus.
  const Documents& documents() const;
  /// A value given to the builder.
  std::optional<std::string> meta(std::string_view key) const;
  const Statistics& statistics() const;
  /// The most frequent words, at most 100,000, in byte order.
  std::span<const CommonWord> common_words() const;

  /// Borrows a connection; it comes back when the Reader dies.
  /// Errors:  kUnavailable when none is free in time.
  Result<Reader> lease(Deadline deadline) const;

 private:
  friend class Reader;
  struct Impl;
  explicit Snapshot(std::unique_ptr<Impl> impl);
  void give_back(std::unique_ptr<Connection> connection) const;
  std::unique_ptr<Impl> impl_;
};

/// Which passages hold any of some words. Made of stems, each quoted: a user's text never becomes
/// FTS5 syntax.
struct FtsQuery {
  enum class Field { kBody, kHead };  ///< kHead: title and heading
  Field field = Field::kBody;
  std::vector<std::string> stems;
};

/// A passage that an engine brought, with the engine's score (higher is better, no scale).
struct Match {
  Row row = 0;
  double score = 0;
};

/// What an edition knows of a stem.
struct TermInfo {
  struct Form {
    WordId id = 0;
    std::string exact;
  };
  std::uint32_t bodies = 0;  ///< passages with it in the body
  std::uint32_t heads = 0;   ///< passages with it in title or heading
  std::vector<Form> forms;   ///< every spelling with this stem, by id
};

/// The rows of an article: [first, last].
struct ArticleRows {
  Row first = 0;
  Row last = 0;
};

/// A borrowed connection. One thread; movable. Errors of all calls: kCorruptData when the file
/// cannot be read as an edition; kNotFound for rows and ids that it does not hold.
class Reader {
 public:
  ~Reader();
  Reader(Reader&&) noexcept;
  Reader& operator=(Reader&&) noexcept;

  /// The best `limit` passages by FTS5's BM25, best first, equal ones by row. Unknown stems match
  /// nothing.
  /// Errors:  kUnavailable after the deadline (noticed within about a millisecond).
  Result<std::vector<Match>> match(const FtsQuery& query, std::size_t limit, Deadline deadline);

  /// Zero counts and no forms when the edition lacks the stem.
  Result<TermInfo> term(std::string_view stem);
  /// The edition's stems that begin with `prefix`, in byte order, at most `limit`.
  Result<std::vector<std::string>> stems_from(std::string_view prefix, std::size_t limit);
  Result<Forward> forward(Row row);
  Result<knowledge::Passage> passage(Row row);
  Result<Row> row_of(std::string_view passage_id);
  Result<ArticleRows> article_rows(std::uint32_t article);
  /// The article's own id (slug, or a corpus line's id).
  Result<std::string> article_id(std::uint32_t article);
  /// Where the article stands in the web; empty when the builder was given none.
  Result<std::string> article_url(std::uint32_t article);

  const Snapshot& snapshot() const { return *snapshot_; }

 private:
  friend class Snapshot;
  Reader(std::shared_ptr<const Snapshot> snapshot, std::unique_ptr<Connection> connection);
  std::shared_ptr<const Snapshot> snapshot_;
  std::unique_ptr<Connection> connection_;
};

}  // namespace backchat::index
