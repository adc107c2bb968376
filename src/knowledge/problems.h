#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"

namespace backchat::knowledge {

/// Something wrong with a file of a pack.
struct Problem {
  std::string file;  ///< path inside the pack
  int line = 0;      ///< 1-based, 0 when the file as a whole is meant
  std::string what;  ///< "what: how to mend it"
};

/// "file:line: what: how to mend it", or without the line.
std::string to_string(const Problem& problem);

/// All that is wrong with a pack, in the order it was found.
class Problems {
 public:
  void add(std::string_view file, int line, std::string_view what) {
    all_.push_back({std::string(file), line, std::string(what)});
  }
  bool empty() const { return all_.empty(); }
  const std::vector<Problem>& all() const { return all_; }
  std::vector<Problem> take() { return std::move(all_); }

 private:
  std::vector<Problem> all_;
};

/// One kCorruptData of all problems, one a line; `where` is the place of the first.
Error error_of(const std::vector<Problem>& problems);

}  // namespace backchat::knowledge
