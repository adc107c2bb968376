#include "knowledge/guide_reader.h"

#include <algorithm>
#include <set>

namespace backchat::knowledge {
namespace {

class GuideReader {
 public:
  explicit GuideReader(const FindPassage& find_passage) : find_passage_(find_passage) {}

  Guide read(const YamlReader& yaml) {
    yaml.allow_only({"starts", "starts_after_report", "starts_when_told", "telling_words",
                     "asking_words", "resume", "skip", "stop", "steps", "parts", "exercises"});
    Guide out;
    out.starts = yaml.strings("starts");
    out.starts_after_report = yaml.strings("starts_after_report");
    out.starts_when_told = yaml.strings("starts_when_told");
    out.telling_words = yaml.strings("telling_words");
    out.asking_words = yaml.strings("asking_words");
    out.resume = yaml.strings("resume");
    out.skip = yaml.strings("skip");
    out.stop = yaml.strings("stop");
    for (const YamlReader& step : yaml.items("steps")) out.steps.push_back(read_step(step));
    for (const YamlReader& part : yaml.items("parts")) out.parts.push_back(read_part(part));
    for (const YamlReader& item : yaml.items("exercises")) {
      item.allow_only({"when", "show"});
      out.exercises.push_back({item.required("when"), item.strings("show")});
      check_choice(out.exercises.back().when, item);
    }
    if (out.steps.empty()) yaml.problem("a guided talk without steps: add one, or remove the file");
    if (out.parts.empty()) yaml.problem("a guided talk without parts says nothing: add one");
    return out;
  }

 private:
  GuideStep read_step(const YamlReader& yaml) {
    yaml.allow_only({"id", "ask", "several", "listens", "choices"});
    GuideStep out;
    out.id = yaml.required("id");
    out.ask = yaml.required("ask");
    out.several = yaml.flag("several", false);
    out.listens = yaml.flag("listens", false);
    for (const YamlReader& choice : yaml.items("choices")) {
      choice.allow_only({"id", "label", "words"});
      out.choices.push_back({out.id + "." + choice.required("id"), choice.required("label"),
                             choice.strings("words")});
      if (!choices_.insert(out.choices.back().id).second) {
        choice.problem("this choice stands twice: give it another id");
      }
    }
    if (out.choices.size() < 2) yaml.problem("a step needs two choices or more");
    return out;
  }

  GuidePart read_part(const YamlReader& yaml) {
    yaml.allow_only({"heading", "most", "quotes"});
    GuidePart out;
    out.heading = yaml.required("heading");
    out.most = static_cast<std::size_t>(std::max(1, yaml.number("most", 3)));
    for (const YamlReader& item : yaml.items("quotes")) {
      item.allow_only({"article", "sentence", "when", "unless"});
      GuideQuote quote;
      quote.article = item.required("article");
      quote.sentence = item.required("sentence");
      quote.passage = find_passage_(quote.article, quote.sentence);
      if (quote.passage.empty()) {
        item.problem("no such sentence in article '" + quote.article +
                     "': copy it letter by letter");
      }
      for (const std::string& line : item.strings("when")) {
        quote.when.push_back(alternatives(line));
        for (const std::string& choice : quote.when.back()) check_choice(choice, item);
      }
      quote.unless = item.strings("unless");
      for (const std::string& choice : quote.unless) check_choice(choice, item);
      out.quotes.push_back(std::move(quote));
    }
    if (out.quotes.empty()) yaml.problem("a part without quotes: add one, or remove the part");
    return out;
  }

  // "guide.cause.lift|guide.cause.sport"
  static std::vector<std::string> alternatives(std::string_view line) {
    std::vector<std::string> out;
    for (std::size_t bar = line.find('|'); bar != std::string_view::npos; bar = line.find('|')) {
      out.emplace_back(line.substr(0, bar));
      line.remove_prefix(bar + 1);
    }
    out.emplace_back(line);
    return out;
  }

  void check_choice(const std::string& choice, const YamlReader& where) const {
    if (choices_.contains(choice)) return;
    where.problem("no step has the choice '" + choice + "': correct it");
  }

  const FindPassage& find_passage_;
  std::set<std::string, std::less<>> choices_;
};

}  // namespace

Guide read_guide(const YamlReader& yaml, const FindPassage& find_passage) {
  return GuideReader(find_passage).read(yaml);
}

}  // namespace backchat::knowledge
