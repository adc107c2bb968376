#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "base/result.h"

namespace backchat::authoring {

enum class ImportFormat { kGuess, kText, kHtml, kMarkdown };

struct ImportOptions {
  ImportFormat format = ImportFormat::kGuess;  ///< by the file's name, else by what it holds
  std::string today;                           ///< ISO date, for 'retrieved'
  std::string publisher;  ///< what the author knows better than the file; empty: guess
  std::string url;
};

/// Makes a draft article of a file: front matter whose guesses are marked, headings, paragraphs and
/// lists, and as comments what seems to be no part of the article. The draft can be read as an
/// article at once; `backchat check` asks for every mark to be confirmed.
///
/// Errors:  kNotFound (no such file), kInvalidInput (empty, larger than 4 MiB, not UTF-8, binary,
/// no
///          text of an article in it).
Result<std::string> import_article(const std::filesystem::path& file, const ImportOptions& options);

/// The same of bytes at hand; `name` is used in messages and to guess the format.
Result<std::string> import_bytes(std::string_view bytes, const std::string& name,
                                 const ImportOptions& options);

}  // namespace backchat::authoring
