#include "dialogue/conversation.h"
#include "text/decimal.h"

// What people see who want to know how a conversation was understood.
namespace backchat::dialogue {

Result<std::string> Conversation::explain(std::size_t i, Deadline deadline) {
  const Plan& plan = moment(i).plan;
  std::string out =
      "SCREENING\n" + edition_.safety.screener.explain(heard(i), memory_before(i)) + "\n";
  if (!plan.question) {
    return out + "REPLY\n  message " + plan.message + ", no search\n";
  }
  Searched found(*plan.question);
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
  const Result<answer::Reply> replied = reply(i, deadline);
  if (!replied) return fail(replied.error());
  return out + "REPLY (" + std::string(answer::kind_name(replied->kind)) + ")\n" + replied->text +
         "\n";
}

std::string Conversation::describe_plan(std::size_t i) {
  const Plan& plan = moment(i).plan;
  const safety::Screening& screening = screenings_[i];
  const Turn& turn = transcript_.turns[i];
  std::string out = "  said: " + turn.text + "\n";
  if (turn.answers) out += "  tapped as a reply to: " + *turn.answers + "\n";
  out += "  screened: raised " + std::string(safety::tier_name(screening.raised())) +
         ", in force " + std::string(safety::tier_name(screening.tier()));
  if (const auto& ask = screening.ask()) out += ", asks " + ask->id;
  out += "\n";
  for (const safety::Finding& finding : screening.findings()) {
    out += "    " + finding.rule + " turn " + std::to_string(finding.turn + 1) + " \"" +
           finding.quote + "\"\n";
  }
  out += "  understood: ";
  if (screening.raised() == safety::Tier::kEmergency) {
    out += "an emergency\n";
  } else if (plan.question) {
    const Resolved& question = *plan.question;
    if (plan.reading.move != Move::kNone) {
      out += std::string(move_name(plan.reading.move)) + ", of: " + question.own + "\n";
    } else if (question.listed) {
      out += "something listed before: " + question.own + "\n";
    } else if (question.context.empty()) {
      out += "a question that stands on its own\n";
    } else {
      out += "a question that leans on \"" + question.context + "\" (weight " +
             text::decimal(question.context_weight) + ")\n";
    }
  } else if (plan.source_round > 0) {
    out += "asks where the last answer is from\n";
  } else if (plan.guided_end) {
    out += "the end of the guided talk\n";
  } else if (plan.asks_back) {
    out += "more than one reading: asks back\n";
  } else {
    out += plan.message.empty() ? "an answer in the guided talk\n" : plan.message + "\n";
  }
  if (plan.ask) out += "  asks: " + plan.ask->id + "\n";
  return out;
}

std::string Conversation::describe_state_after(std::size_t i) {
  const State state = after(moment(i));
  std::string out = edition_.safety.screener.remembered(screenings_[i].memory());
  out += "  topic: " + (state.topic.subject.empty() ? "none" : state.topic.subject) + "\n";
  if (!state.topic.kind.empty()) out += "  asked of it: " + state.topic.kind + "\n";
  for (const EarlierTopic& earlier : state.earlier) {
    out += "  earlier topic: " + earlier.topic.subject + "\n";
  }
  if (!state.pending.empty()) out += "  asked back about: " + state.pending + "\n";
  if (state.guide.active) {
    out += "  guided talk: waits for " + edition_.guided_talk->step_id(state.guide.step) + "\n";
  }
  for (const std::string& choice : state.guide.given) out += "  told: " + choice + "\n";
  return out;
}

}  // namespace backchat::dialogue
