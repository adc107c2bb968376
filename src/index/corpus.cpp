#include "index/corpus.h"

#include <algorithm>
#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "knowledge/pack.h"
#include "text/utf8.h"

namespace backchat::index {
namespace {

using nlohmann::json;

constexpr std::size_t kLongestLine = std::size_t{16} << 20U;
constexpr std::size_t kChunk = std::size_t{1} << 16U;

// Reads lines without ever holding more than one, however long the input goes on without a line
// end.
class Lines {
 public:
  explicit Lines(std::istream& in) : in_(in) {}

  enum class Outcome { kLine, kEnd, kTooLong, kFailed };
  Outcome next(std::string& line) {
    line.clear();
    for (;;) {
      const auto end = std::find(chunk_.begin() + at_, chunk_.end(), '\n');
      line.append(chunk_.begin() + at_, end);
      if (line.size() > kLongestLine) return Outcome::kTooLong;
      if (end != chunk_.end()) {
        at_ = end - chunk_.begin() + 1;
        return Outcome::kLine;
      }
      if (!fill()) {
        if (in_.bad()) return Outcome::kFailed;
        return line.empty() ? Outcome::kEnd : Outcome::kLine;
      }
    }
  }

 private:
  bool fill() {
    chunk_.resize(kChunk);
    in_.read(chunk_.data(), static_cast<std::streamsize>(kChunk));
    chunk_.resize(static_cast<std::size_t>(in_.gcount()));
    at_ = 0;
    return !chunk_.empty();
  }

  std::istream& in_;
  std::vector<char> chunk_;
  std::ptrdiff_t at_ = 0;
};

struct Line {
  std::string id, title, text, url;
};

// The problem with one line, or an empty text.
std::string parse(std::string_view bytes, Line& out) {
  if (text::first_invalid(bytes)) return "the line is not valid UTF-8";
  const json object = json::parse(bytes, nullptr, false);
  if (object.is_discarded()) return "the line is not JSON";
  if (!object.is_object()) return "the line is not a JSON object";
  const auto take = [&object](const char* key, std::string& to) {
    to.clear();
    const auto at = object.find(key);
    if (at == object.end() || at->is_null()) return true;
    if (!at->is_string()) return false;
    to = at->get_ref<const std::string&>();
    return true;
  };
  const auto id = object.find("id");
  if (id == object.end()) return "\"id\" is missing";
  if (id->is_number_integer()) {
    out.id = id->dump();
  } else if (!take("id", out.id)) {
    return "\"id\" must be text";
  }
  // Ids stand between spaces in the output of `search`.
  const bool spaces = std::any_of(out.id.begin(), out.id.end(), [](char c) {
    return static_cast<unsigned char>(c) <= ' ' || c == 0x7F;
  });
  if (out.id.empty() || spaces) return "\"id\" must be text without white space";
  if (!take("title", out.title)) return "\"title\" must be text";
  if (object.find("text") == object.end()) return "\"text\" is missing";
  if (!take("text", out.text)) return "\"text\" must be text";
  if (!take("url", out.url)) return "\"url\" must be text";
  return {};
}

std::string place(const std::filesystem::path& file, std::uint64_t line) {
  return file.string() + ":" + std::to_string(line);
}

Result<void> add_line(const Line& line, IndexBuilder& builder, std::uint64_t& empty) {
  std::vector<knowledge::Passage> passages =
      knowledge::cut_plain_text(line.id, line.title, line.text);
  if (passages.empty()) {
    if (text::trim(line.title).empty()) {
      ++empty;
      return {};
    }
    // A title alone can still be found.
    knowledge::Passage passage;
    passage.id = line.id + ".1";
    passage.article = line.id;
    passage.title = line.title;
    passages.push_back(std::move(passage));
  }
  for (const knowledge::Passage& passage : passages) {
    if (auto added = builder.add(passage, line.url); !added) return added;
  }
  return {};
}

Result<CorpusReport> build_from(std::istream& in, const std::filesystem::path& name,
                                IndexBuilder& builder) {
  CorpusReport report;
  Lines lines(in);
  std::string bytes;
  Line line;
  std::string previous;  // the builder finds the same id only when another came between
  for (;;) {
    const auto outcome = lines.next(bytes);
    if (outcome == Lines::Outcome::kEnd) break;
    ++report.lines;
    const std::string where = place(name, report.lines);
    if (outcome == Lines::Outcome::kTooLong) {
      return fail(ErrorCode::kInvalidInput, "the line is longer than 16 MiB", where);
    }
    if (outcome == Lines::Outcome::kFailed) {
      return fail(ErrorCode::kUnavailable, "the file cannot be read to its end", name.string());
    }
    std::string_view content = bytes;
    if (report.lines == 1 && content.starts_with("\xEF\xBB\xBF")) content.remove_prefix(3);
    if (text::trim(content).empty()) continue;
    if (std::string problem = parse(content, line); !problem.empty()) {
      return fail(ErrorCode::kInvalidInput, std::move(problem), where);
    }
    if (line.id == previous) return fail(ErrorCode::kInvalidInput, "the id stands twice", where);
    previous = line.id;
    if (auto added = add_line(line, builder, report.empty); !added) {
      Error error = added.error();
      if (error.code == ErrorCode::kInvalidInput) error.where = where;
      return fail(std::move(error));
    }
  }
  Result<BuildReport> built = builder.finish();
  if (!built) return fail(built.error());
  report.build = *built;
  return report;
}

}  // namespace

Result<CorpusReport> build_corpus(const std::filesystem::path& jsonl,
                                  const std::filesystem::path& edition,
                                  const text::Analyzer& analyzer) {
  std::ifstream file;
  if (jsonl != "-") {
    std::error_code error;
    if (!std::filesystem::exists(jsonl, error)) {
      return fail(ErrorCode::kNotFound, "there is no such file", jsonl.string());
    }
    file.open(jsonl, std::ios::binary);
    if (!file || std::filesystem::is_directory(jsonl, error)) {
      return fail(ErrorCode::kInvalidInput, "the file cannot be read", jsonl.string());
    }
  }
  Result<IndexBuilder> builder = IndexBuilder::create(edition, analyzer);
  if (!builder) return fail(builder.error());
  return jsonl == "-" ? build_from(std::cin, "standard input", *builder)
                      : build_from(file, jsonl, *builder);
}

}  // namespace backchat::index
