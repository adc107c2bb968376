#pragma once

#include <yaml-cpp/yaml.h>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "safety/pattern.h"

namespace backchat::safety {

/// A YAML document with its file name: reads fields and notes what is wrong, with the line, instead
/// of throwing.
class Reader {
 public:
  Reader(std::string file, std::vector<Problem>& problems)
      : file_(std::move(file)), problems_(&problems) {}

  std::string where(const YAML::Node& node) const;
  void problem(const YAML::Node& node, std::string what) const;

  /// A text field; a missing one is a problem when `required`.
  std::string text(const YAML::Node& map, const char* key, bool required = false) const;
  double number(const YAML::Node& map, const char* key, double otherwise) const;
  bool flag(const YAML::Node& map, const char* key, bool otherwise) const;
  /// A list of texts; a single text is a list of one.
  std::vector<std::string> texts(const YAML::Node& map, const char* key) const;
  /// The lines of a block of text with the place of each, blank lines and those that begin with #
  /// left out.
  std::vector<std::pair<std::string, std::string>> lines(const YAML::Node& map,
                                                         const char* key) const;
  /// Notes every key of `map` that is not in `known`.
  void only(const YAML::Node& map, const std::vector<std::string_view>& known) const;

 private:
  std::string file_;
  std::vector<Problem>* problems_;
};

}  // namespace backchat::safety
