#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "answer/reply.h"
#include "dialogue/phrase_book.h"
#include "dialogue/transcript.h"
#include "knowledge/messages.h"

namespace backchat::dialogue {

/// A conversation on a sheet to take along: for the person, and for whoever sees them. Holds the
/// person's own words, the program's messages and quoted sentences; nothing else.
struct Summary {
  struct Entry {
    std::string text;          ///< empty: a line to fill in by hand
    std::string note;          ///< the answer given, or the words behind a sign; may be empty
    std::vector<int> sources;  ///< numbers of Source::n
  };
  struct Section {
    std::string id;       ///< "said", "signs", "checks", "advice", "tried", "questions"
    std::string heading;  ///< a message
    std::vector<Entry> entries;
  };
  struct Source {
    int n = 0;  ///< 1-based
    std::string title;
    std::string publisher;
    std::string url;        ///< empty when the source gives none
    std::string published;  ///< ISO date, or empty
    std::string reviewed;   ///< ISO date, or empty
  };
  std::string title;
  std::string note;               ///< what the sheet is, and that it is no medical record
  std::string date;               ///< as given
  std::string none;               ///< stands in a section without entries
  std::vector<Section> sections;  ///< all six, in that order
  std::vector<Source> sources;
};

/// Sums up `transcript`; `replies[i]` is what its turn i got.
///
/// Shape:   what is long is cut so that the sheet prints on two pages; a message says that it was.
///          `phrases` tells what was tried; null (no edition at hand): that section stays empty.
/// Threads: thread-safe; pure.
Summary summarise(const knowledge::Messages& messages, const PhraseBook* phrases,
                  const Transcript& transcript, std::span<const answer::Reply> replies,
                  std::string_view date);

/// The summary as plain text, and as Markdown (what people wrote is escaped). Both end with a line
/// break.
std::string summary_text(const Summary& summary, const knowledge::Messages& messages);
std::string summary_markdown(const Summary& summary, const knowledge::Messages& messages);

}  // namespace backchat::dialogue
