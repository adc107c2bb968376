#include "dialogue/conversation.h"

#include <algorithm>

#include "answer/source_list.h"

namespace backchat::dialogue {

using answer::Kind;
using answer::Reply;
using answer::WordRole;
using safety::Tier;

namespace {

// The talk is followed from one or two blocks of so many turns back.
constexpr std::size_t kTalkBlock = 10;
// Answers that a follow-up does not repeat.
constexpr std::size_t kLongestThread = 5;
// A question this like a collected wording of a single sentence needs no subject.
constexpr double kSentenceAskedSo = 0.35;
// The message after which the earlier topic no longer counts.
constexpr std::string_view kSomethingElse = "chat.other";
// Topics that a person can go back to.
constexpr std::size_t kMostEarlierTopics = 8;
// Readings offered when we ask back.
constexpr std::size_t kMostReadings = 3;
// What "shorter" and "simpler" leave of an answer.
constexpr std::size_t kShortWords = 60;
constexpr std::size_t kShortBullets = 1;
constexpr std::size_t kSimpleSentence = 14;
constexpr std::size_t kFollowUpBullets = 3;

// A message of more words tells more than what it takes back in passing.
constexpr std::size_t kLongestAside = 8;
// "Any risks?": a turn of more words tells itself what it asks of.
constexpr std::size_t kMostToAskOn = 3;

// What such a question asks of a condition is no longer what was asked before it: "does pregnancy
// cause them?"
bool asks_of_its_own(retrieve::QuestionKind kind) {
  using Kind = retrieve::QuestionKind;
  return kind == Kind::kCause || kind == Kind::kSymptom || kind == Kind::kPrevent ||
         kind == Kind::kTest || kind == Kind::kWhenToSee;
}

}  // namespace

safety::UserTurn user_turn(const Turn& turn, std::size_t index, safety::Late other_question_open) {
  return {turn.text, turn.answers, std::move(other_question_open), static_cast<int>(index)};
}

bool asks(const Plan& plan) {
  return plan.reading.asks || plan.query.asks || !plan.query.kinds.empty();
}

Conversation::Conversation(const Edition& edition, const Transcript& transcript,
                           const answer::ComposeOptions& options)
    : edition_(edition),
      transcript_(transcript),
      options_(options),
      subjects_{&edition.pack, edition.differences.get(), edition.suggestions.get()} {}

// Screening comes first, of every turn, before anything that can fail.
void Conversation::screen_to(std::size_t i) {
  while (screenings_.size() <= i) {
    const std::size_t next = screenings_.size();
    screenings_.push_back(edition_.safety.screener.screen(heard(next), memory_before(next)));
  }
}

const safety::Memory& Conversation::memory_before(std::size_t i) const {
  static const safety::Memory kBlank;
  return i == 0 ? kBlank : screenings_[i - 1].memory();
}

safety::UserTurn Conversation::heard(std::size_t i) {
  const Turn& turn = transcript_.turns[i];
  const auto asked_else = [this, i] { return i > 0 && after(moment(i - 1)).asked_else; };
  safety::UserTurn out = user_turn(turn, i, safety::Late(asked_else));
  out.wants_checks = edition_.guided_talk->starts(turn.text, false, true);
  return out;
}

Conversation::Moment& Conversation::moment(std::size_t i) {
  screen_to(i);
  const std::size_t block = i / kTalkBlock;
  const std::size_t begin = block == 0 ? 0 : (block - 1) * kTalkBlock;
  if (begin != talk_begin_) {
    talk_.clear();
    talk_begin_ = begin;
  }
  while (talk_begin_ + talk_.size() <= i) {
    Moment next;
    next.turn = talk_begin_ + talk_.size();
    if (!talk_.empty()) next.before = after(talk_.back());
    next.plan =
        plan({next.turn, transcript_.turns[next.turn], next.before, screenings_[next.turn]});
    talk_.push_back(std::move(next));
  }
  return talk_[i - talk_begin_];
}

Plan Conversation::plan(const Hearing& now) {
  Plan plan;
  plan.reading = edition_.phrases->read(now.turn.text);
  plan.query = edition_.questions->analyse(now.turn.text);
  plan.roles = edition_.word_roles->roles(plan.query);
  plan.options = options_;
  plan.guide = now.state.guide;
  plan.guide.asked = false;
  choose(now, plan);
  return plan;
}

State Conversation::after(const Moment& moment) const {
  const Plan& plan = moment.plan;
  const safety::Screening& screening = screenings_[moment.turn];
  State out = moment.before;
  if (plan.guided_start || plan.guided_end) out.safety_net_due = false;
  if (plan.question || plan.guided_start || plan.guided_end) {
    out.quoted_turn = moment.turn;
    out.source_rounds = 0;
  }
  if (plan.source_round > 0) out.source_rounds = plan.source_round;
  const bool asks = plan.kind == Kind::kClarify || plan.ask.has_value();
  out.asked_else = asks && !screening.ask();
  out.guide = plan.guide;
  out.pending = plan.asks_back ? transcript_.turns[moment.turn].text : "";
  if (plan.message == kSomethingElse || plan.reading.move == Move::kStartOver) {
    out.topic = {};
    out.thread.clear();
  }
  if (plan.reading.move == Move::kStartOver) {
    out.last_question.reset();
    out.earlier.clear();
  }
  // What follows is asked of what the talk is about.
  if (plan.guided_start) {
    const std::string& title = edition_.pack.info.title;
    out.topic = {title, "", title, title, "", "", true, ""};
    out.thread.assign(1, moment.turn);
  }
  if (!plan.question) return out;
  const Resolved& question = *plan.question;
  const bool new_topic = question.label.empty() && question.names_subject;
  if (plan.reading.move == Move::kBack) {
    out.topic = out.earlier.back().topic;
    out.earlier.pop_back();
    out.thread.clear();
  } else if (plan.reading.move == Move::kNone) {
    if (new_topic && out.last_question && !out.topic.subject.empty()) {
      out.earlier.push_back({out.topic, *out.last_question});
      if (out.earlier.size() > kMostEarlierTopics) out.earlier.erase(out.earlier.begin());
    }
    out.topic = next_topic(out.topic, question, plan.query, plan.roles);
    const bool goes_on = !new_topic || question.beside;
    if (!goes_on) out.thread.clear();
  }
  const bool known = !out.thread.empty() && out.thread.back() == moment.turn;
  if (!known) out.thread.push_back(moment.turn);
  // The question that began it stays.
  if (out.thread.size() > kLongestThread) out.thread.erase(out.thread.begin() + 1);
  if (plan.reading.move == Move::kNone || plan.reading.move == Move::kBack) {
    out.last_turn = moment.turn;
  }
  out.last_question = question;
  out.safety_net_due = false;
  return out;
}

void Conversation::choose(const Hearing& now, Plan& plan) {
  const auto say = [&plan](std::string_view message, Kind kind) {
    plan.message = message;
    plan.kind = kind;
  };
  // Nobody is led through anything after an emergency.
  if (now.screening.tier() == Tier::kEmergency) plan.guide = {};
  const PhraseBook::Reading& reading = plan.reading;
  if (now.screening.answered_only()) {
    const bool calm = now.screening.raised() == Tier::kNone;
    const bool goes_on = now.screening.ask().has_value();
    say(!calm ? "screen.thanks" : goes_on ? "screen.next" : "screen.thanks_none", Kind::kChat);
    if (plan.guide.active) continue_guide(now, plan);
  } else if (reading.empty) {
    say("not_covered.empty", Kind::kClarify);
  } else if (now.screening.other_language()) {
    say("chat.language", Kind::kNotCovered);
  } else if (!reading.not_ours.empty()) {
    say(reading.not_ours, Kind::kNotCovered);
  } else if (answer_guide(now, plan) || start_guide(now, plan)) {
    return;
  } else if (!reading.small_talk.empty()) {
    say(reading.small_talk, Kind::kChat);
  } else if (reading.move != Move::kNone && make_move(now, plan)) {
    return;
  } else if (pick_listed(now, plan) || ask_which(now, plan)) {
    return;
  } else if (only_tells(now, plan) && !asks_for_a_sentence(plan.query)) {
    ask_what_is_wanted(now, plan);
  } else {
    resolve_question(now, plan);
  }
}

// A word of what the whole pack is about.
bool Conversation::names_subject(const Plan& plan) const {
  const retrieve::Query title = edition_.questions->analyse(edition_.pack.info.title);
  return std::ranges::any_of(plan.query.stems, [&title](const auto& stem) {
    return std::ranges::find(title.stems, stem) != title.stems.end();
  });
}

// The first thing that somebody says tells how they are and asks nothing.
bool Conversation::only_tells(const Hearing& now, const Plan& plan) const {
  const bool led = plan.guide.begun || !now.state.topic.subject.empty() ||
                   !plan.reading.small_talk.empty() || plan.reading.move != Move::kNone;
  const bool puts =
      plan.reading.asks || plan.query.asks || now.turn.text.find('?') != std::string::npos;
  // Key words of a question ("how long ...") stand in a report too, not in other things told.
  const bool may_ask = !plan.query.kinds.empty() && !now.screening.reports();
  return !led && !puts && !may_ask && edition_.guided_talk->tells(now.turn.text);
}

// An answer to the open step, or a word that steers the talk. False when the turn is something
// else: the talk then waits.
bool Conversation::answer_guide(const Hearing& now, Plan& plan) const {
  if (!plan.guide.active) return false;
  const GuidedTalk& talk = *edition_.guided_talk;
  const GuidedTalk::Command command = talk.command(now.turn.text);
  if (command == GuidedTalk::Command::kStop) {
    plan.guide = GuideState::stopped();
    plan.message = "guide.stopped";
    plan.kind = Kind::kChat;
    return true;
  }
  if (command == GuidedTalk::Command::kResume) {
    continue_guide(now, plan);
    return true;
  }
  const bool answers = now.turn.answers == talk.step_id(plan.guide.step);
  const bool asks = plan.reading.asks || (!plan.query.kinds.empty() && plan.reading.opens);
  if (!answers && (!now.state.guide.asked || now.turn.answers)) {
    // Told before it was asked for, while a check for danger signs came first.
    // "No, I meant in bed" is of what was asked in between.
    if (asks || plan.reading.corrects || now.turn.answers || !plan.query.kinds.empty())
      return false;
    const bool heard = plan.query.stems.size() <= kLongestAside
                           ? talk.hear(now.turn.text, {}, plan.guide)
                           : talk.listen(now.turn.text, plan.guide);
    if (!heard) return false;
    plan.message = "screen.thanks";
    plan.kind = Kind::kChat;
    continue_guide(now, plan);
    return true;
  }
  if (asks && !answers) return false;
  const bool read = talk.read(now.turn.text, plan.guide.step, plan.guide);
  // "Since yesterday, lifting my kid": what is told beside the answer is not asked again.
  if (read && !answers) talk.listen(now.turn.text, plan.guide);
  // "It is since yesterday" when asked where it hurts: noted, and the question put once more.
  const bool aside = !read && !answers && command == GuidedTalk::Command::kNone &&
                     plan.query.kinds.empty() &&
                     talk.hear(now.turn.text, plan.guide.step, plan.guide);
  if (aside) {
    plan.message = "screen.thanks";
    plan.kind = Kind::kChat;
    continue_guide(now, plan);
    return true;
  }
  const bool small_talk = !plan.reading.small_talk.empty() || plan.reading.move != Move::kNone;
  if (!read && !answers && command != GuidedTalk::Command::kSkip) {
    // "Heat or ice" is asked; "on my side is ok" is the answer that no choice has words for.
    const bool question = !plan.query.kinds.empty() && is_asked_so(plan.query, plan.roles);
    if (question || small_talk) return false;
  }
  plan.guide.settled.insert(plan.guide.step);
  plan.message = now.screening.raised() >= Tier::kUrgent ? "screen.thanks" : "";
  plan.kind = Kind::kChat;
  continue_guide(now, plan);
  return true;
}

// Puts the next step after whatever the reply says; a screening question or a warning goes first.
void Conversation::continue_guide(const Hearing& now, Plan& plan) const {
  if (now.screening.ask() || now.screening.raised() >= Tier::kUrgent) return;
  if (!edition_.guided_talk->advance(plan.guide)) {
    end_guide(plan);
    return;
  }
  plan.guide.asked = true;
  plan.ask = edition_.guided_talk->question(plan.guide);
  if (plan.message.empty() && !plan.guided_start) plan.kind = Kind::kClarify;
}

void Conversation::end_guide(Plan& plan) const {
  plan.guided_end = true;
  plan.message = "guide.result";
  plan.kind = Kind::kAnswer;
  plan.guide.active = false;
}

bool Conversation::start_guide(const Hearing& now, Plan& plan) const {
  if (plan.guide.active || now.screening.tier() >= Tier::kUrgent) return false;
  const bool puts = !plan.query.kinds.empty() || now.turn.text.find('?') != std::string::npos;
  const GuidedTalk& talk = *edition_.guided_talk;
  const bool wanted = talk.starts(now.turn.text, now.screening.reports(), puts);
  // "My back just went, I can't get up": what helps now, not what the articles say of the words.
  const bool needed = only_tells(now, plan) &&
                      (now.screening.reports() || now.screening.noted() || names_subject(plan));
  if (!wanted && !needed) return false;
  plan.guide = talk.begin(now.turn.text);
  plan.guided_start = true;
  plan.kind = Kind::kAnswer;
  continue_guide(now, plan);
  if (plan.ask) plan.ask->before = edition_.pack.messages.get("guide.offer");
  return true;
}

// False when there is nothing that the move could work on.
bool Conversation::make_move(const Hearing& now, Plan& plan) const {
  const Move move = plan.reading.move;
  if (move == Move::kStartOver) {
    plan.message = "chat.start_over";
    plan.kind = Kind::kChat;
    plan.guide = {};
    return true;
  }
  if (move == Move::kBack) {
    if (now.state.earlier.empty()) {
      plan.message = "follow_up.nothing_before";
      plan.kind = Kind::kClarify;
      return true;
    }
    plan.question = now.state.earlier.back().question;
    plan.question->label = now.state.earlier.back().topic.label;
    return true;
  }
  if (move == Move::kSources) {
    if (!now.state.quoted_turn) return false;
    plan.source_round = std::min(now.state.source_rounds + 1, answer::kSourceRounds);
    plan.kind = Kind::kAnswer;
    return true;
  }
  if (!now.state.last_question) return false;
  plan.question = now.state.last_question;
  plan.question->label = now.state.topic.label;
  if (move == Move::kShorter || move == Move::kSimpler) {
    plan.options.max_words = kShortWords;
    plan.options.max_bullets = kShortBullets;
  }
  if (move == Move::kSimpler) plan.options.max_sentence_words = kSimpleSentence;
  return true;
}

// "The second one": of what the reply before listed.
bool Conversation::pick_listed(const Hearing& now, Plan& plan) {
  if (plan.reading.ordinal == 0) return false;
  const Reply* before = reply_before(now.i);
  if (before == nullptr) return false;
  std::vector<std::string> listed;
  if (before->kind == Kind::kClarify) {
    for (const answer::Next& next : before->next) listed.push_back(next.text);
  } else if (before->exercises.size() > 1) {
    for (const answer::Exercise& exercise : before->exercises) listed.push_back(exercise.name);
  } else {
    for (const answer::Statement& said : before->body) {
      if (!said.citations.empty()) listed.push_back(said.text);
    }
    if (listed.size() < 2) {
      listed.clear();
      for (const answer::Side& side : before->differs) listed.push_back(side.text);
    }
  }
  const std::size_t place = plan.reading.ordinal == PhraseBook::kLast
                                ? listed.size()
                                : static_cast<std::size_t>(plan.reading.ordinal);
  if (place == 0 || place > listed.size()) return false;
  const std::string& meant = listed[place - 1];
  const retrieve::Query query = edition_.questions->analyse(meant);
  plan.question = resolve_listed(meant, query, edition_.word_roles->roles(query));
  plan.question->context = now.state.pending;
  return true;
}

// "How long do I hold it?" after two exercises: which?
bool Conversation::ask_which(const Hearing& now, Plan& plan) {
  const bool names_none = std::ranges::find(plan.roles, WordRole::kSubject) == plan.roles.end();
  if (!plan.reading.single || !names_none || plan.query.kinds.empty()) return false;
  // A check for danger signs that waits for its answer goes first.
  if (!now.state.pending.empty() || !now.screening.memory().open_question().empty()) return false;
  const Reply* before = reply_before(now.i);
  if (before == nullptr || before->exercises.size() < 2) return false;
  answer::Asked ask{"clarify", "", std::string(edition_.pack.messages.get("clarify.which")), {}};
  for (const answer::Exercise& exercise : before->exercises) {
    ask.replies.push_back({exercise.name, exercise.name, ""});
  }
  plan.ask = std::move(ask);
  plan.asks_back = true;
  plan.kind = Kind::kClarify;
  return true;
}

void Conversation::resolve_question(const Hearing& now, Plan& plan) const {
  const AsksOn asked_on = asks_on(now, plan);
  Resolved resolved =
      asked_on == AsksOn::kNo
          ? resolve(now.turn.text, plan.reading, plan.query, plan.roles, now.state.topic,
                    edition_.pack.info.title)
          : resolve_on(now.turn.text, asked_on == AsksOn::kCondition, now.state.topic);
  // What we asked back about is asked of what the person now names.
  if (!now.state.pending.empty() && plan.query.kinds.empty() && resolved.names_subject) {
    resolved.context = now.state.pending;
    resolved.context_weight = 1;
  }
  // What people ask in just these words needs no topic, not even for a little help.
  if (resolved.replaces && !resolved.corrects && !plan.reading.points &&
      plan.query.stems.size() >= kEnoughToAsk && is_asked_so(plan.query, plan.roles)) {
    resolved.context.clear();
    resolved.label.clear();
    resolved.beside = true;
  }
  // "And heat?" after "what does ice do?": what people ask so of the one, they may ask of the
  // other.
  if (!resolved.instead.empty()) {
    const retrieve::Query query = edition_.questions->analyse(resolved.instead);
    if (is_asked_so(query, edition_.word_roles->roles(query))) {
      resolved.context = resolved.instead;
    } else {
      resolved.instead.clear();
    }
  }
  // What was told of colours nothing that people ask just so of the whole.
  if (resolved.told && !resolved.names_subject && !resolved.only_new && !resolved.failed &&
      plan.query.stems.size() >= kEnoughToAsk && is_asked_so(plan.query, plan.roles)) {
    resolved.context = edition_.pack.info.title;
  }
  // "Who checked the article?" names no subject, but is asked just so; "how long?" is too little.
  const bool bare = plan.query.stems.size() < kLeastToAsk;
  if (resolved.needs_topic &&
      (bare || !(is_asked_so(plan.query, plan.roles) || asks_for_a_sentence(plan.query)))) {
    ask_what(now, plan);
    return;
  }
  resolved.needs_topic = false;
  // What only asks on is answered shortly: the rest was said before.
  if (resolved.only_kind || resolved.failed) {
    plan.options.max_bullets = std::min(plan.options.max_bullets, kFollowUpBullets);
  }
  plan.question = std::move(resolved);
}

// What the turn asks of the topic, where that is all that it names.
Conversation::AsksOn Conversation::asks_on(const Hearing& now, const Plan& plan) const {
  const Topic& topic = now.state.topic;
  if (topic.subject.empty() || std::ranges::any_of(plan.query.kinds, asks_of_its_own)) {
    return AsksOn::kNo;
  }
  const std::vector<answer::AskedDetail> details = edition_.details->find(
      now.turn.text, now.turn.text + " ; " + topic.subject + " ; " + topic.kind);
  if (details.empty()) return AsksOn::kNo;
  std::size_t subjects = 0;
  for (std::size_t i = 0; i < plan.roles.size(); ++i) {
    if (plan.roles[i] != WordRole::kSubject) continue;
    ++subjects;
    const text::Span span = plan.query.concepts[i].span;
    const bool named = std::ranges::any_of(details, [span](const answer::AskedDetail& detail) {
      return span.begin >= detail.span.begin && span.end <= detail.span.end;
    });
    if (!named) return AsksOn::kNo;
  }
  if (std::ranges::any_of(details, &answer::AskedDetail::caution)) return AsksOn::kCondition;
  const bool is_short = plan.query.stems.size() <= kMostToAskOn;
  return is_short && subjects > 0 ? AsksOn::kDetail : AsksOn::kNo;
}

bool Conversation::is_asked_so(const retrieve::Query& query,
                               const std::vector<answer::WordRole>& roles) const {
  return std::ranges::any_of(edition_.asked_questions->nearest(query, roles).passages,
                             [](const auto& near) { return near.likeness >= kAskedSo; });
}

bool Conversation::asks_for_a_sentence(const retrieve::Query& query) const {
  return edition_.asked_sentences->nearest(query).nearest >= kSentenceAskedSo;
}

// Nothing was asked: the questions that people come with, to choose from.
void Conversation::ask_what_is_wanted(const Hearing& now, Plan& plan) const {
  plan.kind = Kind::kClarify;
  plan.message = "chat.noted";
  if (now.screening.ask() || edition_.pack.start.questions.empty()) return;
  answer::Asked ask{"clarify", "", std::string(edition_.pack.messages.get("chat.noted")), {}};
  for (const std::string& question : edition_.pack.start.questions) {
    if (ask.replies.size() < kMostReadings) ask.replies.push_back({question, question, ""});
  }
  plan.message.clear();
  plan.ask = std::move(ask);
}

// Only "how long?" and nothing before: the pack's questions of that kind, to choose from.
void Conversation::ask_what(const Hearing& now, Plan& plan) const {
  plan.kind = Kind::kClarify;
  plan.message = "clarify.no_topic";
  if (plan.query.kinds.empty() || now.screening.ask() || !now.state.pending.empty()) return;
  const retrieve::QuestionKind kind = plan.query.kinds.front();
  answer::Asked ask{"clarify", "", std::string(edition_.pack.messages.get("clarify.what")), {}};
  for (const knowledge::Comparison& comparison : edition_.pack.comparisons) {
    const auto kinds = edition_.questions->analyse(comparison.question).kinds;
    if (kinds.empty() || kinds.front() != kind || ask.replies.size() >= kMostReadings) continue;
    ask.replies.push_back({comparison.question, comparison.question, ""});
  }
  if (ask.replies.size() < 2) return;
  plan.message.clear();
  plan.ask = std::move(ask);
  plan.asks_back = true;
}

}  // namespace backchat::dialogue
