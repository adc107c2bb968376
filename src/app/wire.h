#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "answer/reply.h"
#include "base/result.h"
#include "dialogue/summary.h"
#include "dialogue/transcript.h"

namespace backchat::knowledge {
struct Article;
struct Pack;
}  // namespace backchat::knowledge

namespace backchat::app {

/// Bounds of one request, the same at every door.
inline constexpr std::size_t kMaxTurns = 1000;
inline constexpr std::size_t kMaxTurnBytes = 4096;

/// `Error::where` of a text that is not JSON at all (HTTP answers 400, not 422).
inline constexpr std::string_view kWhereBody = "body";

/// The reply object: one line of JSON, fields in the order of the contract in the README.
///
/// Shape:   every field is always there, except `next[].answers` when the tap replies to no
/// question. Only `card`,
///          `about` and `safety.asked` may be null. What a source does not give is "" (or 0 for
///          `hold_seconds`). Invalid UTF-8 is replaced by U+FFFD.
/// Threads: thread-safe; pure.
std::string reply_json(const answer::Reply& reply);

/// The summary as one line of JSON: `title`, `note`, `date`, `sections` [`id`, `heading`, `entries`
/// [`text`, `note`, `sources` [n]]], `sources` [`n`, `title`, `publisher`, `url`, `published`,
/// `reviewed`]. Threads: thread-safe; pure.
std::string summary_json(const dialogue::Summary& summary);

/// Reads `{"turns": ["text" | {"text": ..., "answers"?: ...}], "region"?: ..., "language"?: ...}`.
///
/// Shape:   1..kMaxTurns turns of at most kMaxTurnBytes bytes each, valid UTF-8; the region in
/// capitals. An optional
///          field may be null, which is the same as leaving it out.
/// Errors:  kInvalidInput with `where` "body" when it is not JSON, else the place of the wrong
/// value ("turns[2].text").
///          Unknown keys are errors. The message never repeats the text.
/// Threads: thread-safe; pure.
Result<dialogue::Transcript> parse_ask(std::string_view body);

/// What a person thinks of an answer. Nothing in it is free text.
struct Vote {
  std::string answer;  ///< id of the answer: 16 hexadecimal digits
  std::string vote;    ///< "up", "down", or "none": taken back
  std::string reason;  ///< "wrong", "not_my_question", "hard_to_read", "too_little", or empty
};

/// Reads `{"answer": ..., "vote": ..., "reason"?: ...}`. Errors as `parse_ask`; a value that is not
/// one of those named above is one, so that nothing a person types can reach the log.
Result<Vote> parse_vote(std::string_view body);

/// What `parse_ask` checks of the values themselves, for a transcript that came another way (a
/// form, the command line).
Result<void> check_transcript(const dialogue::Transcript& transcript);

/// One line of `backchat batch`: what `parse_ask` reads plus an `id`.
struct BatchLine {
  std::string id;  ///< the id as JSON: "\"a1\"", "17"; "null" when the line has none
  dialogue::Transcript transcript;
};

/// Reads one line of a batch. The id may be a string or a number. Errors as `parse_ask`.
Result<BatchLine> parse_batch_line(std::string_view line);

/// `{"id": ..., "turn": ..., "reply": {...}}`; `id` as BatchLine::id, `turn` 0-based.
std::string batch_reply_json(const std::string& id, std::size_t turn, const answer::Reply& reply);

/// `{"line": ..., "error": {"code", "message"}}`; `line` 1-based.
std::string batch_error_json(std::size_t line, const Error& error);

/// An article of the pack: `{id, title, publisher, url, authors, experts, reviewers, published,
/// reviewed, sections}`. People are `{name, role}`; sections `{id, heading, level, blocks}`; blocks
/// `{kind, sentences}` with kind "paragraph", "item" or "step". What the source does not give is
/// "".
std::string article_json(const knowledge::Article& article);

/// What there is to read: `{articles: [{id, title, publisher, url, published, reviewed}],
/// exercises:
/// [{id, name, article, position, steps}]}`; `steps` is how many, 0 for an exercise that is only
/// named.
std::string articles_json(const knowledge::Pack& pack);

/// `{name, version, edition, ready, pack}`; `pack` is `{id, title, language, version, articles,
/// exercises, passages}` (the last three are counts), or null without an edition.
std::string about_json(std::string_view version, std::string_view edition, bool ready,
                       const knowledge::Pack* pack);

/// `{"error": {"code", "message"}}`: the one shape of errors. The message names the place when
/// there is one.
std::string error_json(const Error& error);

/// The same with a code that only a protocol knows ("method_not_allowed").
std::string error_json(std::string_view code, std::string_view message);

}  // namespace backchat::app
