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
};

struct LearnOptions {
  /// Share of harmless messages on which the second reader may raise an alarm, in messages of
  /// files that it has not learnt from: sets the threshold.
  double false_alarms = 0.02;
  /// Share of harmless messages on which it may ask or raise an alarm.
  double questions = 0.06;
  /// Share of the dangers found by the rules that the reader may hold for surely harmless, so that
  /// the alarm becomes a question: sets the lower threshold.
  double doubts = 0.01;
  /// Share of the emergencies that the reader may take for urgent ones only.
  double too_mild = 0.03;
  /// Share of the urgent messages that the reader may take for emergencies against a rule.
  double too_strict = 0.03;
  /// Files are dealt into this many parts; each part is read by a reader learnt from the others.
  int folds = 5;
};

/// What rules and reader do on messages of files that the reader has not learnt from.
struct LearnFigures {
  std::size_t messages = 0;
  safety::Share found;         ///< labelled emergency or urgent, found by the reader alone
  safety::Share left_alone;    ///< labelled none or soon, left alone by the reader alone
  safety::Share caught;        ///< labelled emergency or urgent, missed by the rules, found by it
  safety::Share as_emergency;  ///< labelled emergency, found by it, as one
  safety::Share as_urgent;     ///< labelled urgent, found by it, as no more than that
  safety::Share group;         ///< found by it, and a group of the label named
  safety::Share asked;         ///< labelled emergency or urgent, found by nobody, asked about
  safety::Share emergency;     ///< labelled emergency, found as one by both together
  safety::Share urgent;        ///< labelled urgent, found as urgent or emergency by both together
  safety::Share harmless;      ///< labelled none or soon, left alone by both together
  safety::Share lost;          ///< found by the rules, turned into a question by the reader
};

/// The figures when the reader may raise an alarm on a share of harmless messages, or may doubt a
/// share of the dangers that the rules find.
struct LearnPoint {
  double share = 0;
  LearnFigures figures;
};

struct Learnt {
  safety::SecondReaderModel model;
  LearnFigures figures;
  std::vector<LearnPoint> by_false_alarms;
  std::vector<LearnPoint> by_doubts;
};

/// Learns the second reader of a pack from labelled messages. The same input gives the same model
/// on one machine. Errors: kInvalidInput when there are too few messages of a kind; those of
/// Screener::create.
Result<Learnt> learn(const Documents& documents, const std::vector<MessageFile>& files,
                     const LearnOptions& options);

/// The figures as text.
std::string to_text(const Learnt& learnt);

}  // namespace backchat::authoring
