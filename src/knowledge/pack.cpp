#include "knowledge/pack.h"

#include <algorithm>

#include "knowledge/article_reader.h"
#include "knowledge/yaml_reader.h"

namespace backchat::knowledge {
namespace {

constexpr int kFormat = 1;

PackInfo read_info(const YamlReader& yaml) {
  yaml.allow_only({"format", "id", "title", "language", "version", "licence", "owners",
                   "review_interval_days", "description"});
  if (yaml.number("format", 0) != kFormat) {
    yaml.problem("'format' must be " + std::to_string(kFormat) + ": this program knows no other");
  }
  PackInfo info;
  info.id = yaml.required("id");
  info.title = yaml.required("title");
  info.language = yaml.required("language");
  info.description = yaml.optional("description");
  info.version = yaml.number("version", 0);
  info.licence = yaml.required("licence");
  info.owners = yaml.strings("owners");
  info.review_interval_days = yaml.number("review_interval_days", 0);
  return info;
}

Lexicon read_lexicon(const YamlReader& yaml) {
  Lexicon lexicon;
  for (const YamlReader& item : yaml.items()) {
    item.allow_only({"term", "variants", "related"});
    LexiconEntry entry;
    entry.term = item.required("term");
    const YamlReader variants = item.at("variants");
    if (variants.is_map()) {
      variants.allow_only({"lay", "clinical", "abbreviation", "misspelling", "brand"});
      for (const std::string& kind : variants.keys()) {
        std::ranges::move(variants.strings(kind), std::back_inserter(entry.variants));
      }
    } else {
      entry.variants = item.strings("variants");
    }
    entry.related = item.strings("related");
    lexicon.push_back(std::move(entry));
  }
  return lexicon;
}

std::vector<PhraseGroup> read_phrase_groups(const YamlReader& yaml, std::string_view key) {
  std::vector<PhraseGroup> out;
  for (const YamlReader& item : yaml.items(key)) {
    item.allow_only({"message", "phrases"});
    out.push_back({item.required("message"), item.strings("phrases")});
  }
  return out;
}

DialogueWords read_dialogue(const YamlReader& yaml) {
  yaml.allow_only({"filler", "small_talk", "not_ours", "follow_up", "details"});
  DialogueWords out;
  out.filler = yaml.strings("filler");
  out.small_talk = read_phrase_groups(yaml, "small_talk");
  out.not_ours = read_phrase_groups(yaml, "not_ours");
  out.details = yaml.strings("details");
  const YamlReader follow_up = yaml.at("follow_up");
  if (follow_up.is_map()) {
    follow_up.allow_only({"openings", "pronouns", "more", "sources", "repeat"});
    out.openings = follow_up.strings("openings");
    out.pronouns = follow_up.strings("pronouns");
    out.more = follow_up.strings("more");
    out.sources = follow_up.strings("sources");
    out.repeat = follow_up.strings("repeat");
  }
  return out;
}

Exercise read_exercise(std::string_view text, std::string_view file, Problems& problems) {
  Exercise out;
  const std::string_view name = file.substr(file.find_last_of('/') + 1);
  out.id = name.substr(0, name.rfind('.'));
  const FrontMatter parts = cut_front_matter(text, file, problems);
  const YamlReader yaml = YamlReader::parse(parts.yaml, file, 1, problems);
  if (!yaml.is_map()) return out;
  yaml.allow_only({"name", "article", "section", "described", "position", "eases", "steps", "hold",
                   "repeats", "times_a_day", "stop_if", "drawing"});
  out.name = yaml.required("name");
  out.article = yaml.required("article");
  out.section = yaml.required("section");
  out.described = yaml.flag("described", false);
  out.position = yaml.optional("position");
  out.eases = yaml.optional("eases");
  out.steps = yaml.strings("steps");
  for (const std::string_view key : {"hold", "repeats", "times_a_day"}) {
    const YamlReader part = yaml.at(key);
    if (part.is_scalar()) {
      out.dose.push_back(part.scalar());
    } else if (part.is_map()) {
      part.allow_only({"seconds", "min", "max", "text"});
      out.dose.push_back(part.required("text"));
      if (key == "hold") out.hold_seconds = part.number("seconds", 0);
    }
  }
  out.stop_if = yaml.strings("stop_if");
  out.drawing = yaml.optional("drawing");
  if (out.described && out.steps.empty()) {
    yaml.problem("a described exercise without steps: give them, or say described: false");
  }
  return out;
}

// Parses a pack piece by piece and then checks what refers to what.
class PackReader {
 public:
  explicit PackReader(const Documents& documents) : documents_(documents) {}

  Result<Pack> read() {
    for (const std::string_view file : {"pack.yaml", "messages.yaml"}) {
      if (!documents_.contains(file)) {
        problems_.add(file, 0, "this file is missing: every pack needs it");
      }
    }
    const auto safety = documents_.lower_bound("safety/");
    if (safety == documents_.end() || !safety->first.starts_with("safety/")) {
      problems_.add("safety", 0, "no red-flag rules: a pack without them is refused");
    }
    with_yaml("pack.yaml", [this](const YamlReader& yaml) { pack_.info = read_info(yaml); });
    with_yaml("messages.yaml", [this](const YamlReader& yaml) {
      pack_.messages = read_messages(yaml, "messages.yaml", problems_);
    });
    with_yaml("dialogue.yaml",
              [this](const YamlReader& yaml) { pack_.dialogue = read_dialogue(yaml); });
    with_yaml("lexicon.yaml",
              [this](const YamlReader& yaml) { pack_.lexicon = read_lexicon(yaml); });
    for (const auto& [file, text] : documents_) {
      if (!file.ends_with(".md")) continue;
      if (file.starts_with("articles/")) {
        pack_.articles.push_back(read_article(text, file, problems_));
      } else if (file.starts_with("exercises/")) {
        pack_.exercises.push_back(read_exercise(text, file, problems_));
      }
    }
    if (pack_.articles.empty()) problems_.add("articles", 0, "no article: add one");
    for (const Article& article : pack_.articles) {
      std::ranges::move(cut_passages(article), std::back_inserter(pack_.passages));
    }
    with_yaml("comparisons.yaml", [this](const YamlReader& yaml) { read_comparisons(yaml); });
    with_yaml("overruled.yaml", [this](const YamlReader& yaml) { read_overruled(yaml); });
    with_yaml("asked.yaml", [this](const YamlReader& yaml) { read_asked(yaml); });
    check_exercises();
    check_messages();
    if (!problems_.empty()) return fail(problems_.error());
    return std::move(pack_);
  }

