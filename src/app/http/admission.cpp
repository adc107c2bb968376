#include "app/http/admission.h"

#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/resource.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <set>
#include <system_error>
#include <thread>
#include <unordered_map>
#include <utility>
#include <vector>

#include "app/http/fd.h"
#include "app/http/worker_pool.h"
#include "base/mutex.h"

namespace backchat::app::http {
namespace {

using SteadyClock = std::chrono::steady_clock;
using TimePoint = SteadyClock::time_point;

constexpr std::uint64_t kWakeId = 0;
constexpr std::size_t kReadBytes = 16 * 1024;
/// How long, and for how many bytes, a refused client may go on sending before the connection is
/// cut: closing at once would make the kernel send a reset, which can destroy the refusal before
/// the client has read it.
constexpr std::chrono::milliseconds kLingerTime{1'000};
constexpr std::size_t kLingerBytes = 1024 * 1024;

enum class State {
  kIdle,     ///< no byte of the next request is there
  kHead,     ///< a part of the head is there
  kBody,     ///< the head and a part of the body are there
  kBusy,     ///< a worker has the request
  kWriting,  ///< the response is on its way
  kLinger,   ///< everything is said; what still comes is thrown away
};

struct Connection {
  std::uint64_t id = 0;
  Fd socket;
  State state = State::kIdle;
  std::string in;
  std::size_t scanned = 0;  ///< see parse_head
  std::size_t needed = 0;   ///< bytes of head and body once the head is known
  std::string out;
  std::size_t sent = 0;
  bool close_after = false;  ///< end the connection after the response in `out`
  bool peer_done = false;    ///< the client has closed its sending side
  unsigned served = 0;
  std::size_t discarded = 0;
  TimePoint received;  ///< when the request in work was complete
  std::optional<TimePoint> deadline;
};

/// What other threads hand to the admission thread.
struct Finished {
  std::uint64_t connection = 0;
  std::string bytes;
};

double milliseconds_since(TimePoint start) {
  return std::chrono::duration<double, std::milli>(SteadyClock::now() - start).count();
}

unsigned worker_count(unsigned wanted) {
  return wanted != 0 ? wanted : std::max(4U, std::thread::hardware_concurrency());
}

/// Leaves some descriptors for the edition's readers, the log and the listening socket.
std::size_t connection_count(std::size_t wanted) {
  constexpr rlim_t kReserve = 64;
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY) return wanted;
  const rlim_t free = limit.rlim_cur > 2 * kReserve ? limit.rlim_cur - kReserve : kReserve;
  return std::min<std::size_t>(wanted, free);
}

}  // namespace

class Admission::Loop {
 public:
  Loop(ServerLimits limits, HostNames hosts, Doors doors, Fd epoll, Fd wake)
      : limits_(limits),
        max_connections_(connection_count(limits.connections)),
        hosts_(std::move(hosts)),
        doors_(std::move(doors)),
        epoll_(std::move(epoll)),
        wake_(std::move(wake)),
        pool_(worker_count(limits.workers), limits.queued),
        thread_([this] { run(); }) {}

  void adopt(Fd socket) {
    {
      const MutexLock lock(mutex_);
      adopted_.push_back(std::move(socket));
    }
    wake();
  }

  void finish() {
    if (!thread_.joinable()) return;
    {
      const MutexLock lock(mutex_);
      stop_asked_ = true;
    }
    wake();
    pool_.finish();
    {
      const MutexLock lock(mutex_);
      workers_ended_ = true;
    }
    wake();
    thread_.join();
  }

 private:
  // --- the loop -------------------------------------------------------------------------------

