#pragma once

#include <string_view>
#include <vector>

#include "knowledge/pack.h"

// Inside this folder only.
namespace backchat::knowledge {

/// The files that collect what no article answers, in any folder of asked/.
inline constexpr std::string_view kNotCoveredFile = "/not-covered.md";

/// Reads how people ask for what sentences of an article say (asked/<article>.md):
///
///     > A sentence of the article, letter by letter.
///
///     - how somebody asks for it
///     - how somebody else does
///
/// Headings, and text before the first sentence, are for authors. `passages` are those of the whole
/// pack. Adds what it reads to `out`, in which each sentence stands once. Adds a problem for a
/// sentence that its article does not say (any more), and for lines that are none of these.
void read_asked_sentences(std::string_view text, std::string_view file,
                          const std::vector<Passage>& passages, std::vector<AskedSentence>& out,
                          Problems& problems);

/// The same for kNotCoveredFile, where what is missing stands in place of the sentence; behind a
/// bare ">" stand questions whose missing part has no name.
void read_not_covered(std::string_view text, std::string_view file, std::vector<NotCovered>& out,
                      Problems& problems);

}  // namespace backchat::knowledge
