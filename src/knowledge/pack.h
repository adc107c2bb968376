#pragma once

#include <array>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/documents.h"
#include "base/result.h"
#include "knowledge/article.h"
#include "knowledge/guide.h"
#include "knowledge/lexicon.h"
#include "knowledge/messages.h"
#include "knowledge/passage.h"
#include "knowledge/problems.h"

namespace backchat::knowledge {

/// What `backchat check` holds a pack to (pack.yaml, `check`).
struct CheckLimits {
  double article_grade = 6;          ///< highest Flesch-Kincaid grade of an article as a whole
  double sentence_grade = 9;         ///< the same of a sentence, where few words weigh much
  int sentence_words = 25;           ///< most words of a sentence
  double alike = 0.8;                ///< share of common words from which two sentences are one
  std::vector<std::string> openers;  ///< first words with which a sentence cannot stand alone
  std::vector<std::string> explained_by;  ///< words behind a clinical word that explain it: "means"
  std::vector<std::string> units;  ///< of figures that must stand in the cited article: "minutes"
  struct Forbidden {
    std::string pattern;  ///< regular expression (ECMAScript), letters' case does not count
    std::string why;
    int line = 0;
  };
  std::vector<Forbidden> forbidden;  ///< what no text of the pack may say
};

/// What a pack says about itself (pack.yaml).
struct PackInfo {
  std::string id;
  std::string title;
  std::string language;
  std::string description;
  int version = 0;
  std::string licence;
  std::vector<std::string> owners;
  int review_interval_days = 0;  ///< 0: never due
  CheckLimits check;
};

/// The positions that an exercise may start in, from the floor up.
inline constexpr auto kPositions =
    std::to_array<std::string_view>({"lying", "kneeling", "sitting", "standing"});
/// Place of a position in that list; the list's size when it is none of them.
std::size_t position_rank(std::string_view position);
/// True for a position that one has to get down on the floor for.
bool needs_floor(std::string_view position);

/// An exercise: data beside the article that describes or names it.
struct Exercise {
  std::string id;
  std::string name;
  std::string article;
  std::string section;
  int line = 0;  ///< 1-based line that names the article
  bool described = false;
  std::string position;
  std::string eases;
  std::vector<std::string> steps;
  int hold_seconds = 0;  ///< 0 when the source gives none
  int repeats_min = 0;   ///< 0 when the source gives none
  int repeats_max = 0;
  std::vector<std::string> dose;
  std::vector<std::string> stop_if;
  std::string drawing;
};

/// A subject on which the articles differ.
struct Comparison {
  struct Side {
    std::string article;
    std::string passage;  ///< id of the passage that holds the sentence
    std::string sentence;
    int line = 0;  ///< 1-based line in comparisons.yaml
  };
  int line = 0;
  std::string id;
  std::string question;
  std::vector<std::string> about;
  std::vector<std::vector<std::string>> when;  ///< any line whose words are all in the question
  std::string measures;                        ///< set when the sides measure different things
  std::string choose;
  std::vector<Side> sides;
};

/// A sentence of an article, letter by letter.
struct Quoted {
  std::string article;
  std::string passage;  ///< id of the passage that holds the sentence
  std::string sentence;
};

/// A timer for what the articles say to do for a number of minutes (timers.yaml).
struct Timer {
  std::string id;
  std::string name;
  std::vector<int> minutes;     ///< to choose from; each is a figure of one of the sentences
  std::optional<Quoted> first;  ///< what to do before it starts
  int break_minutes = 0;        ///< length of the break after it; 0: none
  std::optional<Quoted> then;   ///< what asks for the break
  std::vector<Quoted> when;     ///< it is offered beside an answer that quotes one of these
};

/// Other ways in which people ask what some sections answer: searched, never shown.
struct Asked {
  std::vector<std::string> sections;  ///< "slug#heading-slug"
  std::vector<std::string> questions;
};

/// Ways in which people ask for what one sentence says: searched, never shown (asked/*.md).
struct AskedSentence {
  std::size_t passage = 0;   ///< index into Pack::passages
  std::size_t sentence = 0;  ///< index into its sentences
  std::vector<std::string> questions;
};

/// Questions on the subject that no article answers: searched, never shown (asked/not-covered.md).
struct NotCovered {
  std::string missing;  ///< what the articles lack, for people: "the price of a brace"
  std::vector<std::string> questions;
};

/// What a question may ask of a subject ("what does it cost?"), or a condition that it sets ("while
/// I breastfeed"): an answer holds it, or names it as missing (details.yaml).
struct Detail {
  std::string says;                 ///< what is said to be missing; empty: the words as typed
  std::vector<std::string> asked;   ///< words and phrases that ask for it
  std::vector<std::string> held;    ///< a sentence with one of these answers; empty: as `asked`
  std::vector<std::string> beside;  ///< it is only meant where the message holds one of these
  bool caution = false;             ///< doing it unadvised could harm: named before anything else
};

/// A sentence that must not be quoted where it could make a person wait.
struct Overruled {
  std::string article;
  std::string passage;
  std::string sentence;
  std::string
      message;  ///< key of what stands in its place, always; empty: left out beside a red flag only
};

/// What is shown before the first question (start.yaml).
struct Start {
  struct Quote {
    std::string article;
    std::string passage;  ///< id of the passage that holds the sentence
    std::string sentence;
  };
  std::vector<std::string> questions;  ///< to tap
  std::vector<Quote> home_care;
};

/// Phrases and the message they get: small talk, or what is not ours to do.
struct PhraseGroup {
  std::string message;
  std::vector<std::string> phrases;
  int line = 0;  ///< 1-based line in dialogue.yaml
};

/// Words that lead a conversation rather than name a subject (dialogue.yaml). All lower-case,
/// contractions written out.
struct DialogueWords {
  std::vector<std::string> filler;       ///< words that change nothing beside small talk
  std::vector<PhraseGroup> small_talk;   ///< the whole message is one of these and filler
  std::vector<PhraseGroup> not_ours;     ///< the message holds one of these
  std::vector<std::string> openings;     ///< "what about": leans on what came before
  std::vector<std::string> pronouns;     ///< "it": leans on what came before
  std::vector<std::string> no_pronouns;  ///< "this morning": the pronoun in it leans on nothing
  std::vector<std::string> more;         ///< "tell me more"
  std::vector<std::string> sources;      ///< "who says that"
  std::vector<std::string> repeat;       ///< "say that again"
  std::vector<std::string> shorter;      ///< "make it shorter"
  std::vector<std::string> simpler;      ///< "in simple words"
  std::vector<std::string> list;         ///< "as a list"
  std::vector<std::string> back;         ///< "back to what we said before"
  std::vector<std::string> start_over;   ///< "start again"
  std::vector<std::vector<std::string>> ordinals;  ///< "the second one": by place in a list
  std::vector<std::string> last;                   ///< "the last one"
  std::vector<std::string> single;                 ///< "it": one thing of those that were named
  std::vector<std::string> other;    ///< "the other one": of two that were named, the earlier
  std::vector<std::string> unnamed;  ///< "is there one that": one of its kind, not that very one
  std::vector<std::string> ones;     ///< "the common ones": of the kind that was asked for
  std::vector<std::string> returns;  ///< "back to": opens a message that names an earlier topic
  std::vector<std::string> corrections;  ///< "I meant": opens a message that takes something back
  std::vector<std::string> cases;        ///< "what if": sets a case to what was said
  std::vector<std::string> failures;     ///< "does not work": what was advised has failed
  std::vector<std::string> beside;       ///< "instead": asks for what was not said yet
  std::vector<std::string> ends;         ///< "goes away": what a complaint does by itself
  std::vector<std::string> when;         ///< "at what point": asks when, or in which case
  std::vector<std::string> which;        ///< "which ones": the whole message asks for names
  std::vector<std::string> choices;      ///< "which": opens a question of two that were named
  /// A sentence that holds one of each names several things as what they are.
  std::vector<std::string> naming;          ///< " such as "
  std::vector<std::string> listing;         ///< " and "
  std::vector<std::string> timing;          ///< " once ": such a sentence says when
  std::vector<std::string> question_words;  ///< "what": a part of a message opens with it
  std::vector<std::string> joins;           ///< "so": joins a question to what was said before it
  std::vector<std::string>
      measures;                    ///< "I weigh": the unit behind it and its figure is no subject
  std::vector<std::string> tried;  ///< "i tried": the sentence tells what was done about it
};

/// Everything a pack holds except its safety part, which `safety::Screener` reads itself. Immutable
/// after loading.
struct Pack {
  PackInfo info;
  std::vector<Article> articles;  ///< by slug
  std::vector<Passage> passages;  ///< in order of article, then of text
  std::vector<Exercise> exercises;
  std::vector<Comparison> comparisons;
  std::vector<Timer> timers;
  std::vector<Overruled> overruled;
  Start start;
  std::vector<Asked> asked;
  std::vector<AskedSentence> asked_sentences;
  std::vector<NotCovered> not_covered;
  std::vector<Detail> details;
  Lexicon lexicon;
  DialogueWords dialogue;
  Guide guide;
  Messages messages;

  const Article* article(std::string_view slug) const;
  const Passage* passage(std::string_view id) const;
  const Exercise* exercise(std::string_view id) const;
};

/// Reads the files of a pack folder that the format knows. Errors: kNotFound, kInvalidInput (not
/// UTF-8, too large).
Result<Documents> read_documents(const std::filesystem::path& folder);

/// A pack as far as it could be read, and all that is wrong with it.
struct PackReading {
  Pack pack;
  std::vector<Problem> problems;  ///< in the order found; none: the pack is whole
};

/// Reads every document and goes on after a problem. Never fails; pure.
PackReading read_pack(const Documents& documents);

/// Makes a Pack of its documents. Errors: kCorruptData with every problem, one a line ("file:line:
/// what: mend").
Result<Pack> parse_pack(const Documents& documents);

/// Cuts an article into passages of up to `max_words` words, never across headings.
std::vector<Passage> cut_passages(const Article& article, std::size_t max_words = 120);

/// The passages of plain text without structure (a corpus line): whole sentences up to `max_words`
/// words.
std::vector<Passage> cut_plain_text(std::string_view id, std::string_view title,
                                    std::string_view text, std::size_t max_words = 120);

}  // namespace backchat::knowledge
