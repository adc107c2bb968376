#include "app/saved_reply.h"

#include <algorithm>
#include <array>
#include <initializer_list>
#include <nlohmann/json.hpp>

namespace backchat::app {
namespace {

using Json = nlohmann::json;
using answer::Kind;
using safety::Tier;

constexpr auto kKinds = std::to_array<Kind>(
    {Kind::kEmergency, Kind::kAnswer, Kind::kClarify, Kind::kNotCovered, Kind::kChat});
constexpr auto kTiers =
    std::to_array<Tier>({Tier::kNone, Tier::kSoon, Tier::kUrgent, Tier::kEmergency});

// An object of the contract. The first wrong value is kept; what is read after it is empty.
class Fields {
 public:
  Fields(const Json& json, std::string where, std::optional<Error>& error)
      : json_(json), where_(std::move(where)), error_(error) {
    if (!json_.is_object()) wrong("", "must be an object");
  }

  void only(std::initializer_list<std::string_view> known) const {
    if (!json_.is_object()) return;
    for (const auto& item : json_.items()) {
      if (std::find(known.begin(), known.end(), item.key()) == known.end()) {
        wrong(item.key(), "is no field of a reply, so nothing proves it");
      }
    }
  }

  const Json& at(const char* key) const {
    static const Json none;
    if (!json_.is_object()) return none;
    const auto found = json_.find(key);
    if (found == json_.end()) {
      wrong(key, "is missing");
      return none;
    }
    return *found;
  }

  bool has(const char* key) const { return json_.is_object() && json_.contains(key); }
  bool is_null(const char* key) const { return at(key).is_null(); }
  Fields object(const char* key) const { return {at(key), place(key), error_}; }

  void read(const char* key, std::string& to) const { string(at(key), place(key), to); }
  void read(const char* key, int& to) const { integer(at(key), place(key), to); }
  void read(const char* key, std::vector<std::string>& to) const {
    each(key, [&](const Json& item, const std::string& where) {
      string(item, where, to.emplace_back());
    });
  }
  void read(const char* key, std::vector<int>& to) const {
    each(key, [&](const Json& item, const std::string& where) {
      integer(item, where, to.emplace_back());
    });
  }
  /// A text that may be null, which is the same as empty.
  void read_optional(const char* key, std::string& to) const {
    if (!is_null(key)) read(key, to);
  }

  template <class T, std::size_t N, class Name>
  void read_name(const char* key, const std::array<T, N>& values, Name name, T& to) const {
    std::string text;
    read(key, text);
    const auto found = std::ranges::find(values, text, name);
    if (found == values.end()) {
      wrong(key, "is not one of the names of the contract");
    } else {
      to = *found;
    }
  }

  /// Reads each object of a list with `read_one(Fields, T&)`.
  template <class T, class Read>
  void read_objects(const char* key, std::vector<T>& to, Read read_one) const {
    each(key, [&](const Json& item, const std::string& where) {
      read_one(Fields(item, where, error_), to.emplace_back());
    });
  }

 private:
  std::string place(std::string_view key) const {
    return where_.empty() ? std::string(key) : where_ + "." + std::string(key);
  }
  void wrong(std::string_view key, std::string_view what) const { wrong_at(place(key), what); }
  void wrong_at(const std::string& where, std::string_view what) const {
    if (!error_) error_ = Error{ErrorCode::kInvalidInput, std::string(what), where};
  }
  void string(const Json& json, const std::string& where, std::string& to) const {
    if (json.is_string()) {
      to = json.get<std::string>();
    } else {
      wrong_at(where, "must be a string");
    }
  }
  void integer(const Json& json, const std::string& where, int& to) const {
    if (json.is_number_integer()) {
      to = json.get<int>();
    } else {
      wrong_at(where, "must be a whole number");
    }
  }
  template <class Use>
  void each(const char* key, Use use) const {
    const Json& list = at(key);
    if (!list.is_array()) {
      wrong(key, "must be a list");
      return;
    }
    for (std::size_t i = 0; i < list.size(); ++i) {
      use(list[i], place(key) + "[" + std::to_string(i) + "]");
    }
  }

