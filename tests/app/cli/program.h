#pragma once

#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

namespace backchat::app {

/// What a run of the program printed and how it ended.
struct Outcome {
  int code = -1;
  std::string out;
  std::string err;
};

/// A folder that is gone with the test.
class ScratchFolder {
 public:
  ScratchFolder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "backchat-XXXXXX").string();
    path_ = ::mkdtemp(pattern.data());
  }
  ~ScratchFolder() { std::filesystem::remove_all(path_); }
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;
  std::filesystem::path operator/(const std::string& name) const { return path_ / name; }

 private:
  std::filesystem::path path_;
};

inline std::string read_file(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

inline void write_file(const std::filesystem::path& path, const std::string& bytes) {
  std::ofstream(path, std::ios::binary) << bytes;
}

/// Runs `backchat ARGUMENTS` through the shell with `input` on its standard input.
inline Outcome run(const std::string& arguments, const std::string& input = {}) {
  const ScratchFolder scratch;
  write_file(scratch / "in", input);
  const std::string command = std::string(BACKCHAT_PROGRAM) + " " + arguments + " <" +
                              (scratch / "in").string() + " >" + (scratch / "out").string() +
                              " 2>" + (scratch / "err").string();
  const int status = std::system(command.c_str());
  return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, read_file(scratch / "out"),
          read_file(scratch / "err")};
}

}  // namespace backchat::app
