#include <algorithm>
#include <array>
#include <cstdio>
#include <optional>

#include "authoring/import/outline.h"
#include "text/utf8.h"

namespace backchat::authoring {
namespace {

using Kind = Piece::Kind;

// Words of web pages that are no part of an article. They say nothing of its subject.
struct Furniture {
  std::string_view phrase;
  const char* why;
  std::size_t most_words;  // of a piece that the phrase condemns
};
constexpr auto kFurniture = std::to_array<Furniture>({
    {"table of contents", "navigation", 6},
    {"in this article", "navigation", 6},
    {"skip to", "navigation", 6},
    {"jump to", "navigation", 6},
    {"read more", "navigation", 20},
    {"see also", "navigation", 20},
    {"related articles", "navigation", 10},
    {"next article", "navigation", 12},
    {"back to top", "navigation", 6},
    {"share this", "navigation", 8},
    {"print this", "navigation", 6},
    {"report an issue", "navigation", 6},
    {"screenshot", "navigation", 8},
    {"log in", "navigation", 4},
    {"advertisement", "advertising", 6},
    {"sponsored", "advertising", 6},
    {"sign up", "advertising", 30},
    {"subscribe", "advertising", 30},
    {"newsletter", "advertising", 40},
    {"our app", "advertising", 40},
    {"your app", "advertising", 12},
    {"the app", "advertising", 40},
    {"from your phone", "advertising", 40},
    {"get started", "advertising", 30},
    {"free trial", "advertising", 30},
    {"book an appointment", "advertising", 40},
    {"book now", "advertising", 20},
    {"buy now", "advertising", 20},
    {"new patient offer", "advertising", 80},
    {"our locations", "advertising", 80},
    {"special offer", "advertising", 40},
    {"$0", "advertising", 40},
    {"covered by", "advertising", 12},
    {"contact us", "advertising", 30},
    {"staff members", "advertising", 80},
    {"follow us", "footer", 12},
    {"privacy policy", "footer", 60},
    {"terms of", "footer", 12},
    {"all rights reserved", "footer", 60},
    {"\xC2\xA9", "footer", 60},
    {"copyright", "footer", 30},
    {"cookie", "footer", 60},
    {"image credit", "footer", 20},
    {"photo by", "footer", 20},
    {"getty images", "footer", 20},
    {"istock", "footer", 20},
});

// Headings whose whole section is no part of the article.
constexpr auto kApartSections = std::to_array<Furniture>({
    {"references", "references", 3},
    {"sources", "references", 3},
    {"citations", "references", 3},
    {"footnotes", "references", 3},
    {"bibliography", "references", 3},
    {"further reading", "references", 4},
    {"more about", "advertising", 6},
    {"about us", "advertising", 4},
    {"our experts", "people", 8},
    {"experts", "people", 5},
    {"about the author", "people", 5},
    {"related articles", "navigation", 6},
});

std::size_t count_words(std::string_view text) {
  return static_cast<std::size_t>(std::ranges::count(text, ' ')) + 1;
}

template <std::size_t N>
const Furniture* find_in(const std::array<Furniture, N>& table, std::string_view text) {
  const std::string lower = text::to_lower(text);
  const std::size_t words = count_words(text);
  const auto* found = std::ranges::find_if(table, [&](const Furniture& each) {
    return words <= each.most_words && lower.find(each.phrase) != std::string::npos;
  });
  return found == table.end() ? nullptr : found;
}

constexpr auto kMonths = std::to_array<std::string_view>(
    {"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"});

// A date in a line ("May 31, 2024", "31 May 2024", "2024-05-31"), as ISO.
std::optional<std::string> find_date(std::string_view line) {
  int year = 0;
  int month = 0;
  int day = 0;
  std::string word;
  const auto take = [&] {
    if (word.empty()) return;
    if (text::is_digit(word[0])) {
      const int number = std::stoi(word.substr(0, 4));
      if (word.size() == 4) {
        year = number;
      } else if (year > 0 && month == 0 && number <= 12) {
        month = number;
      } else if (number >= 1 && number <= 31) {
        day = number;
      }
    } else if (word.size() >= 3) {
      const std::string lower = text::to_lower(word);
      for (std::size_t i = 0; i < kMonths.size(); ++i) {
        if (lower.substr(0, 3) == kMonths[i] && lower.size() <= 9) {
          month = static_cast<int>(i) + 1;
        }
      }
    }
    word.clear();
  };
  for (const char c : line) {
    const bool letter = text::is_alpha(c);
    const bool digit = text::is_digit(c);
    if (!word.empty() && text::is_digit(word[0]) != digit) take();
    if (letter || digit) {
      word += c;
    } else {
      take();
    }
  }
  take();
  if (year < 1900 || month == 0 || day == 0) return std::nullopt;
  std::array<char, 32> out{};
  std::snprintf(out.data(), out.size(), "%04d-%02d-%02d", year, month, day);
  return std::string(out.data());
}

// "Written by X", "Medically reviewed by X": the name behind the mark, or "".
std::string name_behind(std::string_view line, std::string_view mark) {
  if (!text::to_lower(line).starts_with(mark)) return {};
  return one_line(line.substr(mark.size()));
}

std::string quoted_line(const std::string& line) { return "the line \"" + line + "\""; }

class Sorter {
 public:
  explicit Sorter(Outline& outline) : outline_(outline) {}

