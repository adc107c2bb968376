#include "safety/screener.h"

#include <algorithm>
#include <utility>

#include "safety/analysis.h"
#include "safety/card.h"
#include "safety/explain.h"
#include "safety/fold.h"
#include "safety/rule_book.h"

namespace backchat::safety {

std::string_view tier_name(Tier tier) {
  switch (tier) {
    case Tier::kNone:
      return "none";
    case Tier::kSoon:
      return "soon";
    case Tier::kUrgent:
      return "urgent";
    case Tier::kEmergency:
      return "emergency";
  }
  return "none";
}

Memory::Memory() : state_(std::make_unique<State>()) {}
Memory::Memory(const Memory& other) : state_(std::make_unique<State>(*other.state_)) {}
// A moved-from memory is one of a conversation that has not begun, so that it can still be asked.
Memory::Memory(Memory&& other) noexcept : state_(std::make_unique<State>()) {
  state_.swap(other.state_);
}
Memory& Memory::operator=(const Memory& other) {
  *state_ = *other.state_;
  return *this;
}
Memory& Memory::operator=(Memory&& other) noexcept {
  state_.swap(other.state_);
  return *this;
}
Memory::~Memory() = default;
Tier Memory::held() const { return state_->held; }
const std::string& Memory::open_question() const { return state_->open_question; }

struct Screener::Impl {
  std::unique_ptr<const RuleBook> book;
};

Screener::Screener(std::unique_ptr<const Impl> impl) : impl_(std::move(impl)) {}
Screener::Screener(Screener&&) noexcept = default;
Screener& Screener::operator=(Screener&&) noexcept = default;
Screener::~Screener() = default;

Result<Screener> Screener::create(const Documents& documents) {
  Result<std::unique_ptr<const RuleBook>> book = read_rule_book(documents);
  if (!book) return fail(book.error());
  auto impl = std::make_unique<Impl>();
  impl->book = std::move(*book);
  return Screener(std::move(impl));
}

Screening Screener::screen(const UserTurn& turn, const Memory& earlier) const {
  const Analysis analysis = analyse(*impl_->book, turn.text);
  Screening result;
  result.memory_ = earlier;
  Folded folded = fold(*impl_->book, turn, analysis, result.memory_.state());
  result.tier_ = folded.tier;
  result.raised_ = folded.raised;
  result.findings_ = std::move(folded.findings);
  result.ask_ = std::move(folded.ask);
  result.answered_only_ = folded.answered_only;
  result.reports_ = folded.reports;
  result.noted_ = std::any_of(analysis.mentions.begin(), analysis.mentions.end(),
                              [](const Mention& m) { return m.outcome == Outcome::kCounts; });
  result.other_language_ = analysis.foreign;
  return result;
}

std::optional<CareCard> Screener::card(const Screening& screening, std::string_view region) const {
  return make_card(*impl_->book, screening.findings(), screening.tier(), region);
}

const std::string& Screener::safety_net() const { return impl_->book->safety_net; }

std::string Screener::remembered(const Memory& memory) const {
  return explain_memory(*impl_->book, memory.state());
}

std::span<const std::string> Screener::signs() const { return impl_->book->signs; }

std::vector<EmergencyNumber> Screener::emergency_numbers() const {
  return make_emergency_numbers(*impl_->book);
}

std::string Screener::explain(const UserTurn& turn, const Memory& earlier) const {
  const Analysis analysis = analyse(*impl_->book, turn.text);
  Memory memory = earlier;
  const Folded folded = fold(*impl_->book, turn, analysis, memory.state());
  return explain_turn(*impl_->book, turn, analysis, folded, memory.state());
}

}  // namespace backchat::safety
