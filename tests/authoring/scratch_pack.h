#pragma once

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <string>

namespace backchat::authoring::test {

/// A copy of the good fixture pack that a test may change, gone with the test.
class ScratchPack {
 public:
  ScratchPack() {
    std::string pattern =
        (std::filesystem::temp_directory_path() / "backchat-pack-XXXXXX").string();
    path_ = ::mkdtemp(pattern.data());
    overlay(std::filesystem::path(BACKCHAT_SOURCE_DIR) / "tests/data/packs/stiff-necks");
  }
  ~ScratchPack() { std::filesystem::remove_all(path_); }
  ScratchPack(const ScratchPack&) = delete;
  ScratchPack& operator=(const ScratchPack&) = delete;

  const std::filesystem::path& path() const { return path_; }

  /// Puts the files of a folder over the pack's.
  void overlay(const std::filesystem::path& folder) const {
    std::filesystem::copy(folder, path_,
                          std::filesystem::copy_options::recursive |
                              std::filesystem::copy_options::overwrite_existing);
  }

  std::string read(const std::string& file) const {
    std::ifstream in(path_ / file, std::ios::binary);
    std::ostringstream out;
    out << in.rdbuf();
    return out.str();
  }

  void write(const std::string& file, const std::string& text) const {
    std::filesystem::create_directories((path_ / file).parent_path());
    std::ofstream(path_ / file, std::ios::binary) << text;
  }

  /// Replaces the first `from` in a file; it must be there.
  void replace(const std::string& file, const std::string& from, const std::string& to) const {
    std::string text = read(file);
    const std::size_t at = text.find(from);
    if (at == std::string::npos) throw std::runtime_error("not in " + file + ": " + from);
    write(file, text.replace(at, from.size(), to));
  }

 private:
  std::filesystem::path path_;
};

}  // namespace backchat::authoring::test
