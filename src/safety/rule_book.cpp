#include "safety/rule_book.h"

#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <utility>

#include "safety/reader.h"
#include "safety/second_reader.h"
#include "text/utf8.h"

namespace backchat::safety {
namespace {

template <class T, std::size_t N>
std::optional<T> named(const std::array<std::pair<std::string_view, T>, N>& table,
                       std::string_view name) {
  const auto at =
      std::find_if(table.begin(), table.end(), [&](const auto& row) { return row.first == name; });
  return at == table.end() ? std::nullopt : std::optional<T>(at->second);
}

constexpr std::size_t kMostSigns = 6;
constexpr auto kTiers =
    std::to_array<std::pair<std::string_view, Tier>>({{"none", Tier::kNone},
                                                      {"soon", Tier::kSoon},
                                                      {"urgent", Tier::kUrgent},
                                                      {"emergency", Tier::kEmergency}});
constexpr auto kAxes =
    std::to_array<std::pair<std::string_view, Axis>>({{"presence", Axis::kPresence},
                                                      {"time", Axis::kTime},
                                                      {"frame", Axis::kFrame},
                                                      {"person", Axis::kPerson},
                                                      {"reply", Axis::kReply},
                                                      {"turn", Axis::kTurn}});
constexpr auto kSides = std::to_array<std::pair<std::string_view, Side>>(
    {{"before", Side::kBefore}, {"after", Side::kAfter}, {"any", Side::kAny}});
constexpr auto kScopes =
    std::to_array<std::pair<std::string_view, Scope>>({{"clause", Scope::kClause},
                                                       {"next", Scope::kNext},
                                                       {"sentence", Scope::kSentence},
                                                       {"turn", Scope::kTurn},
                                                       {"tag", Scope::kTag}});
constexpr auto kKinds = std::to_array<std::pair<std::string_view, Kind>>({{"sign", Kind::kSign},
                                                                          {"weak", Kind::kWeak},
                                                                          {"fact", Kind::kFact},
                                                                          {"note", Kind::kNote},
                                                                          {"topic", Kind::kTopic}});
constexpr auto kOutcomes =
    std::to_array<std::pair<std::string_view, Outcome>>({{"counts", Outcome::kCounts},
                                                         {"old", Outcome::kOld},
                                                         {"past", Outcome::kPast},
                                                         {"question", Outcome::kQuestion},
                                                         {"hypothetical", Outcome::kHypothetical},
                                                         {"absent", Outcome::kAbsent}});

struct AxisValue {
  Axis axis;
  std::string_view name;
  std::uint8_t value;
};
template <class T>
constexpr std::uint8_t raw(T value) {
  return static_cast<std::uint8_t>(value);
}
constexpr auto kValues =
    std::to_array<AxisValue>({{Axis::kPresence, "present", raw(Presence::kPresent)},
                              {Axis::kPresence, "absent", raw(Presence::kAbsent)},
                              {Axis::kPresence, "possible", raw(Presence::kPossible)},
                              {Axis::kTime, "now", raw(Time::kNow)},
                              {Axis::kTime, "past", raw(Time::kPast)},
                              {Axis::kTime, "resolved", raw(Time::kResolved)},
                              {Axis::kTime, "long_standing", raw(Time::kLongStanding)},
                              {Axis::kFrame, "report", raw(Frame::kReport)},
                              {Axis::kFrame, "hypothetical", raw(Frame::kHypothetical)},
                              {Axis::kFrame, "question", raw(Frame::kQuestion)},
                              {Axis::kFrame, "quoted", raw(Frame::kQuoted)},
                              {Axis::kPerson, "self", raw(Person::kSelf)},
                              {Axis::kPerson, "other_now", raw(Person::kOtherNow)},
                              {Axis::kPerson, "other_past", raw(Person::kOtherPast)},
                              {Axis::kPerson, "family_history", raw(Person::kFamilyHistory)},
                              {Axis::kPerson, "not_human", raw(Person::kNotHuman)},
                              {Axis::kPerson, "carry", kCarry},
                              {Axis::kReply, "yes", raw(Reply::kYes)},
                              {Axis::kReply, "maybe", raw(Reply::kMaybe)},
                              {Axis::kReply, "weak_no", raw(Reply::kWeakNo)},
                              {Axis::kReply, "no", raw(Reply::kNo)},
                              {Axis::kTurn, "correction", raw(TurnCue::kCorrection)},
                              {Axis::kTurn, "same_for_me", raw(TurnCue::kSameForMe)}});

// One parsed file.
struct Document {
  Reader reader;
  YAML::Node root;
  const std::string* text;
};

// Reads all documents into one book, section by section, because concepts need classes and rules
// need concepts.
class BookReader {
 public:
  BookReader(RuleBook& book, std::vector<Problem>& problems) : book_(book), problems_(problems) {}

