#include <algorithm>
#include <array>
#include <fstream>
#include <sstream>

#include "knowledge/pack.h"
#include "text/utf8.h"

namespace backchat::knowledge {
namespace {

namespace fs = std::filesystem;

constexpr std::uintmax_t kMaxFileBytes = 4U << 20U;
constexpr std::size_t kMaxFiles = 5000;
constexpr auto kExtensions = std::to_array<std::string_view>({".md", ".yaml", ".svg"});

Result<std::string> read_file(const fs::path& path) {
  std::error_code error;
  const std::uintmax_t size = fs::file_size(path, error);
  if (error) return fail(ErrorCode::kNotFound, "cannot read: " + error.message(), path.string());
  if (size > kMaxFileBytes) {
    return fail(ErrorCode::kInvalidInput, "larger than 4 MiB: split it", path.string());
  }
  std::ifstream in(path, std::ios::binary);
  std::ostringstream bytes;
  bytes << in.rdbuf();
  if (!in) return fail(ErrorCode::kInvalidInput, "cannot be read to its end", path.string());
  return std::move(bytes).str();
}

}  // namespace

Result<Documents> read_documents(const fs::path& folder) {
  std::error_code error;
  if (!fs::is_directory(folder, error)) {
    return fail(ErrorCode::kNotFound, "no such pack folder", folder.string());
  }
  Documents documents;
  for (fs::recursive_directory_iterator it(folder, error), end; it != end; it.increment(error)) {
    if (error) break;
    const fs::path& path = it->path();
    if (path.filename().string().starts_with(".")) {
      if (it->is_directory(error)) it.disable_recursion_pending();
      continue;
    }
    if (!it->is_regular_file(error) ||
        std::ranges::find(kExtensions, path.extension().string()) == kExtensions.end()) {
      continue;
    }
    Result<std::string> text = read_file(path);
    if (!text) return fail(text.error());
    if (const auto at = text::first_invalid(*text)) {
      const auto line =
          std::count(text->begin(), text->begin() + static_cast<std::ptrdiff_t>(*at), '\n');
      return fail(ErrorCode::kInvalidInput, "not UTF-8: save the file as UTF-8",
                  path.string() + ":" + std::to_string(line + 1));
    }
    documents[path.lexically_relative(folder).generic_string()] = std::move(*text);
    if (documents.size() > kMaxFiles) {
      return fail(ErrorCode::kInvalidInput, "more than 5,000 files: this is no pack",
                  folder.string());
    }
  }
  if (error) return fail(ErrorCode::kInvalidInput, error.message(), folder.string());
  return documents;
}

}  // namespace backchat::knowledge
