#pragma once

#include <map>
#include <stdexcept>
#include <string>

#include "app/http/asker.h"

namespace backchat::app::http {

/// Stands for the engine: repeats the last turn. "emergency" is a red flag, which is answered
/// whatever else is wrong.
class FakeAsker : public Asker {
 public:
  std::optional<Error> broken;  ///< the edition's error
  std::optional<Error> fails;   ///< every ask's error but for a red flag
  const knowledge::Pack* articles = nullptr;
  std::string id = "edition-1";
  std::string emergency = "In an emergency, call your <local> emergency number.";

  Result<answer::Reply> ask(const dialogue::Transcript& transcript, Deadline) const override {
    const std::string& text = transcript.turns.back().text;
    if (text == "throw") throw std::runtime_error("secret detail");
    answer::Reply reply;
    reply.edition = id;
    reply.text = "You said: " + text + " [" + transcript.turns.back().answers.value_or("") + "|" +
                 transcript.region + "|" + std::to_string(transcript.turns.size()) + "]";
    reply.lead = {{reply.text, {}}};
    if (text == "emergency") {
      reply.kind = answer::Kind::kEmergency;
      reply.tier = safety::Tier::kEmergency;
      reply.card = safety::CareCard{"emergency", "Call now", {}, {{"Call 112", "tel:112"}}};
      for (const char* rule : {"rule.one", "rule.two", "rule.one"}) {
        reply.findings.emplace_back().rule = rule;
      }
      return reply;
    }
    if (broken) return fail(*broken);
    if (fails) return fail(*fails);
    reply.kind = answer::Kind::kAnswer;
    return reply;
  }

  Result<void> ask_each(const dialogue::Transcript& transcript, Deadline deadline,
                        const Sink& sink) const override {
    dialogue::Transcript so_far{{}, transcript.region, transcript.language};
    for (std::size_t i = 0; i < transcript.turns.size(); ++i) {
      so_far.turns.push_back(transcript.turns[i]);
      auto reply = ask(so_far, deadline);
      if (!reply) return fail(reply.error());
      sink(i, *reply);
    }
    return {};
  }

  Result<dialogue::Summary> summarise(const dialogue::Transcript& transcript, Deadline,
                                      std::string_view date) const override {
    if (fails) return fail(*fails);
    dialogue::Summary out;
    out.title = "Summary";
    out.date = date;
    out.sections = {{"said", "Said", {}}};
    for (const auto& turn : transcript.turns)
      out.sections[0].entries.push_back({turn.text, "", {}});
    return out;
  }

  const knowledge::Pack* pack() const override { return articles; }
  const std::optional<Error>& edition_error() const override { return broken; }
  const std::string& edition_id() const override { return id; }
  const std::string& emergency_text() const override { return emergency; }
};

}  // namespace backchat::app::http
