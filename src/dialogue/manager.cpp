#include "dialogue/manager.h"

#include <algorithm>
#include <functional>
#include <map>
#include <optional>

#include "answer/composer.h"
#include "dialogue/topic.h"
#include "retrieve/search.h"
#include "text/decimal.h"

namespace backchat::dialogue {
namespace {

using answer::Kind;
using answer::Reply;
using safety::Screening;
using safety::Tier;

// Passages whose sentences may be quoted: beyond these the score has fallen too far.
constexpr std::size_t kPassagesRead = 40;

// What a question in the very words of a collected one adds to a passage's score.
constexpr double kAskedWeight = 1.2;

// A question without a subject that is this like a collected one needs none.
constexpr double kAskedSo = 0.7;

// What a word counts that a correction takes back ("I meant the injections, not surgery").
constexpr double kDenied = 0.1;
// The message after which the earlier topic no longer counts.
constexpr std::string_view kSomethingElse = "chat.other";

// What the fold keeps of the earlier turns: all that later turns may lean on.
struct State {
  safety::Memory memory;
  Topic topic;
  std::optional<Resolved> last_question;
  std::size_t replies_before = 0;
  bool safety_net_due = true;
  bool other_question_open = false;
  std::vector<std::string> asked;
};

// One turn, screened and understood; nothing searched yet.
struct Plan {
  Screening screening;
  PhraseBook::Reading reading;
  retrieve::Query query;  // of the turn by itself
  std::optional<Resolved> question;
  std::size_t replies_before = 0;
  std::string message;  // key of the message that is the whole reply, when there is no question
  Kind kind = Kind::kChat;
};

safety::UserTurn user_turn(const Turn& turn, std::size_t index, bool other_question_open) {
  return {turn.text, turn.answers, other_question_open, static_cast<int>(index)};
}

class Conversation {
 public:
  Conversation(const Edition& edition, const Transcript& transcript)
      : edition_(edition),
        transcript_(transcript),
        subjects_{&edition.pack, edition.differences.get(), edition.suggestions.get()} {}

  // Screening comes first, before anything that can fail.
  Plan plan(std::size_t i) const {
    const Turn& turn = transcript_.turns[i];
    Plan plan{.screening = edition_.safety.screener.screen(
                  user_turn(turn, i, state_.other_question_open), state_.memory),
              .reading = edition_.phrases->read(turn.text),
              .query = edition_.questions->analyse(turn.text),
              .question = {},
              .message = {}};
    choose(turn, plan);
    return plan;
  }

  void fold(std::size_t i, const Plan& plan) {
    state_.memory = plan.screening.memory();
    state_.asked.push_back(transcript_.turns[i].text);
    state_.other_question_open = plan.kind == Kind::kClarify && !plan.screening.ask();
    if (plan.message == kSomethingElse) state_.topic = {};
    if (!plan.question) return;
    state_.replies_before = plan.replies_before;
    state_.last_question = plan.question;
    if (!plan.reading.more && !plan.reading.sources && !plan.reading.repeat) {
      state_.topic = next_topic(state_.topic, *plan.question, plan.query,
                                edition_.word_roles->roles(plan.query));
    }
    state_.safety_net_due = false;
  }

  Result<Reply> reply(std::size_t i, const Plan& plan, Deadline deadline) const {
    const answer::Voice voice = make_voice(i, plan);
    if (plan.screening.raised() == Tier::kEmergency || !plan.question) {
      return answer::compose_message(plan.screening, voice, plan.message, plan.kind, &subjects_);
    }
    Evidence found(*plan.question, plan.replies_before);
    if (Result<void> searched = search(found, plan, deadline); !searched) {
      if (plan.screening.tier() < Tier::kSoon) return fail(searched.error());
      return answer::compose_message(plan.screening, voice, "edition.unavailable",
                                     Kind::kNotCovered);
    }
    return answer::compose(plan.screening, with_spelling(voice, found.query), subjects_,
                           found.evidence);
  }

  Result<std::string> explain(std::size_t i, const Plan& plan, Deadline deadline) const;

 private:
  // The query owns what the evidence views.
  struct Evidence {
    Evidence(const Resolved& question, std::size_t replies_before) : resolved(question) {
      evidence.query = &query;
      evidence.replies_before = replies_before;
    }
    Evidence(const Evidence&) = delete;
    Evidence& operator=(const Evidence&) = delete;

