#pragma once

#include <string_view>

namespace backchat::retrieve {

/// Everyday English words that help to ask or to tell a story but are hardly ever what is asked
/// about: verbs of doing and saying, adverbs, measures, family, days, small talk; lower-case,
/// separated by white space. Words that can be a subject, of this pack or of another ("price",
/// "sleep", "pillow"), stay out: what stays out and is in no article is reported as not covered.
std::string_view everyday_words();

/// Whether it is one of them, in that very form: then it is spelled right. Thread-safe.
bool is_everyday_word(std::string_view word);

}  // namespace backchat::retrieve
