#include "authoring/pack_edition.h"

#include <stdlib.h>

#include <string>

namespace backchat::authoring {
namespace {

namespace fs = std::filesystem;

// A new folder that goes with everything in it.
class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::error_code error;
    std::string pattern = (fs::temp_directory_path(error) / "backchat-XXXXXX").string();
    if (!error && ::mkdtemp(pattern.data()) != nullptr) path_ = pattern;
  }
  ~TemporaryFolder() {
    std::error_code ignored;
    if (!path_.empty()) fs::remove_all(path_, ignored);
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

}  // namespace

Result<std::unique_ptr<const dialogue::Edition>> open_pack(const fs::path& path) {
  constexpr unsigned kReaders = 2;
  std::error_code error;
  if (!fs::is_directory(path, error)) return dialogue::open_edition(path, kReaders);
  const TemporaryFolder folder;
  if (folder.path().empty()) {
    return fail(ErrorCode::kUnavailable, "no temporary folder can be made: check TMPDIR");
  }
  const fs::path file = folder.path() / "pack.edition";
  if (const auto built = dialogue::build_edition(path, file); !built) return fail(built.error());
  // The open file lives on without its name.
  return dialogue::open_edition(file, kReaders);
}

}  // namespace backchat::authoring
