#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace backchat::knowledge {

/// One answer that a question of the guided talk offers.
struct GuideChoice {
  std::string id;  ///< "guide.tried.ice": the step's id, a dot, a name
  std::string label;
  std::vector<std::string> words;  ///< a message that holds one of these gives this answer
};

/// A question of the guided talk.
struct GuideStep {
  std::string id;
  std::string ask;
  bool several = false;  ///< more than one choice may be given
  bool listens = false;  ///< the message that asks for the talk may answer it already
  std::vector<GuideChoice> choices;
};

/// A sentence that the end of the guided talk may quote.
struct GuideQuote {
  std::string article;
  std::string passage;  ///< id of the passage that holds the sentence
  std::string sentence;
  std::vector<std::vector<std::string>> when;  ///< of each list one choice must have been given
  std::vector<std::string> unless;             ///< none of these choices may have been given
};

/// A part of what is said at the end: a heading and its quotations.
struct GuidePart {
  std::string heading;   ///< key of a message
  std::size_t most = 0;  ///< at most so many quotations, in the order of the file
  std::vector<GuideQuote> quotes;
};

/// Exercises for a choice that was given.
struct GuideExercises {
  std::string when;
  std::vector<std::string> show;
};

/// A short talk that leads a person from question to question to what the articles advise for that
/// case (guide.yaml). Phrases are lower-case, contractions written out. Empty in a pack without it.
struct Guide {
  std::vector<std::string> starts;               ///< a message that ends with one asks for it
  std::vector<std::string> starts_after_report;  ///< so does one that reports and ends with these
  std::vector<std::string> starts_when_told;     ///< so does one that only tells, ending with these
  std::vector<std::string> telling_words;        ///< or that only tells, holding one of these
  std::vector<std::string> asking_words;         ///< and none of these
  std::vector<std::string> resume;
  std::vector<std::string> skip;
  std::vector<std::string> stop;
  std::vector<GuideStep> steps;
  std::vector<GuidePart> parts;
  std::vector<GuideExercises> exercises;
};

}  // namespace backchat::knowledge
