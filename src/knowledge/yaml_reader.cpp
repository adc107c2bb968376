#include "knowledge/yaml_reader.h"

#include <algorithm>
#include <set>
#include <span>

#include "knowledge/date.h"
#include "text/nearest.h"
#include "text/utf8.h"

namespace backchat::knowledge {
YamlReader YamlReader::parse(std::string_view text, std::string_view file, int line_offset,
                             Problems& problems) {
  try {
    return {YAML::Load(std::string(text)), file, line_offset, problems};
  } catch (const YAML::Exception& e) {
    problems.add(file, e.mark.line + 1 + line_offset, "not valid YAML: " + e.msg);
    return {YAML::Node(YAML::NodeType::Undefined), file, line_offset, problems};
  }
}

int YamlReader::line() const {
  return node_.IsDefined() ? node_.Mark().line + 1 + line_offset_ : line_offset_;
}

void YamlReader::problem(std::string_view what) const { problems_->add(file_, line(), what); }

bool YamlReader::has(std::string_view key) const {
  return is_map() && node_[std::string(key)].IsDefined();
}

YamlReader YamlReader::at(std::string_view key) const {
  const YAML::Node child =
      has(key) ? node_[std::string(key)] : YAML::Node(YAML::NodeType::Undefined);
  return {child, file_, line_offset_, *problems_};
}

void YamlReader::allow_only(std::initializer_list<std::string_view> known) const {
  if (!is_map()) {
    problem("a map of keys is wanted here");
    return;
  }
  std::set<std::string> seen;
  for (const auto& pair : node_) {
    const std::string key = pair.first.IsScalar() ? pair.first.Scalar() : "?";
    const int line = pair.first.Mark().line + 1 + line_offset_;
    if (!seen.insert(key).second) {
      problems_->add(file_, line, "key '" + key + "' twice: keep one");
    } else if (std::find(known.begin(), known.end(), key) == known.end()) {
      const std::string_view meant = text::nearest(key, std::span(known.begin(), known.size()));
      problems_->add(file_, line,
                     "unknown key '" + key + "': " +
                         (meant.empty() ? "remove it or correct its spelling"
                                        : "did you mean '" + std::string(meant) + "'?"));
    }
  }
}

std::string YamlReader::scalar() const {
  if (is_scalar()) return node_.Scalar();
  problem("a text is wanted here");
  return {};
}

std::string YamlReader::required(std::string_view key) const {
  std::string value = optional(key);
  if (value.empty()) problem("'" + std::string(key) + "' is missing: add it");
  return value;
}

std::string YamlReader::optional(std::string_view key) const {
  return has(key) ? at(key).scalar() : std::string();
}

std::string YamlReader::date(std::string_view key) const {
  std::string value = optional(key);
  if (!value.empty() && !days_of(value)) {
    at(key).problem("'" + std::string(key) + "' is not a date: write it as 2024-05-31");
  }
  return value;
}

int YamlReader::number(std::string_view key, int otherwise) const {
  if (!has(key)) return otherwise;
  int value = otherwise;
  if (!YAML::convert<int>::decode(at(key).node_, value)) {
    at(key).problem("'" + std::string(key) + "' is not a whole number");
  }
  return value;
}

double YamlReader::real(std::string_view key, double otherwise) const {
  if (!has(key)) return otherwise;
  double value = otherwise;
  if (!YAML::convert<double>::decode(at(key).node_, value)) {
    at(key).problem("'" + std::string(key) + "' is not a number");
  }
  return value;
}

bool YamlReader::flag(std::string_view key, bool otherwise) const {
  if (!has(key)) return otherwise;
  bool value = otherwise;
  if (!YAML::convert<bool>::decode(at(key).node_, value)) {
    at(key).problem("'" + std::string(key) + "' is neither true nor false");
  }
  return value;
}

std::vector<std::string> YamlReader::strings() const {
  std::vector<std::string> out;
  for (const YamlReader& item : items()) out.push_back(item.scalar());
  return out;
}

std::vector<std::string> YamlReader::strings(std::string_view key) const {
  return has(key) ? at(key).strings() : std::vector<std::string>();
}

std::vector<YamlReader> YamlReader::items() const {
  std::vector<YamlReader> out;
  if (!node_.IsDefined() || node_.IsNull()) return out;
  if (!node_.IsSequence()) {
    problem("a list is wanted here");
    return out;
  }
  for (const auto& item : node_) out.emplace_back(item, file_, line_offset_, *problems_);
  return out;
}

std::vector<YamlReader> YamlReader::items(std::string_view key) const {
  return has(key) ? at(key).items() : std::vector<YamlReader>();
}

std::vector<std::string> YamlReader::keys() const {
  std::vector<std::string> out;
  if (!is_map()) return out;
  for (const auto& pair : node_) {
    if (pair.first.IsScalar()) out.push_back(pair.first.Scalar());
  }
  return out;
}

}  // namespace backchat::knowledge
