#include "safety/reader.h"

#include <algorithm>

#include "text/utf8.h"

namespace backchat::safety {

std::string Reader::where(const YAML::Node& node) const {
  const YAML::Mark mark = node.Mark();
  return mark.is_null() ? file_ : file_ + ":" + std::to_string(mark.line + 1);
}

void Reader::problem(const YAML::Node& node, std::string what) const {
  problems_->push_back({where(node), std::move(what)});
}

std::string Reader::text(const YAML::Node& map, const char* key, bool required) const {
  const YAML::Node node = map[key];
  if (!node || node.IsNull()) {
    if (required) problem(map, std::string("'") + key + "' is missing");
    return {};
  }
  if (!node.IsScalar()) {
    problem(node, std::string("'") + key + "' must be a text");
    return {};
  }
  return std::string(text::trim(node.Scalar()));
}

double Reader::number(const YAML::Node& map, const char* key, double otherwise) const {
  const YAML::Node node = map[key];
  if (!node) return otherwise;
  double value = 0;
  if (!node.IsScalar() || !YAML::convert<double>::decode(node, value)) {
    problem(node, std::string("'") + key + "' must be a number");
    return otherwise;
  }
  return value;
}

bool Reader::flag(const YAML::Node& map, const char* key, bool otherwise) const {
  const YAML::Node node = map[key];
  if (!node) return otherwise;
  bool value = false;
  if (!node.IsScalar() || !YAML::convert<bool>::decode(node, value)) {
    problem(node, std::string("'") + key + "' must be true or false");
    return otherwise;
  }
  return value;
}

std::vector<std::string> Reader::texts(const YAML::Node& map, const char* key) const {
  const YAML::Node node = map[key];
  if (!node || node.IsNull()) return {};
  if (node.IsScalar()) return {std::string(text::trim(node.Scalar()))};
  std::vector<std::string> result;
  if (!node.IsSequence()) {
    problem(node, std::string("'") + key + "' must be a list of texts");
    return result;
  }
  for (const YAML::Node& item : node) {
    if (item.IsScalar()) {
      result.emplace_back(text::trim(item.Scalar()));
    } else {
      problem(item, std::string("'") + key + "' must hold only texts");
    }
  }
  return result;
}

std::vector<std::pair<std::string, std::string>> Reader::lines(const YAML::Node& map,
                                                               const char* key) const {
  std::vector<std::pair<std::string, std::string>> result;
  const YAML::Node node = map[key];
  if (!node || !node.IsScalar()) {
    problem(map, std::string("'") + key + "' must be a block of lines");
    return result;
  }
  const std::string& block = node.Scalar();
  int line = node.Mark().line + 1;
  if (block.find('\n') != std::string::npos) ++line;  // the lines begin under "key: |"
  for (std::size_t begin = 0; begin < block.size(); ++line) {
    const std::size_t end = std::min(block.find('\n', begin), block.size());
    const std::string_view part = text::trim(std::string_view(block).substr(begin, end - begin));
    if (!part.empty() && part.front() != '#') {
      result.emplace_back(std::string(part), file_ + ":" + std::to_string(line));
    }
    begin = end + 1;
  }
  return result;
}

void Reader::only(const YAML::Node& map, const std::vector<std::string_view>& known) const {
  for (const auto& entry : map) {
    const std::string key = entry.first.IsScalar() ? entry.first.Scalar() : std::string();
    if (std::find(known.begin(), known.end(), key) == known.end()) {
      problem(entry.first, "unknown key '" + key + "'");
    }
  }
}

}  // namespace backchat::safety
