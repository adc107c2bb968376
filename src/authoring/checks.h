#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "authoring/check.h"
#include "authoring/questions.h"
#include "base/documents.h"
#include "dialogue/edition.h"
#include "knowledge/pack.h"
#include "safety/rule_book.h"

// The parts of check_pack. Inside this folder only.
namespace backchat::authoring {

/// Collects notes.
class Notes {
 public:
  /// `id` must be one of check_kinds().
  void add(std::string_view id, std::string_view file, int line, std::string text);
  void add(std::string_view id, const knowledge::Problem& problem) {
    add(id, problem.file, problem.line, problem.what);
  }
  bool has_errors() const;
  std::vector<Note> take();

 private:
  std::vector<Note> notes_;
};

/// What every part of the check may look at.
struct Subject {
  const Documents& documents;
  const knowledge::Pack& pack;
  const CheckOptions& options;
};

/// The line of `file` on which `text` begins, at or after `from`; `from` when it is not found.
int line_of(const Documents& documents, std::string_view file, std::string_view text, int from);

/// A heading or a sentence of an article with its line.
struct Said {
  std::string_view text;
  int line = 0;
  bool is_heading = false;
};

/// Everything that an article says, in order. Views of `article`.
std::vector<Said> said_in(const Documents& documents, const knowledge::Article& article);

void check_sources(const Subject& subject, Notes& notes);
void check_sentences(const Subject& subject, Notes& notes);
void check_jargon(const Subject& subject, Notes& notes);
void check_own_words(const Subject& subject, Notes& notes);
void check_links(const Subject& subject, const std::vector<Question>& questions, Notes& notes);
void check_rules(const Subject& subject, const safety::RuleBook& rules,
                 const safety::Screener& screener, Notes& notes);
/// Asks the pack its questions and what it suggests. Errors: those of `evaluate`.
Result<void> check_answers(const Subject& subject, const dialogue::Edition& edition,
                           const QuestionSet& set, Notes& notes);

}  // namespace backchat::authoring
