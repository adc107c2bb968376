#pragma once

#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "safety/screener.h"
#include "tests/safety/pack_documents.h"

namespace backchat::safety::test {

/// The documents of the default pack's safety part.
inline const Documents& documents() {
  static const Documents all = pack_documents(BACKCHAT_SOURCE_DIR "/knowledge/back-spasms");
  return all;
}

/// The screener of the default pack.
inline const Screener& screener() {
  static const Screener one = [] {
    auto made = Screener::create(documents());
    if (!made) throw std::runtime_error(to_string(made.error()));
    return std::move(*made);
  }();
  return one;
}

/// One turn: a text, and perhaps what it answers.
struct Said {
  std::string text;
  std::optional<std::string> answers = std::nullopt;
  bool other_question_open = false;
};

/// The last screening of a conversation.
inline Screening screen_all(const std::vector<Said>& turns) {
  Memory memory;
  int index = 0;
  for (;;) {
    const Said& said = turns[static_cast<std::size_t>(index)];
    Screening screening = screener().screen({.text = said.text,
                                             .answers = said.answers,
                                             .other_question_open = said.other_question_open,
                                             .index = index},
                                            memory);
    if (++index == static_cast<int>(turns.size())) return screening;
    memory = screening.memory();
  }
}

inline Tier tier_of(const std::string& text) { return screen_all({{text}}).tier(); }

}  // namespace backchat::safety::test
