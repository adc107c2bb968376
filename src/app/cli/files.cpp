#include "app/cli/files.h"

#include <fstream>
#include <sstream>

namespace backchat::app::cli {

namespace fs = std::filesystem;

Result<void> write_file(const fs::path& file, std::string_view text, Existing existing) {
  std::error_code error;
  if (existing == Existing::kRefuse && fs::exists(file, error)) {
    return fail(ErrorCode::kInvalidInput, "exists already: name another file, or remove it",
                file.string());
  }
  const fs::path aside = file.string() + ".part";
  std::ofstream out(aside, std::ios::binary | std::ios::trunc);
  out << text;
  out.close();
  if (out) fs::rename(aside, file, error);
  if (!out || error) {
    fs::remove(aside, error);
    return fail(ErrorCode::kInvalidInput, "cannot be written", file.string());
  }
  return {};
}

Result<std::string> read_file(const fs::path& file, std::string_view what) {
  std::ifstream in(file, std::ios::binary);
  std::ostringstream bytes;
  bytes << in.rdbuf();
  if (!in) {
    return fail(ErrorCode::kInvalidInput, std::string(what) + " cannot be read", file.string());
  }
  return bytes.str();
}

}  // namespace backchat::app::cli
