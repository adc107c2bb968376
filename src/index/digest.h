#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace backchat::index {

/// A running SHA-256. One thread.
/// Errors:  throws std::runtime_error (this OpenSSL has no SHA-256).
class Digest {
 public:
  Digest();
  ~Digest();
  Digest(Digest&&) noexcept;
  Digest& operator=(Digest&&) noexcept;

  void add(std::string_view bytes);
  /// Adds the length too, so that no two lists of fields look alike.
  void add_field(std::string_view bytes);
  /// The 32 bytes; ends the running sum.
  std::string finish();

 private:
  struct Context;
  std::unique_ptr<Context> context_;
};

/// Lower-case hexadecimal.
std::string to_hex(std::string_view bytes);

}  // namespace backchat::index
