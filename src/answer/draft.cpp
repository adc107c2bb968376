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

bool Draft::net_due() const { return voice_.safety_net_due && !reply_.card && !screening_.ask(); }

std::vector<std::string_view> Draft::closing() const {
  std::vector<std::string_view> out;
  if (net_due()) out.push_back(voice_.screener->safety_net());
  if (const auto& ask = screening_.ask()) {
    out.push_back(ask->text);
  } else if (voice_.ask) {
    if (!voice_.ask->before.empty()) out.push_back(voice_.ask->before);
    out.push_back(voice_.ask->text);
  }
  return out;
}

void Draft::say(std::string_view message_key, std::vector<Statement>& where) {
  where.push_back({std::string(voice_.messages->get(message_key)), {}});
}

void Draft::put(const std::string& id, std::string_view before, std::string_view text,
                std::vector<Next> replies) {
  std::vector<Statement>& where = reply_.lead.empty() ? reply_.lead : reply_.body;
  if (!before.empty()) where.push_back({std::string(before), {}});
  where.push_back({std::string(text), {}});
  reply_.asked = id;
  reply_.next = std::move(replies);
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
  } else {
    if (reply_.kind == Kind::kAnswer && net_due()) {
      reply_.body.push_back({voice_.screener->safety_net(), {}});
    }
    if (const auto& ask = screening_.ask()) {
      std::vector<Next> replies;
      for (const safety::QuickReply& quick : ask->replies) {
        replies.push_back({quick.label, quick.text, ask->id});
      }
      put(ask->id, {}, ask->text, std::move(replies));
    } else if (voice_.ask) {
      put(voice_.ask->id, voice_.ask->before, voice_.ask->text, voice_.ask->replies);
    } else {
      reply_.next.insert(reply_.next.begin(), voice_.also.begin(), voice_.also.end());
    }
  }
  reply_.text = plain_text(reply_, *voice_.messages);
  return std::move(reply_);
}

}  // namespace backchat::answer
