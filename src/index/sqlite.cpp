#include "index/sqlite.h"

#include <sqlite3.h>

namespace backchat::index {
namespace {

// A file name inside a URI: everything but plain characters is escaped.
std::string to_uri(const std::filesystem::path& file, std::string_view parameters) {
  static constexpr std::string_view kHex = "0123456789ABCDEF";
  std::string uri = "file:";
  for (const char c : std::filesystem::absolute(file).string()) {
    const auto byte = static_cast<unsigned char>(c);
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       c == '/' || c == '.' || c == '-' || c == '_';
    if (plain) {
      uri += c;
    } else {
      uri += '%';
      uri += kHex[byte >> 4U];
      uri += kHex[byte & 15U];
    }
  }
  return uri.append(parameters);
}

}  // namespace

Database::Database(const std::filesystem::path& file, Mode mode) {
  const bool write = mode == Mode::kWrite;
  const std::string uri = to_uri(file, write ? "?mode=rw" : "?mode=ro&immutable=1");
  const int flags = (write ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY) | SQLITE_OPEN_URI |
                    SQLITE_OPEN_NOMUTEX;
  if (const int code = sqlite3_open_v2(uri.c_str(), &db_, flags, nullptr); code != SQLITE_OK) {
    const std::string message = db_ != nullptr ? sqlite3_errmsg(db_) : sqlite3_errstr(code);
    sqlite3_close(db_);
    throw SqliteError(code, message);
  }
}

Database::~Database() { sqlite3_close(db_); }

void Database::run(const std::string& sql) {
  if (const int code = sqlite3_exec(db_, sql.c_str(), nullptr, nullptr, nullptr);
      code != SQLITE_OK) {
    throw SqliteError(code, sqlite3_errmsg(db_));
  }
}

std::int64_t Database::integer(const std::string& sql) {
  Statement statement(*this, sql);
  if (!statement.step()) throw SqliteError(SQLITE_CORRUPT, "a row is missing");
  return statement.integer(0);
}

Statement::Statement(Database& database, std::string_view sql) : db_(database.handle()) {
  const int code = sqlite3_prepare_v3(db_, sql.data(), static_cast<int>(sql.size()),
                                      SQLITE_PREPARE_PERSISTENT, &statement_, nullptr);
  if (code != SQLITE_OK) fail(code);
}

Statement::~Statement() { sqlite3_finalize(statement_); }

void Statement::fail(int code) const { throw SqliteError(code, sqlite3_errmsg(db_)); }

Statement& Statement::bind(int at, std::int64_t value) {
  if (const int code = sqlite3_bind_int64(statement_, at + 1, value); code != SQLITE_OK) fail(code);
  return *this;
}

Statement& Statement::bind(int at, std::string_view text) {
  // A null pointer would bind NULL, which is not the empty text.
  const char* data = text.data() != nullptr ? text.data() : "";
  const int code =
      sqlite3_bind_text64(statement_, at + 1, data, text.size(), SQLITE_STATIC, SQLITE_UTF8);
  if (code != SQLITE_OK) fail(code);
  return *this;
}

Statement& Statement::bind_blob(int at, std::string_view bytes) {
  const char* data = bytes.data() != nullptr ? bytes.data() : "";
  const int code = sqlite3_bind_blob64(statement_, at + 1, data, bytes.size(), SQLITE_STATIC);
  if (code != SQLITE_OK) fail(code);
  return *this;
}

bool Statement::step() {
  const int code = sqlite3_step(statement_);
  if (code == SQLITE_ROW) return true;
  if (code != SQLITE_DONE) fail(code);
  return false;
}

void Statement::finish() {
  while (step()) {
  }
  reset();
}

void Statement::reset() { sqlite3_reset(statement_); }

std::int64_t Statement::integer(int column) const {
  return sqlite3_column_int64(statement_, column);
}

double Statement::real(int column) const { return sqlite3_column_double(statement_, column); }

std::string_view Statement::bytes(int column) const {
  const void* data = sqlite3_column_blob(statement_, column);
  const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement_, column));
  return data == nullptr ? std::string_view{}
                         : std::string_view(static_cast<const char*>(data), size);
}

Transaction::Transaction(Database& database) : database_(database) { database_.run("BEGIN"); }

Transaction::~Transaction() {
  if (open_) sqlite3_exec(database_.handle(), "ROLLBACK", nullptr, nullptr, nullptr);
}

void Transaction::commit() {
  database_.run("COMMIT");
  open_ = false;
}

}  // namespace backchat::index
