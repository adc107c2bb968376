#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <thread>
#include <vector>

#include "base/mutex.h"

namespace backchat::app::http {

/// A fixed number of threads and a bounded queue. Thread-safe.
class WorkerPool {
 public:
  using Task = std::function<void()>;

  /// Starts `threads` threads. At most `limit` tasks wait; tasks must not throw. Throws
  /// std::system_error when the system has no threads left.
  WorkerPool(unsigned threads, std::size_t limit);
  ~WorkerPool();
  WorkerPool(const WorkerPool&) = delete;
  WorkerPool& operator=(const WorkerPool&) = delete;

  /// Queues a task. False, and nothing queued, when the queue is full or `finish` was called.
  bool post(Task task);
  /// Queues something to be done when no task waits (a log line). False and dropped when too many
  /// wait.
  bool post_chore(Task task);
  /// Lets everything that waits run to its end, then ends the threads. Blocks; may be called twice.
  void finish();

 private:
  void run();

  const std::size_t limit_;
  Mutex mutex_;
  std::condition_variable_any wake_;
  std::deque<Task> tasks_ GUARDED_BY(mutex_);
  std::deque<Task> chores_ GUARDED_BY(mutex_);
  bool finished_ GUARDED_BY(mutex_) = false;
  std::vector<std::thread> threads_;  ///< changed by the constructor and `finish` alone
};

}  // namespace backchat::app::http
