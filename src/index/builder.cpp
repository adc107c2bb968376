#include "index/builder.h"

#include <sqlite3.h>

#include <algorithm>
#include <optional>
#include <unordered_map>
#include <vector>

#include "index/digest.h"
#include "index/durable_file.h"
#include "index/format.h"
#include "index/forward.h"
#include "index/question_kind.h"
#include "index/sqlite.h"
#include "text/normalise.h"
#include "text/utf8.h"

namespace backchat::index {
namespace {

constexpr std::size_t kIdDigits = 16;
constexpr std::size_t kCommonWords = 100'000;  // what spelling repair may choose from

// Larger runs in memory and no merging on the way; `optimize` merges all runs once at the end.
constexpr const char* kTuneFts = R"sql(
INSERT INTO body_fts(body_fts, rank) VALUES('hashsize', 33554432);
INSERT INTO body_fts(body_fts, rank) VALUES('automerge', 0);
INSERT INTO body_fts(body_fts, rank) VALUES('crisismerge', 1000);
INSERT INTO head_fts(head_fts, rank) VALUES('hashsize', 8388608);
INSERT INTO head_fts(head_fts, rank) VALUES('automerge', 0);
INSERT INTO head_fts(head_fts, rank) VALUES('crisismerge', 1000);
)sql";

// 64 bits of FNV-1a stand for a word while building. Two of a million words share them once in 30
// million builds; the cost would be one word counted as another.
std::uint64_t word_key(std::string_view word) {
  std::uint64_t hash = 0xcbf29ce484222325ULL;
  for (const char c : word) {
    hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
  }
  return hash;
}

Error to_error(const SqliteError& error, const std::filesystem::path& file) {
  const bool full = error.code() == SQLITE_FULL || (error.code() & 0xFF) == SQLITE_IOERR;
  return {full ? ErrorCode::kUnavailable : ErrorCode::kInternal,
          std::string("the edition cannot be written: ") + error.what(), file.string()};
}

struct Totals {
  std::uint64_t passages = 0;
  std::uint64_t articles = 0;
  std::uint64_t body_words = 0;
  std::uint64_t title_words = 0;
  std::uint64_t heading_words = 0;
};

// The tables of an open edition file and the statements that fill them.
class Tables {
 public:
  Tables(const std::filesystem::path& file, const text::Analyzer& analyzer)
      : analyzer_(analyzer), database_(file) {}

  void begin() { transaction_.emplace(database_); }

  std::optional<Error> add(const knowledge::Passage& passage, std::string_view url) {
    if (passage.id.empty() || passage.article.empty()) {
      return Error{ErrorCode::kInvalidInput, "a passage has no id", {}};
    }
    std::size_t before = 0;
    for (const auto& sentence : passage.sentences) {
      const auto& span = sentence.span;
      if (span.begin < before || span.end < span.begin || span.end > passage.text.size()) {
        return Error{ErrorCode::kInvalidInput, "a passage's sentences are not in its text",
                     passage.id};
      }
      before = span.end;
    }
    if (totals_.articles == 0 || passage.article != article_) {
      if (auto error = add_article(passage, url)) return error;
    }
    ++totals_.passages;
    const auto row = static_cast<std::int64_t>(totals_.passages);
    const std::string sentences = encode(passage.sentences);
    insert_passage_.bind(0, row)
        .bind(1, static_cast<std::int64_t>(totals_.articles))
        .bind(2, passage.id)
        .bind(3, passage.heading)
        .bind(4, passage.text)
        .bind_blob(5, sentences)
        .finish();
    add_words(passage, row);
    return std::nullopt;
  }

