#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "safety/text_form.h"

namespace backchat::safety {

/// The words that rules know, and how a typed word is taken for one of them: as it is, by a chat
/// spelling, without drawn-out letters, with one or two slips of the keyboard, or cut in two where
/// the space is missing. Filled by the rule reader, then `finish`ed; after that const calls are
/// thread-safe.
class Vocabulary {
 public:
  Vocabulary();

  /// Number of a folded word, made when new.
  WordId intern(std::string_view word);
  /// Number of a folded word, or kUnknownWord.
  WordId find(std::string_view word) const;
  /// Takes `from` for the words `to` ("2day" for "today").
  void add_spelling(std::string_view from, std::vector<std::string> to);
  /// A word that slips of the keyboard never turn into another and that no slip is taken for.
  void add_exact(std::string_view word);
  /// A true word of the language that is near one of ours: never corrected.
  void add_known(std::string_view word);
  /// Value of a number word.
  void add_number(std::string_view word, double value);
  /// Builds the index of slips.
  void finish();

  /// Gives every token its word; tokens may become several (spellings) that share their place in
  /// the text.
  void resolve(std::vector<Token>& tokens) const;

  /// The word that `typed` (unknown, folded) is taken for by slips of the keyboard, or
  /// kUnknownWord.
  WordId nearest(std::string_view typed) const;
  const std::string& text_of(WordId word) const { return words_[word]; }
  std::size_t size() const { return words_.size(); }
  /// Words that take part in `nearest`, for tools that list true words near them.
  std::vector<std::string> correctable() const;

 private:
  struct Slot {
    std::uint64_t key = 0;
    WordId word = kUnknownWord;
  };

  bool is_known(std::string_view word) const;
  void add_slip(std::uint64_t key, WordId word);
  WordId best_of(std::string_view typed, std::uint64_t key, int& distance) const;
  void resolve_one(const Token& token, std::vector<Token>& out) const;
  bool split(const Token& token, std::vector<Token>& out) const;

  std::vector<std::string> words_;
  std::unordered_map<std::string, WordId> ids_;
  std::unordered_map<std::string, std::vector<std::string>> spellings_;
  std::unordered_map<std::string, double> numbers_;
  std::unordered_map<std::string, bool> known_;  // true: exact
  std::vector<Slot> slips_;                      // open addressing, a power of two
  std::size_t slip_count_ = 0;
};

/// Edits (insert, delete, replace, swap of neighbours) between two words of bytes, or `limit` + 1
/// when more.
int edits(std::string_view a, std::string_view b, int limit);

/// The largest number of slips forgiven in a word of this length.
int slips_allowed(std::size_t length);

}  // namespace backchat::safety
