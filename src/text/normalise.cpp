#include "text/normalise.h"

#include "text/contractions.h"

namespace backchat::text {
namespace {

constexpr std::size_t kLongestContraction = 10;

// The plain form of a character that keyboards and word processors vary; 0 for "leave out".
char32_t fold(char32_t c) {
  switch (c) {
    case 0x2018:  // quotes and everything people type for an apostrophe
    case 0x2019:
    case 0x201B:
    case 0x02BC:
    case 0x2032:
    case 0xFF07:
    case 0x00B4:
    case 0x0060:
      return '\'';
    case 0x201C:
    case 0x201D:
    case 0x201E:
    case 0x2033:
      return '"';
    case 0x2010:
    case 0x2011:
    case 0x2012:
    case 0x2013:
    case 0x2014:
    case 0x2015:
    case 0x2212:
      return '-';
    case 0x00A0:
    case 0x2002:
    case 0x2003:
    case 0x2009:
    case 0x202F:
      return ' ';
    case 0x00AD:  // soft hyphen, zero-width characters, byte order mark
    case 0x200B:
    case 0x200C:
    case 0x200D:
    case 0x2060:
    case 0xFEFF:
      return 0;
    default:
      return c;
  }
}

// Passes folded characters on, holding back ASCII words until it is known whether they are
// contractions.
class Writer {
 public:
  explicit Writer(std::size_t expected) {
    out_.text.reserve(expected + 16);
    out_.origin.reserve(expected + 17);
  }

  void put(char32_t c, std::size_t at) {
    const bool letter = c < 0x80 && (is_alpha(static_cast<char>(c)) || c == '\'');
    if (!letter) flush();
    const std::size_t before = out_.text.size();
    if (letter && word_begin_ == kNone) word_begin_ = before;
    append(out_.text, c);
    out_.origin.insert(out_.origin.end(), out_.text.size() - before,
                       static_cast<std::uint32_t>(at));
  }

  Normalised finish(std::size_t end) {
    flush();
    out_.origin.push_back(static_cast<std::uint32_t>(end));
    return std::move(out_);
  }

 private:
  static constexpr std::size_t kNone = static_cast<std::size_t>(-1);

  void flush() {
    if (word_begin_ == kNone) return;
    const std::size_t begin = word_begin_;
    word_begin_ = kNone;
    if (out_.text.size() - begin > kLongestContraction) return;
    const std::string word = to_lower(std::string_view(out_.text).substr(begin));
    const std::string_view full = expand_contraction(word);
    if (full.empty()) return;
    // The first word of the expansion points at the contraction's start, all later bytes at its
    // last byte, so that any span that touches the expansion maps back to whole original words.
    const std::uint32_t first = out_.origin[begin];
    const std::uint32_t last = out_.origin.back();
    out_.text.replace(begin, std::string::npos, full);
    out_.origin.resize(begin);
    const std::size_t head = full.find(' ');
    for (std::size_t i = 0; i < full.size(); ++i) {
      out_.origin.push_back(head == std::string_view::npos || i < head ? first : last);
    }
  }

  Normalised out_;
  std::size_t word_begin_ = kNone;
};

}  // namespace

Span Normalised::original(Span span) const {
  Span result{origin[span.begin], origin[span.end]};
  // Bytes of one expansion share an origin: an empty range would lose the word.
  for (std::size_t i = span.end; result.end <= result.begin && i < origin.size(); ++i) {
    result.end = origin[i];
  }
  return result;
}

Normalised normalise(std::string_view input) {
  Writer writer(input.size());
  for (std::size_t at = 0; at < input.size();) {
    const CodePoint point = decode(input, at);
    if (const char32_t c = fold(point.value); c != 0) writer.put(c, at);
    at += point.size;
  }
  return writer.finish(input.size());
}

}  // namespace backchat::text