  void run(std::vector<Document>& documents) {
    exact_documents(documents);
    for (const Document& document : documents) words(document);
    for (const Document& document : documents) concept_names(document);
    for (const Document& document : documents) structure(document);
    for (const Document& document : documents) concepts(document);
    for (const Document& document : documents) more_patterns(document);
    for (const Document& document : documents) cues(document);
    for (const Document& document : documents) rules(document);
    for (const Document& document : documents) talk(document);
    book_.classes.compile(problems_);
    book_.vocabulary.finish();
    const std::vector<std::uint32_t> common = count_classes(documents);
    book_.concept_patterns.finish(common);
    book_.cue_patterns.finish(common);
    book_.idioms.finish(common);
  }

 private:
  // How often each class stands in the pack's own cases, the only ordinary text at hand.
  std::vector<std::uint32_t> count_classes(const std::vector<Document>& documents) const {
    std::vector<std::uint32_t> common(book_.classes.size(), 0);
    const auto count_all = [&](std::span<const ClassId> ids, std::uint32_t) {
      for (const ClassId id : ids) ++common[id];
    };
    for (const Document& document : documents) {
      for (const YAML::Node& entry : document.root["cases"]) {
        for (const char* side : {"fire", "not"}) {
          for (const YAML::Node& text : entry[side]) {
            if (!text.IsScalar()) continue;
            std::vector<Token> tokens = cut(text.Scalar());
            book_.vocabulary.resolve(tokens);
            for (std::size_t at = 0; at < tokens.size(); ++at) {
              book_.classes.phrases_at(tokens, at, count_all);
              if (tokens[at].number >= 0) {
                book_.classes.numbers_at(tokens[at].number, true,
                                         [&](std::span<const ClassId> ids) { count_all(ids, 1); });
              }
            }
          }
        }
      }
    }
    return common;
  }

  template <class T, std::size_t N>
  T choice(const Reader& reader, const YAML::Node& map, const char* key,
           const std::array<std::pair<std::string_view, T>, N>& table, T otherwise) {
    const std::string name = reader.text(map, key);
    if (name.empty()) return otherwise;
    if (const std::optional<T> found = named(table, name)) return *found;
    reader.problem(map[key], std::string("'") + key + "' cannot be '" + name + "'");
    return otherwise;
  }

  // Words that only documents marked "exact" use (other languages): no slip of the keyboard is
  // taken for them.
  void exact_documents(const std::vector<Document>& documents) {
    std::set<std::string> ordinary;
    std::set<std::string> exact;
    for (const Document& document : documents) {
      if (document.root["known_words"]) continue;
      std::set<std::string>& target =
          document.reader.flag(document.root, "exact", false) ? exact : ordinary;
      for (std::string& word : split_words(*document.text)) target.insert(std::move(word));
    }
    for (const std::string& word : exact) {
      if (!ordinary.contains(word)) book_.vocabulary.add_exact(word);
    }
  }

  void words(const Document& document) {
    const Reader& in = document.reader;
    for (const auto& entry : document.root["classes"]) {
      const std::string name = entry.first.Scalar();
      if (!entry.second.IsScalar() ||
          !book_.classes.declare(name, entry.second.Scalar() + " ", in.where(entry.first))) {
        in.problem(entry.first, "class '" + name + "' is no text or is declared twice");
      }
    }
    for (const auto& entry : document.root["numbers"]) {
      const std::string name = entry.first.Scalar();
      if (!book_.classes.declare_number(name, in.number(entry.second, "min", 0),
                                        in.number(entry.second, "max", 1e9),
                                        in.flag(entry.second, "decimal", false))) {
        in.problem(entry.first, "class '" + name + "' is declared twice");
      }
    }
    for (const auto& entry : document.root["number_words"]) {
      double value = 0;
      if (!YAML::convert<double>::decode(entry.second, value))
        in.problem(entry.second, "must be a number");
      book_.vocabulary.add_number(fold_word(entry.first.Scalar()), value);
    }
    for (const auto& entry : document.root["spellings"]) {
      std::vector<std::string> to;
      for (const Token& token : cut(entry.second.Scalar())) {
        book_.vocabulary.intern(token.text);
        to.push_back(token.text);
      }
      for (const std::string& from : split_outside(entry.first.Scalar(), '|')) {
        book_.vocabulary.add_spelling(fold_word(from), to);
      }
    }
    if (document.root["exact_words"]) {
      for (const std::string& word : split_words(in.text(document.root, "exact_words")))
        book_.vocabulary.add_exact(word);
    }
    if (document.root["known_words"]) {
      for (const std::string& word : split_words(in.text(document.root, "known_words")))
        book_.vocabulary.add_known(word);
    }
  }