  // Everything that follows from all passages.
  void complete(const Documents& documents, const std::map<std::string, std::string>& meta) {
    for (const auto& [path, text] : documents) {
      insert_document_.bind(0, path).bind_blob(1, text).finish();
    }
    for (const auto& [key, value] : meta) {
      if (!key.starts_with("bc.")) put_meta(key, value);
    }
    put_meta("bc.analyzer", analyzer_.id());
    put_meta("bc.passages", std::to_string(totals_.passages));
    put_meta("bc.articles", std::to_string(totals_.articles));
    put_meta("bc.body_words", std::to_string(totals_.body_words));
    put_meta("bc.title_words", std::to_string(totals_.title_words));
    put_meta("bc.heading_words", std::to_string(totals_.heading_words));
    put_meta("bc.words", std::to_string(counts_.size()));
    put_common_words();
    database_.run(R"sql(
INSERT INTO body_fts(body_fts) VALUES('optimize');
INSERT INTO head_fts(head_fts) VALUES('optimize');
CREATE VIRTUAL TABLE temp.bodies USING fts5vocab('main', 'body_fts', 'row');
CREATE VIRTUAL TABLE temp.heads USING fts5vocab('main', 'head_fts', 'row');
INSERT INTO term SELECT term, doc, 0 FROM temp.bodies;
INSERT INTO term SELECT term, 0, doc FROM temp.heads WHERE true
  ON CONFLICT(stem) DO UPDATE SET heads = excluded.heads;
DROP TABLE temp.bodies;
DROP TABLE temp.heads;
CREATE INDEX word_by_stem ON word(stem);
CREATE UNIQUE INDEX passage_by_id ON passage(id);
)sql");
    transaction_->commit();
  }

  // Merging leaves free pages behind; a file with many is copied without them. True when `to` was
  // written.
  bool compact_into(const std::filesystem::path& to) {
    const std::int64_t free_pages = database_.integer("PRAGMA freelist_count");
    if (free_pages * 16 <= database_.integer("PRAGMA page_count")) return false;
    Statement vacuum(database_, "VACUUM INTO ?");
    const std::string name = to.string();
    vacuum.bind(0, std::string_view(name)).finish();
    return true;
  }

  void put_edition(const std::string& id) { put_meta("bc.edition", id); }
  const Totals& totals() const { return totals_; }
  std::size_t words() const { return counts_.size(); }

 private:
  // Options that must be set before the first table, then the tables.
  struct Opened : Database {
    explicit Opened(const std::filesystem::path& file) : Database(file, Mode::kWrite) {
      run("PRAGMA page_size=4096; PRAGMA auto_vacuum=NONE; PRAGMA encoding='UTF-8';"
          "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA locking_mode=EXCLUSIVE;"
          "PRAGMA cache_size=-65536; PRAGMA secure_delete=FAST;");
      run("PRAGMA application_id=" + std::to_string(kApplicationId) +
          "; PRAGMA user_version=" + std::to_string(kFormatVersion));
      run(std::string(kSchema));
      run(kTuneFts);
    }
  };

  std::optional<Error> add_article(const knowledge::Passage& passage, std::string_view url) {
    article_ = passage.article;
    ++totals_.articles;
    try {
      insert_article_.bind(0, static_cast<std::int64_t>(totals_.articles))
          .bind(1, passage.article)
          .bind(2, passage.title)
          .bind(3, url)
          .bind(4, static_cast<std::int64_t>(totals_.passages + 1))
          .finish();
    } catch (const SqliteError& error) {
      if ((error.code() & 0xFF) != SQLITE_CONSTRAINT) throw;
      return Error{ErrorCode::kInvalidInput, "the id stands twice", passage.article};
    }
    return std::nullopt;
  }

  // Puts the words of one field into `forward_` and their stems, joined by spaces, into `stems`;
  // with `sentences`, also where these end among the words.
  void cut(std::string_view text, std::string& stems,
           const std::vector<knowledge::Passage::Sentence>* sentences = nullptr) {
    stems.clear();
    const text::Normalised normal = text::normalise(text);
    std::size_t next = 0;
    const auto close_before = [&](std::size_t origin) {
      while (sentences != nullptr && next < sentences->size() &&
             origin >= (*sentences)[next].span.end) {
        forward_.sentence_ends.push_back(static_cast<std::uint32_t>(forward_.words.size()));
        ++next;
      }
    };
    for (const text::Token& token : analyzer_.tokens(normal.text)) {
      if (token.exact.size() > kLongestWord || token.term.empty()) continue;
      close_before(normal.origin[token.begin]);
      forward_.words.push_back(word(token));
      if (!stems.empty()) stems += ' ';
      stems += token.term;
    }
    close_before(text.size());
  }

