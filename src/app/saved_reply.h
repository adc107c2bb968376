#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "answer/reply.h"
#include "base/result.h"

namespace backchat::app {

/// A reply as `backchat batch` or `backchat ask --json` printed it.
struct SavedReply {
  std::string name;  ///< "id 17, turn 0", or empty when the line holds the reply alone
  answer::Reply reply;
};

/// Reads a line of saved replies: a reply object, or a line of `backchat batch` around one. The
/// other way of `reply_json`: every field must be there with its type, and no other.
///
/// Shape:   nothing for a line of `batch` that holds an error instead of a reply.
/// Errors:  kInvalidInput; `where` is the place of the wrong value ("citations[2].n").
/// Threads: thread-safe; pure.
Result<std::optional<SavedReply>> parse_saved_reply(std::string_view line);

}  // namespace backchat::app
