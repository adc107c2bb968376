#pragma once

#include <string>
#include <vector>

#include "base/documents.h"
#include "base/result.h"
#include "safety/evaluation.h"
#include "safety/second_reader.h"

namespace backchat::authoring {

/// Labelled messages of one file.
struct MessageFile {
  std::string name;
  std::vector<safety::EvaluationCase> cases;
  /// No rule was changed after anybody had seen these messages: they show what a rule that fires is
  /// worth. When a file is untouched, the balance and the thresholds are set by such files alone.
  bool untouched = false;
};

struct LearnOptions {
  /// Share of harmless messages on which rules and reader together may raise an alarm, in messages
  /// of files that the reader has not learnt from: sets the threshold.
  double false_alarms = 0.045;
  /// Share of harmless messages on which they may ask or raise an alarm.
  double questions = 0.09;
  /// Share of the dangers found by the rules that the reader may hold for harmless, so that the
  /// alarm becomes a question. Never more than what the first share leaves.
  double doubts = 0.01;
  /// Share of the emergencies that the reader may take for urgent ones only.
  double too_mild = 0.015;
  /// Share of the urgent messages that the reader may take for emergencies against a rule.
  double too_strict = 0.05;
  /// Files are dealt into this many parts; each part is read by a reader learnt from the others.
  int folds = 5;
};

/// What rules and reader do on messages of files that the reader has not learnt from.
struct LearnFigures {
  std::size_t messages = 0;     ///< learnt from
  std::size_t measured = 0;     ///< of them: the untouched ones, if any are
  safety::Share caught;         ///< labelled emergency or urgent, missed by the rules, found by it
  safety::Share lost;           ///< found by the rules, turned into a question by the reader
  safety::Share asked;          ///< labelled emergency or urgent, no alarm: asked about
  safety::Share asked_in_vain;  ///< labelled none or soon, no alarm: asked about
  safety::Share as_emergency;   ///< labelled emergency, found by it alone, as one
  safety::Share as_urgent;      ///< labelled urgent, found by it alone, as no more than that
  safety::Share group;          ///< found by it, and a group of the label named
  safety::Share emergency;      ///< labelled emergency, found as one by both together
  safety::Share urgent;         ///< labelled urgent, found as urgent or emergency by both together
  safety::Share harmless;       ///< labelled none or soon, left alone by both together
};

/// The figures when an alarm may be raised on a share of harmless messages.
struct LearnPoint {
  double share = 0;
  LearnFigures figures;
};

struct Learnt {
  safety::SecondReaderModel model;
  LearnFigures figures;
  std::vector<LearnPoint> by_false_alarms;
};

/// Learns the second reader of a pack from labelled messages. The same input gives the same model
/// on one machine. Errors: kInvalidInput when there are too few messages of a kind; those of
/// Screener::create.
Result<Learnt> learn(const Documents& documents, const std::vector<MessageFile>& files,
                     const LearnOptions& options);

/// The figures as text.
std::string to_text(const Learnt& learnt);

}  // namespace backchat::authoring
