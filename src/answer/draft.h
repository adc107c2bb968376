#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "answer/composer.h"

// Inside this folder only.
namespace backchat::answer {

/// What all replies share: the safety fields, the card, and what an emergency leaves of everything
/// else. One thread.
class Draft {
 public:
  /// `screening` and `voice` must outlive this.
  Draft(const safety::Screening& screening, const Voice& voice);

  /// The turn itself raised an emergency: the card is the whole reply.
  bool emergency() const { return screening_.raised() == safety::Tier::kEmergency; }
  bool warns() const { return screening_.tier() >= safety::Tier::kUrgent; }
  Reply& reply() { return reply_; }

  /// The sentences that finish() adds to an answer: the safety net, a question of ours.
  std::vector<std::string_view> closing() const;

  void say(std::string_view message_key, std::vector<Statement>& where);

  /// The reply, with the screening question or the safety net and its plain text. Call it once.
  Reply finish();

 private:
  /// Puts a question of ours, with its quick replies in place of suggestions.
  void put(const std::string& id, std::string_view before, std::string_view text,
           std::vector<Next> replies);
  bool net_due() const;
  /// A card that stands since an earlier turn.
  bool held() const {
    return screening_.raised() < screening_.tier() && screening_.tier() >= safety::Tier::kUrgent;
  }

  const safety::Screening& screening_;
  const Voice& voice_;
  Reply reply_;
};

}  // namespace backchat::answer