  void run() {
    take_title();
    for (std::size_t i = 0; i < outline_.pieces.size(); ++i) {
      Piece& piece = outline_.pieces[i];
      if (piece.kind == Kind::kAside) continue;
      if (piece.kind == Kind::kHeading) apart_ = nullptr;
      if (i < kBylines && take_byline(piece)) continue;
      set_apart(piece);
    }
    drop_empty_headings();
  }

 private:
  // People and dates stand among the first pieces of a page.
  static constexpr std::size_t kBylines = 12;

  void take_title() {
    const auto first = std::ranges::find_if(outline_.pieces, [](const Piece& piece) {
      return piece.kind == Kind::kHeading && piece.level == 1;
    });
    if (first == outline_.pieces.end()) return;
    outline_.title = {first->text, "the first heading"};
    outline_.pieces.erase(first);
  }

  bool take_byline(Piece& piece) {
    if (count_words(piece.text) > 14) return false;
    if (after_person_ && count_words(piece.text) <= 8 && piece.text.back() != '.' &&
        piece.kind == Kind::kParagraph && !find_date(piece.text) &&
        text::to_lower(piece.text).find("reviewed") == std::string::npos) {
      after_person_ = false;
      make_aside(piece, "role of the person above");
      return true;
    }
    after_person_ = false;
    const std::string lower = text::to_lower(piece.text);
    bool taken = false;
    for (const std::string_view mark : {"medically reviewed by ", "clinically reviewed by ",
                                        "fact checked by ", "reviewed by "}) {
      const std::string name = name_behind(piece.text, mark);
      if (name.empty() || taken) continue;
      outline_.reviewers.push_back({name, quoted_line(piece.text)});
      taken = after_person_ = true;
    }
    for (const std::string_view mark : {"written by ", "author: ", "by "}) {
      const std::string name = name_behind(piece.text, mark);
      if (name.empty() || taken) continue;
      outline_.authors.push_back({name, quoted_line(piece.text)});
      taken = after_person_ = true;
    }
    const bool reviewed = lower.find("reviewed") != std::string::npos;
    if (const auto date = find_date(piece.text); date && !taken) {
      Guess& to = reviewed || after_review_ ? outline_.reviewed : outline_.published;
      if (to.value.empty()) to = {*date, quoted_line(piece.text)};
      taken = true;
    }
    // "Medically reviewed" alone: the date of the next line is that of the review.
    after_review_ = reviewed;
    if (reviewed && count_words(piece.text) <= 5) taken = true;
    if (taken) make_aside(piece, "byline");
    return taken;
  }

  void set_apart(Piece& piece) {
    if (piece.kind == Kind::kHeading) {
      apart_ = find_in(kApartSections, piece.text);
      if (apart_ != nullptr) make_aside(piece, apart_->why);
    }
    if (piece.kind != Kind::kAside && apart_ != nullptr) make_aside(piece, apart_->why);
    if (piece.kind == Kind::kAside) return;
    if (const Furniture* found = find_in(kFurniture, piece.text)) make_aside(piece, found->why);
  }

  static void make_aside(Piece& piece, std::string why) {
    piece.kind = Kind::kAside;
    piece.why = std::move(why);
  }

  // A heading with nothing under it before the next of its level or above.
  void drop_empty_headings() {
    std::vector<Piece>& pieces = outline_.pieces;
    for (std::size_t i = 0; i < pieces.size(); ++i) {
      if (pieces[i].kind != Kind::kHeading) continue;
      std::size_t next = i + 1;
      while (next < pieces.size() && pieces[next].kind == Kind::kAside) ++next;
      const bool ends = next == pieces.size() || (pieces[next].kind == Kind::kHeading &&
                                                  pieces[next].level <= pieces[i].level);
      if (ends) make_aside(pieces[i], "heading without text");
    }
  }

  Outline& outline_;
  const Furniture* apart_ = nullptr;  // the section being left out
  bool after_review_ = false;
  bool after_person_ = false;
};

}  // namespace

std::string one_line(std::string_view text) {
  constexpr std::string_view kNoBreakSpace = "\xC2\xA0";
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    if (text::is_space(text[i]) || text.substr(i).starts_with(kNoBreakSpace)) {
      if (!out.empty() && out.back() != ' ') out += ' ';
      i += text::is_space(text[i]) ? 1 : kNoBreakSpace.size();
      continue;
    }
    if (text[i] == '[') {  // the number of a reference
      std::size_t end = i + 1;
      while (end < text.size() && end < i + 4 && text::is_digit(text[end])) ++end;
      if (end > i + 1 && end < text.size() && text[end] == ']') {
        i = end + 1;
        continue;
      }
    }
    out += text[i++];
  }
  while (!out.empty() && out.back() == ' ') out.pop_back();
  return out;
}

void sort_out(Outline& outline) { Sorter(outline).run(); }

}  // namespace backchat::authoring
