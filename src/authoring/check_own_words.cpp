#include <algorithm>
#include <map>
#include <regex>
#include <set>

#include "authoring/checks.h"
#include "authoring/readability.h"
#include "knowledge/message_keys.h"
#include "text/utf8.h"

namespace backchat::authoring {
namespace {

using knowledge::Pack;

// Everything that a pack can say to a person, with its place.
struct Text {
  std::string file;
  int line = 0;
  std::string text;
};

void add_articles(const Subject& subject, std::vector<Text>& out) {
  for (const knowledge::Article& article : subject.pack.articles) {
    const std::string file = "articles/" + article.slug + ".md";
    for (const Said& said : said_in(subject.documents, article)) {
      out.push_back({file, said.line, std::string(said.text)});
    }
  }
}

std::vector<Text> texts_of(const Subject& subject) {
  std::vector<Text> out;
  add_articles(subject, out);
  for (const auto& [key, text] : subject.pack.messages.all()) {
    const int line = line_of(subject.documents, "messages.yaml", "\n" + key + ":", 1);
    out.push_back({"messages.yaml", line + 1, text});
  }
  for (const knowledge::Comparison& comparison : subject.pack.comparisons) {
    for (const std::string* text : {&comparison.question, &comparison.choose}) {
      out.push_back({"comparisons.yaml", comparison.line, *text});
    }
  }
  for (const knowledge::GuideStep& step : subject.pack.guide.steps) {
    out.push_back({"guide.yaml", line_of(subject.documents, "guide.yaml", step.ask, 1), step.ask});
  }
  for (const std::string& question : subject.pack.start.questions) {
    out.push_back({"start.yaml", line_of(subject.documents, "start.yaml", question, 1), question});
  }
  for (const knowledge::Exercise& exercise : subject.pack.exercises) {
    const std::string file = "exercises/" + exercise.id + ".md";
    for (const auto* texts : {&exercise.steps, &exercise.dose, &exercise.stop_if}) {
      for (const std::string& text : *texts) {
        out.push_back({file, line_of(subject.documents, file, text, 1), text});
      }
    }
  }
  return out;
}

void check_forbidden(const Subject& subject, const std::vector<Text>& texts, Notes& notes) {
  for (const knowledge::CheckLimits::Forbidden& each : subject.pack.info.check.forbidden) {
    try {
      const std::regex pattern(each.pattern, std::regex::ECMAScript | std::regex::icase);
      for (const Text& text : texts) {
        std::smatch found;
        if (!std::regex_search(text.text, found, pattern)) continue;
        notes.add("forbidden", text.file, text.line,
                  "\"" + found.str() + "\" may not be said: " + each.why);
      }
    } catch (const std::regex_error&) {
      notes.add("pattern", "pack.yaml", each.line,
                "'" + each.pattern + "' is no regular expression: correct it");
    }
  }
}

// The figures of a text, and of each the word behind it.
std::vector<std::pair<std::string, std::string>> figures_of(std::string_view text) {
  std::vector<std::pair<std::string, std::string>> out;
  const std::vector<std::string> words = spoken_words(text);
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (!text::is_digit(words[i][0])) continue;
    out.emplace_back(words[i], i + 1 < words.size() ? words[i + 1] : std::string());
  }
  return out;
}

std::set<std::string> figures_in(const Pack& pack, const std::set<std::string>& articles) {
  std::set<std::string> out;
  for (const knowledge::Passage& passage : pack.passages) {
    if (!articles.contains(passage.article)) continue;
    for (auto& [figure, word] : figures_of(passage.text)) out.insert(std::move(figure));
  }
  return out;
}

// A figure in words of our own must stand in an article that is cited beside them.
void check_figures(const Subject& subject, Notes& notes) {
  const Pack& pack = subject.pack;
  for (const knowledge::Exercise& exercise : pack.exercises) {
    const std::string file = "exercises/" + exercise.id + ".md";
    const std::set<std::string> known = figures_in(pack, {exercise.article});
    for (const auto* texts : {&exercise.steps, &exercise.dose}) {
      for (const std::string& text : *texts) {
        for (const auto& [figure, word] : figures_of(text)) {
          if (known.contains(figure)) continue;
          notes.add("figure", file, line_of(subject.documents, file, text, 1),
                    "'" + figure + "' stands nowhere in article '" + exercise.article +
                        "': give only figures of the source");
        }
      }
    }
  }
  for (const knowledge::Comparison& comparison : pack.comparisons) {
    std::set<std::string> articles;
    for (const auto& side : comparison.sides) articles.insert(side.article);
    const std::set<std::string> known = figures_in(pack, articles);
    for (const auto& [figure, word] : figures_of(comparison.choose)) {
      if (known.contains(figure)) continue;
      notes.add("figure", "comparisons.yaml", comparison.line,
                "'" + figure +
                    "' in 'choose' stands in none of the articles compared: give only "
                    "figures of the sources");
    }
  }
  const std::vector<std::string>& units = pack.info.check.units;
  for (const auto& [key, text] : pack.messages.all()) {
    for (const auto& [figure, word] : figures_of(text)) {
      if (std::ranges::find(units, word) == units.end()) continue;
      notes.add("figure", "messages.yaml",
                line_of(subject.documents, "messages.yaml", "\n" + key + ":", 1) + 1,
                "'" + figure + " " + word + "' has no source in a message: let an article say it");
    }
  }
}

void check_slots(const Subject& subject, Notes& notes) {
  for (const knowledge::MessageSlot& each : knowledge::kMessageSlots) {
    if (!subject.pack.messages.contains(each.key)) continue;  // told as a problem of the format
    if (subject.pack.messages.get(each.key).find(each.slot) != std::string_view::npos) continue;
    const int line =
        line_of(subject.documents, "messages.yaml", "\n" + std::string(each.key) + ":", 1) + 1;
    notes.add("slot", "messages.yaml", line,
              "message '" + std::string(each.key) + "' lacks " + std::string(each.slot) +
                  ": say where the program puts it");
  }
}

void check_phrases(const Subject& subject, Notes& notes) {
  std::map<std::string, std::string> message_of;
  for (const auto* groups : {&subject.pack.dialogue.small_talk, &subject.pack.dialogue.not_ours}) {
    for (const knowledge::PhraseGroup& group : *groups) {
      for (const std::string& phrase : group.phrases) {
        const auto [first, is_new] = message_of.emplace(text::to_lower(phrase), group.message);
        if (is_new || first->second == group.message) continue;
        notes.add("phrase-twice", "dialogue.yaml",
                  line_of(subject.documents, "dialogue.yaml", phrase, 1),
                  "'" + phrase + "' leads to '" + first->second + "' and to '" + group.message +
                      "': keep it in one place");
      }
    }
  }
}

}  // namespace

void check_own_words(const Subject& subject, Notes& notes) {
  check_forbidden(subject, texts_of(subject), notes);
  check_figures(subject, notes);
  check_slots(subject, notes);
  check_phrases(subject, notes);
}

}  // namespace backchat::authoring