  const Json& json_;
  std::string where_;
  std::optional<Error>& error_;
};

void read_finding(const Fields& in, safety::Finding& out) {
  in.only({"rule", "group", "tier", "quote", "turn", "why", "source"});
  in.read("rule", out.rule);
  in.read("group", out.group);
  in.read_name("tier", kTiers, safety::tier_name, out.tier);
  in.read("quote", out.quote);
  in.read("turn", out.turn);
  in.read("why", out.why);
  in.read("source", out.source);
}

void read_card(const Fields& in, safety::CareCard& out) {
  in.only({"level", "heading", "lines", "actions"});
  in.read("level", out.level);
  in.read("heading", out.heading);
  in.read("lines", out.lines);
  in.read_objects("actions", out.actions, [](const Fields& each, safety::CardAction& action) {
    each.only({"label", "href"});
    each.read("label", action.label);
    each.read("href", action.href);
  });
}

void read_statement(const Fields& in, answer::Statement& out) {
  in.only({"text", "citations"});
  in.read("text", out.text);
  in.read("citations", out.citations);
}

void read_side(const Fields& in, answer::Side& out) {
  in.only({"publisher", "text", "citations"});
  in.read("publisher", out.publisher);
  in.read("text", out.text);
  in.read("citations", out.citations);
}

void read_section(const Fields& in, answer::Section& out) {
  in.only({"heading", "statements"});
  in.read("heading", out.heading);
  in.read_objects("statements", out.statements, read_statement);
}

void read_timer(const Fields& in, answer::Timer& out) {
  in.only({"id", "name", "minutes", "first", "break_minutes", "then"});
  in.read("id", out.id);
  in.read("name", out.name);
  in.read("minutes", out.minutes);
  in.read("break_minutes", out.break_minutes);
  if (!in.is_null("first")) read_statement(in.object("first"), out.first.emplace());
  if (!in.is_null("then")) read_statement(in.object("then"), out.then.emplace());
}

void read_exercise(const Fields& in, answer::Exercise& out) {
  in.only({"id", "name", "eases", "position", "steps", "dose", "hold_seconds", "repeats_min",
           "repeats_max", "stop_if", "drawing", "citations"});
  in.read("id", out.id);
  in.read("name", out.name);
  in.read("eases", out.eases);
  in.read("position", out.position);
  in.read("steps", out.steps);
  in.read("dose", out.dose);
  in.read("hold_seconds", out.hold_seconds);
  in.read("repeats_min", out.repeats_min);
  in.read("repeats_max", out.repeats_max);
  in.read("stop_if", out.stop_if);
  in.read("drawing", out.drawing);
  in.read("citations", out.citations);
}

void read_citation(const Fields& in, answer::Citation& out) {
  in.only({"n", "article", "title", "publisher", "url", "authors", "reviewers", "published",
           "reviewed", "passage", "quote"});
  in.read("n", out.n);
  in.read("article", out.article);
  in.read("title", out.title);
  in.read("publisher", out.publisher);
  in.read("url", out.url);
  in.read("authors", out.authors);
  in.read("reviewers", out.reviewers);
  in.read("published", out.published);
  in.read("reviewed", out.reviewed);
  in.read("passage", out.passage);
  in.read("quote", out.quote);
}

answer::Reply read_reply(const Fields& in) {
  answer::Reply out;
  in.only({"kind", "safety", "card", "about", "lead", "body", "differs", "sections", "exercises",
           "upright", "timers", "citations", "next", "text", "edition"});
  in.read_name("kind", kKinds, answer::kind_name, out.kind);
  const Fields screen = in.object("safety");
  screen.only({"tier", "findings", "asked"});
  screen.read_name("tier", kTiers, safety::tier_name, out.tier);
  screen.read_objects("findings", out.findings, read_finding);
  screen.read_optional("asked", out.asked);
  if (!in.is_null("card")) read_card(in.object("card"), out.card.emplace());
  in.read_optional("about", out.about);
  in.read_objects("lead", out.lead, read_statement);
  in.read_objects("body", out.body, read_statement);
  in.read_objects("differs", out.differs, read_side);
  in.read_objects("sections", out.sections, read_section);
  in.read_objects("exercises", out.exercises, read_exercise);
  in.read_objects("upright", out.upright, read_exercise);
  in.read_objects("timers", out.timers, read_timer);
  in.read_objects("citations", out.citations, read_citation);
  in.read_objects("next", out.next, [](const Fields& each, answer::Next& next) {
    each.only({"label", "text", "answers"});
    each.read("label", next.label);
    each.read("text", next.text);
    if (each.has("answers")) each.read("answers", next.answers);
  });
  in.read("text", out.text);
  in.read("edition", out.edition);
  return out;
}

}  // namespace

Result<std::optional<SavedReply>> parse_saved_reply(std::string_view line) {
  const Json json = Json::parse(line, nullptr, false);
  if (json.is_discarded() || line.find('\0') != std::string_view::npos) {
    return fail(ErrorCode::kInvalidInput, "is not JSON");
  }
  if (!json.is_object()) return fail(ErrorCode::kInvalidInput, "must be a JSON object");
  if (json.contains("error")) return std::nullopt;
  std::optional<Error> error;
  SavedReply out;
  if (json.contains("reply")) {
    const Fields fields(json, "", error);
    fields.only({"id", "turn", "reply"});
    int turn = 0;
    fields.read("turn", turn);
    out.name = "id " + fields.at("id").dump(-1, ' ', false, Json::error_handler_t::replace) +
               ", turn " + std::to_string(turn);
    out.reply = read_reply(fields.object("reply"));
  } else {
    out.reply = read_reply(Fields(json, "", error));
  }
  if (error) return fail(*error);
  return out;
}

}  // namespace backchat::app
