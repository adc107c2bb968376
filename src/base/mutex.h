#pragma once

#include <mutex>

// clang checks these annotations in the `clang` preset; other compilers ignore them.
#if defined(__clang__)
#define BACKCHAT_ANNOTATE(x) __attribute__((x))
#else
#define BACKCHAT_ANNOTATE(x)
#endif
#define GUARDED_BY(m) BACKCHAT_ANNOTATE(guarded_by(m))

namespace backchat {

/// std::mutex that clang's lock analysis can follow.
class BACKCHAT_ANNOTATE(capability("mutex")) Mutex {
 public:
  void lock() BACKCHAT_ANNOTATE(acquire_capability()) { mutex_.lock(); }
  void unlock() BACKCHAT_ANNOTATE(release_capability()) { mutex_.unlock(); }

 private:
  std::mutex mutex_;
};

/// Holds a Mutex for the length of a block.
class BACKCHAT_ANNOTATE(scoped_lockable) MutexLock {
 public:
  explicit MutexLock(Mutex& mutex) BACKCHAT_ANNOTATE(acquire_capability(mutex)) : mutex_(mutex) {
    mutex_.lock();
  }
  ~MutexLock() BACKCHAT_ANNOTATE(release_capability()) { mutex_.unlock(); }
  MutexLock(const MutexLock&) = delete;
  MutexLock& operator=(const MutexLock&) = delete;

 private:
  Mutex& mutex_;
};

}  // namespace backchat
