#include <gtest/gtest.h>

#include <filesystem>
#include <regex>
#include <sstream>
#include <vector>

#include "tests/app/cli/program.h"

namespace backchat::app {
namespace {

namespace fs = std::filesystem;

// A command of a chapter and what it prints; "..." stands for any lines.
struct Step {
  std::string command;
  std::vector<std::string> printed;
};

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> out;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) out.push_back(line);
  return out;
}

// The indented lines from "    $ command" on, up to the next command or the next text.
std::vector<Step> steps_of(const std::string& chapter) {
  constexpr std::string_view kIndent = "    ";
  constexpr std::string_view kPrompt = "$ ";
  std::vector<Step> out;
  bool inside = false;
  for (const std::string& line : lines_of(chapter)) {
    if (!line.empty() && !line.starts_with(kIndent)) inside = false;
    const std::string code =
        line.empty() ? line : line.substr(std::min(line.size(), kIndent.size()));
    if (line.starts_with(kIndent) && code.starts_with(kPrompt)) {
      out.push_back({code.substr(kPrompt.size()), {}});
      inside = true;
    } else if (inside) {
      out.back().printed.push_back(code);
    }
  }
  for (Step& step : out) {
    while (!step.printed.empty() && step.printed.back().empty()) step.printed.pop_back();
  }
  return out;
}

// Ids and sizes of editions change with every pack and program.
std::string without_ids(const std::string& line) {
  static const std::regex kId("[0-9a-f]{16}");
  static const std::regex kBytes("[0-9]+ bytes");
  return std::regex_replace(std::regex_replace(line, kId, "ID"), kBytes, "N bytes");
}

bool matches(const std::vector<std::string>& wanted, std::size_t w,
             const std::vector<std::string>& printed, std::size_t p) {
  if (w == wanted.size()) return p == printed.size();
  if (wanted[w] == "...") {
    for (std::size_t next = p; next <= printed.size(); ++next) {
      if (matches(wanted, w + 1, printed, next)) return true;
    }
    return false;
  }
  return p < printed.size() && without_ids(wanted[w]) == without_ids(printed[p]) &&
         matches(wanted, w + 1, printed, p + 1);
}

std::string joined(const std::vector<std::string>& lines) {
  std::string out;
  for (const std::string& line : lines) out += line + "\n";
  return out;
}

// CONTRIBUTING shows one article from start to end: what it shows must be what happens.
TEST(ChapterTest, AddingAnArticleHappensAsContributingShowsIt) {
  const fs::path source = BACKCHAT_SOURCE_DIR;
  const std::string text = read_file(source / "CONTRIBUTING.md");
  const std::size_t begin = text.find("\n## Add an article\n");
  ASSERT_NE(begin, std::string::npos);
  const std::string chapter = text.substr(begin, text.find("\n## ", begin + 1) - begin);
  const std::vector<Step> steps = steps_of(chapter);
  ASSERT_GE(steps.size(), 15U);
  const ScratchFolder scratch;
  fs::create_directory_symlink(source / "tests", scratch / "tests");
  const std::string program_folder = fs::path(BACKCHAT_PROGRAM).parent_path().string();
  for (const Step& step : steps) {
    write_file(scratch / "step.sh", "cd '" + (scratch / "").string() + "' && PATH='" +
                                        program_folder + "':$PATH\n" + step.command + "\n");
    const std::string command = "sh '" + (scratch / "step.sh").string() + "' >'" +
                                (scratch / "printed").string() + "' 2>&1";
    const int status = std::system(command.c_str());
    EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) <= 1) << step.command;
    const std::vector<std::string> printed = lines_of(read_file(scratch / "printed"));
    std::vector<std::string> shown = printed;
    while (!shown.empty() && shown.back().empty()) shown.pop_back();
    EXPECT_TRUE(matches(step.printed, 0, shown, 0)) << "$ " << step.command << "\n"
                                                    << joined(printed) << "--- the chapter shows\n"
                                                    << joined(step.printed);
  }
}

}  // namespace
}  // namespace backchat::app