  static std::vector<std::string> split_words(std::string_view text) {
    std::vector<std::string> words;
    for (const Token& token : cut(text)) words.push_back(token.text);
    return words;
  }

  void concept_names(const Document& document) {
    for (const auto& entry : document.root["concepts"]) {
      const std::string id = entry.first.Scalar();
      if (!book_.concept_ids.emplace(id, static_cast<int>(book_.concepts.size())).second) {
        document.reader.problem(entry.first, "concept '" + id + "' is declared twice");
        continue;
      }
      Concept made;
      made.id = id;
      book_.concepts.push_back(std::move(made));
    }
  }

  ClassId class_named(const Reader& in, const YAML::Node& map, const char* key) {
    const std::string name = in.text(map, key, true);
    const ClassId id = book_.classes.find(name);
    if (id == kNoClass && !name.empty()) in.problem(map[key], "unknown class '" + name + "'");
    return id;
  }

  void structure(const Document& document) {
    const Reader& in = document.reader;
    if (const YAML::Node node = document.root["structure"]) {
      in.only(node, {"filler", "clause_break", "subject_start", "list_join", "verb_break",
                     "own_verb", "negation", "well", "pleasantry", "foreign"});
      RuleBook::Structure& s = book_.structure;
      s.filler = class_named(in, node, "filler");
      s.clause_break = class_named(in, node, "clause_break");
      s.subject_start = class_named(in, node, "subject_start");
      s.list_join = class_named(in, node, "list_join");
      s.verb_break = class_named(in, node, "verb_break");
      s.own_verb = class_named(in, node, "own_verb");
      s.negation = class_named(in, node, "negation");
      s.well = class_named(in, node, "well");
      s.pleasantry = class_named(in, node, "pleasantry");
      s.foreign = class_named(in, node, "foreign");
    }
    if (document.root["idioms"]) {
      for (const auto& [line, where] : in.lines(document.root, "idioms")) {
        book_.idioms.add(line, 0, where, book_.classes, problems_);
      }
    }
    if (const YAML::Node node = document.root["doses"]) {
      in.only(node, {"took", "unit", "gram", "every", "not_count", "concept", "products"});
      book_.dose_took = class_named(in, node, "took");
      book_.dose_unit = class_named(in, node, "unit");
      book_.dose_every = class_named(in, node, "every");
      book_.dose_gram = class_named(in, node, "gram");
      book_.dose_not_count = class_named(in, node, "not_count");
      book_.dose_concept = concept_named(in, node, in.text(node, "concept", true));
      for (const YAML::Node& product : node["products"]) {
        RuleBook::Dose dose;
        dose.product = class_named(in, product, "class");
        dose.unit_mg = in.number(product, "unit_mg", 0);
        dose.ceiling_mg = in.number(product, "ceiling_mg", 0);
        book_.doses.push_back(dose);
      }
    }
  }

  int concept_named(const Reader& in, const YAML::Node& at, const std::string& name) {
    const auto found = book_.concept_ids.find(name);
    if (found == book_.concept_ids.end()) {
      in.problem(at, "unknown concept '" + name + "'");
      return -1;
    }
    return found->second;
  }

  std::vector<ClassId> classes_named(const Reader& in, const YAML::Node& node, const char* key) {
    std::vector<ClassId> named;
    for (const std::string& name : in.texts(node, key)) {
      named.push_back(book_.classes.find(name));
      if (named.back() == kNoClass) in.problem(node[key], "unknown class '" + name + "'");
    }
    return named;
  }

