#include "index/connection.h"

#include <sqlite3.h>

#include <algorithm>

namespace backchat::index {
namespace {

// Virtual machine steps between two looks at the clock: some tens of microseconds.
constexpr int kStepsBetweenChecks = 2000;

int stop_when_late(void* deadline) {
  return static_cast<const Deadline*>(deadline)->passed() ? 1 : 0;
}

// An OR of quoted stems. Quotes cannot stand in a stem, but nothing here relies on that.
std::string match_expression(const std::vector<std::string>& stems) {
  std::string out;
  for (const std::string& stem : stems) {
    if (!out.empty()) out += " OR ";
    out += '"';
    for (const char c : stem) {
      if (c == '\0') continue;
      if (c == '"') out += '"';
      out += c;
    }
    out += '"';
  }
  return out;
}

// Interrupts what the connection does after the deadline, for the length of a block.
class Watch {
 public:
  Watch(sqlite3* db, const Deadline& deadline) : db_(db) {
    if (deadline.at == Deadline::none().at) return;
    // SQLite wants a plain pointer; the handler only reads through it.
    sqlite3_progress_handler(db_, kStepsBetweenChecks, &stop_when_late,
                             const_cast<Deadline*>(&deadline));
  }
  ~Watch() { sqlite3_progress_handler(db_, 0, nullptr, nullptr); }
  Watch(const Watch&) = delete;
  Watch& operator=(const Watch&) = delete;

 private:
  sqlite3* db_;
};

// Better first; equal scores by row, so that results do not depend on the order of reading.
bool better(const Match& a, const Match& b) {
  return a.score != b.score ? a.score > b.score : a.row < b.row;
}

}  // namespace

Connection::Connection(const std::filesystem::path& file)
    : database(file, Database::Mode::kImmutable),
      bodies(database, "SELECT rowid, bm25(body_fts) FROM body_fts WHERE body_fts MATCH ?"),
      heads(database, "SELECT rowid, bm25(head_fts) FROM head_fts WHERE head_fts MATCH ?"),
      term(database, "SELECT bodies, heads FROM term WHERE stem = ?"),
      forms(database, "SELECT id, exact FROM word WHERE stem = ? ORDER BY id"),
      stems_from(database, "SELECT stem FROM term WHERE stem >= ? ORDER BY stem LIMIT ?"),
      forward(database, "SELECT words FROM forward WHERE row = ?"),
      passage(database,
              "SELECT p.id, a.id, a.title, p.heading, p.text, p.sentences FROM passage p "
              "JOIN article a ON a.number = p.article WHERE p.row = ?"),
      row_of(database, "SELECT row FROM passage WHERE id = ?"),
      article(database, "SELECT id, url, first_row FROM article WHERE number = ?"),
      next_article(database,
                   "SELECT ifnull((SELECT first_row FROM article WHERE number = ?1 + 1),"
                   " (SELECT max(row) + 1 FROM passage))") {
  database.run("PRAGMA cache_size=-16384; PRAGMA query_only=1");
}

std::vector<Match> Connection::match(const FtsQuery& query, std::size_t limit, Deadline deadline) {
  std::vector<Match> best;
  if (query.stems.empty() || limit == 0) return best;
  const std::string expression = match_expression(query.stems);
  Statement& statement = query.field == FtsQuery::Field::kBody ? bodies : heads;
  const Use use(statement);
  const Watch watch(database.handle(), deadline);
  if (deadline.passed()) throw SqliteError(SQLITE_INTERRUPT, "the deadline has passed");
  statement.bind(0, std::string_view(expression));
  // A heap of the best, its worst on top.
  while (statement.step()) {
    const Match match{static_cast<Row>(statement.integer(0)), -statement.real(1)};
    if (best.size() < limit) {
      best.push_back(match);
      std::push_heap(best.begin(), best.end(), better);
    } else if (better(match, best.front())) {
      std::pop_heap(best.begin(), best.end(), better);
      best.back() = match;
      std::push_heap(best.begin(), best.end(), better);
    }
  }
  std::sort(best.begin(), best.end(), better);
  return best;
}

}  // namespace backchat::index
