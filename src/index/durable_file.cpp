#include "index/durable_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <string>
#include <vector>

#include "index/digest.h"
#include "index/format.h"

namespace backchat::index {
namespace {

constexpr std::size_t kChunk = std::size_t{1} << 20U;
constexpr mode_t kReadableByAll = 0644;  // an edition holds public knowledge

// An open descriptor, closed at the end of its life.
class Descriptor {
 public:
  Descriptor(const std::filesystem::path& file, int flags)
      : fd_(::open(file.c_str(), flags | O_CLOEXEC)) {}
  ~Descriptor() {
    if (fd_ >= 0) ::close(fd_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int get() const { return fd_; }

 private:
  int fd_;
};

bool write_all(int fd, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(fd, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

tl::unexpected<Error> failed(ErrorCode code, const char* what, const std::filesystem::path& file) {
  return fail(code, std::string(what) + ": " + std::strerror(errno), file.string());
}

std::filesystem::path folder_of(const std::filesystem::path& file) {
  return file.has_parent_path() ? file.parent_path() : std::filesystem::path(".");
}

}  // namespace

DurableFile::DurableFile(std::filesystem::path target, std::filesystem::path temporary)
    : target_(std::move(target)), temporary_(std::move(temporary)) {}

DurableFile::DurableFile(DurableFile&& other) noexcept
    : target_(std::move(other.target_)), temporary_(std::move(other.temporary_)) {
  other.temporary_.clear();
}

DurableFile::~DurableFile() {
  if (temporary_.empty()) return;
  ::unlink(spare().c_str());
  ::unlink(temporary_.c_str());
}

Result<DurableFile> DurableFile::create(const std::filesystem::path& target) {
  std::error_code ignored;
  const auto status = std::filesystem::status(target, ignored);
  if (!target.has_filename() ||
      (std::filesystem::exists(status) && !std::filesystem::is_regular_file(status))) {
    return fail(ErrorCode::kInvalidInput, "this is not the name of a plain file", target.string());
  }
  const auto folder = folder_of(target);
  std::string name = (folder / ("." + target.filename().string() + ".XXXXXX")).string();
  const int fd = ::mkstemp(name.data());
  if (fd < 0) return failed(ErrorCode::kInvalidInput, "cannot write in this folder", folder);
  ::fchmod(fd, kReadableByAll);
  ::close(fd);
  return DurableFile(target, name);
}

Result<std::uint64_t> DurableFile::seal() {
  std::error_code error;
  const std::uint64_t size = std::filesystem::file_size(temporary_, error);
  Result<std::string> digest = file_digest(temporary_, size);
  if (!digest) return fail(digest.error());
  {
    const Descriptor file(temporary_, O_WRONLY | O_APPEND);
    ::fchmod(file.get(), kReadableByAll);
    if (!write_all(file.get(), std::string(kTrailerMark) + *digest) || ::fsync(file.get()) != 0) {
      return failed(ErrorCode::kUnavailable, "the edition cannot be written", target_);
    }
  }
  if (::rename(temporary_.c_str(), target_.c_str()) != 0) {
    return failed(ErrorCode::kInvalidInput, "the edition cannot take its name", target_);
  }
  temporary_.clear();
  const Descriptor folder(folder_of(target_), O_RDONLY | O_DIRECTORY);
  if (::fsync(folder.get()) != 0) {
    return failed(ErrorCode::kUnavailable, "the edition's folder cannot be made durable", target_);
  }
  return size + kTrailerSize;
}

Result<std::string> file_digest(const std::filesystem::path& file, std::uint64_t size) {
  std::ifstream in(file, std::ios::binary);
  std::vector<char> chunk(kChunk);
  Digest digest;
  while (size > 0) {
    const auto want = static_cast<std::size_t>(std::min<std::uint64_t>(size, chunk.size()));
    if (!in.read(chunk.data(), static_cast<std::streamsize>(want))) {
      return fail(ErrorCode::kCorruptData, "the file cannot be read to its end", file.string());
    }
    digest.add({chunk.data(), want});
    size -= want;
  }
  return digest.finish();
}

}  // namespace backchat::index
