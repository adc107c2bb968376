#include <algorithm>

#include "answer/citer.h"
#include "answer/composer.h"
#include "answer/draft.h"
#include "answer/exercise_card.h"

namespace backchat::answer {
namespace {

bool is_overruled(const knowledge::Pack& pack, const knowledge::GuideQuote& quote, bool warns) {
  return std::ranges::any_of(pack.overruled, [&](const knowledge::Overruled& overruled) {
    return overruled.sentence == quote.sentence && (warns || !overruled.message.empty());
  });
}

}  // namespace

Reply compose_parts(const safety::Screening& screening, const Voice& voice,
                    const Subjects& subjects, std::string_view message_key,
                    const std::vector<QuotedPart>& parts,
                    const std::vector<const knowledge::Exercise*>& exercises) {
  Draft draft(screening, voice);
  if (draft.emergency()) return draft.finish();
  Reply& reply = draft.reply();
  const knowledge::Pack& pack = *subjects.pack;
  Citer citer(pack);
  reply.kind = Kind::kAnswer;
  if (!message_key.empty()) draft.say(message_key, reply.lead);
  for (const QuotedPart& part : parts) {
    std::vector<Statement> statements;
    for (const knowledge::GuideQuote* quote : part.quotes) {
      if (is_overruled(pack, *quote, draft.warns())) continue;
      statements.push_back({quote->sentence, {citer.cite(quote->passage, quote->sentence)}});
    }
    if (reply.lead.empty()) {
      reply.lead = std::move(statements);
    } else if (!statements.empty()) {
      reply.sections.push_back(
          {std::string(voice.messages->get(part.heading)), std::move(statements)});
    }
  }
  for (const knowledge::Exercise* exercise : exercises) {
    const knowledge::Passage* passage = passage_of(pack, *exercise);
    if (draft.warns() || passage == nullptr) continue;
    reply.exercises.push_back(
        exercise_card(*exercise, {citer.cite(passage->id, passage->sentence(0))}));
  }
  reply.citations = citer.take();
  reply.next = subjects.suggestions->suggest({}, {}, voice.asked_before, false);
  return draft.finish();
}

}  // namespace backchat::answer