  void concepts(const Document& document) {
    const Reader& in = document.reader;
    for (const auto& entry : document.root["concepts"]) {
      const YAML::Node& node = entry.second;
      in.only(node, {"label", "kind", "patterns", "unless", "excuses", "beyond_excuse", "answers",
                     "value"});
      const int index = book_.concept_ids.at(entry.first.Scalar());
      Concept& made = book_.concepts[static_cast<std::size_t>(index)];
      made.label = in.text(node, "label", true);
      made.kind = choice(in, node, "kind", kKinds, Kind::kSign);
      made.answers = in.text(node, "answers");
      made.value = in.text(node, "value");
      made.unless = classes_named(in, node, "unless");
      made.excuses = classes_named(in, node, "excuses");
      made.beyond_excuse = classes_named(in, node, "beyond_excuse");
      if (!node["patterns"]) continue;  // reported only by answers
      for (const auto& [line, where] : in.lines(node, "patterns")) {
        book_.concept_patterns.add(line, static_cast<std::uint32_t>(index), where, book_.classes,
                                   problems_);
      }
    }
  }

  // Further wordings of concepts that another document declares.
  void more_patterns(const Document& document) {
    const Reader& in = document.reader;
    for (const auto& entry : document.root["more_patterns"]) {
      const int index = concept_named(in, entry.first, entry.first.Scalar());
      if (index < 0) continue;
      for (const auto& [line, where] :
           in.lines(document.root["more_patterns"], entry.first.Scalar().c_str())) {
        book_.concept_patterns.add(line, static_cast<std::uint32_t>(index), where, book_.classes,
                                   problems_);
      }
    }
  }

  void cues(const Document& document) {
    const Reader& in = document.reader;
    for (const YAML::Node& node : document.root["cues"]) {
      in.only(node,
              {"id", "axis", "value", "side", "scope", "reach", "priority", "through", "patterns"});
      Cue cue;
      cue.id = in.text(node, "id", true);
      cue.axis = choice(in, node, "axis", kAxes, Axis::kPresence);
      const std::string value = in.text(node, "value", true);
      if (value != "nothing") {
        const auto at = std::find_if(kValues.begin(), kValues.end(), [&](const AxisValue& row) {
          return row.axis == cue.axis && row.name == value;
        });
        if (at == kValues.end()) {
          in.problem(node, "'value' cannot be '" + value + "' on this axis");
          continue;
        }
        cue.value = at->value;
      }
      cue.side = choice(in, node, "side", kSides, Side::kBefore);
      cue.scope = choice(in, node, "scope", kScopes, Scope::kClause);
      cue.reach = static_cast<int>(in.number(node, "reach", 30));
      cue.priority = static_cast<int>(in.number(node, "priority", 0));
      cue.through = in.flag(node, "through", false);
      cue.where = in.where(node);
      const auto owner = static_cast<std::uint32_t>(book_.cues.size());
      for (const auto& [line, where] : in.lines(node, "patterns")) {
        book_.cue_patterns.add(line, owner, where, book_.classes, problems_);
      }
      book_.cues.push_back(std::move(cue));
    }
  }

  Term term(const Reader& in, const YAML::Node& at, const std::string& text) {
    Term made;
    if (const std::size_t sign = text.find_first_of("<>"); sign != std::string::npos) {
      made.value = std::string(text::trim(std::string_view(text).substr(0, sign)));
      made.at_least = text[sign] == '>';
      std::size_t from = sign + 1;
      const bool equal = from < text.size() && text[from] == '=';
      if (equal) ++from;
      if (!YAML::convert<double>::decode(YAML::Node(text.substr(from)), made.limit) ||
          equal != made.at_least) {
        in.problem(at, "'" + text + "' is no comparison (use name>=N or name<N)");
      }
      return made;
    }
    std::string name = text;
    if (const std::size_t mark = name.find('@'); mark != std::string::npos) {
      const std::optional<Outcome> outcome = named(kOutcomes, name.substr(mark + 1));
      if (!outcome) in.problem(at, "'" + text + "' names no outcome");
      made.outcome = outcome.value_or(Outcome::kCounts);
      name.resize(mark);
    }
    made.concept_index = concept_named(in, at, name);
    return made;
  }

  std::vector<Term> terms(const Reader& in, const YAML::Node& map, const char* key) {
    std::vector<Term> result;
    for (const std::string& text : in.texts(map, key)) result.push_back(term(in, map[key], text));
    return result;
  }

