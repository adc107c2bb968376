#pragma once

#include <yaml-cpp/yaml.h>

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "knowledge/messages.h"
#include "knowledge/problems.h"

// For the readers of a pack's files: reads YAML strictly and collects every problem, not just the
// first.
namespace backchat::knowledge {

/// A YAML node together with its file, for messages. Reading a key that is missing or of another
/// type adds a problem and gives an empty value.
class YamlReader {
 public:
  YamlReader(const YAML::Node& node, std::string_view file, int line_offset, Problems& problems)
      : node_(node), file_(file), line_offset_(line_offset), problems_(&problems) {}

  /// Parses `text`; on a syntax error adds a problem and gives an undefined node. `line_offset` is
  /// added to lines.
  static YamlReader parse(std::string_view text, std::string_view file, int line_offset,
                          Problems& problems);

  bool has(std::string_view key) const;
  bool is_map() const { return node_.IsDefined() && node_.IsMap(); }
  bool is_sequence() const { return node_.IsDefined() && node_.IsSequence(); }
  bool is_scalar() const { return node_.IsDefined() && node_.IsScalar(); }
  int line() const;
  const YAML::Node& node() const { return node_; }

  /// Adds a problem for every key that is not in `known` (with the known one that it is nearest to)
  /// or that stands twice, and one if this is no map.
  void allow_only(std::initializer_list<std::string_view> known) const;
  void problem(std::string_view what) const;

  YamlReader at(std::string_view key) const;
  std::string scalar() const;
  std::string required(std::string_view key) const;
  std::string optional(std::string_view key) const;
  /// A date "2024-05-31", or empty when the key is missing.
  std::string date(std::string_view key) const;
  int number(std::string_view key, int otherwise) const;
  double real(std::string_view key, double otherwise) const;
  bool flag(std::string_view key, bool otherwise) const;
  /// The scalars of a sequence; nothing when the key is missing.
  std::vector<std::string> strings(std::string_view key) const;
  std::vector<std::string> strings() const;
  std::vector<YamlReader> items() const;
  std::vector<YamlReader> items(std::string_view key) const;
  std::vector<std::string> keys() const;

 private:
  YAML::Node node_;
  std::string file_;
  int line_offset_;
  Problems* problems_;
};

/// Reads the messages; adds a problem for each that the program needs and `yaml` lacks.
Messages read_messages(const YamlReader& yaml, std::string_view file, Problems& problems);

}  // namespace backchat::knowledge
