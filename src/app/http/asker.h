#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "answer/reply.h"
#include "base/deadline.h"
#include "base/result.h"
#include "dialogue/summary.h"
#include "dialogue/transcript.h"

namespace backchat::knowledge {
struct Pack;
}

namespace backchat::app::http {

/// What the routes need of the engine, so that they can be tested without one. Each call means what
/// the call of the same name of `Engine` says. Thread-safe; only `ask` and `ask_each` may take
/// time.
class Asker {
 public:
  using Sink = std::function<void(std::size_t turn, const answer::Reply&)>;

  virtual ~Asker() = default;
  virtual Result<answer::Reply> ask(const dialogue::Transcript& transcript,
                                    Deadline deadline) const = 0;
  virtual Result<void> ask_each(const dialogue::Transcript& transcript, Deadline deadline,
                                const Sink& sink) const = 0;
  virtual Result<dialogue::Summary> summarise(const dialogue::Transcript& transcript,
                                              Deadline deadline, std::string_view date) const = 0;
  virtual const knowledge::Pack* pack() const = 0;
  virtual const std::optional<Error>& edition_error() const = 0;
  virtual const std::string& edition_id() const = 0;
  virtual const std::string& emergency_text() const = 0;
};

}  // namespace backchat::app::http
