#include "authoring/questions.h"

#include <algorithm>
#include <array>
#include <set>

#include "authoring/evaluation.h"
#include "knowledge/yaml_reader.h"
#include "text/utf8.h"

namespace backchat::authoring {
namespace {

using answer::Kind;
using knowledge::Problems;
using knowledge::YamlReader;

constexpr std::string_view kFolder = "eval/";
constexpr std::string_view kFloors = "eval/floors.yaml";
constexpr auto kKinds = std::to_array<Kind>(
    {Kind::kEmergency, Kind::kAnswer, Kind::kClarify, Kind::kNotCovered, Kind::kChat});
constexpr auto kTiers = std::to_array<safety::Tier>(
    {safety::Tier::kNone, safety::Tier::kSoon, safety::Tier::kUrgent, safety::Tier::kEmergency});

// Reads the questions of one pack.
class QuestionReader {
 public:
  QuestionReader(const knowledge::Pack& pack, QuestionSet& out) : pack_(pack), out_(out) {}

  void read(const std::string& file, const std::string& text) {
    Problems syntax;
    const YamlReader yaml = YamlReader::parse(text, file, 0, syntax);
    take(syntax);
    Problems problems;
    const YamlReader list(yaml.node(), file, 0, problems);
    for (const YamlReader& item : list.items()) read_one(item, file);
    take(problems);
  }

  void read_floors(const std::string& text) {
    Problems problems;
    const YamlReader yaml = YamlReader::parse(text, kFloors, 0, problems);
    const std::vector<std::string_view> names = figure_names();
    for (const std::string& key : yaml.keys()) {
      if (std::ranges::find(names, key) == names.end()) {
        std::string known;
        for (const std::string_view name : names)
          known += (known.empty() ? "" : ", ") + std::string(name);
        yaml.at(key).problem("unknown figure '" + key + "': the figures are " + known);
        continue;
      }
      out_.floors[key] = yaml.real(key, 0);
    }
    take(problems);
  }

 private:
  void take(Problems& problems) {
    std::ranges::move(problems.take(), std::back_inserter(out_.problems));
  }

  void read_one(const YamlReader& shared, const std::string& file) {
    Problems problems;
    const YamlReader item(shared.node(), file, 0, problems);
    item.allow_only({"id", "topic", "question", "turns", "region", "note", "answerable",
                     "not_covered", "kind", "must", "must_not", "cite", "may_cite", "differs",
                     "gap", "tier"});
    Question question;
    question.file = file;
    question.line = item.line();
    question.id = item.required("id");
    question.topic = item.required("topic");
    read_turns(item, question);
    read_wants(item, question);
    for (const YamlReader& any : item.items("must")) {
      question.must.push_back(any.strings());
      if (question.must.back().empty()) any.problem("a fact without a text: give one or more");
    }
    question.must_not = item.strings("must_not");
    question.cite = places(item, "cite");
    question.may_cite = places(item, "may_cite");
    question.differs = places(item, "differs");
    question.gap = item.strings("gap");
    check_demands(item, question);
    if (problems.empty()) check_unique(item, question);
    const bool whole = problems.empty();
    take(problems);
    if (whole) out_.questions.push_back(std::move(question));
  }

  static void read_turns(const YamlReader& item, Question& question) {
    if (item.has("question") == item.has("turns")) {
      item.problem("a question needs either 'question' or 'turns': give one of the two");
      return;
    }
    auto& turns = question.transcript.turns;
    if (item.has("question")) {
      turns.push_back({item.required("question"), {}});
    } else {
      for (const YamlReader& turn : item.items("turns")) {
        if (turn.is_map()) {
          turn.allow_only({"text", "answers"});
          turns.push_back({turn.required("text"), turn.optional("answers")});
        } else {
          turns.push_back({turn.scalar(), {}});
        }
      }
      if (turns.empty()) item.problem("'turns' is empty: give what the person says");
    }
    question.transcript.region = item.optional("region");
  }

  static void read_wants(const YamlReader& item, Question& question) {
    if (item.flag("not_covered", false) || !item.flag("answerable", true)) {
      question.wants = Kind::kNotCovered;
    }
    if (const std::string name = item.optional("kind"); !name.empty()) {
      const auto* kind = std::ranges::find(kKinds, name, answer::kind_name);
      if (kind == kKinds.end()) {
        item.at("kind").problem("unknown kind '" + name +
                                "': it is emergency, answer, clarify, not_covered or chat");
      } else {
        question.wants = *kind;
      }
    }
    if (const std::string name = item.optional("tier"); !name.empty()) {
      const auto* tier = std::ranges::find(kTiers, name, safety::tier_name);
      if (tier == kTiers.end()) {
        item.at("tier").problem("unknown tier '" + name +
                                "': it is none, soon, urgent or emergency");
      } else {
        question.tier = *tier;
      }
    }
  }

  std::vector<std::string> places(const YamlReader& item, std::string_view key) const {
    std::vector<std::string> out = item.strings(key);
    for (const std::string& place : out) {
      const std::size_t hash = std::min(place.find('#'), place.size());
      const knowledge::Article* article = pack_.article(place.substr(0, hash));
      if (article == nullptr) {
        item.at(key).problem("no article '" + place.substr(0, hash) + "': correct the slug");
      } else if (hash < place.size() &&
                 std::ranges::find(article->sections, place.substr(hash + 1),
                                   &knowledge::Section::slug) == article->sections.end()) {
        item.at(key).problem("article '" + article->slug + "' has no heading '" +
                             place.substr(hash + 1) + "'");
      }
    }
    return out;
  }

  static void check_demands(const YamlReader& item, const Question& question) {
    const bool demands = !question.must.empty() || !question.cite.empty() ||
                         !question.differs.empty() || !question.gap.empty();
    if (question.wants != Kind::kAnswer && demands) {
      item.problem(
          "a question that wants no answer cannot want facts, sources, sides or gaps: keep one");
    }
    if (question.wants == Kind::kAnswer && !demands && question.must_not.empty() &&
        !question.tier) {
      item.problem("nothing is wanted of the answer: give 'must', 'cite', 'differs' or 'gap'");
    }
  }

  void check_unique(const YamlReader& item, const Question& question) {
    if (!ids_.insert(question.id).second) {
      item.problem("id '" + question.id + "' twice: give each question its own");
    }
    std::string words;
    for (const dialogue::Turn& turn : question.transcript.turns) {
      words += text::to_lower(turn.text) + "\n";
    }
    if (!wordings_.insert(words).second) {
      item.problem("the same question twice: keep one of them");
    }
  }

  const knowledge::Pack& pack_;
  QuestionSet& out_;
  std::set<std::string> ids_;
  std::set<std::string> wordings_;
};

}  // namespace

QuestionSet read_questions(const Documents& documents, const knowledge::Pack& pack) {
  QuestionSet out;
  QuestionReader reader(pack, out);
  for (const auto& [file, text] : documents) {
    if (!file.starts_with(kFolder) || !file.ends_with(".yaml")) continue;
    if (file == kFloors) {
      reader.read_floors(text);
    } else {
      reader.read(file, text);
    }
  }
  return out;
}

}  // namespace backchat::authoring
