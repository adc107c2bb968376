#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "answer/composer.h"
#include "answer/evidence.h"
#include "base/deadline.h"
#include "base/result.h"
#include "dialogue/edition.h"
#include "dialogue/guided_talk.h"
#include "dialogue/topic.h"
#include "dialogue/transcript.h"

// Inside this folder only.
namespace backchat::dialogue {

/// A subject that was talked about before the present one.
struct EarlierTopic {
  Topic topic;
  Resolved question;
};

/// What the fold keeps of the earlier turns: all that later turns may lean on.
struct State {
  safety::Memory memory;
  Topic topic;
  std::optional<Resolved> last_question;
  std::size_t replies_before = 0;  ///< replies that the last question got before
  bool safety_net_due = true;
  bool other_question_open = false;  ///< the last reply asked what is no screening question
  GuideState guide;
  std::string pending;                ///< a question that we asked back about, or empty
  std::vector<EarlierTopic> earlier;  ///< the latest last
};

/// One turn, screened and understood; nothing searched yet.
struct Plan {
  safety::Screening screening;
  PhraseBook::Reading reading;
  retrieve::Query query;             ///< of the turn by itself
  std::optional<Resolved> question;  ///< what is searched; nothing when the reply is a message
  std::size_t replies_before = 0;
  std::string message;  ///< key of the message that is the whole reply, when there is no question
  answer::Kind kind = answer::Kind::kChat;
  answer::ComposeOptions options;
  std::optional<answer::Asked> ask;  ///< a question of ours that is no screening question
  bool asks_back = false;            ///< that question asks what the person means
  bool guided_start = false;  ///< the reply is what the articles advise first, and a question
  bool guided_end = false;    ///< the reply is what the articles advise, after a guided talk
  GuideState guide;           ///< after this turn
};

/// A question with what the search found for it.
struct Searched {
  Searched(const Resolved& question, std::size_t replies_before) : resolved(question) {
    evidence.query = &query;
    evidence.replies_before = replies_before;
  }
  // The query owns what the evidence views.
  Searched(const Searched&) = delete;
  Searched& operator=(const Searched&) = delete;

  Resolved resolved;
  retrieve::Query query;
  answer::Evidence evidence;
  std::map<index::Row, std::string_view> wordings;  ///< nearest to the question, to explain
};

/// One conversation being folded, turn by turn. One thread; everything it views must outlive it.
class Conversation {
 public:
  Conversation(const Edition& edition, const Transcript& transcript,
               const answer::ComposeOptions& options = {});

  /// How turn `i` is understood after the turns folded so far. Screening comes first, before
  /// anything that can fail.
  Plan plan(std::size_t i) const;
  /// Keeps what later turns may lean on.
  void fold(std::size_t i, Plan plan);
  /// The reply to turn `i`. Errors: those of the search, when no red flag is in force.
  Result<answer::Reply> reply(std::size_t i, const Plan& plan, Deadline deadline) const;

  /// How the turn was screened, resolved, searched and answered, as text for a person.
  Result<std::string> explain(std::size_t i, const Plan& plan, Deadline deadline) const;
  /// What is remembered after the turns folded so far, as text for a person.
  std::string describe_state() const;
  /// What was understood of a turn, as text for a person.
  std::string describe_plan(std::size_t i, const Plan& plan) const;

 private:
  // A turn that was folded, with what was known before it.
  struct Moment {
    std::size_t turn;
    State before;
    Plan plan;
  };

  void choose(std::size_t i, Plan& plan) const;
  bool answer_guide(const Turn& turn, Plan& plan) const;
  void continue_guide(Plan& plan) const;
  void end_guide(Plan& plan) const;
  bool make_move(Plan& plan) const;
  bool pick_listed(Plan& plan) const;
  bool ask_which(Plan& plan) const;
  void resolve_question(const Turn& turn, Plan& plan) const;
  void ask_what(Plan& plan) const;
  bool start_guide(const Turn& turn, Plan& plan) const;

  std::optional<answer::Reply> previous_reply() const;
  Result<answer::Reply> reply_at(const State& state, std::size_t i, const Plan& plan,
                                 Deadline deadline) const;
  answer::Voice make_voice(const State& state, std::size_t i, const Plan& plan) const;
  answer::Voice with_spelling(answer::Voice voice, const retrieve::Query& query) const;
  bool is_asked_so(const retrieve::Query& query, const std::vector<answer::WordRole>& roles) const;
  std::map<index::Row, double> add_asked(Searched& out, std::vector<retrieve::Hit>& hits) const;
  Result<void> search(Searched& out, const Plan& plan, Deadline deadline) const;
  static void weigh_context(const Resolved& resolved, const Plan& plan, Searched& out);

  const Edition& edition_;
  const Transcript& transcript_;
  answer::ComposeOptions options_;
  answer::Subjects subjects_;
  State state_;
  std::optional<Moment> previous_;
};

/// What one turn gives the screen.
safety::UserTurn user_turn(const Turn& turn, std::size_t index, bool other_question_open);

}  // namespace backchat::dialogue
