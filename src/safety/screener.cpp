#include "safety/screener.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "safety/analysis.h"
#include "safety/card.h"
#include "safety/explain.h"
#include "safety/fold.h"
#include "safety/rule_book.h"
#include "safety/second_reader.h"

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
  SecondReader second_reader;

  // A turn by itself and as the second reader takes it.
  struct Read {
    Analysis analysis;
    std::vector<Segment> segments;
    SecondReading reading;
  };

  Read read(const UserTurn& turn, const Memory& earlier) const {
    Read made{analyse(*book, turn.text), {}, {}};
    // A bare answer to a question holds nothing to read, and other languages were never learnt.
    if (!second_reader.present() || made.analysis.foreign || made.analysis.reply_only) return made;
    made.segments = segments_of(*book, made.analysis);
    made.reading = second_reader.read(earlier.state().recent, made.segments);
    return made;
  }
};

namespace {

// Keeps the last segments said, so that the next turn can be read together with them.
void remember(std::vector<Segment>& recent, std::vector<Segment>&& said) {
  std::move(said.begin(), said.end(), std::back_inserter(recent));
  if (recent.size() >= kWindow)
    recent.erase(recent.begin(), recent.end() - static_cast<std::ptrdiff_t>(kWindow - 1));
}

}  // namespace

Screener::Screener(std::unique_ptr<const Impl> impl) : impl_(std::move(impl)) {}
Screener::Screener(Screener&&) noexcept = default;
Screener& Screener::operator=(Screener&&) noexcept = default;
Screener::~Screener() = default;

Result<Screener> Screener::create(const Documents& documents) {
  Result<std::unique_ptr<const RuleBook>> book = read_rule_book(documents);
  if (!book) return fail(book.error());
  Result<SecondReader> second_reader = read_second_reader(documents);
  if (!second_reader) return fail(second_reader.error());
  if (second_reader->present() && (*book)->second_reader.why.empty()) {
    return fail(ErrorCode::kCorruptData, "'second_reader' with its words is missing",
                std::string(kSecondReaderFile));
  }
  auto impl = std::make_unique<Impl>();
  impl->book = std::move(*book);
  impl->second_reader = std::move(*second_reader);
  return Screener(std::move(impl));
}

Screening Screener::screen(const UserTurn& turn, const Memory& earlier) const {
  Impl::Read read = impl_->read(turn, earlier);
  const Analysis& analysis = read.analysis;
  Screening result;
  result.memory_ = earlier;
  Folded folded = fold(*impl_->book, turn, analysis, read.reading, result.memory_.state());
  remember(result.memory_.state().recent, std::move(read.segments));
  result.tier_ = folded.tier;
  result.raised_ = folded.raised;
  result.findings_ = std::move(folded.findings);
  result.ask_ = std::move(folded.ask);
  result.answered_only_ = folded.answered_only;
  result.reports_ = folded.reports;
  result.noted_ = read.reading.tier() != Tier::kNone ||
                  std::any_of(analysis.mentions.begin(), analysis.mentions.end(),
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
  const Impl::Read read = impl_->read(turn, earlier);
  Memory memory = earlier;
  const Folded folded = fold(*impl_->book, turn, read.analysis, read.reading, memory.state());
  return explain_turn(*impl_->book, turn, read.analysis, folded, memory.state()) +
         explain_reading(*impl_->book, turn, read.analysis, impl_->second_reader, read.segments,
                         read.reading);
}

}  // namespace backchat::safety
