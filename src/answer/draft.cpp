#include "answer/draft.h"

#include "answer/plain_text.h"

namespace backchat::answer {

Draft::Draft(const safety::Screening& screening, const Voice& voice)
    : screening_(screening), voice_(voice) {
  reply_.tier = screening.tier();
  reply_.findings.assign(screening.findings().begin(), screening.findings().end());
  reply_.edition = voice.edition;
  reply_.about = voice.about;
  reply_.card = voice.screener->card(screening, voice.region);
  // The card came whole when the sign was named; from then on one line reminds of it.
  if (reply_.card && held()) {
    reply_.card->lines = {std::string(voice.messages->get("screen.held"))};
  }
}

std::string_view Draft::closing() const {
  if (const auto& ask = screening_.ask()) return ask->text;
  if (voice_.safety_net_due && !reply_.card) return voice_.screener->safety_net();
  return {};
}

void Draft::say(std::string_view message_key, std::vector<Statement>& where) {
  where.push_back({std::string(voice_.messages->get(message_key)), {}});
}

Reply Draft::finish() {
  if (emergency()) {
    Reply bare;
    bare.kind = Kind::kEmergency;
    bare.tier = reply_.tier;
    bare.findings = std::move(reply_.findings);
    bare.edition = std::move(reply_.edition);
    bare.card = std::move(reply_.card);
    reply_ = std::move(bare);
  } else if (const auto& ask = screening_.ask()) {
    reply_.asked = ask->id;
    reply_.body.push_back({ask->text, {}});
    reply_.next.clear();
    for (const safety::QuickReply& quick : ask->replies) {
      reply_.next.push_back({quick.label, quick.text, ask->id});
    }
  } else if (reply_.kind == Kind::kAnswer && !closing().empty()) {
    reply_.body.push_back({std::string(closing()), {}});
  }
  reply_.text = plain_text(reply_, *voice_.messages);
  return std::move(reply_);
}

}  // namespace backchat::answer
