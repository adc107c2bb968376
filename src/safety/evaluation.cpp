#include "safety/evaluation.h"

#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

#include "text/utf8.h"

namespace backchat::safety {
namespace {

// log of "total choose k".
double log_choose(int total, int k) {
  return std::lgamma(total + 1.0) - std::lgamma(k + 1.0) - std::lgamma(total - k + 1.0);
}

// Chance of at most `hits` of `total` when each has chance p.
double at_most(int hits, int total, double p) {
  if (p <= 0) return 1;
  if (p >= 1) return hits >= total ? 1 : 0;
  double sum = 0;
  for (int k = 0; k <= hits; ++k) {
    sum += std::exp(log_choose(total, k) + k * std::log(p) + (total - k) * std::log1p(-p));
  }
  return std::min(sum, 1.0);
}

template <class Below>
double bisect(Below below) {
  double low = 0;
  double high = 1;
  for (int i = 0; i < 60; ++i) {
    const double middle = (low + high) / 2;
    (below(middle) ? low : high) = middle;
  }
  return (low + high) / 2;
}

std::optional<Tier> tier_named(std::string_view name) {
  for (const Tier tier : {Tier::kNone, Tier::kSoon, Tier::kUrgent, Tier::kEmergency}) {
    if (tier_name(tier) == name) return tier;
  }
  return std::nullopt;
}

// The four hex digits of "\\uXXXX" at `at`, or nothing.
std::optional<char32_t> escape_at(std::string_view line, std::size_t at) {
  if (at + 6 > line.size() || line[at] != '\\' || line[at + 1] != 'u') return std::nullopt;
  char32_t value = 0;
  for (std::size_t i = at + 2; i < at + 6; ++i) {
    const char c = text::to_lower(line[i]);
    const bool letter = c >= 'a' && c <= 'f';
    if (!letter && !text::is_digit(c)) return std::nullopt;
    value = value * 16 + static_cast<char32_t>(letter ? c - 'a' + 10 : c - '0');
  }
  return value;
}

// JSON writes characters beyond the first 65,536 as two escapes, which YAML does not know: they
// become the character.
std::string without_surrogates(std::string_view line) {
  std::string out;
  for (std::size_t at = 0; at < line.size();) {
    const std::optional<char32_t> high = escape_at(line, at);
    const std::optional<char32_t> low = high ? escape_at(line, at + 6) : std::nullopt;
    if (high && low && *high >= 0xD800 && *high < 0xDC00 && *low >= 0xDC00 && *low < 0xE000) {
      text::append(out, 0x10000 + ((*high - 0xD800) << 10) + (*low - 0xDC00));
      at += 12;
    } else if (line[at] == '\\' && at + 1 < line.size()) {
      out.append(line.substr(at, 2));
      at += 2;
    } else {
      out.push_back(line[at++]);
    }
  }
  return out;
}

EvaluationCase read_case(std::string_view line) {
  const YAML::Node node = YAML::Load(without_surrogates(line));
  EvaluationCase made;
  made.id = node["id"].as<std::string>();
  made.kind = node["kind"].as<std::string>("");
  for (const YAML::Node& turn : node["turns"]) {
    EvaluationCase::Turn t;
    if (turn.IsMap()) {
      t.text = turn["text"].as<std::string>();
      if (turn["answers"] && !turn["answers"].IsNull())
        t.answers = turn["answers"].as<std::string>();
    } else {
      t.text = turn.as<std::string>();
    }
    made.turns.push_back(std::move(t));
  }
  const std::optional<Tier> tier = tier_named(node["tier"].as<std::string>());
  if (!tier || made.turns.empty())
    throw YAML::Exception(node.Mark(), "needs turns and a known tier");
  made.tier = *tier;
  for (const YAML::Node& group : node["groups"]) made.groups.push_back(group.as<std::string>());
  return made;
}

std::string line_of(const char* name, const Share& share) {
  std::array<char, 128> text{};
  const int size =
      std::snprintf(text.data(), text.size(), "%-34s %4d / %-4d = %.4f  (95 %% %.4f to %.4f)\n",
                    name, share.hits, share.total, share.value(), share.low(), share.high());
  return std::string(text.data(), static_cast<std::size_t>(std::max(size, 0)));
}

}  // namespace

double Share::low() const {
  if (hits == 0 || total == 0) return 0;
  return bisect([&](double p) { return 1 - at_most(hits - 1, total, p) < 0.025; });
}

double Share::high() const {
  if (hits == total) return 1;
  return bisect([&](double p) { return at_most(hits, total, p) > 0.025; });
}

Result<std::vector<EvaluationCase>> read_cases(std::string_view lines, const std::string& file) {
  std::vector<EvaluationCase> cases;
  std::string problems;
  std::string first;
  int number = 0;
  for (std::size_t begin = 0; begin < lines.size();) {
    ++number;
    const std::size_t end = std::min(lines.find('\n', begin), lines.size());
    const std::string_view line = text::trim(lines.substr(begin, end - begin));
    begin = end + 1;
    if (line.empty()) continue;
    const std::string where = file + ":" + std::to_string(number);
    try {
      cases.push_back(read_case(line));
    } catch (const YAML::Exception& error) {
      if (first.empty()) first = where;
      problems += (problems.empty() ? "" : "\n") + where + ": " + error.msg;
    }
  }
  if (!problems.empty())
    return fail(ErrorCode::kInvalidInput, std::move(problems), std::move(first));
  return cases;
}

std::optional<Screening> screen_turns(const Screener& screener,
                                      const std::vector<EvaluationCase::Turn>& turns) {
  std::optional<Screening> screening;
  int index = 0;
  for (const EvaluationCase::Turn& turn : turns) {
    screening = screener.screen(UserTurn{.text = turn.text,
                                         .answers = turn.answers,
                                         .other_question_open = false,
                                         .index = index++},
                                screening ? screening->memory() : Memory());
  }
  return screening;
}

Evaluation evaluate(const Screener& screener, const std::vector<EvaluationCase>& cases) {
  Evaluation result;
  for (const EvaluationCase& one : cases) {
    Tier found = Tier::kNone;
    std::string rules;
    std::string worst_group;
    bool asks = false;
    if (const auto screening = screen_turns(screener, one.turns)) {
      found = screening->tier();
      asks = screening->ask().has_value();
      for (const Finding& finding : screening->findings()) {
        if (worst_group.empty()) worst_group = finding.group;
        rules += (rules.empty() ? "" : " ") + finding.rule;
      }
    }
    bool hit = true;
    const auto count = [&](Share& share, bool good) {
      ++share.total;
      share.hits += good ? 1 : 0;
      hit = good;
    };
    switch (one.tier) {
      case Tier::kEmergency:
        count(result.asked, found == Tier::kEmergency || asks);
        count(result.emergency, found == Tier::kEmergency);
        break;
      case Tier::kUrgent:
        count(result.urgent, found >= Tier::kUrgent);
        break;
      case Tier::kSoon:
        count(result.soon, found == Tier::kSoon);
        break;
      case Tier::kNone:
        count(result.harmless, found <= Tier::kSoon);
        break;
    }
    if (one.tier >= Tier::kUrgent && found >= Tier::kUrgent && !one.groups.empty()) {
      ++result.group.total;
      const bool named =
          std::find(one.groups.begin(), one.groups.end(), worst_group) != one.groups.end();
      result.group.hits += named ? 1 : 0;
    }
    if (!hit) result.misses.push_back({one.id, one.kind, one.tier, found, rules});
  }
  return result;
}

std::string to_text(const Evaluation& evaluation) {
  std::string out;
  out += line_of("sensitivity, emergency", evaluation.emergency);
  out += line_of("emergency found or asked about", evaluation.asked);
  out += line_of("sensitivity, urgent (or above)", evaluation.urgent);
  out += line_of("specificity, harmless (none/soon)", evaluation.harmless);
  out += line_of("soon found as soon", evaluation.soon);
  out += line_of("group of the worst finding", evaluation.group);
  for (const EvaluationMiss& miss : evaluation.misses) {
    out += "miss " + miss.id + " (" + miss.kind + "): expected " +
           std::string(tier_name(miss.expected)) + ", found " + std::string(tier_name(miss.found)) +
           " " + miss.rules + "\n";
  }
  return out;
}

}  // namespace backchat::safety
