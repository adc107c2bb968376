#include "dialogue/conversation.h"

#include <algorithm>
#include <functional>

#include "retrieve/search.h"

namespace backchat::dialogue {

using answer::Kind;
using answer::Reply;
using answer::WordRole;
using safety::Tier;

namespace {

// Passages whose sentences may be quoted: beyond these the score has fallen too far.
constexpr std::size_t kPassagesRead = 40;
// What a question in the very words of a collected one adds to a passage's score.
constexpr double kAskedWeight = 1.2;
// A question without a subject that is this like a collected one needs none.
constexpr double kAskedSo = 0.7;
// A question of fewer words is asked of something that was named before.
constexpr std::size_t kLeastToAsk = 3;
// What a word counts that a correction takes back ("I meant the injections, not surgery").
constexpr double kDenied = 0.1;
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

}  // namespace

safety::UserTurn user_turn(const Turn& turn, std::size_t index, bool other_question_open) {
  return {turn.text, turn.answers, other_question_open, static_cast<int>(index)};
}

Conversation::Conversation(const Edition& edition, const Transcript& transcript,
                           const answer::ComposeOptions& options)
    : edition_(edition),
      transcript_(transcript),
      options_(options),
      subjects_{&edition.pack, edition.differences.get(), edition.suggestions.get()} {}

Plan Conversation::plan(std::size_t i) const {
  const Turn& turn = transcript_.turns[i];
  safety::UserTurn heard = user_turn(turn, i, state_.other_question_open);
  heard.wants_checks = edition_.guided_talk->starts(turn.text, false, true);
  Plan plan{.screening = edition_.safety.screener.screen(heard, state_.memory),
            .reading = edition_.phrases->read(turn.text),
            .query = edition_.questions->analyse(turn.text),
            .question = {},
            .message = {},
            .options = options_,
            .ask = {},
            .guide = state_.guide};
  plan.guide.asked = false;
  choose(i, plan);
  return plan;
}

void Conversation::fold(std::size_t i, Plan plan) {
  State before = state_;
  state_.memory = plan.screening.memory();
  if (plan.guided_start || plan.guided_end) state_.safety_net_due = false;
  const bool asks = plan.kind == Kind::kClarify || plan.ask.has_value();
  state_.other_question_open = asks && !plan.screening.ask();
  state_.guide = plan.guide;
  state_.pending = plan.asks_back ? transcript_.turns[i].text : "";
  if (plan.message == kSomethingElse) state_.topic = {};
  if (plan.reading.move == Move::kStartOver) {
    state_.topic = {};
    state_.last_question.reset();
    state_.earlier.clear();
  }
  if (plan.question) {
    const bool new_topic = plan.question->label.empty() && plan.question->names_subject;
    if (plan.reading.move == Move::kBack) {
      state_.topic = state_.earlier.back().topic;
      state_.earlier.pop_back();
    } else if (plan.reading.move == Move::kNone) {
      if (new_topic && state_.last_question && !state_.topic.subject.empty()) {
        state_.earlier.push_back({state_.topic, *state_.last_question});
        if (state_.earlier.size() > kMostEarlierTopics) {
          state_.earlier.erase(state_.earlier.begin());
        }
      }
      state_.topic = next_topic(state_.topic, *plan.question, plan.query,
                                edition_.word_roles->roles(plan.query));
    }
    state_.replies_before = plan.replies_before;
    state_.last_question = plan.question;
    state_.safety_net_due = false;
  }
  previous_ = Moment{i, std::move(before), std::move(plan)};
}

void Conversation::choose(std::size_t i, Plan& plan) const {
  const Turn& turn = transcript_.turns[i];
  const auto say = [&plan](std::string_view message, Kind kind) {
    plan.message = message;
    plan.kind = kind;
  };
  // Nobody is led through anything after an emergency.
  if (plan.screening.tier() == Tier::kEmergency) plan.guide = {};
  const PhraseBook::Reading& reading = plan.reading;
  if (plan.screening.answered_only()) {
    const bool calm = plan.screening.raised() == Tier::kNone;
    const bool goes_on = plan.screening.ask().has_value();
    say(!calm ? "screen.thanks" : goes_on ? "screen.next" : "screen.thanks_none", Kind::kChat);
    if (plan.guide.active) continue_guide(plan);
  } else if (reading.empty) {
    say("not_covered.empty", Kind::kClarify);
  } else if (plan.screening.other_language()) {
    say("chat.language", Kind::kNotCovered);
  } else if (!reading.not_ours.empty()) {
    say(reading.not_ours, Kind::kNotCovered);
  } else if (answer_guide(turn, plan) || start_guide(turn, plan)) {
    return;
  } else if (!reading.small_talk.empty()) {
    say(reading.small_talk, Kind::kChat);
  } else if (reading.move != Move::kNone && make_move(plan)) {
    return;
  } else if (pick_listed(plan) || ask_which(plan)) {
    return;
  } else {
    resolve_question(turn, plan);
  }
}

// An answer to the open step, or a word that steers the talk. False when the turn is something
// else: the talk then waits.
bool Conversation::answer_guide(const Turn& turn, Plan& plan) const {
  if (!plan.guide.active) return false;
  const GuidedTalk& talk = *edition_.guided_talk;
  const GuidedTalk::Command command = talk.command(turn.text);
  if (command == GuidedTalk::Command::kStop) {
    plan.guide = {};
    plan.message = "guide.stopped";
    plan.kind = Kind::kChat;
    return true;
  }
  if (command == GuidedTalk::Command::kResume) {
    continue_guide(plan);
    return true;
  }
  const bool answers = turn.answers == talk.step_id(plan.guide.step);
  const bool asks =
      turn.text.find('?') != std::string::npos || (!plan.query.kinds.empty() && plan.reading.opens);
  if (!answers && (!state_.guide.asked || turn.answers)) {
    // Told before it was asked for, while a check for danger signs came first.
    if (asks || turn.answers || !plan.query.kinds.empty()) return false;
    if (!talk.listen(turn.text, plan.guide)) return false;
    plan.message = "screen.thanks";
    plan.kind = Kind::kChat;
    continue_guide(plan);
    return true;
  }
  const bool read = talk.read(turn.text, plan.guide.step, plan.guide);
  if (asks && !answers) return false;
  const bool small_talk = !plan.reading.small_talk.empty() || plan.reading.move != Move::kNone;
  if (!read && !answers && command != GuidedTalk::Command::kSkip) {
    const bool question = !plan.query.kinds.empty() || small_talk;
    if (question) return false;
  }
  plan.guide.settled.insert(plan.guide.step);
  plan.message = plan.screening.raised() >= Tier::kUrgent ? "screen.thanks" : "";
  plan.kind = Kind::kChat;
  continue_guide(plan);
  return true;
}

// Puts the next step after whatever the reply says; a screening question or a warning goes first.
void Conversation::continue_guide(Plan& plan) const {
  if (plan.screening.ask() || plan.screening.raised() >= Tier::kUrgent) return;
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

bool Conversation::start_guide(const Turn& turn, Plan& plan) const {
  if (plan.guide.active || plan.screening.tier() >= Tier::kUrgent) return false;
  const bool asks = !plan.query.kinds.empty() || turn.text.find('?') != std::string::npos;
  if (!edition_.guided_talk->starts(turn.text, plan.screening.reports(), asks)) return false;
  plan.guide = edition_.guided_talk->begin(turn.text);
  plan.guided_start = true;
  plan.kind = Kind::kAnswer;
  continue_guide(plan);
  if (plan.ask) plan.ask->before = edition_.pack.messages.get("guide.offer");
  return true;
}

// False when there is nothing that the move could work on.
bool Conversation::make_move(Plan& plan) const {
  const Move move = plan.reading.move;
  if (move == Move::kStartOver) {
    plan.message = "chat.start_over";
    plan.kind = Kind::kChat;
    plan.guide = {};
    return true;
  }
  if (move == Move::kBack) {
    if (state_.earlier.empty()) {
      plan.message = "follow_up.nothing_before";
      plan.kind = Kind::kClarify;
      return true;
    }
    plan.question = state_.earlier.back().question;
    plan.question->label = state_.earlier.back().topic.label;
    return true;
  }
  if (!state_.last_question) return false;
  plan.question = state_.last_question;
  plan.question->label = state_.topic.label;
  plan.replies_before = state_.replies_before + (move == Move::kMore ? 1 : 0);
  plan.options.only_sources = move == Move::kSources;
  if (move == Move::kShorter || move == Move::kSimpler) {
    plan.options.max_words = kShortWords;
    plan.options.max_bullets = kShortBullets;
  }
  if (move == Move::kSimpler) plan.options.max_sentence_words = kSimpleSentence;
  return true;
}

std::optional<Reply> Conversation::previous_reply() const {
  if (!previous_) return std::nullopt;
  auto replied = reply_at(previous_->before, previous_->turn, previous_->plan, Deadline::none());
  if (!replied) return std::nullopt;
  return std::move(*replied);
}

// "The second one": of what the reply before listed.
bool Conversation::pick_listed(Plan& plan) const {
  if (plan.reading.ordinal == 0) return false;
  const std::optional<Reply> before = previous_reply();
  if (!before) return false;
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
  plan.question->context = state_.pending;
  return true;
}

// "How long do I hold it?" after two exercises: which?
bool Conversation::ask_which(Plan& plan) const {
  const auto roles = edition_.word_roles->roles(plan.query);
  const bool names_none = std::ranges::find(roles, WordRole::kSubject) == roles.end();
  if (!plan.reading.single || !names_none || plan.query.kinds.empty()) return false;
  if (!state_.pending.empty() || plan.screening.ask() || !previous_) return false;
  const std::optional<Reply> before = previous_reply();
  if (!before || before->exercises.size() < 2) return false;
  answer::Asked ask{"clarify", "", std::string(edition_.pack.messages.get("clarify.which")), {}};
  for (const answer::Exercise& exercise : before->exercises) {
    ask.replies.push_back({exercise.name, exercise.name, ""});
  }
  plan.ask = std::move(ask);
  plan.asks_back = true;
  plan.kind = Kind::kClarify;
  return true;
}

void Conversation::resolve_question(const Turn& turn, Plan& plan) const {
  const auto roles = edition_.word_roles->roles(plan.query);
  Resolved resolved =
      resolve(turn.text, plan.reading, plan.query, roles, state_.topic, edition_.pack.info.title);
  // What we asked back about is asked of what the person now names.
  if (!state_.pending.empty() && plan.query.kinds.empty() && resolved.names_subject) {
    resolved.context = state_.pending;
    resolved.context_weight = 1;
  }
  // "Who checked the article?" names no subject, but is asked just so; "how long?" is too little.
  const bool bare = plan.query.stems.size() < kLeastToAsk;
  if (resolved.needs_topic && (bare || !is_asked_so(plan.query, roles))) {
    ask_what(plan);
    return;
  }
  // What only asks on is answered shortly: the rest was said before.
  if (resolved.only_kind) {
    plan.options.max_bullets = std::min(plan.options.max_bullets, kFollowUpBullets);
  }
  plan.question = std::move(resolved);
}

bool Conversation::is_asked_so(const retrieve::Query& query,
                               const std::vector<answer::WordRole>& roles) const {
  return std::ranges::any_of(edition_.asked_questions->nearest(query, roles).passages,
                             [](const auto& near) { return near.likeness >= kAskedSo; });
}

// Only "how long?" and nothing before: the pack's questions of that kind, to choose from.
void Conversation::ask_what(Plan& plan) const {
  plan.kind = Kind::kClarify;
  plan.message = "clarify.no_topic";
  if (plan.query.kinds.empty() || plan.screening.ask() || !state_.pending.empty()) return;
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

Result<Reply> Conversation::reply(std::size_t i, const Plan& plan, Deadline deadline) const {
  return reply_at(state_, i, plan, deadline);
}

Result<Reply> Conversation::reply_at(const State& state, std::size_t i, const Plan& plan,
                                     Deadline deadline) const {
  const answer::Voice voice = make_voice(state, i, plan);
  if (plan.guided_start || plan.guided_end) {
    std::vector<answer::QuotedPart> parts = edition_.guided_talk->parts(plan.guide);
    if (plan.guided_start && parts.size() > 1) parts.resize(1);
    return answer::compose_parts(plan.screening, voice, subjects_, plan.message, parts,
                                 edition_.guided_talk->exercises(plan.guide));
  }
  if (plan.screening.raised() == Tier::kEmergency || !plan.question) {
    return answer::compose_message(plan.screening, voice, plan.message, plan.kind, &subjects_);
  }
  Searched found(*plan.question, plan.replies_before);
  if (Result<void> searched = search(found, plan, deadline); !searched) {
    if (plan.screening.tier() < Tier::kSoon) return fail(searched.error());
    return answer::compose_message(plan.screening, voice, "edition.unavailable", Kind::kNotCovered);
  }
  Reply replied = answer::compose(plan.screening, with_spelling(voice, found.query), subjects_,
                                  found.evidence, plan.options);
  // Somebody told us of themselves and asked nothing: that is no question without an answer.
  const bool asks = voice.is_question || found.query.asks;
  if (replied.kind == Kind::kNotCovered && !asks && plan.screening.noted()) {
    return answer::compose_message(plan.screening, voice, "chat.noted", Kind::kChat, &subjects_);
  }
  return replied;
}

answer::Voice Conversation::make_voice(const State& state, std::size_t i, const Plan& plan) const {
  const knowledge::Messages& messages = edition_.pack.messages;
  answer::Voice voice;
  voice.screener = &edition_.safety.screener;
  voice.messages = &messages;
  voice.region = transcript_.region;
  voice.edition = edition_.id;
  voice.safety_net_due = state.safety_net_due;
  voice.is_question =
      !plan.query.kinds.empty() || transcript_.turns[i].text.find('?') != std::string::npos;
  for (std::size_t turn = 0; turn <= i; ++turn) {
    voice.asked_before.push_back(transcript_.turns[turn].text);
  }
  if (plan.question && !plan.question->label.empty()) {
    voice.about = messages.fill("about.prefix", "topic", plan.question->label);
  }
  voice.ask = plan.ask;
  if (plan.guide.active && !plan.ask) {
    const std::string resume(messages.get("guide.resume"));
    voice.also.push_back({resume, resume, edition_.guided_talk->step_id(plan.guide.step)});
  }
  return voice;
}

answer::Voice Conversation::with_spelling(answer::Voice voice, const retrieve::Query& query) const {
  if (query.repairs.empty() || !voice.about.empty()) return voice;
  std::string words;
  for (const retrieve::Repair& repair : query.repairs) {
    words += (words.empty() ? "" : ", ") + repair.to;
  }
  voice.about = edition_.pack.messages.fill("about.spelling", "words", words);
  return voice;
}

Result<void> Conversation::search(Searched& out, const Plan& plan, Deadline deadline) const {
  Result<index::Reader> reader = edition_.index->lease(deadline);
  if (!reader) return fail(reader.error());
  const Resolved& resolved = out.resolved;
  const std::string text =
      resolved.context.empty() ? resolved.own : resolved.own + " ; " + resolved.context;
  Result<retrieve::Query> query = edition_.questions->analyse(text, *reader);
  if (!query) return fail(query.error());
  out.query = std::move(*query);
  out.evidence.roles = edition_.word_roles->roles(out.query, resolved.own.size());
  edition_.word_roles->weigh(out.evidence.roles, out.query);
  out.evidence.own = resolved.own.size();
  out.evidence.alone = resolved.label.empty();
  out.evidence.details = edition_.details->find(resolved.own);
  edition_.source_names->apply(out.evidence);
  weigh_context(resolved, plan, out);
  auto candidates = retrieve::bring(out.query, *edition_.retriever, *reader,
                                    {.candidates = 300, .deadline = deadline});
  if (!candidates) return fail(candidates.error());
  std::vector<retrieve::Hit> hits =
      retrieve::rank(out.query, *candidates, edition_.index->statistics());
  const std::map<index::Row, double> asked = add_asked(out, hits);
  hits.resize(std::min(kPassagesRead, hits.size()));
  for (const retrieve::Hit& hit : hits) {
    const auto brought =
        std::ranges::find(*candidates, hit.row, [](const auto& each) { return each.row; });
    if (brought != candidates->end()) {
      out.evidence.words.push_back(std::move(*brought));
    } else {
      auto words = reader->forward(hit.row);
      if (!words) return fail(words.error());
      out.evidence.words.push_back({hit.row, std::move(*words)});
    }
    const auto likeness = asked.find(hit.row);
    out.evidence.asked_for.push_back(likeness == asked.end() ? 0 : likeness->second);
    out.evidence.passages.push_back(edition_.passages.at(hit.row));
  }
  out.evidence.hits = std::move(hits);
  return {};
}

// Passages whose section is asked for in nearly the words of the question rise, also those that
// share no word with it. Gives how near each is.
std::map<index::Row, double> Conversation::add_asked(Searched& out,
                                                     std::vector<retrieve::Hit>& hits) const {
  answer::NearestAsked nearest = edition_.asked_questions->nearest(out.query, out.evidence.roles);
  out.evidence.explained = std::move(nearest.explained);
  std::map<index::Row, double> asked;
  out.wordings.clear();
  for (const auto& near : nearest.passages) {
    const index::Row row = edition_.rows[near.passage];
    asked[row] = near.likeness;
    out.wordings.emplace(row, near.wording);
    auto hit = std::ranges::find(hits, row, &retrieve::Hit::row);
    if (hit == hits.end()) {
      retrieve::Hit added;
      added.row = row;
      added.covered.assign(out.query.concepts.size(), 0);
      hit = hits.insert(hits.end(), std::move(added));
    }
    hit->score += kAskedWeight * near.likeness;
    hit->why.push_back({"asked", kAskedWeight * near.likeness});
    hit->coverage = std::max(hit->coverage, near.likeness);
  }
  std::ranges::stable_sort(hits, std::greater<>(), &retrieve::Hit::score);
  return asked;
}

// The turn's own words must be answered; what it leans on helps to find where.
void Conversation::weigh_context(const Resolved& resolved, const Plan& plan, Searched& out) {
  if (resolved.context.empty() && !resolved.listed) return;
  for (std::size_t i = 0; i < out.query.concepts.size(); ++i) {
    retrieve::Concept& each = out.query.concepts[i];
    const bool own = each.span.begin < resolved.own.size();
    if (!own) each.weight *= resolved.context_weight;
    // "And heat?" after ice: the ice helps to find where, but is no longer asked about.
    const bool replaced = !own && resolved.replaces;
    const bool denied = own && resolved.corrects && each.negated;
    if (replaced || denied) out.evidence.roles[i] = answer::WordRole::kEveryday;
    if (denied) each.weight *= kDenied;
    out.evidence.asked.push_back(own || !resolved.names_subject);
  }
  out.evidence.needs_figure = resolved.only_kind;
  // The turn's own kind of question comes before the topic's.
  std::vector<retrieve::QuestionKind> kinds = plan.query.kinds;
  for (const retrieve::QuestionKind kind : out.query.kinds) {
    if (std::ranges::find(kinds, kind) == kinds.end()) kinds.push_back(kind);
  }
  out.query.kinds = std::move(kinds);
}

}  // namespace backchat::dialogue