  void rules(const Document& document) {
    const Reader& in = document.reader;
    const YAML::Node defaults = document.root["rule_defaults"];
    for (const YAML::Node& node : document.root["rules"]) {
      in.only(node, {"id", "group", "tier", "all", "none", "count", "of", "sure", "why", "source",
                     "reviewed"});
      Rule rule;
      rule.id = in.text(node, "id", true);
      rule.group = in.text(node, "group");
      if (rule.group.empty()) rule.group = rule.id.substr(0, rule.id.find('.'));
      rule.tier = choice(in, node, "tier", kTiers, Tier::kNone);
      rule.sure = in.flag(node, "sure", false);
      rule.why = in.text(node, "why", true);
      rule.source = in.text(node, "source");
      rule.reviewed = in.text(node, "reviewed");
      if (defaults && rule.source.empty()) rule.source = in.text(defaults, "source");
      if (defaults && rule.reviewed.empty()) rule.reviewed = in.text(defaults, "reviewed");
      if (rule.source.empty() || rule.reviewed.empty())
        in.problem(node, "a rule needs 'source' and 'reviewed'");
      rule.where = in.where(node);
      for (const YAML::Node& part : node["all"]) {
        std::vector<Term> any;
        if (part.IsSequence()) {
          for (const YAML::Node& item : part) any.push_back(term(in, item, item.Scalar()));
        } else {
          any.push_back(term(in, part, part.Scalar()));
        }
        rule.all.push_back(std::move(any));
      }
      rule.none = terms(in, node, "none");
      rule.count = static_cast<int>(in.number(node, "count", 0));
      rule.of = terms(in, node, "of");
      if (rule.all.empty() && rule.of.empty()) in.problem(node, "a rule needs 'all' or 'of'");
      book_.rules.push_back(std::move(rule));
    }
  }

  Question question(const Reader& in, const YAML::Node& node) {
    in.only(node, {"id", "text", "again", "yes", "maybe_is_yes", "covers", "first_when",
                   "only_when", "replies"});
    Question made;
    made.shown.id = in.text(node, "id", true);
    made.shown.text = in.text(node, "text", true);
    made.again = in.text(node, "again");
    if (const std::string yes = in.text(node, "yes"); !yes.empty())
      made.yes = concept_named(in, node["yes"], yes);
    made.maybe_is_yes = in.flag(node, "maybe_is_yes", true);
    for (const std::string& name : in.texts(node, "covers")) {
      if (const int index = concept_named(in, node["covers"], name); index >= 0)
        made.covers.push_back(index);
    }
    made.first_when = terms(in, node, "first_when");
    made.only_when = terms(in, node, "only_when");
    for (const YAML::Node& reply : node["replies"]) {
      const std::string label = in.text(reply, "label", true);
      const std::string text = in.text(reply, "text");
      made.shown.replies.push_back(QuickReply{label, text.empty() ? label : text});
    }
    return made;
  }

  Region region(const Reader& in, const YAML::Node& node) {
    in.only(node, {"codes", "words", "phones"});
    Region made;
    made.codes = in.texts(node, "codes");
    for (const auto& entry : node["words"])
      made.words[entry.first.Scalar()] = entry.second.Scalar();
    for (const auto& entry : node["phones"]) {
      for (const YAML::Node& phone : entry.second) {
        made.phones[entry.first.Scalar()].push_back(
            Phone{in.text(phone, "label", true), in.text(phone, "number", true)});
      }
    }
    return made;
  }

  void talk(const Document& document) {
    const Reader& in = document.reader;
    const YAML::Node& root = document.root;
    for (const YAML::Node& node : root["questions"]) book_.questions.push_back(question(in, node));
    if (root["check"]) book_.check = question(in, root["check"]);
    if (root["doubt"]) book_.doubt = question(in, root["doubt"]);
    if (const YAML::Node words = root["second_reader"]) {
      in.only(words, {"label", "asks", "why", "source"});
      book_.second_reader = {in.text(words, "label", true), in.text(words, "asks", true),
                             in.text(words, "why", true), in.text(words, "source", true)};
    }
    if (root["asks_on"]) book_.asks_on = terms(in, root, "asks_on");
    book_.most_questions =
        static_cast<int>(in.number(root, "most_questions", book_.most_questions));
    for (const YAML::Node& node : root["advice"]) {
      in.only(node,
              {"group", "tier", "heading", "lines", "helper_heading", "helper_lines", "actions"});
      Advice made;
      made.group = in.text(node, "group", true);
      made.tier = choice(in, node, "tier", kTiers, Tier::kNone);
      made.heading = in.text(node, "heading", true);
      made.lines = in.texts(node, "lines");
      made.helper_heading = in.text(node, "helper_heading");
      made.helper_lines = in.texts(node, "helper_lines");
      made.actions = in.texts(node, "actions");
      book_.advice.push_back(std::move(made));
    }
    for (const YAML::Node& node : root["regions"]) book_.regions.push_back(region(in, node));
    if (root["neutral"]) book_.neutral = region(in, root["neutral"]);
    if (root["signs"]) book_.signs = in.texts(root, "signs");
    if (root["safety_net"]) book_.safety_net = in.text(root, "safety_net");
    if (const YAML::Node& said = root["readings"]) {
      in.only(said, {"now", "before", "possible", "other", "answer"});
      book_.readings = {in.text(said, "now"), in.text(said, "before"), in.text(said, "possible"),
                        in.text(said, "other"), in.text(said, "answer")};
    }
  }

