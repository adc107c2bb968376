#include "authoring/import/importer.h"

#include <algorithm>
#include <fstream>

#include "authoring/import/draft.h"
#include "authoring/import/outline.h"
#include "text/utf8.h"

namespace backchat::authoring {
namespace {

namespace fs = std::filesystem;

constexpr std::uintmax_t kMostBytes = 4U << 20U;  // as for every file of a pack

ImportFormat format_of(std::string_view bytes, const std::string& name) {
  const std::string extension = text::to_lower(fs::path(name).extension().string());
  if (extension == ".html" || extension == ".htm" || extension == ".xhtml") {
    return ImportFormat::kHtml;
  }
  if (extension == ".md" || extension == ".markdown") return ImportFormat::kMarkdown;
  const std::string start =
      text::to_lower(text::trim(bytes.substr(0, std::min<std::size_t>(bytes.size(), 512))));
  const bool is_html = start.starts_with("<!doctype html") || start.starts_with("<html") ||
                       start.starts_with("<?xml");
  return is_html ? ImportFormat::kHtml : ImportFormat::kText;
}

tl::unexpected<Error> refuse(const std::string& name, std::string what) {
  return fail(ErrorCode::kInvalidInput, std::move(what), name);
}

Result<Outline> outline_of(std::string_view bytes, ImportFormat format) {
  switch (format) {
    case ImportFormat::kHtml:
      return outline_of_html(bytes);
    case ImportFormat::kMarkdown:
      return outline_of_markdown(bytes);
    default:
      return outline_of_text(bytes);
  }
}

}  // namespace

Result<std::string> import_bytes(std::string_view bytes, const std::string& name,
                                 const ImportOptions& options) {
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  if (bytes.starts_with(kByteOrderMark)) bytes.remove_prefix(kByteOrderMark.size());
  if (text::trim(bytes).empty()) return refuse(name, "is empty: there is nothing to import");
  if (bytes.size() > kMostBytes) return refuse(name, "larger than 4 MiB: this is no article");
  if (bytes.find('\0') != std::string_view::npos) {
    return refuse(name, "holds binary data: save the article as text, HTML or Markdown");
  }
  if (const auto at = text::first_invalid(bytes)) {
    const auto line =
        std::count(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(*at), '\n');
    return refuse(name + ":" + std::to_string(line + 1), "not UTF-8: save the file as UTF-8");
  }
  // Lines end in one way from here on.
  std::string text(bytes);
  std::erase(text, '\r');
  const ImportFormat format =
      options.format == ImportFormat::kGuess ? format_of(text, name) : options.format;
  Result<Outline> outline = outline_of(text, format);
  if (!outline) return refuse(name, outline.error().message);
  sort_out(*outline);
  if (!options.publisher.empty()) outline->publisher = {options.publisher, ""};
  if (!options.url.empty()) outline->url = {options.url, ""};
  const bool has_text = std::ranges::any_of(outline->pieces, [](const Piece& piece) {
    return piece.kind == Piece::Kind::kParagraph || piece.kind == Piece::Kind::kItem;
  });
  if (!has_text) return refuse(name, "no text of an article was found in it");
  return draft_of(*outline, fs::path(name).filename().string(), options.today);
}

Result<std::string> import_article(const fs::path& file, const ImportOptions& options) {
  std::error_code error;
  if (!fs::is_regular_file(file, error)) {
    return fail(ErrorCode::kNotFound, "no such file", file.string());
  }
  if (fs::file_size(file, error) > kMostBytes) {
    return refuse(file.string(), "larger than 4 MiB: this is no article");
  }
  std::ifstream in(file, std::ios::binary);
  std::string bytes{std::istreambuf_iterator<char>(in), {}};
  if (!in) return refuse(file.string(), "cannot be read");
  return import_bytes(bytes, file.string(), options);
}

}  // namespace backchat::authoring
