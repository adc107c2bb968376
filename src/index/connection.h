#pragma once

#include <filesystem>
#include <map>
#include <string>

#include "base/deadline.h"
#include "index/snapshot.h"
#include "index/sqlite.h"

namespace backchat::index {

/// A connection to an edition file with its statements. One thread at a time.
/// Errors:  throws SqliteError.
class Connection {
 public:
  explicit Connection(const std::filesystem::path& file);
  ~Connection() = default;
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  std::vector<Match> match(const FtsQuery& query, std::size_t limit, Deadline deadline);

  Database database;
  Statement bodies;
  Statement heads;
  Statement term;
  Statement forms;
  Statement stems_from;
  Statement forward;
  Statement passage;
  Statement row_of;
  Statement article;
  Statement next_article;
  /// Words of the edition that were looked up, and no others: a few are asked for again and again.
  std::map<std::string, TermInfo, std::less<>> terms;
};

}  // namespace backchat::index
