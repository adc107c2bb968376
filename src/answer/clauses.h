#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

// Inside this folder only.
namespace backchat::answer {

/// A sentence of fewer words is a key word set apart ("Epsom salts. Any good?"), no story.
inline constexpr std::size_t kWordsOfStory = 4;

/// A part of a message between commas or stops, or before "and" with a second question.
struct Clause {
  std::size_t begin = 0;  ///< bytes in the message, half-open
  std::size_t end = 0;
  std::size_t sentence = 0;  ///< number of its sentence
  bool asks = false;         ///< put as a question
  bool story = false;        ///< tells of oneself: "I am on my feet all day"
};

/// The parts of a message in order. Pure.
std::vector<Clause> clauses_of(std::string_view text);

inline std::string_view clause_text(std::string_view text, const Clause& clause) {
  return text.substr(clause.begin, clause.end - clause.begin);
}

/// Whether it holds a pronoun: "does it help".
bool leans(std::string_view text, const Clause& clause);

/// Whether it holds a pronoun that stands for a thing ("they"), not for all that was told ("that").
bool leans_on_thing(std::string_view text, const Clause& clause);

/// Words in lower case, apostrophes left out ("whats").
std::vector<std::string> clause_words(std::string_view text);

}  // namespace backchat::answer
