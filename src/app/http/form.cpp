#include "app/http/form.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "app/wire.h"
#include "text/utf8.h"

namespace backchat::app::http {
namespace {

std::optional<unsigned> hex_digit(char c) {
  if (text::is_digit(c)) return static_cast<unsigned>(c - '0');
  const char lower = text::to_lower(c);
  if (lower >= 'a' && lower <= 'f') return static_cast<unsigned>(lower - 'a' + 10);
  return std::nullopt;
}

/// Undoes the percent encoding. A '%' without two digits stands for itself.
std::string decode(std::string_view encoded) {
  std::string out;
  out.reserve(encoded.size());
  for (std::size_t i = 0; i < encoded.size(); ++i) {
    if (encoded[i] == '%' && i + 2 < encoded.size()) {
      const auto high = hex_digit(encoded[i + 1]);
      const auto low = hex_digit(encoded[i + 2]);
      if (high && low) {
        out += static_cast<char>(*high * 16 + *low);
        i += 2;
        continue;
      }
    }
    out += encoded[i] == '+' ? ' ' : encoded[i];
  }
  return out;
}

/// A form sends a line end as CR LF, whatever was typed.
std::string with_plain_line_ends(std::string value) {
  std::string out;
  for (std::size_t i = 0; i < value.size(); ++i) {
    if (value[i] == '\r' && i + 1 < value.size() && value[i + 1] == '\n') continue;
    out += value[i];
  }
  return out;
}

/// "SQ1 No, nothing like that" -> the turn that answers SQ1. The id of a question holds no space.
dialogue::Turn quick_reply(const std::string& value) {
  const std::size_t space = value.find(' ');
  if (space == std::string::npos) return {value, std::nullopt};
  return {value.substr(space + 1), value.substr(0, space)};
}

struct Field {
  std::string name;
  std::string value;
};

/// Takes the first field off `encoded`.
Field next_field(std::string_view& encoded) {
  const std::string_view pair = encoded.substr(0, encoded.find('&'));
  encoded.remove_prefix(std::min(pair.size() + 1, encoded.size()));
  const std::size_t equals = std::min(pair.find('='), pair.size());
  return {decode(pair.substr(0, equals)), decode(pair.substr(std::min(equals + 1, pair.size())))};
}

}  // namespace

Result<dialogue::Transcript> parse_form(std::string_view body) {
  dialogue::Transcript transcript;
  std::vector<std::string> answers;
  std::string text;
  std::optional<dialogue::Turn> quick;
  while (!body.empty()) {
    auto [name, raw] = next_field(body);
    std::string value = with_plain_line_ends(std::move(raw));
    if (name == "turn") {
      transcript.turns.push_back({std::move(value), std::nullopt});
    } else if (name == "answers") {
      answers.push_back(std::move(value));
    } else if (name == "reply" && !quick) {
      quick = quick_reply(value);
    } else if (name == "text" && text::trim(text).empty()) {
      text = std::move(value);
    } else if (name == "region") {
      transcript.region = std::move(value);
    } else if (name == "language") {
      transcript.language = std::move(value);
    }
  }
  const std::size_t earlier = transcript.turns.size();
  if (!quick && !text::trim(text).empty())
    transcript.turns.push_back({std::move(text), std::nullopt});
  const std::size_t answerable = quick ? earlier : transcript.turns.size();
  for (std::size_t i = 0; i < std::min(answers.size(), answerable); ++i) {
    if (!answers[i].empty()) transcript.turns[i].answers = std::move(answers[i]);
  }
  if (quick) transcript.turns.push_back(*std::move(quick));
  // A form without a turn (another region chosen before the first question) is no mistake.
  const bool nothing_said = transcript.turns.empty();
  if (nothing_said) transcript.turns.emplace_back();
  if (auto checked = check_transcript(transcript); !checked) return fail(checked.error());
  if (nothing_said) transcript.turns.clear();
  return transcript;
}

std::optional<std::string> form_value(std::string_view encoded, std::string_view name) {
  while (!encoded.empty()) {
    Field field = next_field(encoded);
    if (field.name == name) return std::move(field.value);
  }
  return std::nullopt;
}

}  // namespace backchat::app::http
