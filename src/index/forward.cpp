#include "index/forward.h"

namespace backchat::index {
namespace {

void put(std::string& out, std::uint64_t value) {
  while (value >= 0x80) {
    out += static_cast<char>((value & 0x7F) | 0x80);
    value >>= 7U;
  }
  out += static_cast<char>(value);
}

// Reads numbers until the bytes end; `ok` turns false at the first that is cut off or too large.
class Source {
 public:
  explicit Source(std::string_view bytes) : bytes_(bytes) {}

  std::uint32_t next() {
    std::uint64_t value = 0;
    for (unsigned shift = 0; shift < 35; shift += 7) {
      if (at_ == bytes_.size()) break;
      const auto byte = static_cast<unsigned char>(bytes_[at_++]);
      value |= std::uint64_t{byte & 0x7FU} << shift;
      if (byte < 0x80) {
        if (value > UINT32_MAX) break;
        return static_cast<std::uint32_t>(value);
      }
    }
    ok_ = false;
    return 0;
  }

  bool ok() const { return ok_; }
  bool at_end() const { return at_ == bytes_.size(); }
  std::size_t left() const { return bytes_.size() - at_; }

 private:
  std::string_view bytes_;
  std::size_t at_ = 0;
  bool ok_ = true;
};

}  // namespace

std::string encode(const Forward& forward) {
  std::string out;
  out.reserve(forward.words.size() * 2 + 16);
  put(out, forward.article);
  put(out, forward.kinds);
  put(out, forward.title_end);
  put(out, forward.heading_end - forward.title_end);
  put(out, forward.sentence_ends.size());
  std::uint32_t before = forward.heading_end;
  for (const std::uint32_t end : forward.sentence_ends) {
    put(out, end - before);
    before = end;
  }
  put(out, forward.words.size() - before);  // words behind the last sentence
  for (const WordId word : forward.words) put(out, word);
  return out;
}

std::optional<Forward> decode_forward(std::string_view bytes) {
  Source in(bytes);
  Forward out;
  out.article = in.next();
  out.kinds = in.next();
  out.title_end = in.next();
  out.heading_end = out.title_end + in.next();
  const std::uint32_t sentences = in.next();
  if (!in.ok() || sentences > in.left() || out.heading_end > in.left()) return std::nullopt;
  std::uint32_t end = out.heading_end;
  out.sentence_ends.reserve(sentences);
  for (std::uint32_t i = 0; i < sentences; ++i) {
    end += in.next();
    out.sentence_ends.push_back(end);
  }
  end += in.next();
  if (!in.ok() || end > in.left()) return std::nullopt;
  out.words.reserve(end);
  for (std::uint32_t i = 0; i < end; ++i) out.words.push_back(in.next());
  // Ends grow by construction and the last is inside, unless one of the sums ran over.
  std::uint32_t before = out.heading_end;
  for (const std::uint32_t each : out.sentence_ends) {
    if (each < before || each > end) return std::nullopt;
    before = each;
  }
  if (!in.ok() || !in.at_end() || out.heading_end < out.title_end) return std::nullopt;
  return out;
}

std::string encode(std::span<const knowledge::Passage::Sentence> sentences) {
  std::string out;
  std::size_t before = 0;
  for (const auto& sentence : sentences) {
    put(out, sentence.span.begin - before);
    put(out, sentence.span.size());
    put(out, (static_cast<std::uint64_t>(sentence.step) << 1U) | (sentence.item ? 1U : 0U));
    before = sentence.span.end;
  }
  return out;
}

std::optional<std::vector<knowledge::Passage::Sentence>> decode_sentences(std::string_view bytes,
                                                                          std::size_t text_size) {
  Source in(bytes);
  std::vector<knowledge::Passage::Sentence> out;
  std::size_t end = 0;
  while (!in.at_end()) {
    const std::size_t begin = end + in.next();
    end = begin + in.next();
    const std::uint32_t marks = in.next();
    if (!in.ok() || end > text_size) return std::nullopt;
    out.push_back({{begin, end}, (marks & 1U) != 0, static_cast<int>(marks >> 1U)});
  }
  return out;
}

}  // namespace backchat::index
