#include "dialogue/manager.h"

#include <algorithm>
#include <vector>

#include "answer/composer.h"
#include "dialogue/conversation.h"

namespace backchat::dialogue {
namespace {

using answer::Kind;
using answer::Reply;
using safety::Screening;
using safety::Tier;

Result<void> check_turns(const Transcript& transcript) {
  if (transcript.turns.empty()) {
    return fail(ErrorCode::kInvalidInput, "there is no turn to answer", "turns");
  }
  return {};
}

// Screens turns in order, without anything else.
class ScreeningOnly {
 public:
  ScreeningOnly(const SafetyPart& safety, const Transcript& transcript)
      : safety_(safety), transcript_(transcript) {}

  /// Screens on up to turn `i`, which must not have been screened yet.
  Screening screen_to(std::size_t i) {
    for (; next_ < i; ++next_) memory_ = screen(next_).memory();
    Screening screening = screen(i);
    memory_ = screening.memory();
    next_ = i + 1;
    return screening;
  }

 private:
  Screening screen(std::size_t i) const {
    return safety_.screener.screen(user_turn(transcript_.turns[i], i, false), memory_);
  }

  const SafetyPart& safety_;
  const Transcript& transcript_;
  safety::Memory memory_;
  std::size_t next_ = 0;
};

// What is said with the safety part alone: the card, when there is one, and a message.
Reply screened_message(const SafetyPart& safety, const Screening& screening,
                       const Transcript& transcript, std::string_view edition,
                       std::string_view message, Kind kind) {
  answer::Voice voice;
  voice.screener = &safety.screener;
  voice.messages = &safety.messages;
  voice.region = transcript.region;
  voice.edition = edition;
  return answer::compose_message(screening, voice, message, kind);
}

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> out;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    out.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return out;
}

// The lines of `after` that `before` lacks, then those that are gone.
std::string changes(std::string_view before, std::string_view after) {
  const std::vector<std::string_view> old = lines_of(before);
  const std::vector<std::string_view> now = lines_of(after);
  std::string out;
  const auto note = [&out](std::string_view mark, const auto& lines, const auto& others) {
    for (const std::string_view line : lines) {
      if (std::ranges::find(others, line) != others.end()) continue;
      out += std::string(mark) + std::string(line) + "\n";
    }
  };
  note("+", now, old);
  note("-", old, now);
  return out.empty() ? "  nothing else\n" : out;
}

Reply too_long(const Edition& edition, const Transcript& transcript, ScreeningOnly& screen,
               std::size_t i) {
  return screened_message(edition.safety, screen.screen_to(i), transcript, edition.id,
                          "chat.too_long", Kind::kClarify);
}

}  // namespace

Result<Reply> reply(const Edition& edition, const Transcript& transcript, Deadline deadline) {
  if (auto checked = check_turns(transcript); !checked) return fail(checked.error());
  const std::size_t last = transcript.turns.size() - 1;
  if (last >= kTurnsFollowed) {
    ScreeningOnly screen(edition.safety, transcript);
    return too_long(edition, transcript, screen, last);
  }
  Conversation conversation(edition, transcript);
  return conversation.reply(last, deadline);
}

Result<void> replies(const Edition& edition, const Transcript& transcript, Deadline deadline,
                     const ReplySink& sink, const answer::ComposeOptions& options) {
  if (auto checked = check_turns(transcript); !checked) return checked;
  Conversation conversation(edition, transcript, options);
  ScreeningOnly screen(edition.safety, transcript);
  for (std::size_t i = 0; i < transcript.turns.size(); ++i) {
    if (i >= kTurnsFollowed) {
      sink(i, too_long(edition, transcript, screen, i));
      continue;
    }
    const Result<Reply> replied = conversation.reply(i, deadline);
    if (!replied) return fail(replied.error());
    sink(i, *replied);
  }
  return {};
}

Result<Reply> reply_without_edition(const SafetyPart& safety, const Transcript& transcript,
                                    const Error& why_not) {
  if (auto checked = check_turns(transcript); !checked) return fail(checked.error());
  const Screening screening =
      ScreeningOnly(safety, transcript).screen_to(transcript.turns.size() - 1);
  if (screening.tier() == Tier::kNone) return fail(why_not);
  return screened_message(safety, screening, transcript, "safety-only", "edition.unavailable",
                          Kind::kNotCovered);
}

Result<std::string> explain(const Edition& edition, const Transcript& transcript,
                            Deadline deadline) {
  if (auto checked = check_turns(transcript); !checked) return fail(checked.error());
  Conversation conversation(edition, transcript);
  return conversation.explain(transcript.turns.size() - 1, deadline);
}

Result<std::string> replay(const Edition& edition, const Transcript& transcript) {
  if (auto checked = check_turns(transcript); !checked) return fail(checked.error());
  Conversation conversation(edition, transcript);
  std::string out;
  std::string remembered;
  for (std::size_t i = 0; i < transcript.turns.size(); ++i) {
    const Result<Reply> replied = conversation.reply(i, Deadline::none());
    if (!replied) return fail(replied.error());
    out += "TURN " + std::to_string(i + 1) + "\n" + conversation.describe_plan(i);
    out += "  reply (" + std::string(answer::kind_name(replied->kind)) + "): ";
    if (replied->card) out += replied->card->heading;
    if (replied->card && !replied->lead.empty()) out += " / ";
    if (!replied->lead.empty()) out += replied->lead.front().text;
    if (!replied->about.empty()) out += "\n  told the person: " + replied->about;
    std::string now = conversation.describe_state_after(i);
    out += "\nREMEMBERED (+ new, - gone)\n" + changes(remembered, now) + "\n";
    remembered = std::move(now);
  }
  return out;
}

}  // namespace backchat::dialogue
