#pragma once

#include "app/engine.h"
#include "app/http/asker.h"

namespace backchat::app::http {

/// The engine behind the routes. Keeps a reference.
class EngineAsker final : public Asker {
 public:
  explicit EngineAsker(const Engine& engine) : engine_(engine) {}

  Result<answer::Reply> ask(const dialogue::Transcript& transcript,
                            Deadline deadline) const override {
    return engine_.ask(transcript, deadline);
  }
  Result<void> ask_each(const dialogue::Transcript& transcript, Deadline deadline,
                        const Sink& sink) const override {
    return engine_.ask_each(transcript, deadline, sink);
  }
  Result<dialogue::Summary> summarise(const dialogue::Transcript& transcript, Deadline deadline,
                                      std::string_view date) const override {
    return engine_.summarise(transcript, deadline, date);
  }
  const knowledge::Pack* pack() const override { return engine_.pack(); }
  const std::optional<Error>& edition_error() const override { return engine_.edition_error(); }
  const std::string& edition_id() const override { return engine_.edition_id(); }
  const std::string& emergency_text() const override { return engine_.emergency_text(); }

 private:
  const Engine& engine_;
};

}  // namespace backchat::app::http
