#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "safety/text_form.h"
#include "safety/vocabulary.h"

namespace backchat::safety {

using ClassId = std::uint16_t;
inline constexpr ClassId kNoClass = std::numeric_limits<ClassId>::max();

/// A problem in a rule file: where and what.
struct Problem {
  std::string where;  ///< "safety/red_flags.yaml:12"
  std::string what;
};

/// Word classes of the pack: names for sets of phrases ("saddle": groin, private parts, ...),
/// compiled into one trie.
///
/// An entry is a sequence of words; `leak~` stands for leak, leaks, leaked, leaking; `(a|b c)` for
/// either; `<name>` for every phrase of another class; a `?` behind any of these makes it optional.
class ClassTable {
 public:
  /// The vocabulary must outlive the table.
  explicit ClassTable(Vocabulary& vocabulary) : vocabulary_(&vocabulary) {}

  /// Declares a class by its entries, not yet expanded. False when the name is taken.
  bool declare(const std::string& name, std::string entries, std::string where);
  /// A class of numbers from `low` to `high`, both included; with `decimal` only those written with
  /// a fraction.
  bool declare_number(const std::string& name, double low, double high, bool decimal);
  /// Expands and compiles every declared class; problems are appended.
  void compile(std::vector<Problem>& problems);

  /// Id of a declared class, or kNoClass.
  ClassId find(std::string_view name) const;
  /// Id of the unnamed class with these entries ("pee", "(pee|pass water)"), made when new. Only
  /// before `seal`.
  ClassId inline_class(const std::string& entries, const std::string& where,
                       std::vector<Problem>& problems);
  /// True when a choice holds a gap or a class of numbers, which phrases cannot hold.
  bool needs_lines(std::string_view choice) const;
  const std::string& name(ClassId id) const { return names_[id]; }
  /// True for a class that the pack names, false for one that stands unnamed in a line.
  bool is_named(ClassId id) const { return declared_[id].named; }
  /// How many phrases a compiled class has: the fewer, the more one of them tells.
  std::uint32_t phrase_count(ClassId id) const { return declared_[id].phrase_count; }
  std::size_t size() const { return names_.size(); }
  std::uint32_t longest_phrase() const { return longest_; }

  /// Calls `visit(classes, length in tokens)` for every phrase that starts at `at`.
  template <class Visit>
  void phrases_at(const std::vector<Token>& tokens, std::size_t at, Visit visit) const {
    std::uint32_t node = 0;
    for (std::size_t i = at; i < tokens.size(); ++i) {
      if (i > at && tokens[i].before == Boundary::kHard) return;
      if (tokens[i].word == kUnknownWord) return;
      node = step(node, tokens[i].word);
      if (node == 0) return;
      const std::span<const ClassId> ends(flat_ends_.data() + first_end_[node],
                                          flat_ends_.data() + first_end_[node + 1]);
      if (!ends.empty()) visit(ends, static_cast<std::uint32_t>(i - at + 1));
    }
  }
  /// Calls `visit(classes)` for every class of numbers that holds `value`.
  template <class Visit>
  void numbers_at(double value, bool decimal, Visit visit) const {
    for (const NumberClass& range : numbers_) {
      if (value >= range.low && value <= range.high && (decimal || !range.decimal))
        visit(std::span<const ClassId>(&range.id, 1));
    }
  }

 private:
  struct NumberClass {
    ClassId id;
    double low;
    double high;
    bool decimal;
  };
  using Phrase = std::vector<WordId>;
  struct Declared {
    std::string entries;
    std::string where;
    bool busy = false;
    bool done = false;
    bool named = true;
    std::uint32_t phrase_count = 0;
    std::vector<Phrase> phrases;
  };

  static std::uint64_t key(std::uint32_t node, WordId word) {
    return (static_cast<std::uint64_t>(node) << 32) | word;
  }
  /// The node behind `node` by `word`, or 0.
  std::uint32_t step(std::uint32_t node, WordId word) const {
    const std::uint64_t wanted = key(node, word);
    for (std::size_t at = slot(wanted);; at = (at + 1) & (steps_.size() - 1)) {
      if (steps_[at].key == wanted) return steps_[at].node;
      if (steps_[at].node == 0) return 0;
    }
  }
  std::size_t slot(std::uint64_t wanted) const {
    return static_cast<std::size_t>((wanted * 0x9E3779B97F4A7C15ULL) >> 32) & (steps_.size() - 1);
  }
  void pack();
  ClassId add(const std::string& name);
  const std::vector<Phrase>& expand(ClassId id, std::vector<Problem>& problems);
  std::vector<Phrase> expand_entry(std::string_view entry, const std::string& where,
                                   std::vector<Problem>& problems);
  std::vector<Phrase> expand_item(std::string_view item, const std::string& where,
                                  std::vector<Problem>& problems);
  void insert(ClassId id, const Phrase& phrase);

