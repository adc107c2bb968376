#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>

struct sqlite3;
struct sqlite3_stmt;

namespace backchat::index {

/// A failed call of SQLite. Stays inside this folder: the public headers return Result.
class SqliteError : public std::runtime_error {
 public:
  SqliteError(int code, const std::string& message) : std::runtime_error(message), code_(code) {}
  int code() const { return code_; }

 private:
  int code_;
};

/// An open connection, closed at the end of its life. One thread at a time; neither copyable nor
/// movable, because statements and handlers point at it.
class Database {
 public:
  enum class Mode {
    kWrite,      ///< an existing file that is ours alone
    kImmutable,  ///< read only, without locks: the file never changes
  };

  /// Errors:  throws SqliteError.
  Database(const std::filesystem::path& file, Mode mode);
  ~Database();
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  /// Runs statements without parameters.
  /// Errors:  throws SqliteError.
  void run(const std::string& sql);
  /// The first column of the first row.
  /// Errors:  throws SqliteError, also when there is no row.
  std::int64_t integer(const std::string& sql);

  sqlite3* handle() const { return db_; }

 private:
  sqlite3* db_ = nullptr;
};

/// A prepared statement. Parameters and columns count from 0. One thread; outlived by its Database.
///
/// Views that are bound or read live only until the next step or reset.
/// Errors:  all calls throw SqliteError.
class Statement {
 public:
  Statement(Database& database, std::string_view sql);
  ~Statement();
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;

  Statement& bind(int at, std::int64_t value);
  Statement& bind(int at, std::string_view text);
  Statement& bind_blob(int at, std::string_view bytes);

  /// True when there is a row to read.
  bool step();
  /// Steps to the end and makes the statement ready for its next use.
  void finish();
  void reset();

  std::int64_t integer(int column) const;
  double real(int column) const;
  std::string_view bytes(int column) const;  ///< text or blob

 private:
  [[noreturn]] void fail(int code) const;

  sqlite3* db_;
  sqlite3_stmt* statement_ = nullptr;
};

/// Makes a statement ready again however a block is left, so that nothing stays half read on a
/// shared connection.
class Use {
 public:
  explicit Use(Statement& statement) : statement_(statement) {}
  ~Use() { statement_.reset(); }
  Use(const Use&) = delete;
  Use& operator=(const Use&) = delete;

 private:
  Statement& statement_;
};

/// Rolls back unless committed.
class Transaction {
 public:
  explicit Transaction(Database& database);
  ~Transaction();
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  void commit();

 private:
  Database& database_;
  bool open_ = true;
};

}  // namespace backchat::index