    Resolved resolved;
    retrieve::Query query;
    answer::Evidence evidence;
    std::map<index::Row, std::string_view> wordings;  // nearest to the question, for explain
  };

  void choose(const Turn& turn, Plan& plan) const {
    const auto say = [&plan](std::string_view message, Kind kind) {
      plan.message = message;
      plan.kind = kind;
    };
    const PhraseBook::Reading& reading = plan.reading;
    if (plan.screening.answered_only()) {
      const bool calm = plan.screening.raised() == Tier::kNone;
      say(calm ? "screen.thanks_none" : "screen.thanks", Kind::kChat);
    } else if (reading.empty) {
      say("not_covered.empty", Kind::kClarify);
    } else if (plan.screening.other_language()) {
      say("chat.language", Kind::kNotCovered);
    } else if (!reading.not_ours.empty()) {
      say(reading.not_ours, Kind::kNotCovered);
    } else if (!reading.small_talk.empty()) {
      say(reading.small_talk, Kind::kChat);
    } else if ((reading.more || reading.sources || reading.repeat) && state_.last_question) {
      plan.question = state_.last_question;
      plan.question->label = state_.topic.label;
      plan.replies_before = state_.replies_before + (reading.more ? 1 : 0);
    } else {
      const std::vector<answer::WordRole> roles = edition_.word_roles->roles(plan.query);
      Resolved resolved =
          resolve(turn.text, reading, plan.query, roles, state_.topic, edition_.pack.info.title);
      // "Who checked the article?" names no subject, but is asked just so.
      if (resolved.needs_topic && !is_asked_so(plan.query, roles)) {
        say("clarify.no_topic", Kind::kClarify);
      } else {
        plan.question = std::move(resolved);
      }
    }
  }

  bool is_asked_so(const retrieve::Query& query, const std::vector<answer::WordRole>& roles) const {
    return std::ranges::any_of(edition_.asked_questions->nearest(query, roles).passages,
                               [](const auto& near) { return near.likeness >= kAskedSo; });
  }

  answer::Voice make_voice(std::size_t i, const Plan& plan) const {
    answer::Voice voice;
    voice.screener = &edition_.safety.screener;
    voice.messages = &edition_.pack.messages;
    voice.region = transcript_.region;
    voice.edition = edition_.id;
    voice.safety_net_due = state_.safety_net_due;
    voice.is_question =
        !plan.query.kinds.empty() || transcript_.turns[i].text.find('?') != std::string::npos;
    voice.asked_before = state_.asked;
    voice.asked_before.push_back(transcript_.turns[i].text);
    if (plan.question && !plan.question->label.empty()) {
      voice.about = edition_.pack.messages.fill("about.prefix", "topic", plan.question->label);
    }
    return voice;
  }

  answer::Voice with_spelling(answer::Voice voice, const retrieve::Query& query) const {
    if (query.repairs.empty() || !voice.about.empty()) return voice;
    std::string words;
    for (const retrieve::Repair& repair : query.repairs) {
      words += (words.empty() ? "" : ", ") + repair.to;
    }
    voice.about = edition_.pack.messages.fill("about.spelling", "words", words);
    return voice;
  }

