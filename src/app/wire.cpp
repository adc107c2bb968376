#include "app/wire.h"

#include <algorithm>
#include <array>
#include <initializer_list>
#include <nlohmann/json.hpp>
#include <utility>

#include "knowledge/pack.h"
#include "text/utf8.h"

namespace backchat::app {
namespace {

using Json = nlohmann::ordered_json;  // keeps the contract's order of fields
using Input = nlohmann::json;         // looks keys up in a tree: many keys cost little

constexpr std::size_t kMaxAnswersBytes = 128;
constexpr std::size_t kMaxLanguageBytes = 35;  // RFC 5646, section 4.4.1

template <class AnyJson>
std::string dump(const AnyJson& json) {
  return json.dump(-1, ' ', false, AnyJson::error_handler_t::replace);
}

template <class T, class Make>
Json list(const std::vector<T>& items, Make make) {
  Json out = Json::array();
  for (const T& item : items) out.push_back(make(item));
  return out;
}

Json string_or_null(const std::string& text) { return text.empty() ? Json(nullptr) : Json(text); }

Json to_json(const safety::Finding& finding) {
  return {{"rule", finding.rule},
          {"group", finding.group},
          {"tier", safety::tier_name(finding.tier)},
          {"quote", finding.quote},
          {"turn", finding.turn},
          {"why", finding.why},
          {"source", finding.source}};
}

Json to_json(const safety::CardAction& action) {
  return {{"label", action.label}, {"href", action.href}};
}

Json to_json(const safety::CareCard& card) {
  return {{"level", card.level},
          {"heading", card.heading},
          {"lines", card.lines},
          {"actions", list(card.actions, [](const auto& action) { return to_json(action); })}};
}

Json to_json(const answer::Statement& statement) {
  return {{"text", statement.text}, {"citations", statement.citations}};
}

Json to_json(const answer::Side& side) {
  return {{"publisher", side.publisher}, {"text", side.text}, {"citations", side.citations}};
}

Json to_json(const answer::Section& section) {
  return {{"heading", section.heading},
          {"statements", list(section.statements, [](const auto& each) { return to_json(each); })}};
}

Json to_json(const answer::Exercise& exercise) {
  return {{"id", exercise.id},
          {"name", exercise.name},
          {"eases", exercise.eases},
          {"position", exercise.position},
          {"steps", exercise.steps},
          {"dose", exercise.dose},
          {"hold_seconds", exercise.hold_seconds},
          {"repeats_min", exercise.repeats_min},
          {"repeats_max", exercise.repeats_max},
          {"stop_if", exercise.stop_if},
          {"drawing", exercise.drawing},
          {"citations", exercise.citations}};
}

Json to_json(const std::optional<answer::Statement>& statement) {
  return statement ? to_json(*statement) : Json(nullptr);
}

Json to_json(const answer::Timer& timer) {
  return {{"id", timer.id},
          {"name", timer.name},
          {"minutes", timer.minutes},
          {"first", to_json(timer.first)},
          {"break_minutes", timer.break_minutes},
          {"then", to_json(timer.then)}};
}

Json to_json(const answer::Citation& citation) {
  return {{"n", citation.n},
          {"article", citation.article},
          {"title", citation.title},
          {"publisher", citation.publisher},
          {"url", citation.url},
          {"authors", citation.authors},
          {"reviewers", citation.reviewers},
          {"published", citation.published},
          {"reviewed", citation.reviewed},
          {"passage", citation.passage},
          {"quote", citation.quote}};
}

Json summary_of(const knowledge::Article& article) {
  return {{"id", article.slug},
          {"title", article.title},
          {"publisher", article.source.publisher},
          {"url", article.source.url},
          {"published", article.source.published},
          {"reviewed", article.reviewed}};
}

Json to_json(const answer::Next& next) {
  Json out = {{"label", next.label}, {"text", next.text}};
  if (!next.answers.empty()) out["answers"] = next.answers;
  return out;
}

Json to_json(const answer::Reply& reply) {
  const auto each = [](const auto& item) { return to_json(item); };
  Json out;
  out["kind"] = answer::kind_name(reply.kind);
  out["safety"] = {{"tier", safety::tier_name(reply.tier)},
                   {"findings", list(reply.findings, each)},
                   {"asked", string_or_null(reply.asked)}};
  out["card"] = reply.card ? to_json(*reply.card) : Json(nullptr);
  out["about"] = string_or_null(reply.about);
  out["lead"] = list(reply.lead, each);
  out["body"] = list(reply.body, each);
  out["differs"] = list(reply.differs, each);
  out["sections"] = list(reply.sections, each);
  out["exercises"] = list(reply.exercises, each);
  out["upright"] = list(reply.upright, each);
  out["timers"] = list(reply.timers, each);
  out["citations"] = list(reply.citations, each);
  out["next"] = list(reply.next, each);
  out["text"] = reply.text;
  out["edition"] = reply.edition;
  return out;
}

Json to_json(const dialogue::Summary::Entry& entry) {
  return {{"text", entry.text}, {"note", entry.note}, {"sources", entry.sources}};
}

Json to_json(const dialogue::Summary::Section& section) {
  return {{"id", section.id},
          {"heading", section.heading},
          {"entries", list(section.entries, [](const auto& entry) { return to_json(entry); })}};
}

Json to_json(const dialogue::Summary::Source& source) {
  return {{"n", source.n},     {"title", source.title},         {"publisher", source.publisher},
          {"url", source.url}, {"published", source.published}, {"reviewed", source.reviewed}};
}

Json error_object(std::string_view code, std::string_view message) {
  return {{"code", code}, {"message", message}};
}

tl::unexpected<Error> wrong(std::string where, std::string message) {
  return fail(ErrorCode::kInvalidInput, std::move(message), std::move(where));
}

/// An object without other keys than `known`.
Result<void> check_keys(const Input& object, std::initializer_list<std::string_view> known,
                        const std::string& where) {
  for (const auto& item : object.items()) {
    if (std::find(known.begin(), known.end(), item.key()) != known.end()) continue;
    std::string names;
    for (std::string_view name : known) {
      if (!names.empty()) names += ", ";
      names += name;
    }
    return wrong(where, "there is a key that is not known here; the known keys are " + names);
  }
  return {};
}

/// The string under `key`; nothing when it is missing or null.
Result<std::optional<std::string>> optional_string(const Input& object, const char* key,
                                                   const std::string& where) {
  const auto at = object.find(key);
  if (at == object.end() || at->is_null()) return std::nullopt;
  if (!at->is_string()) return wrong(where, "must be a string");
  return at->get<std::string>();
}

Result<dialogue::Turn> parse_turn(const Input& json, const std::string& where) {
  if (json.is_string()) return dialogue::Turn{json.get<std::string>(), std::nullopt};
  if (!json.is_object()) {
    return wrong(where, "a turn must be a string or an object with \"text\"");
  }
  if (auto keys = check_keys(json, {"text", "answers"}, where); !keys) return fail(keys.error());
  const auto text = json.find("text");
  if (text == json.end() || !text->is_string()) return wrong(where + ".text", "must be a string");
  auto answers = optional_string(json, "answers", where + ".answers");
  if (!answers) return fail(answers.error());
  return dialogue::Turn{text->get<std::string>(), std::move(*answers)};
}

/// Turns, region and language of an object whose keys have been checked.
Result<dialogue::Transcript> parse_transcript(const Input& json) {
  const auto turns = json.find("turns");
  if (turns == json.end()) return wrong("turns", "is missing: the list of what the person said");
  if (!turns->is_array()) return wrong("turns", "must be a list");
  if (turns->size() > kMaxTurns) {
    return wrong("turns", "a conversation may have at most " + std::to_string(kMaxTurns) +
                              " turns; start a new one");
  }
  dialogue::Transcript transcript;
  transcript.turns.reserve(turns->size());
  for (std::size_t i = 0; i < turns->size(); ++i) {
    auto turn = parse_turn((*turns)[i], "turns[" + std::to_string(i) + "]");
    if (!turn) return fail(turn.error());
    transcript.turns.push_back(std::move(*turn));
  }
  auto region = optional_string(json, "region", "region");
  if (!region) return fail(region.error());
  auto language = optional_string(json, "language", "language");
  if (!language) return fail(language.error());
  transcript.region = region->value_or("");
  std::transform(transcript.region.begin(), transcript.region.end(), transcript.region.begin(),
                 [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
  transcript.language = language->value_or("");
  if (auto checked = check_transcript(transcript); !checked) return fail(checked.error());
  return transcript;
}

/// The JSON object in `body`. nlohmann/json refuses invalid UTF-8 inside strings by itself; the
/// explicit check gives the better sentence.
Result<Input> parse_object(std::string_view body) {
  if (const auto at = text::first_invalid(body)) {
    return wrong(std::string(kWhereBody),
                 "is not valid UTF-8 from byte " + std::to_string(*at) + " on");
  }
  Input json = Input::parse(body, nullptr, false);
  // The parser takes a NUL byte for the end of the text and would not look at what follows.
  if (json.is_discarded() || body.find('\0') != std::string_view::npos)
    return wrong(std::string(kWhereBody), "is not JSON");
  if (!json.is_object()) return wrong(std::string(kWhereBody), "must be a JSON object");
  return json;
}

}  // namespace

std::string summary_json(const dialogue::Summary& summary) {
  const auto each = [](const auto& item) { return to_json(item); };
  return dump(Json{{"title", summary.title},
                   {"note", summary.note},
                   {"date", summary.date},
                   {"sections", list(summary.sections, each)},
                   {"sources", list(summary.sources, each)}});
}

std::string reply_json(const answer::Reply& reply) { return dump(to_json(reply)); }

Result<dialogue::Transcript> parse_ask(std::string_view body) {
  auto json = parse_object(body);
  if (!json) return fail(json.error());
  if (auto keys = check_keys(*json, {"turns", "region", "language"}, "request"); !keys) {
    return fail(keys.error());
  }
  return parse_transcript(*json);
}

Result<Vote> parse_vote(std::string_view body) {
  constexpr std::size_t kIdDigits = 16;
  constexpr auto kVotes = std::to_array<std::string_view>({"up", "down", "none"});
  constexpr auto kReasons = std::to_array<std::string_view>(
      {"", "wrong", "not_my_question", "hard_to_read", "too_little"});
  auto json = parse_object(body);
  if (!json) return fail(json.error());
  if (auto keys = check_keys(*json, {"answer", "vote", "reason"}, "vote"); !keys) {
    return fail(keys.error());
  }
  const auto answer = optional_string(*json, "answer", "answer");
  if (!answer) return fail(answer.error());
  const auto vote = optional_string(*json, "vote", "vote");
  if (!vote) return fail(vote.error());
  const auto reason = optional_string(*json, "reason", "reason");
  if (!reason) return fail(reason.error());
  Vote out{answer->value_or(""), vote->value_or(""), reason->value_or("")};
  const bool is_id = out.answer.size() == kIdDigits &&
                     out.answer.find_first_not_of("0123456789abcdef") == std::string::npos;
  if (!is_id) return wrong("answer", "must be the id of an answer");
  if (std::find(kVotes.begin(), kVotes.end(), out.vote) == kVotes.end()) {
    return wrong("vote", "must be up, down or none");
  }
  if (std::find(kReasons.begin(), kReasons.end(), out.reason) == kReasons.end()) {
    return wrong("reason", "must be wrong, not_my_question, hard_to_read or too_little");
  }
  return out;
}

Result<void> check_transcript(const dialogue::Transcript& transcript) {
  if (transcript.turns.empty()) return wrong("turns", "must hold at least one turn");
  if (transcript.turns.size() > kMaxTurns) {
    return wrong("turns", "a conversation may have at most " + std::to_string(kMaxTurns) +
                              " turns; start a new one");
  }
  for (std::size_t i = 0; i < transcript.turns.size(); ++i) {
    const dialogue::Turn& turn = transcript.turns[i];
    const std::string where = "turns[" + std::to_string(i) + "]";
    if (turn.text.size() > kMaxTurnBytes) {
      return wrong(where + ".text", "a message may have at most " + std::to_string(kMaxTurnBytes) +
                                        " bytes; please make it shorter");
    }
    if (text::first_invalid(turn.text)) return wrong(where + ".text", "is not valid UTF-8");
    if (!turn.answers) continue;
    if (turn.answers->size() > kMaxAnswersBytes || text::first_invalid(*turn.answers)) {
      return wrong(where + ".answers", "must be the id of a question");
    }
  }
  const auto& region = transcript.region;
  if (!region.empty() &&
      (region.size() != 2 || !text::is_alpha(region[0]) || !text::is_alpha(region[1]))) {
    return wrong("region", "must be a country code of two letters, such as \"GB\"");
  }
  const auto& language = transcript.language;
  if (language.size() > kMaxLanguageBytes ||
      !std::all_of(language.begin(), language.end(),
                   [](char c) { return text::is_alpha(c) || text::is_digit(c) || c == '-'; })) {
    return wrong("language", "must be a language tag, such as \"en\" or \"en-GB\"");
  }
  return {};
}

Result<BatchLine> parse_batch_line(std::string_view line) {
  auto json = parse_object(line);
  if (!json) return fail(json.error());
  if (auto keys = check_keys(*json, {"id", "turns", "region", "language"}, "line"); !keys) {
    return fail(keys.error());
  }
  BatchLine out;
  out.id = "null";
  if (const auto id = json->find("id"); id != json->end() && !id->is_null()) {
    if (!id->is_string() && !id->is_number()) return wrong("id", "must be a string or a number");
    out.id = dump(*id);
  }
  auto transcript = parse_transcript(*json);
  if (!transcript) return fail(transcript.error());
  out.transcript = std::move(*transcript);
  return out;
}

std::string batch_reply_json(const std::string& id, std::size_t turn, const answer::Reply& reply) {
  return "{\"id\":" + id + ",\"turn\":" + std::to_string(turn) + ",\"reply\":" + reply_json(reply) +
         "}";
}

std::string batch_error_json(std::size_t line, const Error& error) {
  return dump(
      Json{{"line", line}, {"error", error_object(code_name(error.code), to_string(error))}});
}

std::string article_json(const knowledge::Article& article) {
  const auto person = [](const knowledge::Person& each) {
    return Json{{"name", each.name}, {"role", each.role}};
  };
  const auto block = [](const knowledge::Block& each) {
    const char* kind = !each.item ? "paragraph" : each.step > 0 ? "step" : "item";
    return Json{{"kind", kind}, {"sentences", each.sentences}};
  };
  const auto section = [&](const knowledge::Section& each) {
    return Json{{"id", each.slug},
                {"heading", each.heading},
                {"level", each.level},
                {"blocks", list(each.blocks, block)}};
  };
  Json out = summary_of(article);
  out["authors"] = list(article.authors, person);
  out["experts"] = list(article.experts, person);
  out["reviewers"] = list(article.reviewers, person);
  out["sections"] = list(article.sections, section);
  return dump(out);
}

std::string articles_json(const knowledge::Pack& pack) {
  const auto exercise = [](const knowledge::Exercise& each) {
    return Json{{"id", each.id},
                {"name", each.name},
                {"article", each.article},
                {"position", each.position},
                {"steps", each.steps.size()}};
  };
  return dump(Json{{"articles", list(pack.articles, summary_of)},
                   {"exercises", list(pack.exercises, exercise)}});
}

std::string about_json(std::string_view version, std::string_view edition, bool ready,
                       const knowledge::Pack* pack) {
  Json about = {{"name", "Backchat"},
                {"version", version},
                {"edition", edition},
                {"ready", ready},
                {"pack", nullptr}};
  if (pack != nullptr) {
    about["pack"] = {{"id", pack->info.id},
                     {"title", pack->info.title},
                     {"language", pack->info.language},
                     {"version", pack->info.version},
                     {"articles", pack->articles.size()},
                     {"exercises", pack->exercises.size()},
                     {"passages", pack->passages.size()}};
  }
  return dump(about);
}

std::string error_json(const Error& error) {
  return error_json(code_name(error.code), to_string(error));
}

std::string error_json(std::string_view code, std::string_view message) {
  return dump(Json{{"error", error_object(code, message)}});
}

}  // namespace backchat::app
