#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "answer/composer.h"
#include "answer/reply.h"
#include "authoring/questions.h"
#include "base/result.h"
#include "dialogue/edition.h"
#include "safety/evaluation.h"

namespace backchat::authoring {

/// The figures of a set of questions. A share with total 0 was not measured.
struct Figures {
  int questions = 0;
  safety::Share full;        ///< answers wanted: given, with every fact, source, side and gap
  safety::Share facts;       ///< facts wanted: said
  safety::Share cited;       ///< sources wanted: cited (citation recall)
  safety::Share citations;   ///< citations given: of a right source or fact (citation precision)
  safety::Share refused;     ///< no answer wanted: none given (not-covered recall)
  safety::Share refusals;    ///< answers refused: rightly (not-covered precision)
  safety::Share sides;       ///< questions on which articles differ: all sides shown
  safety::Share gaps;        ///< half-covered questions: all words named
  safety::Share kinds;       ///< another kind of reply or a tier wanted: given
  safety::Share follow_ups;  ///< last questions of a dialogue: right
  std::vector<int> words;    ///< of each answer, ascending: lead, body and sides

  int median_words() const { return words.empty() ? 0 : words[words.size() / 2]; }
  int longest_words() const { return words.empty() ? 0 : words.back(); }
};

/// The names that floors may have, in the order of the table.
std::vector<std::string_view> figure_names();

/// A question, its reply and what was wrong with it.
struct Judged {
  const Question* question = nullptr;
  answer::Reply reply;
  std::vector<std::string> wrong;  ///< empty: right
};

struct Evaluation {
  Figures all;
  /// Of the questions whose very words the pack has not learnt as a wording (asked/): only these
  /// tell how strangers fare.
  Figures not_learnt;
  std::vector<std::pair<std::string, Figures>> topics;  ///< in order of first question
  std::vector<Judged> judged;                           ///< in order of the questions
};

/// Asks every question and judges its last reply. `questions` must outlive the result.
///
/// Errors:  those of dialogue::replies.
/// Threads: thread-safe; pure.
/// Cost:    a few milliseconds a turn.
Result<Evaluation> evaluate(const dialogue::Edition& edition,
                            const std::vector<Question>& questions,
                            const answer::ComposeOptions& options = {});

/// How many of the judged replies the edition proves (authoring::Verifier).
struct Provenance {
  safety::Share replies;
  int quotations = 0;
  std::vector<std::string> doubts;  ///< "q007: body[2]: what"
};

/// Proves every judged reply. Errors: those of Verifier::create.
Result<Provenance> prove(const dialogue::Edition& edition, const Evaluation& evaluation);

/// How many questions are answered, and how many of these answers are not right, when an answer
/// needs `answer_at`.
struct CurvePoint {
  double answer_at = 0;
  safety::Share answered;  ///< of the questions that want an answer or a refusal
  safety::Share wrong;     ///< of the answered ones
};

/// The risk-coverage curve of the abstention threshold. Errors, cost: those of `evaluate`, a time
/// for each point.
Result<std::vector<CurvePoint>> risk_coverage(const dialogue::Edition& edition,
                                              const std::vector<Question>& questions);

/// A figure that missed its floor.
struct Shortfall {
  std::string figure;
  double wanted = 0;
  double found = 0;
};

/// The floors that `figures` miss, by name. A figure that was not measured misses none.
std::vector<Shortfall> shortfalls(const Figures& figures, const Floors& floors);

/// A figure by its name ("full"); nothing when it was not measured.
std::optional<double> figure(const Figures& figures, std::string_view name);

/// All that `backchat eval` reports.
struct Report {
  Evaluation evaluation;
  Provenance provenance;
  std::vector<CurvePoint> curve;
  std::vector<Shortfall> missed;

  bool passes() const { return missed.empty() && provenance.doubts.empty(); }
};

/// Evaluates, proves and measures a set of questions, which must outlive the result.
Result<Report> make_report(const dialogue::Edition& edition, const QuestionSet& set);

/// The report as text for a person: the table by topic, the curve, doubts and shortfalls.
std::string to_text(const Report& report);

/// The questions that were not right, each with what was wrong.
std::string failures_text(const Evaluation& evaluation);

}  // namespace backchat::authoring
