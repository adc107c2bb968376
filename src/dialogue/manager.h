#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "answer/composer.h"
#include "answer/reply.h"
#include "base/deadline.h"
#include "base/result.h"
#include "dialogue/edition.h"
#include "dialogue/transcript.h"

namespace backchat::dialogue {

/// Receives the replies of a transcript, turn by turn.
using ReplySink = std::function<void(std::size_t turn, const answer::Reply&)>;

/// Turns of a conversation that are followed. After more, every turn is still screened, but the
/// reply only says that the conversation is too long.
inline constexpr std::size_t kTurnsFollowed = 200;

/// The reply to the last turn.
///
/// Shape:   a pure function of edition and transcript: same bytes on every run, thread and machine.
/// Errors:  kInvalidInput for a transcript without turns; when the search fails (kUnavailable,
/// kCorruptData) and no red
///          flag is in force. With a red flag in force a failed search still gives its card.
/// Threads: thread-safe.
Result<answer::Reply> reply(const Edition& edition, const Transcript& transcript,
                            Deadline deadline);

/// The replies to all turns in order; each is what `reply` gives for the transcript up to there,
/// folded once. One deadline for all of them. Stops at the first error. `options`: for measuring
/// other thresholds.
Result<void> replies(const Edition& edition, const Transcript& transcript, Deadline deadline,
                     const ReplySink& sink, const answer::ComposeOptions& options = {});

/// The replies that the safety part alone can give: the card of a red flag, or `why_not` (the error
/// that kept the edition from opening) when none is in force. Same contract as `reply`.
Result<answer::Reply> reply_without_edition(const SafetyPart& safety, const Transcript& transcript,
                                            const Error& why_not);

/// How the last turn was screened, resolved, searched and answered, as text for a person.
Result<std::string> explain(const Edition& edition, const Transcript& transcript,
                            Deadline deadline);

/// Every turn with how it was understood, the head of its reply and what was remembered after it,
/// as text for a person. Errors: those of `replies`.
Result<std::string> replay(const Edition& edition, const Transcript& transcript);

}  // namespace backchat::dialogue
