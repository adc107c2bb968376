// Screening never throws and never fails, on any bytes: a conversation whose turns are parted by a
// zero byte; a turn that begins with 0x01 answers the first question.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "tests/safety/fixture.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace backchat::safety;
  const Screener& screener = test::screener();
  std::string_view rest(reinterpret_cast<const char*>(data), size);
  Memory memory;
  for (int index = 0; index < 6; ++index) {
    const std::size_t end = rest.find('\0');
    UserTurn turn{
        .text = rest.substr(0, end), .answers = {}, .other_question_open = false, .index = index};
    if (turn.text.starts_with('\x01')) {
      turn.text.remove_prefix(1);
      turn.answers = "SQ1";
    }
    const Screening screening = screener.screen(turn, memory);
    static_cast<void>(screener.card(screening, "GB"));
    // An emergency stays until the repeat check has been answered.
    const bool checking = memory.open_question() == "SQC";
    if (memory.held() == Tier::kEmergency && screening.tier() != Tier::kEmergency && !checking)
      std::abort();
    if (index == 0) static_cast<void>(screener.explain(turn, memory));
    memory = screening.memory();
    if (end == std::string_view::npos) break;
    rest.remove_prefix(end + 1);
  }
  return 0;
}