  Vocabulary* vocabulary_;
  std::vector<std::string> names_;
  std::vector<Declared> declared_;
  std::unordered_map<std::string, ClassId> ids_;
  std::vector<NumberClass> numbers_;
  std::unordered_map<std::uint64_t, std::uint32_t> edges_;
  std::vector<std::vector<ClassId>> ends_{1};
  // The trie as it is walked: an open table of steps, and the classes that end at a node in one
  // list. `edges_` and `ends_` only build it.
  struct Step {
    std::uint64_t key = 0;
    std::uint32_t node = 0;
  };
  std::vector<Step> steps_ = std::vector<Step>(1);
  std::vector<std::uint32_t> first_end_{0, 0};
  std::vector<ClassId> flat_ends_;
  std::uint32_t longest_ = 1;
};

/// Parts of `text` at top-level `separator` (not inside parentheses), trimmed, empty ones left out.
std::vector<std::string> split_outside(std::string_view text, char separator);

/// The forms of a regular word: leak, leaks, leaked, leaking.
std::vector<std::string> inflect(const std::string& word);

/// One step of a pattern.
struct Element {
  enum class Kind : std::uint8_t { kClass, kGap, kStart, kOpening, kEnd, kNot };
  Kind kind = Kind::kClass;
  ClassId id = kNoClass;  ///< the class wanted, or for a gap the class that it may not cross
  std::uint8_t gap = 0;   ///< most tokens a gap may pass over
  bool optional = false;
};

struct Pattern {
  std::vector<Element> elements;
  std::uint32_t owner = 0;      ///< the caller's number for what this pattern means
  ClassId trigger = kNoClass;   ///< the rarest class that must be present
  std::vector<ClassId> needed;  ///< all classes that must be present
  std::string where;
};

/// Tokens [begin, end) matched a pattern of `owner`.
struct PatternHit {
  std::uint32_t owner = 0;
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  std::uint32_t pattern = 0;  ///< which pattern of the set, for `PatternSet::where`
};

/// The classes of one phrase that begins at a token. They stay where the class table keeps them, so
/// the table must outlive this.
struct PhraseHit {
  std::span<const ClassId> ids;
  std::uint32_t length = 0;  ///< tokens
};

/// The phrases found, by the token they begin at: one flat list.
class HitTable {
 public:
  std::span<const PhraseHit> operator[](std::size_t at) const {
    return {flat_.data() + first_[at], flat_.data() + first_[at + 1]};
  }
  void clear(std::size_t tokens) {
    flat_.clear();
    flat_.reserve(tokens * 3);
    first_.assign(1, 0);
    first_.reserve(tokens + 1);
  }
  void add(PhraseHit hit) { flat_.push_back(hit); }
  /// Ends the list of the token that was being filled.
  void close() { first_.push_back(static_cast<std::uint32_t>(flat_.size())); }
  bool holds(ClassId id) const {
    return std::any_of(flat_.begin(), flat_.end(), [id](const PhraseHit& hit) {
      return std::find(hit.ids.begin(), hit.ids.end(), id) != hit.ids.end();
    });
  }
  /// Keeps the hits for which `wanted(token, length)`.
  template <class Wanted>
  void filter(Wanted wanted) {
    std::size_t kept = 0;
    std::size_t from = 0;
    for (std::size_t at = 0; at + 1 < first_.size(); ++at) {
      const std::size_t to = first_[at + 1];
      for (std::size_t i = from; i < to; ++i) {
        if (wanted(at, flat_[i].length)) flat_[kept++] = flat_[i];
      }
      from = to;
      first_[at + 1] = static_cast<std::uint32_t>(kept);
    }
    flat_.resize(kept);
  }

