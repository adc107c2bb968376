#pragma once

#include <string>
#include <string_view>

namespace backchat {

/// What kind of failure it was. Programs switch on it; its name (`code_name`) is part of the JSON
/// contract.
enum class ErrorCode {
  kNotFound,      ///< the thing named does not exist
  kInvalidInput,  ///< the caller's text, flag, file or request is wrong
  kCorruptData,   ///< a pack or an edition cannot be trusted
  kUnavailable,   ///< not now: deadline passed, queue full, edition missing
  kInternal,      ///< our own mistake
};

/// An expected failure, passed as a value.
struct Error {
  ErrorCode code = ErrorCode::kInternal;
  std::string message;  ///< one sentence for a person; never a text that a user typed
  std::string where;    ///< file and line of the knowledge or input file, or the flag; may be empty
};

/// The stable name of a code: "not_found", "invalid_input", "corrupt_data", "unavailable",
/// "internal".
std::string_view code_name(ErrorCode code);

/// "where: message", or the message alone when there is no place.
std::string to_string(const Error& error);

}  // namespace backchat
