#pragma once

#include <deque>
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

/// What is kept of the earlier turns of the talk: all that later turns may lean on, but for danger
/// signs, which the screen keeps by itself.
struct State {
  Topic topic;
  std::optional<Resolved> last_question;
  std::size_t last_turn = 0;               ///< the turn that put it
  std::optional<std::size_t> quoted_turn;  ///< the turn whose reply may have quoted last
  std::size_t source_rounds = 0;           ///< how often it was asked where that is from
  bool safety_net_due = true;
  bool asked_else = false;  ///< the last reply asked what is no screening question
  GuideState guide;
  std::string pending;                ///< a question that we asked back about, or empty
  std::vector<EarlierTopic> earlier;  ///< the latest last
  std::vector<std::size_t> thread;    ///< turns whose answers the next follow-up must not repeat
};

/// One turn, understood; nothing searched yet.
struct Plan {
  PhraseBook::Reading reading;
  retrieve::Query query;                ///< of the turn by itself
  std::vector<answer::WordRole> roles;  ///< of its concepts
  std::optional<Resolved> question;     ///< what is searched; nothing when the reply is a message
  std::string message;  ///< key of the message that is the whole reply, when there is no question
  answer::Kind kind = answer::Kind::kChat;
  answer::ComposeOptions options;
  std::size_t source_round = 0;      ///< the reply says where the last one is from; 0: it does not
  std::optional<answer::Asked> ask;  ///< a question of ours that is no screening question
  bool asks_back = false;            ///< that question asks what the person means
  bool guided_start = false;  ///< the reply is what the articles advise first, and a question
  bool guided_end = false;    ///< the reply is what the articles advise, after a guided talk
  GuideState guide;           ///< after this turn
};

/// A question with what the search found for it.
struct Searched {
  explicit Searched(const Resolved& question) : resolved(question) { evidence.query = &query; }
  // The query owns what the evidence views.
  Searched(const Searched&) = delete;
  Searched& operator=(const Searched&) = delete;

  Resolved resolved;
  retrieve::Query query;
  answer::Evidence evidence;
  std::map<index::Row, std::string_view> wordings;  ///< nearest to the question, to explain
};

/// One conversation, understood turn by turn. Danger signs are kept from the first turn on; topics,
/// questions of ours and the guided talk reach back ten to twenty turns, so that a long
/// conversation costs no more than a short one. All is a pure function of edition and transcript.
/// One thread; everything it views must outlive it.
class Conversation {
 public:
  Conversation(const Edition& edition, const Transcript& transcript,
               const answer::ComposeOptions& options = {});

  /// The reply to turn `i`. Cheapest when asked for in the order of the turns. Errors: those of the
  /// search, when no red flag is in force.
  Result<answer::Reply> reply(std::size_t i, Deadline deadline);

  /// How the turn was screened, resolved, searched and answered, as text for a person.
  Result<std::string> explain(std::size_t i, Deadline deadline);
  /// What was understood of a turn, as text for a person.
  std::string describe_plan(std::size_t i);
  /// What is remembered after a turn, as text for a person.
  std::string describe_state_after(std::size_t i);

 private:
  // A turn of the talk, with what was known before it.
  struct Moment {
    std::size_t turn = 0;
    State before;
    Plan plan;
    std::optional<answer::Reply> plain;  // its reply, were nothing said before; once known
    std::optional<answer::Reply> given;  // its reply without suggested questions; once known
  };
  // What one turn is understood with.
  struct Hearing {
    std::size_t i;
    const Turn& turn;
    const State& state;
    const safety::Screening& screening;
  };

  void screen_to(std::size_t i);
  Moment& moment(std::size_t i);
  const safety::Memory& memory_before(std::size_t i) const;
  safety::UserTurn heard(std::size_t i);
  Plan plan(const Hearing& now);
  State after(const Moment& moment) const;

  void choose(const Hearing& now, Plan& plan);
  bool answer_guide(const Hearing& now, Plan& plan) const;
  void continue_guide(const Hearing& now, Plan& plan) const;
  void end_guide(Plan& plan) const;
  bool make_move(const Hearing& now, Plan& plan) const;
  bool pick_listed(const Hearing& now, Plan& plan);
  bool ask_which(const Hearing& now, Plan& plan);
  void resolve_question(const Hearing& now, Plan& plan) const;
  void ask_what(const Hearing& now, Plan& plan) const;
  void ask_what_is_wanted(const Hearing& now, Plan& plan) const;
  bool only_tells(const Hearing& now, const Plan& plan) const;
  bool names_subject(const Plan& plan) const;
  bool start_guide(const Hearing& now, Plan& plan) const;

  // How a reply is made: in full; for what it would say if it were the first; or as it was given,
  // to know what it said. Without suggested questions it costs less and quotes the same.
  enum class Manner { kInFull, kPlain, kAsGiven };
  const answer::Reply* reply_before(std::size_t i);
  const answer::Reply& plain_reply(std::size_t turn);
  const answer::Reply& given_reply(std::size_t turn);
  std::vector<answer::SaidBefore> said_before(const Moment& now);
  Result<answer::Reply> reply_at(const Moment& now, Manner manner, Deadline deadline);
  Result<answer::Reply> answer_question(const Moment& now, const Resolved& question,
                                        const answer::Voice& voice, Manner manner,
                                        Deadline deadline);
  std::vector<Resolved> other_readings(const Moment& now);
  bool answers(const answer::Reply& reply, const Resolved& reading) const;
  std::string answered_last(const Moment& now);
  std::optional<Resolved> asked_alone(const Moment& now) const;
  answer::Voice make_voice(const Moment& now, Manner manner, std::string_view label) const;
  answer::Voice with_spelling(answer::Voice voice, const retrieve::Query& query) const;
  // "And if I am pregnant?", "is that ok for my kid": a condition that needs care with what was
  // asked before. "Any risks?": a detail of it.
  enum class AsksOn { kNo, kDetail, kCondition };
  AsksOn asks_on(const Hearing& now, const Plan& plan) const;
  std::vector<answer::Condition> conditions_before(const Resolved& resolved) const;
  bool is_asked_so(const retrieve::Query& query, const std::vector<answer::WordRole>& roles) const;
  bool asks_for_a_sentence(const retrieve::Query& query) const;
  std::map<index::Row, double> add_asked(Searched& out, std::vector<retrieve::Hit>& hits) const;
  void keep_what_it_points_to(const Searched& found, const std::map<index::Row, double>& asked,
                              std::vector<retrieve::Hit>& hits) const;
  Result<void> search(Searched& out, const Plan& plan, Deadline deadline) const;
  void weigh_context(const Resolved& resolved, const Plan& plan, Searched& out) const;

  const Edition& edition_;
  const Transcript& transcript_;
  answer::ComposeOptions options_;
  answer::Subjects subjects_;
  std::vector<safety::Screening> screenings_;  // of the first turns
  std::deque<Moment> talk_;                    // some turns in a row, the first with a blank state
  std::size_t talk_begin_ = 0;
};

/// A question that is this like a collected one is asked just so.
inline constexpr double kAskedSo = 0.7;

/// A question of fewer words does not stand on its own after a topic.
inline constexpr std::size_t kEnoughToAsk = 4;

/// A question of fewer words is asked of something that was named before.
inline constexpr std::size_t kLeastToAsk = 3;

/// The turn asks something, beside what it reports.
bool asks(const Plan& plan);

/// What one turn gives the screen.
safety::UserTurn user_turn(const Turn& turn, std::size_t index, safety::Late other_question_open);

}  // namespace backchat::dialogue
