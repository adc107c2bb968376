#pragma once

#include <string_view>
#include <vector>

#include "text/utf8.h"

namespace backchat::text {

/// Cuts text into sentences.
///
/// Shape: spans in order, trimmed of white space, never empty, together all of the text that is not
/// white space. A full stop ends a sentence only when a space and a capital, digit or quote follow
/// and the word before is no title or abbreviation ("Dr.", "e.g."), so figures ("1.5") stay whole.
/// A line break followed by another ends one too.
std::vector<Span> sentences(std::string_view text);

}  // namespace backchat::text
