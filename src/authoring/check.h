#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace backchat::authoring {

/// An error stops a pack from being published; a warning is for a person to look at.
enum class Severity { kError, kWarning };

/// A kind of problem that `backchat check` looks for.
struct CheckKind {
  std::string_view id;  ///< "sentence-length": stable, for programs
  Severity severity = Severity::kError;
  std::string_view about;
};

/// Every kind, errors first.
std::span<const CheckKind> check_kinds();

/// A problem of a pack.
struct Note {
  const CheckKind* kind = nullptr;
  std::string file;  ///< path inside the pack
  int line = 0;      ///< 1-based, 0 when the file as a whole is meant
  std::string text;  ///< "what: how to mend it"
};

/// "file:line: what: how to mend it".
std::string to_string(const Note& note);

struct CheckOptions {
  std::string today;  ///< ISO date: what is past review and what lies in the future
};

struct CheckReport {
  std::vector<Note> notes;  ///< errors first, then by file and line
  std::size_t articles = 0;
  std::size_t passages = 0;
  std::size_t questions = 0;

  std::size_t errors() const;
  std::size_t warnings() const { return notes.size() - errors(); }
};

/// Looks for everything that is wrong with a pack folder, all at once. What needs replies
/// (questions, suggestions, examples of rules) is asked of the pack itself, so it is left out while
/// the pack cannot be read without errors.
///
/// Errors:  those of knowledge::read_documents: kNotFound, kInvalidInput.
/// Cost:    about a second for 150 passages and 300 questions.
Result<CheckReport> check_pack(const std::filesystem::path& folder, const CheckOptions& options);

/// The report as text for a person: errors, then warnings, then the counts.
std::string to_text(const CheckReport& report);

}  // namespace backchat::authoring
