#include "app/http/worker_pool.h"

#include <utility>

namespace backchat::app::http {
namespace {

constexpr std::size_t kMaxChores = 1024;

}  // namespace

WorkerPool::WorkerPool(unsigned threads, std::size_t limit) : limit_(limit) {
  threads_.reserve(threads);
  try {
    for (unsigned i = 0; i < threads; ++i) threads_.emplace_back([this] { run(); });
  } catch (...) {
    finish();
    throw;
  }
}

WorkerPool::~WorkerPool() { finish(); }

bool WorkerPool::post(Task task) {
  {
    const MutexLock lock(mutex_);
    if (finished_ || tasks_.size() >= limit_) return false;
    tasks_.push_back(std::move(task));
  }
  wake_.notify_one();
  return true;
}

bool WorkerPool::post_chore(Task task) {
  {
    const MutexLock lock(mutex_);
    if (finished_ || chores_.size() >= kMaxChores) return false;
    chores_.push_back(std::move(task));
  }
  wake_.notify_one();
  return true;
}

void WorkerPool::finish() {
  {
    const MutexLock lock(mutex_);
    finished_ = true;
  }
  wake_.notify_all();
  for (std::thread& thread : threads_) thread.join();
  threads_.clear();
}

void WorkerPool::run() {
  while (true) {
    Task task;
    {
      const MutexLock lock(mutex_);
      while (tasks_.empty() && chores_.empty() && !finished_) wake_.wait(mutex_);
      std::deque<Task>& from = tasks_.empty() ? chores_ : tasks_;
      if (from.empty()) return;
      task = std::move(from.front());
      from.pop_front();
    }
    task();
  }
}

}  // namespace backchat::app::http
