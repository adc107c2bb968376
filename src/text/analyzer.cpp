#include "text/analyzer.h"

#include <sqlite3.h>

#include <array>

#include "base/mutex.h"

namespace backchat::text {
namespace {

// An instance of one of FTS5's tokenizers.
class Tokenizer {
 public:
  Tokenizer() = default;
  ~Tokenizer() {
    if (instance_ != nullptr) methods_.xDelete(instance_);
  }
  Tokenizer(const Tokenizer&) = delete;
  Tokenizer& operator=(const Tokenizer&) = delete;

  bool open(fts5_api* api, const char* name, const char** arguments, int count) {
    void* context = nullptr;
    if (api->xFindTokenizer(api, name, &context, &methods_) != SQLITE_OK) return false;
    return methods_.xCreate(context, arguments, count, &instance_) == SQLITE_OK;
  }

  // Calls `each(std::string_view word, begin, end)`.
  template <class F>
  void run(std::string_view text, F each) {
    const auto callback = [](void* context, int /*flags*/, const char* token, int size, int begin,
                             int end) -> int {
      (*static_cast<F*>(context))(std::string_view(token, static_cast<std::size_t>(size)),
                                  static_cast<std::size_t>(begin), static_cast<std::size_t>(end));
      return SQLITE_OK;
    };
    methods_.xTokenize(instance_, &each, FTS5_TOKENIZE_DOCUMENT, text.data(),
                       static_cast<int>(text.size()), callback);
  }

 private:
  fts5_tokenizer methods_{};
  Fts5Tokenizer* instance_ = nullptr;
};

fts5_api* find_api(sqlite3* db) {
  fts5_api* api = nullptr;
  sqlite3_stmt* statement = nullptr;
  if (sqlite3_prepare_v2(db, "SELECT fts5(?1)", -1, &statement, nullptr) == SQLITE_OK) {
    sqlite3_bind_pointer(statement, 1, static_cast<void*>(&api), "fts5_api_ptr", nullptr);
    sqlite3_step(statement);
  }
  sqlite3_finalize(statement);
  return api;
}

}  // namespace

struct Analyzer::Impl {
  ~Impl() { sqlite3_close(db); }

  sqlite3* db = nullptr;  // only lends the tokenizers; declared first, so that it goes last
  mutable Mutex mutex;
  std::string id;
  std::string fts5_tokenize;
  bool stems = false;
  struct Tokenizers {
    Tokenizer folding;
    Tokenizer stemming;
  };
  std::unique_ptr<Tokenizers> tokenizers GUARDED_BY(mutex);
};

Analyzer::Analyzer(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

Analyzer::~Analyzer() {
  const MutexLock lock(impl_->mutex);
  impl_->tokenizers.reset();
}

Result<std::unique_ptr<Analyzer>> Analyzer::create(const AnalyzerSpec& spec) {
  auto impl = std::make_unique<Impl>();
  impl->stems = spec.language == "en";
  if (sqlite3_open(":memory:", &impl->db) != SQLITE_OK) {
    return fail(ErrorCode::kInternal, "SQLite cannot open a database in memory");
  }
  fts5_api* api = find_api(impl->db);
  if (api == nullptr) return fail(ErrorCode::kInternal, "this SQLite has no FTS5");
  auto tokenizers = std::make_unique<Impl::Tokenizers>();
  std::array<const char*, 3> arguments{"unicode61", "remove_diacritics", "2"};
  const bool folds = tokenizers->folding.open(api, "unicode61", arguments.data() + 1, 2);
  const bool stems = !impl->stems || tokenizers->stemming.open(api, "porter", arguments.data(), 3);
  if (!folds || !stems) return fail(ErrorCode::kInternal, "this SQLite lacks a tokenizer of FTS5");
  impl->id = impl->stems ? "porter/unicode61/2/v1" : "unicode61/2/v1";
  impl->fts5_tokenize =
      impl->stems ? "porter unicode61 remove_diacritics 2" : "unicode61 remove_diacritics 2";
  {
    const MutexLock lock(impl->mutex);
    impl->tokenizers = std::move(tokenizers);
  }
  return std::unique_ptr<Analyzer>(new Analyzer(std::move(impl)));
}

std::vector<Token> Analyzer::tokens(std::string_view text) const {
  std::vector<Token> out;
  const MutexLock lock(impl_->mutex);
  impl_->tokenizers->folding.run(
      text, [&out](std::string_view word, std::size_t begin, std::size_t end) {
        out.push_back({std::string(word), std::string(word), begin, end});
      });
  if (!impl_->stems) return out;
  // Porter wraps the same tokenizer, so its words come at the same places in the same order.
  std::size_t next = 0;
  impl_->tokenizers->stemming.run(text, [&](std::string_view word, std::size_t, std::size_t) {
    if (next < out.size()) out[next++].term = word;
  });
  return out;
}

const std::string& Analyzer::id() const { return impl_->id; }
const std::string& Analyzer::fts5_tokenize() const { return impl_->fts5_tokenize; }

}  // namespace backchat::text
