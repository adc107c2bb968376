#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "answer/differences.h"
#include "answer/evidence.h"
#include "answer/reply.h"
#include "answer/suggestions.h"
#include "knowledge/messages.h"
#include "knowledge/pack.h"
#include "safety/screener.h"

namespace backchat::answer {

/// A question of ours, put with a reply.
struct Asked {
  std::string id;
  std::string before;  ///< a sentence in front of it, or empty
  std::string text;
  std::vector<Next> replies;
};

/// What every reply needs beside its screening.
struct Voice {
  const safety::Screener* screener = nullptr;
  const knowledge::Messages* messages = nullptr;
  std::string_view region;
  std::string_view edition;
  bool safety_net_due = false;            ///< no earlier reply of the conversation carried it
  bool is_question = true;                ///< the turn asks something, beside what it reports
  std::string about;                      ///< what a follow-up was taken to mean
  std::vector<std::string> asked_before;  ///< questions of the conversation: not suggested again
  std::optional<Asked> ask;               ///< put after the reply; a screening question comes first
  bool suggests = true;                   ///< questions that can be answered stand below the reply
  std::vector<Next> also;                 ///< offered beside what the reply itself suggests
};

/// What a pack knows beside its passages. All are views.
struct Subjects {
  const knowledge::Pack* pack = nullptr;
  const Differences* differences = nullptr;
  const Suggestions* suggestions = nullptr;
};

/// How sure an answer must be. Calibrated on questions with and without an answer in the pack.
struct ComposeOptions {
  double answer_at = 0.33;  ///< share of the question's known subjects that the quotes must hold
  double keep_at = 0.65;    ///< share of the lead's score that a further quote needs
  double keep_section_at = 0.4;  ///< the same for a quote of the lead's own section
  std::size_t max_bullets = 5;
  std::size_t max_words = 150;
  std::size_t max_sentence_words = 0;  ///< longer sentences are passed over; 0: no limit
};

/// A heading with what may be quoted under it.
struct QuotedPart {
  std::string heading;  ///< key of a message
  std::vector<const knowledge::GuideQuote*> quotes;
};

// Every function takes the turn's Screening first, and only Screener::screen can make one: a reply
// without the red-flag check does not compile. All are pure and thread-safe. A red flag that the
// turn itself raised as an emergency gives the card alone, whatever else is passed.

/// Answers from the evidence: quoted sentences with their sources, the views that differ,
/// exercises; or "not covered" with the nearest questions that can be answered.
Reply compose(const safety::Screening& screening, const Voice& voice, const Subjects& subjects,
              const Evidence& evidence, const ComposeOptions& options = {});

/// A message of the pack as the whole reply; with `subjects` also questions that can be answered.
Reply compose_message(const safety::Screening& screening, const Voice& voice,
                      std::string_view message_key, Kind kind, const Subjects* subjects = nullptr);

/// Quotations under headings, after a message; without a message the first part's quotations lead.
/// Beside a warning without exercises and without anything that sounds as if it could wait.
Reply compose_parts(const safety::Screening& screening, const Voice& voice,
                    const Subjects& subjects, std::string_view message_key,
                    const std::vector<QuotedPart>& parts,
                    const std::vector<const knowledge::Exercise*>& exercises);

/// The sentences that were considered for an answer and what each scored, as text for a person.
std::string explain_selection(const Evidence& evidence, const ComposeOptions& options = {});

}  // namespace backchat::answer
