#pragma once

#include <cstdint>
#include <filesystem>

#include "base/result.h"

namespace backchat::index {

/// A file that appears under its name complete or not at all. Written under another name in the
/// same folder, which is removed if it is never sealed. Movable; one thread.
class DurableFile {
 public:
  /// Errors:  kInvalidInput when the folder is missing or not writable, or `target` is no plain
  ///          file.
  static Result<DurableFile> create(const std::filesystem::path& target);
  ~DurableFile();
  DurableFile(DurableFile&& other) noexcept;
  DurableFile& operator=(DurableFile&&) = delete;

  const std::filesystem::path& target() const { return target_; }
  /// The name to write under until `seal`.
  const std::filesystem::path& temporary() const { return temporary_; }
  /// A second name beside it, also removed at the end.
  std::filesystem::path spare() const { return temporary_.string() + ".spare"; }

  /// Appends the trailer (see format.h), makes the bytes durable and gives the file its name.
  /// Returns its size.
  /// Errors:  kUnavailable (disk), kInvalidInput (the name cannot be taken); the temporary file
  ///          then goes with this.
  Result<std::uint64_t> seal();

 private:
  DurableFile(std::filesystem::path target, std::filesystem::path temporary);

  std::filesystem::path target_;
  std::filesystem::path temporary_;  // empty when there is none to remove
};

/// The SHA-256 of the first `size` bytes of a file.
/// Errors:  kCorruptData when it cannot be read that far.
Result<std::string> file_digest(const std::filesystem::path& file, std::uint64_t size);

}  // namespace backchat::index
