#include <algorithm>
#include <functional>

#include "answer/source_list.h"
#include "dialogue/conversation.h"
#include "retrieve/search.h"

// The reply to a turn that is understood.
namespace backchat::dialogue {

using answer::Kind;
using answer::Reply;
using safety::Tier;

namespace {

// Passages whose sentences may be quoted: beyond these the score has fallen too far.
constexpr std::size_t kPassagesRead = 40;
// What a question in the very words of a collected one adds to a passage's score.
constexpr double kAskedWeight = 1.2;
// From this likeness on a sentence raises its passage.
constexpr double kRaisesPassage = 0.25;
// What a word counts that a correction takes back ("I meant the injections, not surgery").
constexpr double kDenied = 0.1;

answer::SaidBefore said_in(const Reply& reply) {
  answer::SaidBefore out;
  for (const answer::Statement& lead : reply.lead) {
    if (!lead.citations.empty()) out.lead = lead.text;
  }
  for (const answer::Citation& citation : reply.citations) out.sentences.push_back(citation.quote);
  for (const answer::Exercise& exercise : reply.exercises) out.exercises.push_back(exercise.id);
  return out;
}

// The unit in "I weigh 160 pounds": what somebody measures is no subject.
bool is_own_measure(const PhraseBook& phrases, const retrieve::Query& query, std::size_t i) {
  const text::Span span = query.concepts[i].span;
  std::string_view before = std::string_view(query.text).substr(0, span.begin);
  const std::size_t figure = before.find_last_not_of("0123456789. ");
  if (figure == std::string_view::npos || figure + 2 >= before.size()) return false;
  return phrases.opens_measure(before.substr(0, figure + 1));
}

}  // namespace

Result<Reply> Conversation::reply(std::size_t i, Deadline deadline) {
  return reply_at(moment(i), Manner::kInFull, deadline);
}

const Reply& Conversation::plain_reply(std::size_t turn) {
  Moment& then = talk_[turn - talk_begin_];
  if (!then.plain) {
    auto replied = reply_at(then, Manner::kPlain, Deadline::none());
    then.plain = replied ? std::move(*replied) : Reply{};
  }
  return *then.plain;
}

const Reply& Conversation::given_reply(std::size_t turn) {
  Moment& then = talk_[turn - talk_begin_];
  if (!then.given) {
    auto replied = reply_at(then, Manner::kAsGiven, Deadline::none());
    then.given = replied ? std::move(*replied) : Reply{};
  }
  return *then.given;
}

const Reply* Conversation::reply_before(std::size_t i) {
  return i == talk_begin_ ? nullptr : &plain_reply(i - 1);
}

// An answer is taken to have said all that it would have said as the first one: what it left out
// had been said before it. Only "more" says what it would not have said first.
std::vector<answer::SaidBefore> Conversation::said_before(const Moment& now) {
  std::vector<answer::SaidBefore> out;
  for (const std::size_t turn : now.before.thread) {
    const bool more = talk_[turn - talk_begin_].plan.reading.move == Move::kMore;
    answer::SaidBefore said = said_in(more ? given_reply(turn) : plain_reply(turn));
    if (!said.sentences.empty()) out.push_back(std::move(said));
  }
  return out;
}

Result<Reply> Conversation::reply_at(const Moment& now, Manner manner, Deadline deadline) {
  const Plan& plan = now.plan;
  const safety::Screening& screening = screenings_[now.turn];
  const answer::Voice voice =
      make_voice(now, manner, plan.question ? plan.question->label : std::string_view());
  if (plan.guided_start || plan.guided_end) {
    std::vector<answer::QuotedPart> parts = edition_.guided_talk->parts(plan.guide);
    if (plan.guided_start && parts.size() > 1) parts.resize(1);
    return answer::compose_parts(screening, voice, subjects_, plan.message, parts,
                                 edition_.guided_talk->exercises(plan.guide));
  }
  if (plan.source_round > 0) {
    return answer::compose_sources(screening, voice, subjects_,
                                   given_reply(*now.before.quoted_turn), plan.source_round);
  }
  if (screening.raised() == Tier::kEmergency || !plan.question) {
    return answer::compose_message(screening, voice, plan.message, plan.kind, &subjects_);
  }
  Result<Reply> replied = answer_question(now, *plan.question, voice, manner, deadline);
  if (!replied) {
    if (screening.tier() < Tier::kSoon) return replied;
    return answer::compose_message(screening, voice, "edition.unavailable", Kind::kNotCovered);
  }
  // "What tests would they do?" after the chronic kind, which no article says.
  const bool may_be_whole =
      plan.reading.ends || std::ranges::any_of(plan.query.kinds, asks_of_the_whole);
  if (replied->kind == Kind::kAnswer && !replied->fits_kind && may_be_whole) {
    if (const auto alone = asked_alone(now)) {
      answer::Voice alone_voice = make_voice(now, manner, alone->label);
      Result<Reply> other = answer_question(now, *alone, alone_voice, manner, deadline);
      if (other && other->fits_kind && answers(*other, *alone)) return other;
    }
  }
  if (replied->kind == Kind::kNotCovered) {
    for (const Resolved& reading : other_readings(now)) {
      answer::Voice other_voice = make_voice(now, manner, reading.label);
      Result<Reply> other = answer_question(now, reading, other_voice, manner, deadline);
      if (other && answers(*other, reading)) return other;
    }
  }
  if (replied->kind == Kind::kNotCovered) {
    // Somebody told us of themselves and asked nothing: that is no question without an answer.
    if (!voice.is_question && screening.noted()) {
      return answer::compose_message(screening, voice, "chat.noted", Kind::kChat, &subjects_);
    }
  }
  return replied;
}

Result<Reply> Conversation::answer_question(const Moment& now, const Resolved& question,
                                            const answer::Voice& voice, Manner manner,
                                            Deadline deadline) {
  Searched found(question);
  if (Result<void> searched = search(found, now.plan, deadline); !searched) {
    return fail(searched.error());
  }
  const Move move = now.plan.reading.move;
  // "Shorter" and the like are of the last answer as it was given.
  const bool again = move != Move::kNone && move != Move::kMore && move != Move::kBack;
  if (again) {
    found.evidence.only = said_in(given_reply(now.before.last_turn)).sentences;
  } else if (manner != Manner::kPlain) {
    found.evidence.said = said_before(now);
  }
  found.evidence.follows_up = !question.label.empty() && !question.listed && move == Move::kNone;
  found.evidence.only_new = move == Move::kMore || question.only_new;
  found.evidence.topic = question.label;
  answer::ComposeOptions options = now.plan.options;
  // What was short already is cut to its first sentence.
  const std::size_t bullets = found.evidence.only.size() / 2;
  if (move == Move::kShorter)
    options.max_bullets = std::min(options.max_bullets, (bullets > 0 ? bullets - 1 : 0));
  return answer::compose(screenings_[now.turn], with_spelling(voice, found.query), subjects_,
                         found.evidence, options);
}

// The reply to that reading says what was asked, of the thing that it names.
bool Conversation::answers(const Reply& reply, const Resolved& reading) const {
  if (reply.kind != Kind::kAnswer || reply.citations.empty()) return false;
  if (reading.label.empty()) return true;
  const knowledge::Passage* passage = edition_.pack.passage(reply.citations.front().passage);
  return passage != nullptr && passage->heading == reading.label;
}

// What a turn that leaned on the topic and found nothing there may have meant, the likeliest first:
// what the latest answer was about, then what the pack is about.
std::vector<Resolved> Conversation::other_readings(const Moment& now) {
  std::vector<Resolved> out;
  const Resolved& question = *now.plan.question;
  if (now.plan.reading.move == Move::kMore) {
    if (auto of_all = resolve_else(now.before.topic, edition_.pack.info.title)) {
      out.push_back(std::move(*of_all));
    }
  }
  if (now.plan.reading.move != Move::kNone || question.listed) return out;
  if (const std::string name = answered_last(now); !name.empty()) {
    if (auto named = resolve_named(question, name)) out.push_back(std::move(*named));
  }
  if (auto alone = asked_alone(now)) out.push_back(std::move(*alone));
  return out;
}

// The heading over the sentence that opened the latest answer, where that only names something.
std::string Conversation::answered_last(const Moment& now) {
  if (now.before.thread.empty()) return {};
  const Reply& before = plain_reply(now.before.thread.back());
  if (before.citations.empty()) return {};
  const knowledge::Passage* passage = edition_.pack.passage(before.citations.front().passage);
  if (passage == nullptr || passage->heading.ends_with('?')) return {};
  return passage->heading;
}

// People ask just so of the whole that the pack is about.
std::optional<Resolved> Conversation::asked_alone(const Moment& now) const {
  const Resolved& question = *now.plan.question;
  const bool leans = !question.label.empty() && !question.names_subject;
  if (!leans || now.plan.query.kinds.empty()) return {};
  // "How long till it goes?" is asked of the whole as well; "what does it do?" and "how long do
  // those take?" are not.
  const bool points = now.plan.reading.points || now.plan.reading.single;
  const bool of_complaint = question.only_kind && now.plan.reading.single && now.plan.reading.ends;
  if (points && !of_complaint) return {};
  const std::size_t words = now.plan.query.stems.size();
  if (words < kEnoughToAsk || !is_asked_so(now.plan.query, now.plan.roles)) return {};
  Resolved alone;
  alone.own = question.own;
  alone.context = edition_.pack.info.title;
  alone.names_subject = false;
  return alone;
}

answer::Voice Conversation::make_voice(const Moment& now, Manner manner,
                                       std::string_view label) const {
  const knowledge::Messages& messages = edition_.pack.messages;
  const Plan& plan = now.plan;
  answer::Voice voice;
  voice.screener = &edition_.safety.screener;
  voice.messages = &messages;
  voice.region = transcript_.region;
  voice.edition = edition_.id;
  voice.safety_net_due = now.before.safety_net_due;
  // "I meant while pregnant" asks once more what was asked.
  const bool corrects = plan.question && plan.reading.corrects && !plan.question->label.empty();
  voice.is_question = corrects || asks(plan);
  voice.suggests = manner == Manner::kInFull;
  for (std::size_t turn = talk_begin_; voice.suggests && turn <= now.turn; ++turn) {
    voice.asked_before.push_back(transcript_.turns[turn].text);
  }
  if (!label.empty()) voice.about = messages.fill("about.prefix", "topic", label);
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
  out.evidence.details = edition_.details->find(
      resolved.own, resolved.condition ? out.query.text : std::string_view(resolved.own));
  out.evidence.only_condition = resolved.condition;
  out.evidence.conditions = conditions_before(resolved);
  edition_.source_names->apply(out.evidence);
  weigh_context(resolved, plan, out);
  out.evidence.bare = resolved.names || plan.query.stems.size() < kLeastToAsk;
  out.evidence.asks_when = plan.reading.when && !resolved.failed;
  out.evidence.own_kind = std::ranges::any_of(plan.query.kinds, [](retrieve::QuestionKind kind) {
    return kind != retrieve::QuestionKind::kWhat && kind != retrieve::QuestionKind::kWho;
  });
  auto candidates = retrieve::bring(out.query, *edition_.retriever, *reader,
                                    {.candidates = 300, .deadline = deadline});
  if (!candidates) return fail(candidates.error());
  std::vector<retrieve::Hit> hits =
      retrieve::rank(out.query, *candidates, edition_.index->statistics());
  const std::map<index::Row, double> asked = add_asked(out, hits);
  if (resolved.only_kind) keep_what_it_points_to(out, asked, hits);
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

// "How long does it take?" after a scan: what holds nothing of the scan answers something else.
void Conversation::keep_what_it_points_to(const Searched& found,
                                          const std::map<index::Row, double>& asked,
                                          std::vector<retrieve::Hit>& hits) const {
  std::vector<std::size_t> meant;
  for (std::size_t i = 0; i < found.query.concepts.size(); ++i) {
    const retrieve::Concept& each = found.query.concepts[i];
    const bool telling = each.known && found.evidence.roles[i] == answer::WordRole::kSubject &&
                         each.idf > answer::kThemeInformation;
    if (telling && each.span.begin >= found.resolved.own.size()) meant.push_back(i);
  }
  if (meant.empty()) return;
  const auto is_elsewhere = [&](const retrieve::Hit& hit) {
    const auto likeness = asked.find(hit.row);
    if (likeness != asked.end() && likeness->second >= kAskedSo) return false;
    return std::ranges::none_of(meant, [&hit](std::size_t i) { return hit.covered[i] > 0; });
  };
  if (!std::ranges::all_of(hits, is_elsewhere)) std::erase_if(hits, is_elsewhere);
}

// "Can I take relaxants then?" after "I am pregnant": what turns before set and needs care here.
std::vector<answer::Condition> Conversation::conditions_before(const Resolved& resolved) const {
  std::vector<answer::Condition> out;
  if (resolved.conditions.empty()) return out;
  for (const answer::AskedDetail& detail :
       edition_.details->find(resolved.conditions, resolved.own)) {
    if (!detail.caution) continue;
    const std::string typed = resolved.conditions.substr(detail.span.begin, detail.span.size());
    const std::string said(detail.says.empty() ? std::string_view(typed) : detail.says);
    if (std::ranges::find(out, said, &answer::Condition::text) == out.end()) {
      out.push_back({said, detail.held_by});
    }
  }
  return out;
}

// Passages whose section is asked for in nearly the words of the question rise, also those that
// share no word with it. Gives how near each is.
std::map<index::Row, double> Conversation::add_asked(Searched& out,
                                                     std::vector<retrieve::Hit>& hits) const {
  answer::NearestAsked nearest = edition_.asked_questions->nearest(out.query, out.evidence.roles);
  out.evidence.explained = std::move(nearest.explained);
  std::map<index::Row, double> asked;
  out.wordings.clear();
  const auto raise = [&](index::Row row, double likeness, const char* why) {
    auto hit = std::ranges::find(hits, row, &retrieve::Hit::row);
    if (hit == hits.end()) {
      retrieve::Hit added;
      added.row = row;
      added.covered.assign(out.query.concepts.size(), 0);
      hit = hits.insert(hits.end(), std::move(added));
    }
    hit->score += kAskedWeight * likeness;
    hit->why.push_back({why, kAskedWeight * likeness});
    return hit;
  };
  for (const auto& near : nearest.passages) {
    const index::Row row = edition_.rows[near.passage];
    asked[row] = near.likeness;
    out.wordings.emplace(row, near.wording);
    const auto hit = raise(row, near.likeness, "asked");
    hit->coverage = std::max(hit->coverage, near.likeness);
  }
  out.evidence.near = edition_.asked_sentences->nearest(out.query, out.evidence.own);
  std::map<index::Row, double> near_rows;
  for (const answer::NearSentence& near : out.evidence.near.sentences) {
    if (near.likeness < kRaisesPassage) continue;
    const index::Row row =
        edition_.rows[static_cast<std::size_t>(near.passage - edition_.pack.passages.data())];
    double& best = near_rows[row];
    best = std::max(best, near.likeness * out.evidence.near.nearest);
  }
  for (const auto& [row, likeness] : near_rows) raise(row, likeness, "asked sentence");
  std::ranges::stable_sort(hits, std::greater<>(), &retrieve::Hit::score);
  return asked;
}

// The turn's own words must be answered; what it leans on helps to find where.
void Conversation::weigh_context(const Resolved& resolved, const Plan& plan, Searched& out) const {
  if (resolved.context.empty() && !resolved.listed) return;
  bool context_known = resolved.told;
  // "No, I meant the hip" takes back nothing that it names.
  const bool keeps_some = std::ranges::any_of(out.query.concepts, [&](const auto& each) {
    return each.span.begin < resolved.own.size() && !each.negated;
  });
  for (std::size_t i = 0; i < out.query.concepts.size(); ++i) {
    const retrieve::Concept& each = out.query.concepts[i];
    const bool subject = each.known && out.evidence.roles[i] == answer::WordRole::kSubject;
    context_known = context_known || (subject && each.idf > answer::kThemeInformation &&
                                      each.span.begin >= resolved.own.size());
  }
  for (std::size_t i = 0; i < out.query.concepts.size(); ++i) {
    retrieve::Concept& each = out.query.concepts[i];
    const bool own = each.span.begin < resolved.own.size();
    if (own && resolved.names) out.evidence.roles[i] = answer::WordRole::kEveryday;
    if (!own) each.weight *= resolved.context_weight;
    // "And heat?" after ice: the ice helps to find where, but is no longer asked about.
    const bool replaced = !own && resolved.replaces;
    const bool denied = own && resolved.corrects && each.negated && keeps_some;
    if (replaced || denied) out.evidence.roles[i] = answer::WordRole::kEveryday;
    if (denied) each.weight *= kDenied;
    // Nobody asked about the ladder in "I fell off a ladder, do I need a scan?"
    if (!own && context_known && !each.known) out.evidence.roles[i] = answer::WordRole::kEveryday;
    if (own && (resolved.names || edition_.phrases->is_pronoun(each.word))) each.weight = 0;
    if (own && is_own_measure(*edition_.phrases, out.query, i))
      out.evidence.roles[i] = answer::WordRole::kEveryday;
    const bool leant_on = resolved.points || (!resolved.names_subject && !resolved.told);
    out.evidence.asked.push_back(own || leant_on);
  }
  out.evidence.needs_figure = resolved.only_kind;
  out.evidence.needs_cue = resolved.failed;
  // The turn's own kind of question comes before the topic's.
  std::vector<retrieve::QuestionKind> kinds;
  if (!resolved.of_kind) kinds = plan.query.kinds;
  if (resolved.only_new && kinds.empty()) kinds.push_back(retrieve::QuestionKind::kTreat);
  if (resolved.failed) kinds.insert(kinds.begin(), retrieve::QuestionKind::kWhenToSee);
  for (const retrieve::QuestionKind kind : out.query.kinds) {
    if (std::ranges::find(kinds, kind) == kinds.end()) kinds.push_back(kind);
  }
  out.query.kinds = std::move(kinds);
}

}  // namespace backchat::dialogue