  void add_words(const knowledge::Passage& passage, std::int64_t row) {
    forward_.article = static_cast<std::uint32_t>(totals_.articles);
    forward_.words.clear();
    forward_.sentence_ends.clear();
    cut(passage.title, title_);
    forward_.title_end = static_cast<std::uint32_t>(forward_.words.size());
    cut(passage.heading, heading_);
    forward_.kinds = kinds_of(passage.heading);
    forward_.heading_end = static_cast<std::uint32_t>(forward_.words.size());
    cut(passage.text, body_, &passage.sentences);
    insert_forward_.bind(0, row).bind_blob(1, encode(forward_)).finish();
    insert_body_.bind(0, row).bind(1, body_).finish();
    if (!title_.empty() || !heading_.empty()) {
      insert_head_.bind(0, row).bind(1, title_).bind(2, heading_).finish();
    }
    totals_.title_words += forward_.title_end;
    totals_.heading_words += forward_.heading_end - forward_.title_end;
    totals_.body_words += forward_.words.size() - forward_.heading_end;
  }

  KindSet kinds_of(std::string_view heading) const {
    std::vector<std::string> words;
    for (text::Token& token : analyzer_.tokens(text::normalise(heading).text)) {
      words.push_back(std::move(token.exact));
    }
    return question_kinds(words).set();
  }

  WordId word(const text::Token& token) {
    const auto [at, added] =
        ids_.try_emplace(word_key(token.exact), static_cast<WordId>(counts_.size() + 1));
    if (added) {
      counts_.push_back(0);
      insert_word_.bind(0, std::int64_t{at->second})
          .bind(1, token.exact)
          .bind(2, token.term)
          .finish();
    }
    ++counts_[at->second - 1];
    return at->second;
  }

  void put_common_words() {
    std::vector<WordId> order(counts_.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = static_cast<WordId>(i + 1);
    const std::size_t kept = std::min(order.size(), kCommonWords);
    const auto more_common = [this](WordId a, WordId b) {
      return counts_[a - 1] != counts_[b - 1] ? counts_[a - 1] > counts_[b - 1] : a < b;
    };
    std::partial_sort(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(kept), order.end(),
                      more_common);
    order.resize(kept);
    std::sort(order.begin(), order.end());
    Statement insert(database_, "INSERT INTO common_word SELECT exact, ?2 FROM word WHERE id = ?1");
    for (const WordId id : order) {
      insert.bind(0, std::int64_t{id}).bind(1, std::int64_t{counts_[id - 1]}).finish();
    }
  }

  void put_meta(std::string_view key, std::string_view value) {
    insert_meta_.bind(0, key).bind(1, value).finish();
  }

  const text::Analyzer& analyzer_;
  Opened database_;
  std::optional<Transaction> transaction_;
  Statement insert_meta_{database_, "INSERT INTO meta VALUES(?,?)"};
  Statement insert_document_{database_, "INSERT INTO document VALUES(?,?)"};
  Statement insert_article_{database_, "INSERT INTO article VALUES(?,?,?,?,?)"};
  Statement insert_passage_{database_, "INSERT INTO passage VALUES(?,?,?,?,?,?)"};
  Statement insert_forward_{database_, "INSERT INTO forward VALUES(?,?)"};
  Statement insert_word_{database_, "INSERT INTO word VALUES(?,?,?)"};
  Statement insert_body_{database_, "INSERT INTO body_fts(rowid, body) VALUES(?,?)"};
  Statement insert_head_{database_, "INSERT INTO head_fts(rowid, title, heading) VALUES(?,?,?)"};
  std::unordered_map<std::uint64_t, WordId> ids_;
  std::vector<std::uint32_t> counts_;  // by word id - 1
  Totals totals_;
  std::string article_;
  Forward forward_;
  std::string title_, heading_, body_;  // kept between passages for their memory
};

Digest begin_digest(std::string_view what) {
  Digest digest;
  digest.add_field(what);
  return digest;
}

std::string short_id(Digest& digest) { return to_hex(digest.finish()).substr(0, kIdDigits); }

}  // namespace

std::string edition_id(const Documents& documents) {
  Digest digest = begin_digest("backchat documents 1");
  for (const auto& [path, text] : documents) {
    digest.add_field(path);
    digest.add_field(text);
  }
  return short_id(digest);
}

struct IndexBuilder::Impl {
  Impl(DurableFile target, const text::Analyzer& analyzer, BuildOptions given)
      : file(std::move(target)),
        options(std::move(given)),
        tables(std::in_place, file.temporary(), analyzer) {
    tables->begin();
  }

