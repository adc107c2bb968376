#include "safety/card.h"

#include <algorithm>
#include <string>

#include "text/utf8.h"

namespace backchat::safety {
namespace {

constexpr std::size_t kLongestQuote = 90;

const Region& region_for(const RuleBook& book, std::string_view code) {
  std::string upper(code);
  for (char& c : upper) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
  for (const Region& region : book.regions) {
    if (std::find(region.codes.begin(), region.codes.end(), upper) != region.codes.end())
      return region;
  }
  return book.neutral;
}

void replace_all(std::string& text, std::string_view from, std::string_view to) {
  for (std::size_t at = text.find(from); at != std::string::npos;
       at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
}

std::string filled(std::string text, const Region& region, const RuleBook& book,
                   const std::string& quote) {
  for (const auto& [name, words] : region.words) replace_all(text, "{" + name + "}", words);
  for (const auto& [name, words] : book.neutral.words) replace_all(text, "{" + name + "}", words);
  replace_all(text, "{quote}", quote);
  if (!text.empty() && text[0] >= 'a' && text[0] <= 'z') text[0] = static_cast<char>(text[0] - 32);
  return text;
}

std::string tel(std::string_view number) {
  std::string href = "tel:";
  for (const char c : number) {
    if (text::is_digit(c) || c == '+') href.push_back(c);
  }
  return href;
}

}  // namespace

std::string shortened(std::string_view quote) {
  std::string text = text::make_valid(quote);
  for (char& c : text) {
    if (text::is_space(c)) c = ' ';
  }
  if (text.size() <= kLongestQuote) return text;
  std::size_t end = kLongestQuote;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
  text.resize(end);
  return text + "\xE2\x80\xA6";
}

std::optional<CareCard> make_card(const RuleBook& book, std::span<const Finding> findings,
                                  Tier tier, std::string_view region_code) {
  if (findings.empty() || tier == Tier::kNone) return std::nullopt;
  const Finding& worst = findings.front();
  const auto advice = std::find_if(book.advice.begin(), book.advice.end(), [&](const Advice& a) {
    return a.group == worst.group && a.tier == worst.tier;
  });
  if (advice == book.advice.end())
    return std::nullopt;  // the reader has made sure that there is one
  const Region& region = region_for(book, region_code);
  const std::string quote = shortened(worst.quote);
  CareCard card;
  card.level = tier == Tier::kEmergency ? "emergency"
               : tier == Tier::kUrgent  ? "urgent"
                                        : "routine";
  const bool helper = worst.helper && !advice->helper_lines.empty();
  card.heading = filled(
      worst.helper && !advice->helper_heading.empty() ? advice->helper_heading : advice->heading,
      region, book, quote);
  for (const std::string& line : helper ? advice->helper_lines : advice->lines) {
    if (quote.empty() && line.find("{quote}") != std::string::npos) continue;
    card.lines.push_back(filled(line, region, book, quote));
  }
  for (const std::string& kind : advice->actions) {
    const auto own = region.phones.find(kind);
    const auto general = book.neutral.phones.find(kind);
    const auto* phones = own != region.phones.end() ? &own->second
                         : general != book.neutral.phones.end() && region.codes.empty()
                             ? &general->second
                             : nullptr;
    if (phones == nullptr) continue;
    for (const Phone& phone : *phones)
      card.actions.push_back(CardAction{phone.label, tel(phone.number)});
  }
  return card;
}

std::vector<EmergencyNumber> make_emergency_numbers(const RuleBook& book) {
  constexpr std::string_view kKind = "emergency";
  const auto calls = [&](const Region& region, const std::string& number) {
    const auto phones = region.phones.find(std::string(kKind));
    return phones != region.phones.end() &&
           std::any_of(phones->second.begin(), phones->second.end(),
                       [&](const Phone& phone) { return phone.number == number; });
  };
  std::vector<EmergencyNumber> out;
  const auto neutral = book.neutral.phones.find(std::string(kKind));
  if (neutral == book.neutral.phones.end()) return out;
  for (const Phone& phone : neutral->second) {
    EmergencyNumber made{phone.label, phone.number, tel(phone.number), {}};
    for (const Region& region : book.regions) {
      if (!calls(region, phone.number)) continue;
      made.regions.insert(made.regions.end(), region.codes.begin(), region.codes.end());
    }
    out.push_back(std::move(made));
  }
  return out;
}

}  // namespace backchat::safety
