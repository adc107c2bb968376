#include "index/snapshot.h"

#include <sqlite3.h>

#include <array>
#include <charconv>
#include <condition_variable>
#include <fstream>

#include "base/mutex.h"
#include "index/builder.h"
#include "index/connection.h"
#include "index/durable_file.h"
#include "index/format.h"

namespace backchat::index {
namespace {

constexpr std::uint64_t kCheckedWhole = std::uint64_t{256} << 20U;
constexpr std::string_view kSqliteMark{"SQLite format 3\0", 16};
constexpr std::size_t kHeaderSize = 100;
constexpr std::size_t kTermsKept = 8192;  // words of an edition that a connection remembers
constexpr std::size_t kVersionAt = 60;    // big-endian numbers in SQLite's header
constexpr std::size_t kApplicationAt = 68;

std::uint32_t big_endian(std::string_view header, std::size_t at) {
  std::uint32_t value = 0;
  for (std::size_t i = 0; i < 4; ++i) {
    value = (value << 8U) | static_cast<unsigned char>(header[at + i]);
  }
  return value;
}

tl::unexpected<Error> corrupt(std::string message, const std::filesystem::path& file) {
  return fail(ErrorCode::kCorruptData, std::move(message), file.string());
}

// Looks at the bytes before SQLite does: kind, version, trailer, and the whole sum of a file that
// is not large.
Result<void> check_file(const std::filesystem::path& file) {
  std::error_code error;
  const auto status = std::filesystem::status(file, error);
  if (!std::filesystem::exists(status)) {
    return fail(ErrorCode::kNotFound, "there is no edition of this name", file.string());
  }
  if (!std::filesystem::is_regular_file(status))
    return corrupt("this is not an edition file", file);
  const std::uint64_t size = std::filesystem::file_size(file, error);
  std::ifstream in(file, std::ios::binary);
  if (error || !in)
    return fail(ErrorCode::kUnavailable, "the edition cannot be read", file.string());

  std::string header(kHeaderSize, '\0');
  in.read(header.data(), static_cast<std::streamsize>(header.size()));
  if (!in || !header.starts_with(kSqliteMark) ||
      big_endian(header, kApplicationAt) != kApplicationId) {
    return corrupt("this is not an edition file", file);
  }
  const std::uint32_t version = big_endian(header, kVersionAt);
  if (version > kFormatVersion) {
    return corrupt(
        "the edition is in a newer format than this program reads; build it again or update the "
        "program",
        file);
  }
  if (version < kFormatVersion) {
    return corrupt("the edition is in an older format; build it again", file);
  }
  static constexpr auto kDamaged = "the edition is cut short or damaged; build it again";
  if (size < kHeaderSize + kTrailerSize) return corrupt(kDamaged, file);
  const std::uint64_t content = size - kTrailerSize;
  std::string trailer(kTrailerSize, '\0');
  in.seekg(static_cast<std::streamoff>(content));
  in.read(trailer.data(), static_cast<std::streamsize>(trailer.size()));
  if (!in || !trailer.starts_with(kTrailerMark)) return corrupt(kDamaged, file);
  if (content > kCheckedWhole) return {};
  const Result<std::string> digest = file_digest(file, content);
  if (!digest) return fail(digest.error());
  if (*digest != std::string_view(trailer).substr(kTrailerMark.size()))
    return corrupt(kDamaged, file);
  return {};
}

Error to_error(const SqliteError& error, const std::filesystem::path& file) {
  if ((error.code() & 0xFF) == SQLITE_INTERRUPT) {
    return {ErrorCode::kUnavailable, "the search took too long", {}};
  }
  return {ErrorCode::kCorruptData, std::string("the edition cannot be read: ") + error.what(),
          file.string()};
}

using Meta = std::map<std::string, std::string, std::less<>>;

std::uint64_t number(const Meta& meta, std::string_view key) {
  const auto at = meta.find(key);
  std::uint64_t value = 0;
  if (at == meta.end()) throw SqliteError(SQLITE_CORRUPT, "a figure is missing");
  const char* end = at->second.data() + at->second.size();
  if (std::from_chars(at->second.data(), end, value).ptr != end) {
    throw SqliteError(SQLITE_CORRUPT, "a figure is no number");
  }
  return value;
}

Statistics statistics_of(const Meta& meta) {
  Statistics out;
  out.passages = number(meta, "bc.passages");
  out.articles = number(meta, "bc.articles");
  const auto average = [&meta](std::string_view key, std::uint64_t count) {
    return static_cast<double>(number(meta, key)) /
           static_cast<double>(std::max<std::uint64_t>(count, 1));
  };
  out.body_length = average("bc.body_words", out.passages);
  out.title_length = average("bc.title_words", out.passages);
  out.heading_length = average("bc.heading_words", out.passages);
  out.article_length = average("bc.body_words", out.articles);
  return out;
}

}  // namespace

struct Snapshot::Impl {
  std::filesystem::path file;
  Meta meta;
  Documents documents;
  Statistics statistics;
  std::vector<CommonWord> common_words;
  std::string edition;

