#include "safety/text_form.h"

#include <algorithm>
#include <array>

#include "text/normalise.h"
#include "text/utf8.h"

namespace backchat::safety {
namespace {

// Base letters of U+00C0..U+017F; '?' where there is none.
constexpr std::string_view kLatin =
    "aaaaaaaceeeeiiiidnooooo?ouuuuyts"
    "aaaaaaaceeeeiiiidnooooo?ouuuuyty"
    "aaaaaaccccccccddddeeeeeeeeeegggg"
    "gggghhhhiiiiiiiiiiiijjkkklllllll"
    "lllnnnnnnnnnoooooooorrrrrrssssss"
    "ssttttttuuuuuuuuuuuuwwyyyzzzzzzs";
static_assert(kLatin.size() == 0x180 - 0xC0);

bool is_cjk(char32_t c) { return (c >= 0x3400 && c <= 0x9FFF) || (c >= 0xF900 && c <= 0xFAFF); }

bool is_emoji(char32_t c) { return c >= 0x1F000 || (c >= 0x2600 && c <= 0x27BF); }

bool is_skin_tone(char32_t c) { return c >= 0x1F3FB && c <= 0x1F3FF; }

bool is_letter(char32_t c) {
  if (c < 0x80) return text::is_alpha(static_cast<char>(c));
  if (c < 0xC0) return c == 0xAA || c == 0xB5 || c == 0xBA;
  if (c == 0xD7 || c == 0xF7) return false;
  if (c == 0x60C || c == 0x61B || c == 0x61F || c == 0x6D4 || c == 0x964 || c == 0x965)
    return false;
  if (c >= 0x2000 && c <= 0x2BFF) return false;
  if (c >= 0x3000 && c <= 0x303F) return false;
  if (c >= 0xFE00 && c <= 0xFE0F) return false;
  if (c >= 0xFF00 && c <= 0xFF20) return false;
  return !is_cjk(c) && !is_emoji(c) && c != 0xFFFD;
}

// Appends the folded form of a letter. Arabic short vowels and stretch marks vanish; alef forms
// become one.
void fold_letter(std::string& out, char32_t c) {
  if (c < 0x80) {
    out.push_back(text::to_lower(static_cast<char>(c)));
  } else if (c >= 0xC0 && c < 0x180) {
    if (c == 0xDF) out.push_back('s');
    out.push_back(kLatin[c - 0xC0]);
  } else if (c >= 0x300 && c <= 0x36F) {
    return;  // combining accent
  } else if ((c >= 0x64B && c <= 0x652) || c == 0x640) {
    return;
  } else if (c == 0x622 || c == 0x623 || c == 0x625) {
    text::append(out, 0x627);
  } else {
    text::append(out, c);
  }
}

struct Mark {
  Boundary strength = Boundary::kNone;
  char sign = 0;
};

// Reads one text; a class only because the pieces share their position.
class Cutter {
 public:
  explicit Cutter(const text::Normalised& form) : form_(form), text_(form.text) {}

  std::vector<Token> run() {
    while (at_ < text_.size()) {
      const text::CodePoint point = text::decode(text_, at_);
      const char32_t c = point.value;
      if (c < 0x80 && text::is_digit(static_cast<char>(c))) {
        number();
      } else if (is_letter(c)) {
        word();
      } else if (is_cjk(c)) {
        add(at_, at_ + point.size, std::string(text_.substr(at_, point.size)));
        at_ += point.size;
      } else if (is_emoji(c) && !is_skin_tone(c)) {
        note(Boundary::kSoft, ' ');
        add(at_, at_ + point.size, std::string(text_.substr(at_, point.size)));
        at_ += point.size;
        note(Boundary::kSoft, ' ');
      } else {
        mark(c);
        at_ += point.size;
      }
    }
    return std::move(tokens_);
  }

 private:
  char32_t peek(std::size_t at) const {
    return at < text_.size() ? text::decode(text_, at).value : U' ';
  }
  bool digit_at(std::size_t at) const { return at < text_.size() && text::is_digit(text_[at]); }

  void note(Boundary strength, char sign) {
    if (strength > pending_.strength || (strength == pending_.strength && sign == '?')) {
      pending_ = Mark{strength, sign};
    }
  }

  void add(std::size_t begin, std::size_t end, std::string folded, double value = -1) {
    if (folded.empty()) return;
    const text::Span origin = form_.original(text::Span{begin, end});
    Token token;
    token.text = std::move(folded);
    token.begin = static_cast<std::uint32_t>(origin.begin);
    token.end = static_cast<std::uint32_t>(origin.end);
    token.number = value;
    token.before = pending_.strength;
    token.mark = pending_.sign;
    tokens_.push_back(std::move(token));
    pending_ = Mark{};
    newlines_ = 0;
  }