 private:
  std::vector<PhraseHit> flat_;
  std::vector<std::uint32_t> first_{0};
};

/// What a phrase that begins at a token does to the structure around it: bits of Sheet::roles.
enum Role : std::uint16_t {
  kFillerRole = 1,
  kClauseBreakRole = 2,
  kSubjectStartRole = 4,
  kListJoinRole = 8,
  kVerbBreakRole = 16,
  kOwnVerbRole = 32,
  kNegationRole = 64,
  kWellRole = 128,
  kPleasantryRole = 256,
  kMedicineRole = 512,  ///< a name of which daily amounts are worked out
};

/// Tokens with everything that was found in them: what patterns and cues look at.
struct Sheet {
  std::vector<Token> tokens;
  HitTable hits;
  std::vector<std::uint16_t> roles;     ///< bits of Role by token
  std::vector<std::uint32_t> clause;    ///< clause number by token
  std::vector<std::uint32_t> sentence;  ///< sentence number by token
  std::vector<std::uint64_t> filler;    ///< bit per token
  std::vector<std::uint64_t> negated;   ///< bit per token: a word of denial stands right before it
  std::vector<std::uint64_t> well;      ///< bit per token: a word that all is well, not denied
  std::vector<std::uint64_t> hard;      ///< bit per token: a hard boundary stands before it

  bool has(ClassId id, std::size_t at) const;
  bool plays(Role role, std::size_t at) const { return (roles[at] & role) != 0; }
  /// Length of the longest phrase of a class at a token, 0 for none.
  std::uint32_t longest(ClassId id, std::size_t at) const;
};

/// Sequences of classes with gaps, matched over a Sheet.
///
/// A line is a sequence of `word`, `word~`, `(a|b c|<class>)`, `<class>`, each with `?` when
/// optional; `..N` passes over up to N tokens, `..N-class` not over that class; `!<class>` refuses
/// a place; `^` and `$` are clause ends, `^^` is the beginning of a sentence; `A &N B` means both,
/// in either order, at most N tokens apart. Filler words between neighbours are passed over. A gap
/// never ends at a word that is denied ("calf .. swollen" is not in "my calf is not swollen"), nor
/// passes over a word that all is well ("chest .. pain" is not in "chest is fine, just back pain").
/// Nothing matches across a hard boundary. Cost: linear in the tokens for a given set.
class PatternSet {
 public:
  /// With `fillers` false, neighbours must stand side by side and a match takes as many words as it
  /// can; else as few.
  explicit PatternSet(bool fillers = true) : fillers_(fillers) {}
  /// Reads one line. Problems are appended.
  void add(std::string_view line, std::uint32_t owner, const std::string& where,
           ClassTable& classes, std::vector<Problem>& problems);
  /// Chooses triggers; call once after the last `add`. `common` says by class how often it stands
  /// in ordinary text: the rarest class of a pattern is what it is looked up by.
  void finish(const std::vector<std::uint32_t>& common);
  std::vector<PatternHit> match(const Sheet& sheet) const;
  std::size_t size() const { return patterns_.size(); }
  /// File and line of a pattern.
  const std::string& where(std::uint32_t pattern) const { return patterns_[pattern].where; }

 private:
  void add_sequence(std::string_view line, std::uint32_t owner, const std::string& where,
                    ClassTable& classes, std::vector<Problem>& problems);
  static constexpr std::size_t kMostElements = 32;
  struct Places;
  // Per element of a pattern, where in the places of its class the search stands: it only moves
  // on, so that a long sentence costs no more than its words.
  using Cursors = std::array<std::uint32_t, kMostElements>;
  struct Candidate {
    std::uint32_t pattern = 0;
    std::array<ClassId, 2> also{kNoClass, kNoClass};  ///< the next rarest that must be present
  };
  std::uint32_t match_at(const Pattern& pattern, const Sheet& sheet, const Places& places,
                         Cursors& cursors, std::uint32_t begin) const;
  void match_all(const Candidate& candidate, const Sheet& sheet, const Places& places,
                 std::uint32_t begin, std::uint32_t end, std::vector<PatternHit>& found) const;

  bool fillers_;
  std::vector<Pattern> patterns_;
  std::vector<std::vector<Candidate>> by_trigger_;
  std::vector<std::uint8_t> used_;  ///< by class: some pattern needs it
};

}  // namespace backchat::safety