  RuleBook& book_;
  std::vector<Problem>& problems_;
};

// What only a whole book can be checked for.
void check_whole(const RuleBook& book, std::vector<Problem>& problems) {
  const auto missing = [&](const std::string& what) {
    problems.push_back({"safety/", what + " is missing"});
  };
  if (book.structure.filler == kNoClass) missing("'structure'");
  if (book.rules.empty()) missing("every rule ('rules')");
  if (book.questions.empty()) missing("every screening question ('questions')");
  if (book.check.shown.id.empty()) missing("the repeat check ('check')");
  if (book.safety_net.empty()) missing("'safety_net'");
  if (book.signs.empty() || book.signs.size() > kMostSigns) {
    missing("one to six danger signs for the first check ('signs')");
  }
  if (!book.neutral.phones.contains("emergency")) missing("'neutral' with its emergency numbers");
  for (const Rule& rule : book.rules) {
    if (rule.tier == Tier::kNone) continue;
    const bool advised =
        std::any_of(book.advice.begin(), book.advice.end(), [&](const Advice& advice) {
          return advice.group == rule.group && advice.tier == rule.tier;
        });
    if (!advised) {
      problems.push_back({rule.where, "no advice for group '" + rule.group + "' at tier '" +
                                          std::string(tier_name(rule.tier)) + "'"});
    }
  }
}

}  // namespace

Result<std::unique_ptr<const RuleBook>> read_rule_book(const Documents& documents) {
  std::vector<Problem> problems;
  auto book = std::make_unique<RuleBook>();
  std::vector<Document> parsed;
  constexpr std::string_view kFolder = "safety/";
  for (const auto& [path, text] : documents) {
    if (!path.starts_with(kFolder) || !path.ends_with(".yaml")) continue;
    if (path == kSecondReaderFile) continue;
    try {
      YAML::Node root = YAML::Load(text);
      if (!root.IsMap()) {
        problems.push_back({path + ":1", "must be a map of sections"});
        continue;
      }
      Reader reader(path, problems);
      reader.only(root,
                  {"about",         "exact",          "classes",       "numbers",   "number_words",
                   "spellings",     "exact_words",    "known_words",   "structure", "idioms",
                   "doses",         "concepts",       "more_patterns", "cues",      "rules",
                   "rule_defaults", "questions",      "check",         "doubt",     "second_reader",
                   "asks_on",       "most_questions", "advice",        "regions",   "neutral",
                   "safety_net",    "readings",       "signs",         "cases"});
      parsed.push_back(Document{std::move(reader), root, &text});
    } catch (const YAML::Exception& error) {
      problems.push_back({path + ":" + std::to_string(error.mark.line + 1), error.msg});
    }
  }
  if (parsed.empty() && problems.empty()) problems.push_back({"safety/", "there is no rule file"});
  if (problems.empty()) {
    try {
      BookReader(*book, problems).run(parsed);
      if (problems.empty()) check_whole(*book, problems);
    } catch (const YAML::Exception& error) {
      problems.push_back({"safety/ line " + std::to_string(error.mark.line + 1), error.msg});
    }
  }
  if (!problems.empty()) {
    std::string message;
    for (const Problem& problem : problems) {
      if (!message.empty()) message += "\n";
      message += problem.where + ": " + problem.what;
    }
    return fail(ErrorCode::kCorruptData, std::move(message), problems.front().where);
  }
  return std::unique_ptr<const RuleBook>(std::move(book));
}

}  // namespace backchat::safety