  void word() {
    const std::size_t begin = at_;
    std::string folded;
    while (at_ < text_.size()) {
      const text::CodePoint point = text::decode(text_, at_);
      if (is_letter(point.value)) {
        fold_letter(folded, point.value);
      } else if (point.value == '\'' && is_letter(peek(at_ + 1))) {
        const bool possessive = text::to_lower(text_[at_ + 1]) == 's' && !is_letter(peek(at_ + 2));
        if (possessive) break;
      } else {
        break;
      }
      at_ += point.size;
    }
    add(begin, at_, std::move(folded));
    if (at_ < text_.size() && text_[at_] == '\'' && at_ + 1 < text_.size() &&
        text::to_lower(text_[at_ + 1]) == 's' && !is_letter(peek(at_ + 2))) {
      add(at_, at_ + 2, "'s");
      at_ += 2;
    }
  }

  void number() {
    const std::size_t begin = at_;
    double value = 0;
    std::string digits;
    const auto take = [&](double scale) {
      double unit = scale;
      for (; digit_at(at_); ++at_) {
        const double d = text_[at_] - '0';
        if (scale < 1) {
          value += d * unit;
          unit /= 10;
        } else if (value < 1e12) {
          value = value * 10 + d;
        }
      }
    };
    take(1);
    while (at_ < text_.size() && text_[at_] == ',' && digit_at(at_ + 1) && digit_at(at_ + 2) &&
           digit_at(at_ + 3) && !digit_at(at_ + 4)) {
      ++at_;
      take(1);
    }
    if (at_ < text_.size() && (text_[at_] == '.' || text_[at_] == ',') && digit_at(at_ + 1)) {
      ++at_;
      take(0.1);
    }
    add(begin, at_, std::string(text_.substr(begin, at_ - begin)), value);
  }

  void mark(char32_t c) {
    const bool spaced = at_ == 0 || text::is_space(text_[at_ - 1]);
    switch (c) {
      case '\n':
        ++newlines_;
        note(newlines_ > 1 ? Boundary::kHard : Boundary::kSoft, '\n');
        break;
      case '.':
        full_stop();
        break;
      case '!':
      case '?':
      case ';':
        note(Boundary::kHard, static_cast<char>(c));
        break;
      case 0x61F:
      case 0xFF1F:
        note(Boundary::kHard, '?');
        break;
      case 0x61B:
      case 0x6D4:
      case 0x964:
      case 0x965:
      case 0x3002:
      case 0xFF01:
        note(Boundary::kHard, '.');
        break;
      case ',':
      case ':':
      case '(':
      case ')':
      case '[':
      case ']':
      case '"':
      case '/':
      case '|':
      case '*':
        note(Boundary::kSoft, static_cast<char>(c));
        break;
      case '-':
        if (spaced || peek(at_ + 1) == ' ' || peek(at_ + 1) == '-') note(Boundary::kSoft, '-');
        break;
      case '+':
      case '%':
      case '&':
        add(at_, at_ + 1, std::string(1, static_cast<char>(c)));
        break;
      case 0xB0:
        add(at_, at_ + 2, "\xC2\xB0");
        break;
      case 0x2022:
      case 0x2026:
      case 0x60C:
      case 0x3001:
      case 0xFF0C:
      case 0xFF1A:
        note(Boundary::kSoft, ',');
        break;
      default:
        break;
    }
  }

  // "e.g." and "p.m." do not part; "..." parts softly; any other full stop parts sentences.
  void full_stop() {
    const bool more = peek(at_ + 1) == '.' || (at_ > 0 && text_[at_ - 1] == '.');
    if (more) {
      note(Boundary::kSoft, ',');
      return;
    }
    const bool single_before = !tokens_.empty() && tokens_.back().text.size() == 1 &&
                               tokens_.back().number < 0 && at_ > 0 &&
                               text::is_alpha(text_[at_ - 1]);
    const bool abbreviation = single_before && (is_letter(peek(at_ + 1)) || abbreviated_);
    abbreviated_ = single_before && is_letter(peek(at_ + 1));
    if (!abbreviation) note(Boundary::kHard, '.');
  }

  const text::Normalised& form_;
  std::string_view text_;
  std::size_t at_ = 0;
  Mark pending_;
  int newlines_ = 0;
  bool abbreviated_ = false;
  std::vector<Token> tokens_;
};

}  // namespace

std::vector<Token> cut(std::string_view typed) {
  const text::Normalised form = text::normalise(typed);
  return Cutter(form).run();
}

std::string fold_word(std::string_view word) {
  std::string out;
  for (std::size_t at = 0; at < word.size();) {
    const text::CodePoint point = text::decode(word, at);
    if (is_letter(point.value)) {
      fold_letter(out, point.value);
    } else {
      out.append(word.substr(at, point.size));
    }
    at += point.size;
  }
  return out;
}

}  // namespace backchat::safety
