#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "index/question_kind.h"
#include "knowledge/passage.h"

namespace backchat::index {

/// Number of a passage in its edition, from 1, in the order of building.
using Row = std::uint32_t;

/// Number of a word (unstemmed form) in its edition, from 1.
using WordId = std::uint32_t;

/// A passage as its words: what ranking reads instead of text. Word ids stand in the order of the
/// text, stop words included, so that places and distances are true.
struct Forward {
  std::uint32_t article = 0;                 ///< number of the article in its edition, from 1
  KindSet kinds = 0;                         ///< what kinds of question its heading answers
  std::vector<WordId> words;                 ///< title, heading, then body
  std::uint32_t title_end = 0;               ///< words of the title: [0, title_end)
  std::uint32_t heading_end = 0;             ///< words of the heading: [title_end, heading_end)
  std::vector<std::uint32_t> sentence_ends;  ///< index into `words` past each sentence of the body

  std::span<const WordId> title() const { return std::span(words).first(title_end); }
  std::span<const WordId> heading() const {
    return std::span(words).subspan(title_end, heading_end - title_end);
  }
  std::span<const WordId> body() const { return std::span(words).subspan(heading_end); }
  /// Words of the i-th sentence; may be empty (a sentence of signs).
  std::span<const WordId> sentence(std::size_t i) const {
    const std::uint32_t begin = i == 0 ? heading_end : sentence_ends[i - 1];
    return std::span(words).subspan(begin, sentence_ends[i] - begin);
  }
};

/// The record as variable-length integers.
std::string encode(const Forward& forward);
/// Nothing when the bytes are not a whole record.
std::optional<Forward> decode_forward(std::string_view bytes);

/// The places of a passage's sentences in its text, in the same coding.
std::string encode(std::span<const knowledge::Passage::Sentence> sentences);
/// Nothing when the bytes are not a whole record of spans inside `text_size` bytes.
std::optional<std::vector<knowledge::Passage::Sentence>> decode_sentences(std::string_view bytes,
                                                                          std::size_t text_size);

}  // namespace backchat::index