  Mutex mutex;
  std::condition_variable_any returned;
  std::vector<std::unique_ptr<Connection>> idle GUARDED_BY(mutex);

  void load(Connection& connection) {
    Statement metas(connection.database, "SELECT key, value FROM meta");
    while (metas.step()) meta.emplace(metas.bytes(0), metas.bytes(1));
    Statement files(connection.database, "SELECT path, text FROM document");
    while (files.step()) documents.emplace(files.bytes(0), files.bytes(1));
    Statement words(connection.database, "SELECT exact, count FROM common_word ORDER BY exact");
    while (words.step()) {
      common_words.push_back(
          {std::string(words.bytes(0)), static_cast<std::uint32_t>(words.integer(1))});
    }
    statistics = statistics_of(meta);
  }
};

Snapshot::Snapshot(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Snapshot::~Snapshot() = default;

Result<std::shared_ptr<const Snapshot>> Snapshot::open(const std::filesystem::path& file,
                                                       const text::Analyzer& analyzer,
                                                       unsigned readers) {
  if (auto checked = check_file(file); !checked) return fail(checked.error());
  auto impl = std::make_unique<Impl>();
  impl->file = file;
  try {
    std::vector<std::unique_ptr<Connection>> connections;
    for (unsigned i = 0; i < std::max(readers, 1U); ++i) {
      connections.push_back(std::make_unique<Connection>(file));
    }
    impl->load(*connections.front());
    const MutexLock lock(impl->mutex);
    impl->idle = std::move(connections);
  } catch (const SqliteError& error) {
    return fail(to_error(error, file));
  }
  const auto value = [&impl](std::string_view key) {
    const auto at = impl->meta.find(key);
    return at == impl->meta.end() ? std::string() : at->second;
  };
  if (value("bc.analyzer") != analyzer.id()) {
    return corrupt("the edition was built with another text analysis (" + value("bc.analyzer") +
                       "); build it again",
                   file);
  }
  impl->edition = value("bc.edition");
  if (!impl->documents.empty() && edition_id(impl->documents) != impl->edition) {
    return corrupt("the edition's documents do not match its id; build it again", file);
  }
  return std::shared_ptr<const Snapshot>(new Snapshot(std::move(impl)));
}

const std::string& Snapshot::edition() const { return impl_->edition; }
const Documents& Snapshot::documents() const { return impl_->documents; }
const Statistics& Snapshot::statistics() const { return impl_->statistics; }
std::span<const CommonWord> Snapshot::common_words() const { return impl_->common_words; }

std::optional<std::string> Snapshot::meta(std::string_view key) const {
  const auto at = impl_->meta.find(key);
  if (at == impl_->meta.end()) return std::nullopt;
  return at->second;
}

Result<Reader> Snapshot::lease(Deadline deadline) const {
  const MutexLock lock(impl_->mutex);
  while (impl_->idle.empty()) {
    if (deadline.at == Deadline::none().at) {
      impl_->returned.wait(impl_->mutex);
    } else if (impl_->returned.wait_until(impl_->mutex, deadline.at) == std::cv_status::timeout &&
               impl_->idle.empty()) {
      return fail(ErrorCode::kUnavailable, "all readers of the edition are busy");
    }
  }
  std::unique_ptr<Connection> connection = std::move(impl_->idle.back());
  impl_->idle.pop_back();
  return Reader(shared_from_this(), std::move(connection));
}

void Snapshot::give_back(std::unique_ptr<Connection> connection) const {
  {
    const MutexLock lock(impl_->mutex);
    impl_->idle.push_back(std::move(connection));
  }
  impl_->returned.notify_one();
}

Reader::Reader(std::shared_ptr<const Snapshot> snapshot, std::unique_ptr<Connection> connection)
    : snapshot_(std::move(snapshot)), connection_(std::move(connection)) {}

Reader::~Reader() {
  if (connection_ != nullptr) snapshot_->give_back(std::move(connection_));
}

Reader::Reader(Reader&& other) noexcept = default;

Reader& Reader::operator=(Reader&& other) noexcept {
  std::swap(snapshot_, other.snapshot_);
  std::swap(connection_, other.connection_);
  return *this;
}

namespace {

// Runs `body`, turning what SQLite throws into an Error.
template <class F>
auto guarded(const std::filesystem::path& file, F body) -> decltype(body()) {
  try {
    return body();
  } catch (const SqliteError& error) {
    return fail(to_error(error, file));
  }
}

tl::unexpected<Error> missing(const char* what) {
  return fail(ErrorCode::kNotFound, std::string("the edition does not hold this ") + what);
}

}  // namespace

Result<std::vector<Match>> Reader::match(const FtsQuery& query, std::size_t limit,
                                         Deadline deadline) {
  return guarded(snapshot_->impl_->file, [&]() -> Result<std::vector<Match>> {
    return connection_->match(query, limit, deadline);
  });
}

Result<TermInfo> Reader::term(std::string_view stem) {
  const auto known = connection_->terms.find(stem);
  if (known != connection_->terms.end()) return known->second;
  return guarded(snapshot_->impl_->file, [&]() -> Result<TermInfo> {
    TermInfo out;
    const Use counts(connection_->term);
    connection_->term.bind(0, stem);
    if (!connection_->term.step()) return out;
    out.bodies = static_cast<std::uint32_t>(connection_->term.integer(0));
    out.heads = static_cast<std::uint32_t>(connection_->term.integer(1));
    const Use forms(connection_->forms);
    connection_->forms.bind(0, stem);
    while (connection_->forms.step()) {
      out.forms.push_back({static_cast<WordId>(connection_->forms.integer(0)),
                           std::string(connection_->forms.bytes(1))});
    }
    if (connection_->terms.size() >= kTermsKept) connection_->terms.clear();
    connection_->terms.emplace(stem, out);
    return out;
  });
}

Result<std::vector<std::string>> Reader::stems_from(std::string_view prefix, std::size_t limit) {
  return guarded(snapshot_->impl_->file, [&]() -> Result<std::vector<std::string>> {
    std::vector<std::string> out;
    const Use use(connection_->stems_from);
    connection_->stems_from.bind(0, prefix).bind(1, static_cast<std::int64_t>(limit));
    while (connection_->stems_from.step()) {
      const std::string_view stem = connection_->stems_from.bytes(0);
      if (!stem.starts_with(prefix)) break;
      out.emplace_back(stem);
    }
    return out;
  });
}

Result<Forward> Reader::forward(Row row) {
  return guarded(snapshot_->impl_->file, [&]() -> Result<Forward> {
    const Use use(connection_->forward);
    connection_->forward.bind(0, std::int64_t{row});
    if (!connection_->forward.step()) return missing("passage");
    auto decoded = decode_forward(connection_->forward.bytes(0));
    if (!decoded) return corrupt("a passage's words cannot be read", snapshot_->impl_->file);
    return *std::move(decoded);
  });
}

Result<knowledge::Passage> Reader::passage(Row row) {
  return guarded(snapshot_->impl_->file, [&]() -> Result<knowledge::Passage> {
    Statement& statement = connection_->passage;
    const Use use(statement);
    statement.bind(0, std::int64_t{row});
    if (!statement.step()) return missing("passage");
    knowledge::Passage out;
    out.id = statement.bytes(0);
    out.article = statement.bytes(1);
    out.title = statement.bytes(2);
    out.heading = statement.bytes(3);
    out.text = statement.bytes(4);
    auto sentences = decode_sentences(statement.bytes(5), out.text.size());
    if (!sentences) return corrupt("a passage's sentences cannot be read", snapshot_->impl_->file);
    out.sentences = *std::move(sentences);
    return out;
  });
}

Result<Row> Reader::row_of(std::string_view passage_id) {
  return guarded(snapshot_->impl_->file, [&]() -> Result<Row> {
    const Use use(connection_->row_of);
    connection_->row_of.bind(0, passage_id);
    if (!connection_->row_of.step()) return missing("passage");
    return static_cast<Row>(connection_->row_of.integer(0));
  });
}

Result<ArticleRows> Reader::article_rows(std::uint32_t article) {
  return guarded(snapshot_->impl_->file, [&]() -> Result<ArticleRows> {
    const Use use(connection_->article);
    connection_->article.bind(0, std::int64_t{article});
    if (!connection_->article.step()) return missing("article");
    const Use next(connection_->next_article);
    connection_->next_article.bind(0, std::int64_t{article});
    connection_->next_article.step();
    return ArticleRows{static_cast<Row>(connection_->article.integer(2)),
                       static_cast<Row>(connection_->next_article.integer(0) - 1)};
  });
}

Result<std::string> Reader::article_id(std::uint32_t article) {
  return guarded(snapshot_->impl_->file, [&]() -> Result<std::string> {
    const Use use(connection_->article);
    connection_->article.bind(0, std::int64_t{article});
    if (!connection_->article.step()) return missing("article");
    return std::string(connection_->article.bytes(0));
  });
}

Result<std::string> Reader::article_url(std::uint32_t article) {
  return guarded(snapshot_->impl_->file, [&]() -> Result<std::string> {
    const Use use(connection_->article);
    connection_->article.bind(0, std::int64_t{article});
    if (!connection_->article.step()) return missing("article");
    return std::string(connection_->article.bytes(1));
  });
}

}  // namespace backchat::index