  void run() {
    std::array<epoll_event, 64> events;
    while (!done()) {
      const int count = epoll_wait(epoll_.get(), events.data(), static_cast<int>(events.size()),
                                   milliseconds_to_next_deadline());
      for (int i = 0; i < count; ++i) {
        const epoll_event& event = events[static_cast<std::size_t>(i)];
        if (event.data.u64 == kWakeId) {
          std::uint64_t ignored = 0;
          [[maybe_unused]] const auto n = ::read(wake_.get(), &ignored, sizeof ignored);
        } else if (Connection* connection = find(event.data.u64)) {
          handle(*connection);
        }
      }
      take_inbox();
      expire();
    }
    connections_.clear();
  }

  /// Once stopped, the loop ends when everything is said, or when those who do not read had time
  /// enough.
  bool done() const {
    if (!stopping_ || !workers_gone_) return false;
    return connections_.empty() || SteadyClock::now() >= stop_deadline_;
  }

  int milliseconds_to_next_deadline() const {
    std::optional<TimePoint> next;
    if (!deadlines_.empty()) next = deadlines_.begin()->first;
    if (stopping_ && workers_gone_) next = next ? std::min(*next, stop_deadline_) : stop_deadline_;
    if (!next) return -1;
    const auto left =
        std::chrono::ceil<std::chrono::milliseconds>(*next - SteadyClock::now()).count();
    return static_cast<int>(std::clamp<decltype(left)>(left, 0, 60'000));
  }

  void take_inbox() {
    std::vector<Fd> adopted;
    std::vector<Finished> finished;
    bool stop_asked = false;
    {
      const MutexLock lock(mutex_);
      adopted.swap(adopted_);
      finished.swap(finished_);
      stop_asked = stop_asked_;
      workers_gone_ = workers_ended_;
    }
    for (Finished& item : finished) {
      if (Connection* connection = find(item.connection)) {
        respond(*connection, std::move(item.bytes));
      }
    }
    for (Fd& socket : adopted) {
      if (!stop_asked) admit(std::move(socket));
    }
    if (stop_asked && !stopping_) begin_stop();
  }

  /// Only requests that a worker has, and responses on their way, outlive this.
  void begin_stop() {
    stopping_ = true;
    stop_deadline_ = SteadyClock::now() + limits_.stop_time;
    std::vector<std::uint64_t> unneeded;
    for (auto& [id, connection] : connections_) {
      connection->close_after = true;
      const bool needed = connection->state == State::kBusy || connection->state == State::kWriting;
      if (!needed) unneeded.push_back(id);
    }
    for (const std::uint64_t id : unneeded) close(id);
  }

  void expire() {
    const TimePoint now = SteadyClock::now();
    while (!deadlines_.empty() && deadlines_.begin()->first <= now) {
      Connection& connection = *connections_.at(deadlines_.begin()->second);
      const bool half_request =
          connection.state == State::kHead || connection.state == State::kBody;
      if (half_request) {
        refuse(connection, {408, "timeout", "The request took too long to arrive."});
      } else {
        close(connection.id);
      }
    }
  }

  // --- one connection -------------------------------------------------------------------------

  void admit(Fd socket) {
    if (connections_.size() >= max_connections_ && !evict()) return;
    const int flags = fcntl(socket.get(), F_GETFL);
    if (flags < 0 || fcntl(socket.get(), F_SETFL, flags | O_NONBLOCK) != 0) return;
    const int on = 1;
    setsockopt(socket.get(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);

    auto connection = std::make_unique<Connection>();
    connection->id = ++last_id_;
    connection->socket = std::move(socket);
    epoll_event event{};
    event.events = EPOLLIN | EPOLLONESHOT;
    event.data.u64 = connection->id;
    if (epoll_ctl(epoll_.get(), EPOLL_CTL_ADD, connection->socket.get(), &event) != 0) return;
    set_deadline(*connection, limits_.idle_time);
    connections_.emplace(connection->id, std::move(connection));
  }

  /// Makes room: closes the connection that has waited longest among those between two requests,
  /// else among those that send one, else among those that do not read their response. False when
  /// workers have a request of every one.
  bool evict() {
    const auto close_first = [this](auto allowed) {
      for (const auto& [time, id] : deadlines_) {
        if (!allowed(connections_.at(id)->state)) continue;
        close(id);
        return true;
      }
      return false;
    };
    return close_first([](State s) { return s == State::kIdle || s == State::kLinger; }) ||
           close_first([](State s) { return s != State::kWriting; }) ||
           close_first([](State) { return true; });
  }

  void handle(Connection& connection) {
    switch (connection.state) {
      case State::kIdle:
      case State::kHead:
      case State::kBody:
        if (read(connection)) advance(connection);
        break;
      case State::kWriting:
        if (write(connection)) advance(connection);
        break;
      case State::kLinger:
        discard(connection);
        break;
      case State::kBusy:
        break;
    }
  }

  /// Takes what has come, up to the largest request. False when the connection is gone.
  bool read(Connection& connection) {
    const std::size_t most = limits_.request.head + limits_.request.body;
    std::array<char, kReadBytes> buffer;
    while (connection.in.size() < most) {
      const ssize_t count = ::recv(connection.socket.get(), buffer.data(), buffer.size(), 0);
      if (count > 0) {
        connection.in.append(buffer.data(), static_cast<std::size_t>(count));
        continue;
      }
      if (count < 0 && errno == EINTR) continue;
      if (count < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) return true;
      if (count < 0) {
        close(connection.id);
        return false;
      }
      connection.peer_done = true;
      return true;
    }
    return true;
  }

  /// Serves the requests that are complete in the buffer, one after the other, until it must wait:
  /// for more bytes, for a worker or for the client to read.
  void advance(Connection& connection) {
    while (true) {
      drop_blank_lines(connection);
      if (connection.in.size() < connection.needed) return await_more(connection);
      const auto head = parse_head(connection.in, limits_.request, hosts_, connection.scanned);
      if (!head) return refuse(connection, head.error());
      if (!*head) return await_more(connection);
      connection.needed = (*head)->size + (*head)->body_size;
      if (connection.in.size() < connection.needed) {
        connection.scanned = 0;  // the head is read again when the body is there
        return await_more(connection);
      }
      if (!serve(connection, **head)) return;
    }
  }

  /// A client may end a request's body with a line end that it did not count (RFC 9112,
  /// section 2.2).
  static void drop_blank_lines(Connection& connection) {
    if (connection.state != State::kIdle) return;
    while (connection.in.starts_with("\r\n")) connection.in.erase(0, 2);
  }

  void await_more(Connection& connection) {
    if (connection.peer_done) return close(connection.id);
    if (connection.needed > 0) {
      enter(connection, State::kBody, limits_.body_time);
    } else if (!connection.in.empty()) {
      enter(connection, State::kHead, limits_.head_time);
    } else {
      enter(connection, State::kIdle, limits_.idle_time);
    }
    listen_for(connection, EPOLLIN);
  }

  /// Changes the state; a deadline that runs already in the same state is kept, so that dripping
  /// bytes does not lengthen it.
  void enter(Connection& connection, State state, std::chrono::milliseconds time) {
    if (connection.state == state && connection.deadline) return;
    connection.state = state;
    set_deadline(connection, time);
  }

  /// Answers or hands on the whole request at the start of the buffer. True when the connection is
  /// ready for the next.
  bool serve(Connection& connection, const Head& head) {
    connection.received = SteadyClock::now();
    connection.close_after =
        !head.keep_alive || stopping_ || ++connection.served >= limits_.requests_per_connection;
    if (doors_.quick) {
      if (const auto response = doors_.quick(head.method, head.path)) {
        return answer(connection, *response, head.method == "HEAD");
      }
    }
    auto job = std::make_shared<Job>();
    job->head = connection.in.substr(0, head.size);
    job->body = connection.in.substr(head.size, head.body_size);
    job->close = connection.close_after;
    const bool posted = pool_.post([this, job, id = connection.id, from = connection.received] {
      const std::size_t bytes_in = job->head.size() + job->body.size();
      Done done = doors_.work(*job);
      done.access.ms = milliseconds_since(from);
      done.access.bytes_in = bytes_in;
      done.access.bytes_out = done.bytes.size();
      {
        const MutexLock lock(mutex_);
        finished_.push_back({id, std::move(done.bytes)});
      }
      wake();
      if (doors_.log) doors_.log(done.access);
    });
    if (!posted) {
      Response busy = error_response(
          503, "unavailable", "The assistant is too busy right now. " + doors_.emergency_text,
          wants_html(head.path, head.accept));
      busy.headers.emplace_back("Retry-After", "1");
      busy.route = "queue";
      return answer(connection, busy, head.method == "HEAD");
    }
    take_request(connection);
    connection.state = State::kBusy;
    clear_deadline(connection);
    return false;
  }

  static void take_request(Connection& connection) {
    connection.in.erase(0, connection.needed);
    connection.needed = 0;
    connection.scanned = 0;
  }

  /// Answers the whole request at the start of the buffer without a worker. Gives what `respond`
  /// gives.
  bool answer(Connection& connection, const Response& response, bool head_only) {
    const std::size_t bytes_in = connection.needed;
    take_request(connection);
    return answer_bytes(connection, response, head_only, bytes_in);
  }

  bool answer_bytes(Connection& connection, const Response& response, bool head_only,
                    std::size_t bytes_in) {
    std::string bytes = serialize(response, head_only, connection.close_after);
    note({response.route,
          response.status,
          milliseconds_since(connection.received),
          bytes_in,
          bytes.size(),
          {},
          {},
          response.fault});
    return begin_write(connection, std::move(bytes));
  }

  /// The answer to what cannot be served, and the end of the connection.
  void refuse(Connection& connection, const Refusal& refusal) {
    connection.received = SteadyClock::now();
    connection.close_after = true;
    Response response = error_response(refusal.status, refusal.code, refusal.message, refusal.html);
    response.route = "refused";
    answer_bytes(connection, response, false, connection.in.size());
  }

  /// A worker's response has come.
  void respond(Connection& connection, std::string bytes) {
    if (begin_write(connection, std::move(bytes))) advance(connection);
  }

  bool begin_write(Connection& connection, std::string bytes) {
    connection.out = std::move(bytes);
    connection.sent = 0;
    connection.state = State::kWriting;
    set_deadline(connection, limits_.write_time);
    return write(connection);
  }

  /// Sends what the client takes. True when all is sent and the connection is ready for the next
  /// request.
  bool write(Connection& connection) {
    while (connection.sent < connection.out.size()) {
      const ssize_t count = ::send(connection.socket.get(), connection.out.data() + connection.sent,
                                   connection.out.size() - connection.sent, MSG_NOSIGNAL);
      if (count >= 0) {
        connection.sent += static_cast<std::size_t>(count);
      } else if (errno == EAGAIN || errno == EWOULDBLOCK) {
        listen_for(connection, EPOLLOUT);
        return false;
      } else if (errno != EINTR) {
        close(connection.id);
        return false;
      }
    }
    connection.out = {};
    if (connection.close_after) {
      linger(connection);
      return false;
    }
    connection.state = State::kIdle;
    clear_deadline(connection);
    return true;
  }

  void linger(Connection& connection) {
    if (connection.peer_done || stopping_ || ::shutdown(connection.socket.get(), SHUT_WR) != 0) {
      return close(connection.id);
    }
    connection.in = {};
    connection.state = State::kLinger;
    set_deadline(connection, kLingerTime);
    listen_for(connection, EPOLLIN);
  }

  void discard(Connection& connection) {
    std::array<char, kReadBytes> buffer;
    while (connection.discarded < kLingerBytes) {
      const ssize_t count = ::recv(connection.socket.get(), buffer.data(), buffer.size(), 0);
      if (count > 0) {
        connection.discarded += static_cast<std::size_t>(count);
      } else if (count < 0 && errno == EINTR) {
        continue;
      } else if (count < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) {
        return listen_for(connection, EPOLLIN);
      } else {
        break;
      }
    }
    close(connection.id);
  }

  // --- bookkeeping ----------------------------------------------------------------------------

  Connection* find(std::uint64_t id) {
    const auto found = connections_.find(id);
    return found == connections_.end() ? nullptr : found->second.get();
  }

  void close(std::uint64_t id) {
    const auto found = connections_.find(id);
    clear_deadline(*found->second);
    connections_.erase(found);
  }

  void listen_for(Connection& connection, std::uint32_t what) {
    epoll_event event{};
    event.events = what | EPOLLONESHOT;
    event.data.u64 = connection.id;
    epoll_ctl(epoll_.get(), EPOLL_CTL_MOD, connection.socket.get(), &event);
  }

  void set_deadline(Connection& connection, std::chrono::milliseconds time) {
    clear_deadline(connection);
    connection.deadline = SteadyClock::now() + time;
    deadlines_.emplace(*connection.deadline, connection.id);
  }

  void clear_deadline(Connection& connection) {
    if (connection.deadline) deadlines_.erase({*connection.deadline, connection.id});
    connection.deadline.reset();
  }

  /// A log line from this thread, which must not wait for whoever reads the log: a worker writes
  /// it.
  void note(Access access) {
    if (!doors_.log) return;
    pool_.post_chore([this, access = std::move(access)] { doors_.log(access); });
  }

  void wake() {
    const std::uint64_t one = 1;
    [[maybe_unused]] const auto n = ::write(wake_.get(), &one, sizeof one);
  }

  const ServerLimits limits_;
  const std::size_t max_connections_;
  const HostNames hosts_;
  const Doors doors_;
  const Fd epoll_;
  const Fd wake_;

  Mutex mutex_;
  std::vector<Fd> adopted_ GUARDED_BY(mutex_);
  std::vector<Finished> finished_ GUARDED_BY(mutex_);
  bool stop_asked_ GUARDED_BY(mutex_) = false;
  bool workers_ended_ GUARDED_BY(mutex_) = false;

  // The admission thread's own.
  std::unordered_map<std::uint64_t, std::unique_ptr<Connection>> connections_;
  std::set<std::pair<TimePoint, std::uint64_t>> deadlines_;
  std::uint64_t last_id_ = kWakeId;
  bool stopping_ = false;
  bool workers_gone_ = false;
  TimePoint stop_deadline_;

  WorkerPool pool_;
  std::thread thread_;  // last: it uses everything above
};

Result<std::unique_ptr<Admission>> Admission::start(ServerLimits limits, HostNames hosts,
                                                    Doors doors) {
  Fd epoll(epoll_create1(EPOLL_CLOEXEC));
  Fd wake(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK));
  epoll_event event{};
  event.events = EPOLLIN;
  event.data.u64 = kWakeId;
  if (epoll.get() < 0 || wake.get() < 0 ||
      epoll_ctl(epoll.get(), EPOLL_CTL_ADD, wake.get(), &event) != 0) {
    return fail(ErrorCode::kUnavailable, "the system has no descriptors left for the server");
  }
  try {
    return std::unique_ptr<Admission>(new Admission(std::make_unique<Loop>(
        limits, std::move(hosts), std::move(doors), std::move(epoll), std::move(wake))));
  } catch (const std::system_error&) {
    return fail(ErrorCode::kUnavailable, "the system has no threads left for the server");
  }
}

Admission::Admission(std::unique_ptr<Loop> loop) : loop_(std::move(loop)) {}

Admission::~Admission() { finish(); }

void Admission::adopt(int socket) { loop_->adopt(Fd(socket)); }

void Admission::finish() { loop_->finish(); }

}  // namespace backchat::app::http
