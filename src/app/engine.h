#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "answer/reply.h"
#include "base/deadline.h"
#include "base/documents.h"
#include "base/result.h"
#include "dialogue/summary.h"
#include "dialogue/transcript.h"

namespace backchat::knowledge {
struct Pack;
}
namespace backchat::dialogue {
struct SafetyPart;
}

namespace backchat::app {

/// Everything behind the doors: an edition (or, when it cannot be opened, the safety part compiled
/// into the program) and the dialogue manager. Thread-safe; keeps nothing about any conversation.
class Engine {
 public:
  /// Opens the edition `file`. Never fails for the safety part: with a missing or corrupt edition
  /// the engine still screens, and `ask` gives the care card for a red flag and the opening error
  /// for everything else.
  static std::unique_ptr<Engine> open(const std::filesystem::path& file);
  ~Engine();

  /// The reply to the last turn of the transcript. Pure: same edition and transcript, same bytes.
  /// Errors: kInvalidInput (no turn, too many or too long turns, broken UTF-8), kUnavailable
  /// (deadline), kCorruptData or kNotFound (the edition; only when no red flag is in force).
  Result<answer::Reply> ask(const dialogue::Transcript& transcript, Deadline deadline) const;

  /// The replies to all turns in order, each as `ask` gives it for the transcript up to there.
  /// One deadline for all of them. Stops at the first error.
  using Sink = std::function<void(std::size_t turn, const answer::Reply&)>;
  Result<void> ask_each(const dialogue::Transcript& transcript, Deadline deadline,
                        const Sink& sink) const;

  /// The conversation on a sheet to take along; `date` is an ISO date. Errors: those of `ask_each`.
  Result<dialogue::Summary> summarise(const dialogue::Transcript& transcript, Deadline deadline,
                                      std::string_view date) const;

  /// How the last turn was screened, resolved, searched and answered, as text for a person.
  Result<std::string> explain(const dialogue::Transcript& transcript, Deadline deadline) const;

  /// Every turn of the transcript with how it was understood and what was remembered after it, as
  /// text for a person.
  Result<std::string> replay(const dialogue::Transcript& transcript) const;

  /// One second from now: what a person waits for at most.
  static Deadline default_deadline() { return Deadline::in(std::chrono::seconds(1)); }

  /// The error that opening the edition gave, or nothing when it is whole.
  const std::optional<Error>& edition_error() const;
  /// Edition id, or "safety-only" when the edition could not be opened.
  const std::string& edition_id() const;
  /// The files of the pack that the edition was built from; none without an edition.
  const Documents& documents() const;
  /// The messages that the summary is written with; empty when the safety part is broken too.
  const knowledge::Messages& messages() const;
  /// What may be said, or null without an edition. Lives as long as the engine.
  const knowledge::Pack* pack() const;
  /// The part that is there without an edition too; null only if the program's own copy is broken.
  const dialogue::SafetyPart* safety() const;
  /// The first words of a conversation.
  std::string greeting() const;
  /// The text that a refusal for lack of capacity (503) carries: what to do in an emergency, for
  /// any region.
  const std::string& emergency_text() const;

 private:
  struct Impl;
  explicit Engine(std::unique_ptr<const Impl> impl);
  std::unique_ptr<const Impl> impl_;
};

}  // namespace backchat::app
