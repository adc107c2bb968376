#pragma once

#include <string_view>

// Inside this folder only.
namespace backchat::answer {

/// Everyday English words that help to ask or to tell a story but are hardly ever what is asked
/// about: verbs of doing and saying, adverbs, measures, family, days, small talk; lower-case,
/// separated by white space. Words that can be a subject, of this pack or of another ("price",
/// "sleep", "pillow"), stay out: what stays out and is in no article is reported as not covered.
std::string_view everyday_words();

}  // namespace backchat::answer
