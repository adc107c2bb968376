#pragma once

#include <map>
#include <string>
#include <string_view>

#include "base/documents.h"
#include "base/result.h"

namespace backchat::knowledge {

/// The sentences of the program by key (messages.yaml). Immutable after loading.
class Messages {
 public:
  Messages() = default;
  explicit Messages(std::map<std::string, std::string, std::less<>> by_key)
      : by_key_(std::move(by_key)) {}

  const std::map<std::string, std::string, std::less<>>& all() const { return by_key_; }
  bool contains(std::string_view key) const { return by_key_.contains(key); }
  /// The message, or the key itself when there is none (a pack that lacks a needed one is refused
  /// at loading).
  std::string_view get(std::string_view key) const;
  /// The message with "{name}" replaced by `value`.
  std::string fill(std::string_view key, std::string_view name, std::string_view value) const;

 private:
  std::map<std::string, std::string, std::less<>> by_key_;
};

/// Reads messages.yaml alone, for when the rest of a pack is not at hand.
/// Errors: kCorruptData.
Result<Messages> parse_messages(const Documents& documents);

}  // namespace backchat::knowledge
