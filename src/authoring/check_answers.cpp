#include <algorithm>
#include <set>

#include "authoring/checks.h"
#include "authoring/evaluation.h"
#include "dialogue/manager.h"

namespace backchat::authoring {
namespace {

using answer::Kind;

void check_reach(const Subject& subject, const Evaluation& evaluation, Notes& notes) {
  std::set<std::string_view> cited;
  for (const Judged& judged : evaluation.judged) {
    for (const answer::Citation& citation : judged.reply.citations) cited.insert(citation.passage);
  }
  for (const knowledge::Passage& passage : subject.pack.passages) {
    if (cited.contains(passage.id)) continue;
    const std::string file = "articles/" + passage.article + ".md";
    const int heading = line_of(subject.documents, file, passage.heading, 1);
    notes.add("unreached", file, line_of(subject.documents, file, passage.sentence(0), heading),
              "no reply to a question of eval/ cites passage " + passage.id +
                  ": add a question that it answers");
  }
}

Result<answer::Reply> ask(const dialogue::Edition& edition, const std::string& question) {
  return dialogue::reply(edition, {{{question, {}}}, "", ""}, Deadline::none());
}

// What is suggested must be answered: headings that are questions, and the comparisons.
Result<void> check_suggestions(const Subject& subject, const dialogue::Edition& edition,
                               Notes& notes) {
  for (const knowledge::Article& article : subject.pack.articles) {
    const std::string file = "articles/" + article.slug + ".md";
    for (const knowledge::Section& section : article.sections) {
      if (!section.heading.ends_with('?') || section.blocks.empty()) continue;
      const auto reply = ask(edition, section.heading);
      if (!reply) return fail(reply.error());
      if (reply->kind == Kind::kAnswer) continue;
      notes.add("unanswered", file, section.line,
                "\"" + section.heading +
                    "\" is suggested to people and gets no answer: use words of its section");
    }
  }
  for (const knowledge::Comparison& comparison : subject.pack.comparisons) {
    const auto reply = ask(edition, comparison.question);
    if (!reply) return fail(reply.error());
    if (reply->kind == Kind::kAnswer && !reply->differs.empty()) continue;
    notes.add("unanswered", "comparisons.yaml", comparison.line,
              "\"" + comparison.question +
                  "\" is suggested to people and does not show its sides: mend 'when'");
  }
  for (const std::string& question : subject.pack.start.questions) {
    const auto reply = ask(edition, question);
    if (!reply) return fail(reply.error());
    if (reply->kind == Kind::kAnswer) continue;
    notes.add(
        "unanswered", "start.yaml", line_of(subject.documents, "start.yaml", question, 1),
        "\"" + question + "\" is offered first and gets no answer: ask what the articles answer");
  }
  return {};
}

}  // namespace

Result<void> check_answers(const Subject& subject, const dialogue::Edition& edition,
                           const QuestionSet& set, Notes& notes) {
  if (auto asked = check_suggestions(subject, edition, notes); !asked) return asked;
  if (set.questions.empty()) {
    notes.add("no-questions", "eval/questions.yaml", 0,
              "no evaluation question: write down what people ask, and what must be answered");
    return {};
  }
  if (set.floors.empty()) {
    notes.add("no-floors", "eval/floors.yaml", 0,
              "no floors: write down what `backchat eval` must not fall below");
  }
  const Result<Evaluation> evaluation = evaluate(edition, set.questions);
  if (!evaluation) return fail(evaluation.error());
  check_reach(subject, *evaluation, notes);
  return {};
}

}  // namespace backchat::authoring
