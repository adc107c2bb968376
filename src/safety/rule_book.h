#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/documents.h"
#include "base/result.h"
#include "safety/pattern.h"
#include "safety/screener.h"
#include "safety/vocabulary.h"

namespace backchat::safety {

/// What a cue sets. kReply is how a turn answers our question; kCorrection takes back what was
/// said.
enum class Axis : std::uint8_t { kPresence, kTime, kFrame, kPerson, kReply, kTurn };

/// Values of Axis::kReply.
enum class Reply : std::uint8_t { kNone, kYes, kMaybe, kWeakNo, kNo };

/// Values of Axis::kTurn: what a turn as a whole does.
enum class TurnCue : std::uint8_t { kCorrection, kSameForMe };

/// Value of a cue that only keeps shorter cues from acting ("not only").
inline constexpr std::uint8_t kNothing = 0xFF;
/// Person cue that takes the person named last ("he").
inline constexpr std::uint8_t kCarry = 0xFE;

enum class Side : std::uint8_t { kBefore, kAfter, kAny };
enum class Scope : std::uint8_t { kClause, kNext, kSentence, kTurn, kTag };

/// A line of the cue tables: words that set one value of the mentions around them.
struct Cue {
  std::string id;
  Axis axis = Axis::kPresence;
  std::uint8_t value = kNothing;
  Side side = Side::kBefore;
  Scope scope = Scope::kClause;
  int reach = 30;        ///< words between cue and mention, list members and fillers not counted
  int priority = 0;      ///< the highest wins; on a tie the nearer
  bool through = false;  ///< acts across a verb of its own
  std::string where;
};

/// A note is told in passing, whenever it was; a topic is what the talk is about, whoever it is
/// about.
enum class Kind : std::uint8_t { kSign, kWeak, kFact, kNote, kTopic };

struct Concept {
  std::string id;
  std::string label;  ///< completes "this can mean ..."/"you mentioned ..."
  Kind kind = Kind::kSign;
  std::vector<ClassId> unless;   ///< classes whose presence in the clause cancels a mention
  std::vector<ClassId> excuses;  ///< classes that explain a mention away from anywhere in the turn,
  std::vector<ClassId> beyond_excuse;  ///< unless the mention holds one of these
  std::string answers;                 ///< counts only as a reply to this question
  std::string value;                   ///< name of the number that a mention gives ("age")
};

/// How a mention came out: what rules ask for. kCounts is what fires.
enum class Outcome : std::uint8_t {
  kCounts,
  kOld,
  kPast,
  kQuestion,
  kHypothetical,
  kAbsent,
  kElse,
  kDoubted  ///< would count, but is asked about first
};

/// One condition of a rule: a concept in a state, or a number compared.
struct Term {
  int concept_index = -1;
  Outcome outcome = Outcome::kCounts;
  std::string value;  ///< name of a number, when concept_index < 0
  bool at_least = true;
  double limit = 0;
};

struct Rule {
  std::string id;
  std::string group;
  Tier tier = Tier::kNone;
  std::vector<std::vector<Term>> all;  ///< every list needs one of its terms
  std::vector<Term> none;              ///< no term may hold
  int count = 0;                       ///< that many different terms of `of`
  std::vector<Term> of;
  bool sure = false;  ///< never turned into a question by the second reader
  std::string why;
  std::string source;
  std::string reviewed;
  std::string where;
};

struct Question {
  ScreeningQuestion shown;
  std::string again;  ///< other words, for "not really"
  int yes = -1;       ///< concept that a yes reports
  bool maybe_is_yes = true;
  std::vector<int> covers;  ///< concepts a clear no denies; a mention of one answers the question
  std::vector<Term> first_when;  ///< asked before others when one holds
  std::vector<Term> only_when;   ///< empty, or asked only when one holds
};

struct Advice {
  std::string group;
  Tier tier = Tier::kNone;
  std::string heading;
  std::vector<std::string> lines;
  std::string helper_heading;
  std::vector<std::string> helper_lines;
  std::vector<std::string> actions;  ///< kinds of numbers: "emergency", "nurse", "crisis", "poison"
};

struct Phone {
  std::string label;
  std::string number;
};

struct Region {
  std::vector<std::string> codes;
  std::map<std::string, std::string>
      words;  ///< placeholder texts: emergency, nurse, crisis, poison
  std::map<std::string, std::vector<Phone>> phones;  ///< by kind of number
};

struct LanguagePhrases {
  std::string language;
  std::string name;
  std::uint32_t first_owner = 0;
};

/// What the `rule` of a finding of the second reader begins with; its flag group follows.
inline constexpr std::string_view kSecondReaderRule = "second_reader.";

/// Everything the safety documents of a pack say, compiled. Immutable after `read_rule_book`.
struct RuleBook {
  Vocabulary vocabulary;
  ClassTable classes{vocabulary};
  std::vector<Concept> concepts;
  std::unordered_map<std::string, int> concept_ids;
  PatternSet concept_patterns;
  std::vector<Cue> cues;
  PatternSet cue_patterns{false};
  PatternSet idioms{false};
  std::vector<Rule> rules;
  std::vector<Question> questions;
  Question check;  ///< the repeat check before a tier comes down
  Question doubt;  ///< asked when a rule fires on what the second reader doubts
  struct SecondReaderWords {
    std::string label;  ///< what it found, as part of a question
    std::string asks;   ///< the doubt's question where no rule fires; {quote} is filled in
    std::string why;
    std::string source;
  } second_reader;
  std::vector<Term> asks_on;  ///< reports of the person's own trouble, after which we ask
  int most_questions = 3;
  std::vector<Advice> advice;  ///< in order of precedence
  std::vector<Region> regions;
  Region neutral;
  std::vector<std::string> signs;  ///< shown before anything is asked
  std::string safety_net;
  /// How the words behind a finding were read, for people; each may be empty.
  struct Readings {
    std::string now;
    std::string before;
    std::string possible;
    std::string other;
    std::string answer;  ///< {question} is filled in
  };
  Readings readings;
  struct Structure {
    ClassId filler = kNoClass;
    ClassId clause_break = kNoClass;
    ClassId subject_start = kNoClass;
    ClassId list_join = kNoClass;
    ClassId verb_break = kNoClass;
    ClassId own_verb = kNoClass;
    ClassId negation = kNoClass;
    ClassId well = kNoClass;  ///< words that all is well
    ClassId pleasantry = kNoClass;
    ClassId foreign = kNoClass;  ///< common words of other languages
  } structure;
  struct Dose {
    ClassId product = kNoClass;
    double unit_mg = 0;
    double ceiling_mg = 0;
  };
  std::vector<Dose> doses;
  ClassId dose_took = kNoClass;
  ClassId dose_unit = kNoClass;
  ClassId dose_every = kNoClass;
  ClassId dose_gram = kNoClass;
  ClassId dose_not_count = kNoClass;  ///< words that make a number before them no count of tablets
  int dose_concept = -1;

  RuleBook() = default;
  RuleBook(const RuleBook&) = delete;
  RuleBook& operator=(const RuleBook&) = delete;
};

/// Reads every "safety/*.yaml" document. Errors: kCorruptData with every problem, one a line, each
/// "file:line: what".
Result<std::unique_ptr<const RuleBook>> read_rule_book(const Documents& documents);

}  // namespace backchat::safety