  Result<void> search(Evidence& out, const Plan& plan, Deadline deadline) const {
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
  std::map<index::Row, double> add_asked(Evidence& out, std::vector<retrieve::Hit>& hits) const {
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
  static void weigh_context(const Resolved& resolved, const Plan& plan, Evidence& out) {
    if (resolved.context.empty()) return;
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

  const Edition& edition_;
  const Transcript& transcript_;
  answer::Subjects subjects_;
  State state_;
};

Result<std::string> Conversation::explain(std::size_t i, const Plan& plan,
                                          Deadline deadline) const {
  const Turn& turn = transcript_.turns[i];
  std::string out = "SCREENING\n" +
                    edition_.safety.screener.explain(user_turn(turn, i, state_.other_question_open),
                                                     state_.memory) +
                    "\n";
  if (!plan.question) {
    return out + "REPLY\n  message " + plan.message + ", no search\n";
  }
  Evidence found(*plan.question, plan.replies_before);
  if (auto searched = search(found, plan, deadline); !searched) return fail(searched.error());
  out += "QUESTION\n  own words: " + found.resolved.own + "\n";
  if (!found.resolved.context.empty()) {
    out += "  leans on:  " + found.resolved.context + " (weight " +
           text::decimal(found.resolved.context_weight) + ")\n";
  }
  out += "  kinds:    ";
  for (const retrieve::QuestionKind kind : found.query.kinds) {
    out += " " + std::string(kind_name(kind));
  }
  out += "\n  words:\n";
  for (const retrieve::Concept& each : found.query.concepts) {
    out += "    " + each.word + ": idf " + text::decimal(each.idf) + ", weight " +
           text::decimal(each.weight) + (each.known ? "" : ", unknown") +
           (each.cue ? ", cue" : "") + (each.negated ? ", negated" : "") + "\n";
    for (const retrieve::Alternative& other : each.alternatives) {
      if (other.origin == retrieve::Alternative::Origin::kAsked) continue;
      out += "      or";
      for (const auto& word : other.words) out += " " + word.stem;
      out += " (" + text::decimal(other.weight) + ")\n";
    }
  }
  out += "PASSAGES\n";
  for (std::size_t p = 0; p < found.evidence.passages.size(); ++p) {
    const retrieve::Hit& hit = found.evidence.hits[p];
    out += "  " + text::decimal(hit.score) + " covers " + text::decimal(hit.coverage) + " " +
           found.evidence.passages[p]->id + "\n   ";
    for (const retrieve::Feature& feature : hit.why) {
      out += " " + std::string(feature.name) + " " + text::decimal(feature.value);
    }
    if (const auto wording = found.wordings.find(hit.row); wording != found.wordings.end()) {
      out += " (\"" + std::string(wording->second) + "\")";
    }
    out += "\n";
  }
  out += answer::explain_selection(found.evidence);
  const Result<Reply> replied = reply(i, plan, deadline);
  if (!replied) return fail(replied.error());
  return out + "REPLY (" + std::string(answer::kind_name(replied->kind)) + ")\n" + replied->text +
         "\n";
}

Result<void> check_turns(const Transcript& transcript) {
  if (transcript.turns.empty()) {
    return fail(ErrorCode::kInvalidInput, "there is no turn to answer", "turns");
  }
  return {};
}

}  // namespace

Result<Reply> reply(const Edition& edition, const Transcript& transcript, Deadline deadline) {
  if (auto checked = check_turns(transcript); !checked) return fail(checked.error());
  Conversation conversation(edition, transcript);
  const std::size_t last = transcript.turns.size() - 1;
  for (std::size_t i = 0; i < last; ++i) conversation.fold(i, conversation.plan(i));
  return conversation.reply(last, conversation.plan(last), deadline);
}

Result<void> replies(const Edition& edition, const Transcript& transcript, const ReplySink& sink) {
  if (auto checked = check_turns(transcript); !checked) return checked;
  Conversation conversation(edition, transcript);
  for (std::size_t i = 0; i < transcript.turns.size(); ++i) {
    const Plan plan = conversation.plan(i);
    const Result<Reply> replied = conversation.reply(i, plan, Deadline::none());
    if (!replied) return fail(replied.error());
    sink(i, *replied);
    conversation.fold(i, plan);
  }
  return {};
}

Result<Reply> reply_without_edition(const SafetyPart& safety, const Transcript& transcript,
                                    const Error& why_not) {
  if (auto checked = check_turns(transcript); !checked) return fail(checked.error());
  safety::Memory memory;
  std::optional<Screening> screening;
  for (std::size_t i = 0; i < transcript.turns.size(); ++i) {
    screening = safety.screener.screen(user_turn(transcript.turns[i], i, false), memory);
    memory = screening->memory();
  }
  if (screening->tier() == Tier::kNone) return fail(why_not);
  answer::Voice voice;
  voice.screener = &safety.screener;
  voice.messages = &safety.messages;
  voice.region = transcript.region;
  voice.edition = "safety-only";
  return answer::compose_message(*screening, voice, "edition.unavailable", Kind::kNotCovered);
}

Result<std::string> explain(const Edition& edition, const Transcript& transcript,
                            Deadline deadline) {
  if (auto checked = check_turns(transcript); !checked) return fail(checked.error());
  Conversation conversation(edition, transcript);
  const std::size_t last = transcript.turns.size() - 1;
  for (std::size_t i = 0; i < last; ++i) conversation.fold(i, conversation.plan(i));
  return conversation.explain(last, conversation.plan(last), deadline);
}

}  // namespace backchat::dialogue