  DurableFile file;
  BuildOptions options;
  std::optional<Tables> tables;
  Digest passages = begin_digest("backchat passages 1");
};

IndexBuilder::IndexBuilder(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
IndexBuilder::~IndexBuilder() = default;
IndexBuilder::IndexBuilder(IndexBuilder&&) noexcept = default;
IndexBuilder& IndexBuilder::operator=(IndexBuilder&&) noexcept = default;

Result<IndexBuilder> IndexBuilder::create(const std::filesystem::path& file,
                                          const text::Analyzer& analyzer, BuildOptions options) {
  Result<DurableFile> target = DurableFile::create(file);
  if (!target) return fail(target.error());
  try {
    return IndexBuilder(std::make_unique<Impl>(std::move(*target), analyzer, std::move(options)));
  } catch (const SqliteError& error) {
    return fail(to_error(error, file));
  }
}

Result<void> IndexBuilder::add(const knowledge::Passage& passage, std::string_view url) {
  try {
    for (const std::string_view field :
         {std::string_view(passage.id), std::string_view(passage.article),
          std::string_view(passage.title), std::string_view(passage.heading),
          std::string_view(passage.text), url}) {
      impl_->passages.add_field(field);
    }
    if (auto error = impl_->tables->add(passage, url)) return fail(std::move(*error));
    return {};
  } catch (const SqliteError& error) {
    return fail(to_error(error, impl_->file.target()));
  }
}

Result<BuildReport> IndexBuilder::finish() {
  const std::filesystem::path& target = impl_->file.target();
  try {
    const bool pack = !impl_->options.documents.empty();
    BuildReport report;
    report.edition = pack ? edition_id(impl_->options.documents) : short_id(impl_->passages);
    impl_->tables->put_edition(report.edition);
    impl_->tables->complete(impl_->options.documents, impl_->options.meta);
    report.articles = impl_->tables->totals().articles;
    report.passages = impl_->tables->totals().passages;
    report.words = impl_->tables->words();
    const bool copied = impl_->tables->compact_into(impl_->file.spare());
    impl_->tables.reset();
    if (copied) std::filesystem::rename(impl_->file.spare(), impl_->file.temporary());
    Result<std::uint64_t> size = impl_->file.seal();
    if (!size) return fail(size.error());
    report.bytes = *size;
    return report;
  } catch (const SqliteError& error) {
    if ((error.code() & 0xFF) == SQLITE_CONSTRAINT) {
      return fail(ErrorCode::kInvalidInput, "two passages have the same id", target.string());
    }
    return fail(to_error(error, target));
  } catch (const std::exception& error) {
    return fail(ErrorCode::kUnavailable,
                std::string("the edition cannot be written: ") + error.what(), target.string());
  }
}

}  // namespace backchat::index