 private:
  template <class F>
  void with_yaml(std::string_view file, F use) {
    const auto found = documents_.find(file);
    if (found == documents_.end()) return;
    const YamlReader yaml = YamlReader::parse(found->second, file, 0, problems_);
    if (yaml.is_map() || yaml.is_sequence()) use(yaml);
  }

  void read_comparisons(const YamlReader& yaml) {
    for (const YamlReader& item : yaml.items()) {
      item.allow_only({"id", "question", "about", "when", "measures", "choose", "sides"});
      Comparison out;
      out.id = item.required("id");
      out.question = item.required("question");
      out.about = item.strings("about");
      for (const YamlReader& line : item.items("when")) out.when.push_back(line.strings());
      out.measures = item.optional("measures");
      out.choose = item.required("choose");
      for (const YamlReader& side : item.items("sides")) {
        side.allow_only({"article", "sentence"});
        Comparison::Side s{side.required("article"), "", side.required("sentence")};
        s.passage = find_passage(s.article, s.sentence);
        if (s.passage.empty()) {
          side.problem("no such sentence in article '" + s.article + "': copy it letter by letter");
        }
        out.sides.push_back(std::move(s));
      }
      if (out.sides.size() < 2) item.problem("a comparison needs two sides or more");
      pack_.comparisons.push_back(std::move(out));
    }
  }

  void read_overruled(const YamlReader& yaml) {
    for (const YamlReader& item : yaml.items()) {
      item.allow_only({"article", "sentence", "message"});
      Overruled out{item.required("article"), "", item.required("sentence"),
                    item.optional("message")};
      out.passage = find_passage(out.article, out.sentence);
      if (out.passage.empty()) {
        item.problem("no such sentence in article '" + out.article + "': copy it letter by letter");
      }
      if (!out.message.empty()) require_message(out.message, "overruled.yaml");
      pack_.overruled.push_back(std::move(out));
    }
  }

  void read_asked(const YamlReader& yaml) {
    for (const YamlReader& item : yaml.items()) {
      item.allow_only({"sections", "asked"});
      Asked out{item.strings("sections"), item.strings("asked")};
      if (out.sections.empty() || out.questions.empty()) {
        item.problem("'sections' and 'asked' must not be empty: name a section and how people ask");
      }
      for (const std::string& section : out.sections) {
        if (!has_section(section)) {
          item.problem("no section '" + section + "': write it as slug#heading-slug");
        }
      }
      pack_.asked.push_back(std::move(out));
    }
  }

  bool has_section(const std::string& section) const {
    const std::string prefix = section + ".";
    return std::ranges::any_of(
        pack_.passages, [&](const Passage& passage) { return passage.id.starts_with(prefix); });
  }

  std::string find_passage(std::string_view article, std::string_view sentence) const {
    for (const Passage& passage : pack_.passages) {
      if (passage.article != article) continue;
      for (std::size_t i = 0; i < passage.sentences.size(); ++i) {
        if (passage.sentence(i) == sentence) return passage.id;
      }
    }
    return {};
  }

  void check_exercises() {
    for (const Exercise& exercise : pack_.exercises) {
      const std::string file = "exercises/" + exercise.id + ".md";
      const Article* article = pack_.article(exercise.article);
      if (article == nullptr) {
        problems_.add(file, 0, "no article '" + exercise.article + "': correct the slug");
      } else if (std::ranges::none_of(article->sections, [&](const Section& section) {
                   return section.slug == exercise.section;
                 })) {
        problems_.add(
            file, 0,
            "article '" + exercise.article + "' has no heading '" + exercise.section + "'");
      }
      if (!exercise.drawing.empty() && !documents_.contains("exercises/" + exercise.drawing)) {
        problems_.add(file, 0, "no drawing '" + exercise.drawing + "' beside it");
      }
    }
  }

  void require_message(const std::string& key, std::string_view wanted_by) {
    if (pack_.messages.contains(key)) return;
    problems_.add("messages.yaml", 0,
                  "message '" + key + "' is missing: " + std::string(wanted_by) + " needs it");
  }

  void check_messages() {
    for (const auto* groups : {&pack_.dialogue.small_talk, &pack_.dialogue.not_ours}) {
      for (const PhraseGroup& group : *groups) {
        require_message(group.message, "dialogue.yaml");
      }
    }
  }

  const Documents& documents_;
  Pack pack_;
  Problems problems_;
};

}  // namespace

const Article* Pack::article(std::string_view slug) const {
  const auto found = std::ranges::find(articles, slug, &Article::slug);
  return found == articles.end() ? nullptr : &*found;
}

const Passage* Pack::passage(std::string_view id) const {
  const auto found = std::ranges::find(passages, id, &Passage::id);
  return found == passages.end() ? nullptr : &*found;
}

Result<Pack> parse_pack(const Documents& documents) { return PackReader(documents).read(); }

}  // namespace backchat::knowledge
