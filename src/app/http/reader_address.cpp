#include "app/http/reader_address.h"

#include "text/utf8.h"

namespace backchat::app::http {
namespace {

/// Percent-encodes all but the characters that stand for themselves anywhere in an address (RFC
/// 3986, section 2.3).
std::string encoded(std::string_view text) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    const bool plain = text::is_alpha(c) || text::is_digit(c) || c == '-' || c == '.' || c == '_';
    if (plain) {
      out += c;
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    out += '%';
    out += kDigits[byte >> 4U];
    out += kDigits[byte & 0xFU];
  }
  return out;
}

/// "slug#childs-pose.1" -> "childs-pose.1".
std::string_view place(const knowledge::Passage& passage) {
  const std::string_view id = passage.id;
  const std::size_t hash = id.find('#');
  return hash == std::string_view::npos ? id : id.substr(hash + 1);
}

}  // namespace

std::string sentence_anchor(const knowledge::Passage& passage, std::size_t index) {
  return std::string(place(passage)) + "." + std::to_string(index + 1);
}

std::string article_address(std::string_view slug) { return "/articles/" + encoded(slug); }

std::string sentence_address(const knowledge::Pack& pack, std::string_view passage_id,
                             std::string_view sentence) {
  const knowledge::Passage* passage = pack.passage(passage_id);
  if (passage == nullptr) return {};
  std::size_t index = 0;
  for (std::size_t i = 0; i < passage->sentences.size(); ++i) {
    if (passage->sentence(i) == sentence) index = i;
  }
  return article_address(passage->article) + "#" + encoded(sentence_anchor(*passage, index));
}

}  // namespace backchat::app::http
