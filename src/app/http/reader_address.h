#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "knowledge/pack.h"

namespace backchat::app::http {

/// Name of a sentence on the page of its article: section, passage, sentence, as in
/// "childs-pose.1.3". `index` is 0-based in the passage.
std::string sentence_anchor(const knowledge::Passage& passage, std::size_t index);

/// Where the reader shows an article: "/articles/k-health-back-spasms".
std::string article_address(std::string_view slug);

/// Where the reader shows a sentence: "/articles/k-health-back-spasms#childs-pose.1.3", so that the
/// browser goes there and the style sheet highlights it. The passage's place when the passage does
/// not hold the sentence; empty when the pack has no such passage. An address holds names of the
/// pack alone, never a person's words.
std::string sentence_address(const knowledge::Pack& pack, std::string_view passage_id,
                             std::string_view sentence);

}  // namespace backchat::app::http
