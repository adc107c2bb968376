#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace backchat::index {

// The shape of an edition file; builder and snapshot agree here. An edition is an SQLite database
// followed by a trailer: kTrailerMark and the SHA-256 of every byte before the trailer. SQLite
// reads only the pages its header counts, so the trailer does not disturb it, and any lost or
// flipped byte shows.

inline constexpr std::uint32_t kApplicationId = 0x42636874;  // "Bcht"
inline constexpr std::uint32_t kFormatVersion = 1;
inline constexpr std::string_view kTrailerMark = "BchtSum1";
inline constexpr std::size_t kDigestSize = 32;
inline constexpr std::size_t kTrailerSize = kTrailerMark.size() + kDigestSize;

/// Words longer than this (bytes) are data, not words: they are neither indexed nor asked.
inline constexpr std::size_t kLongestWord = 64;

/// The tables. FTS5 gets stems joined by spaces, cut by our Analyzer, so its own tokenizer has only
/// to split at spaces: `ascii` does (stems hold no ASCII signs). `term` and `word` are filled after
/// the passages.
inline constexpr std::string_view kSchema = R"sql(
CREATE TABLE meta(key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE document(path TEXT PRIMARY KEY, text BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE article(number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, title TEXT NOT NULL,
                     url TEXT NOT NULL, first_row INTEGER NOT NULL);
CREATE TABLE passage(row INTEGER PRIMARY KEY, article INTEGER NOT NULL, id TEXT NOT NULL,
                     heading TEXT NOT NULL, text TEXT NOT NULL, sentences BLOB NOT NULL);
CREATE TABLE forward(row INTEGER PRIMARY KEY, words BLOB NOT NULL);
CREATE TABLE word(id INTEGER PRIMARY KEY, exact TEXT NOT NULL, stem TEXT NOT NULL);
CREATE TABLE common_word(exact TEXT PRIMARY KEY, count INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE term(stem TEXT PRIMARY KEY, bodies INTEGER NOT NULL, heads INTEGER NOT NULL) WITHOUT ROWID;
CREATE VIRTUAL TABLE body_fts USING fts5(body, content='', tokenize='ascii');
CREATE VIRTUAL TABLE head_fts USING fts5(title, heading, content='', tokenize='ascii');
)sql";

}  // namespace backchat::index
