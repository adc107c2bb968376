#include "knowledge/pack.h"

#include <algorithm>

#include "knowledge/article_reader.h"
#include "knowledge/asked_reader.h"
#include "knowledge/guide_reader.h"
#include "knowledge/yaml_reader.h"

namespace backchat::knowledge {
namespace {

constexpr int kFormat = 1;

CheckLimits read_limits(const YamlReader& yaml) {
  CheckLimits out;
  if (!yaml.node().IsDefined()) return out;
  yaml.allow_only({"article_grade", "sentence_grade", "sentence_words", "alike", "openers",
                   "explained_by", "units", "forbidden"});
  out.article_grade = yaml.real("article_grade", out.article_grade);
  out.sentence_grade = yaml.real("sentence_grade", out.sentence_grade);
  out.sentence_words = yaml.number("sentence_words", out.sentence_words);
  out.alike = yaml.real("alike", out.alike);
  const CheckLimits standard;
  if (out.article_grade <= 0 || out.sentence_grade <= 0 || out.sentence_words <= 0) {
    out.article_grade = standard.article_grade;
    out.sentence_grade = standard.sentence_grade;
    out.sentence_words = standard.sentence_words;
    yaml.problem("a limit of 0 or less lets nothing pass: give a number above 0");
  }
  if (out.alike <= 0 || out.alike > 1) {
    out.alike = standard.alike;
    yaml.problem("'alike' is a share of words: give a number above 0 and up to 1");
  }
  out.openers = yaml.strings("openers");
  out.explained_by = yaml.strings("explained_by");
  out.units = yaml.strings("units");
  for (const YamlReader& item : yaml.items("forbidden")) {
    item.allow_only({"pattern", "why"});
    out.forbidden.push_back({item.required("pattern"), item.required("why"), item.line()});
  }
  return out;
}

PackInfo read_info(const YamlReader& yaml) {
  yaml.allow_only({"format", "id", "title", "language", "version", "licence", "owners",
                   "review_interval_days", "description", "check"});
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
  info.check = read_limits(yaml.at("check"));
  return info;
}

void read_variants(const YamlReader& variants, LexiconEntry& entry) {
  variants.allow_only({"lay", "clinical", "abbreviation", "misspelling", "brand"});
  for (const std::string& kind : variants.keys()) {
    std::vector<std::string> words = variants.strings(kind);
    // An abbreviation needs explaining like a clinical word; a lay word explains.
    if (kind == "clinical" || kind == "abbreviation")
      std::ranges::copy(words, std::back_inserter(entry.clinical));
    if (kind == "lay") std::ranges::copy(words, std::back_inserter(entry.lay));
    std::ranges::move(words, std::back_inserter(entry.variants));
  }
}

Lexicon read_lexicon(const YamlReader& yaml) {
  Lexicon lexicon;
  for (const YamlReader& item : yaml.items()) {
    item.allow_only({"term", "variants", "related", "clinical", "kind"});
    LexiconEntry entry;
    entry.line = item.line();
    entry.term = item.required("term");
    (item.flag("clinical", false) ? entry.clinical : entry.lay).push_back(entry.term);
    entry.kind = item.optional("kind");
    if (!entry.kind.empty() && entry.kind != "drug" && entry.kind != "condition") {
      item.at("kind").problem("'kind' is drug or condition: correct it or leave it out");
    }
    const YamlReader variants = item.at("variants");
    if (variants.is_map()) {
      read_variants(variants, entry);
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
    out.push_back({item.required("message"), item.strings("phrases"), item.line()});
  }
  return out;
}

DialogueWords read_dialogue(const YamlReader& yaml) {
  yaml.allow_only(
      {"filler", "small_talk", "not_ours", "question", "measures", "names", "follow_up", "tried"});
  DialogueWords out;
  out.filler = yaml.strings("filler");
  out.small_talk = read_phrase_groups(yaml, "small_talk");
  out.not_ours = read_phrase_groups(yaml, "not_ours");
  out.tried = yaml.strings("tried");
  out.measures = yaml.strings("measures");
  const YamlReader question = yaml.at("question");
  if (question.is_map()) {
    question.allow_only({"words", "joins"});
    out.question_words = question.strings("words");
    out.joins = question.strings("joins");
  }
  const YamlReader names = yaml.at("names");
  if (names.is_map()) {
    names.allow_only({"naming", "listing", "timing"});
    out.naming = names.strings("naming");
    out.listing = names.strings("listing");
    out.timing = names.strings("timing");
  }
  const YamlReader follow_up = yaml.at("follow_up");
  if (follow_up.is_map()) {
    follow_up.allow_only(
        {"openings", "pronouns", "no_pronouns", "more",       "sources",  "repeat", "shorter",
         "simpler",  "list",     "back",        "start_over", "ordinals", "last",   "single",
         "other",    "unnamed",  "corrections", "cases",      "failures", "beside", "which",
         "choices",  "ones",     "returns",     "ends",       "when"});
    out.openings = follow_up.strings("openings");
    out.pronouns = follow_up.strings("pronouns");
    out.no_pronouns = follow_up.strings("no_pronouns");
    out.more = follow_up.strings("more");
    out.sources = follow_up.strings("sources");
    out.repeat = follow_up.strings("repeat");
    out.shorter = follow_up.strings("shorter");
    out.simpler = follow_up.strings("simpler");
    out.list = follow_up.strings("list");
    out.back = follow_up.strings("back");
    out.start_over = follow_up.strings("start_over");
    for (const YamlReader& place : follow_up.items("ordinals")) {
      out.ordinals.push_back(place.strings());
    }
    out.last = follow_up.strings("last");
    out.single = follow_up.strings("single");
    out.other = follow_up.strings("other");
    out.unnamed = follow_up.strings("unnamed");
    out.ones = follow_up.strings("ones");
    out.returns = follow_up.strings("returns");
    out.corrections = follow_up.strings("corrections");
    out.cases = follow_up.strings("cases");
    out.failures = follow_up.strings("failures");
    out.beside = follow_up.strings("beside");
    out.ends = follow_up.strings("ends");
    out.when = follow_up.strings("when");
    out.which = follow_up.strings("which");
    out.choices = follow_up.strings("choices");
  }
  return out;
}

Exercise read_exercise(std::string_view text, std::string_view file, const Documents& documents,
                       Problems& problems) {
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
  out.line = yaml.at("article").line();
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
      if (key == "repeats") {
        out.repeats_min = part.number("min", 0);
        out.repeats_max = part.number("max", out.repeats_min);
      }
    }
  }
  out.stop_if = yaml.strings("stop_if");
  out.drawing = yaml.optional("drawing");
  if (!out.drawing.empty() && !documents.contains("exercises/" + out.drawing)) {
    yaml.at("drawing").problem("no drawing '" + out.drawing + "' beside it: add the file");
  }
  if (!out.position.empty() && position_rank(out.position) == kPositions.size()) {
    yaml.problem("'position' must be lying, kneeling, sitting or standing");
  }
  if (out.described && out.steps.empty()) {
    yaml.problem("a described exercise without steps: give them, or say described: false");
  }
  return out;
}

// Parses a pack piece by piece and then checks what refers to what.
class PackReader {
 public:
  explicit PackReader(const Documents& documents) : documents_(documents) {}

  PackReading read() {
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
        pack_.exercises.push_back(read_exercise(text, file, documents_, problems_));
      }
    }
    if (pack_.articles.empty()) problems_.add("articles", 0, "no article: add one");
    for (const Article& article : pack_.articles) {
      std::ranges::move(cut_passages(article), std::back_inserter(pack_.passages));
    }
    with_yaml("comparisons.yaml", [this](const YamlReader& yaml) { read_comparisons(yaml); });
    with_yaml("timers.yaml", [this](const YamlReader& yaml) { read_timers(yaml); });
    with_yaml("overruled.yaml", [this](const YamlReader& yaml) { read_overruled(yaml); });
    with_yaml("asked.yaml", [this](const YamlReader& yaml) { read_asked(yaml); });
    read_asked_folder();
    with_yaml("details.yaml", [this](const YamlReader& yaml) { read_details(yaml); });
    with_yaml("start.yaml", [this](const YamlReader& yaml) { read_start(yaml); });
    with_yaml("guide.yaml", [this](const YamlReader& yaml) {
      pack_.guide = read_guide(yaml, [this](std::string_view article, std::string_view sentence) {
        return find_passage(article, sentence);
      });
    });
    check_exercises();
    check_guide();
    check_messages();
    return {std::move(pack_), problems_.take()};
  }

 private:
  template <class F>
  void with_yaml(std::string_view file, F use) {
    const auto found = documents_.find(file);
    if (found == documents_.end()) return;
    const YamlReader yaml = YamlReader::parse(found->second, file, 0, problems_);
    if (yaml.is_map() || yaml.is_sequence()) {
      use(yaml);
    } else if (yaml.is_scalar()) {
      yaml.problem("a list or a map is wanted here: see how another pack writes this file");
    }
  }

  void read_comparisons(const YamlReader& yaml) {
    for (const YamlReader& item : yaml.items()) {
      item.allow_only({"id", "question", "about", "when", "measures", "choose", "sides"});
      Comparison out;
      out.line = item.line();
      out.id = item.required("id");
      out.question = item.required("question");
      out.about = item.strings("about");
      for (const YamlReader& line : item.items("when")) out.when.push_back(line.strings());
      out.measures = item.optional("measures");
      out.choose = item.required("choose");
      for (const YamlReader& side : item.items("sides")) {
        side.allow_only({"article", "sentence"});
        Comparison::Side s{side.required("article"), "", side.required("sentence"), side.line()};
        s.passage = require_passage(side, s.article, s.sentence);
        out.sides.push_back(std::move(s));
      }
      if (out.sides.size() < 2) item.problem("a comparison needs two sides or more");
      pack_.comparisons.push_back(std::move(out));
    }
  }

  Quoted read_quoted(const YamlReader& yaml) const {
    yaml.allow_only({"article", "sentence"});
    Quoted out{yaml.required("article"), "", yaml.required("sentence")};
    out.passage = require_passage(yaml, out.article, out.sentence);
    return out;
  }

  void read_timers(const YamlReader& yaml) {
    for (const YamlReader& item : yaml.items()) {
      item.allow_only({"id", "name", "minutes", "first", "break_minutes", "then", "when"});
      Timer out;
      out.id = item.required("id");
      out.name = item.required("name");
      out.break_minutes = item.number("break_minutes", 0);
      if (item.has("first")) out.first = read_quoted(item.at("first"));
      if (item.has("then")) out.then = read_quoted(item.at("then"));
      for (const YamlReader& each : item.items("when")) out.when.push_back(read_quoted(each));
      for (const std::string& each : item.strings("minutes")) {
        out.minutes.push_back(is_figure_of(out, each) ? std::stoi(each) : 0);
      }
      const bool sourced =
          std::ranges::all_of(out.minutes, [](int each) { return each > 0; }) &&
          (out.break_minutes == 0 || is_figure_of(out, std::to_string(out.break_minutes)));
      if (out.minutes.empty() || !sourced) {
        item.problem("every figure of a timer must stand in one of its sentences");
      }
      pack_.timers.push_back(std::move(out));
    }
  }

  // True when `figure` is a number, of at most four digits, of a sentence that the timer names.
  static bool is_figure_of(const Timer& timer, const std::string& figure) {
    constexpr std::size_t kMostDigits = 4;
    const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
    if (figure.empty() || figure.size() > kMostDigits || !std::ranges::all_of(figure, is_digit)) {
      return false;
    }
    const auto holds = [&](const Quoted& quoted) {
      const std::string& text = quoted.sentence;
      for (std::size_t at = text.find(figure); at != std::string::npos;
           at = text.find(figure, at + 1)) {
        const std::size_t end = at + figure.size();
        if ((at == 0 || !is_digit(text[at - 1])) && (end == text.size() || !is_digit(text[end]))) {
          return true;
        }
      }
      return false;
    };
    return std::ranges::any_of(timer.when, holds) || (timer.first && holds(*timer.first)) ||
           (timer.then && holds(*timer.then));
  }

  void read_overruled(const YamlReader& yaml) {
    for (const YamlReader& item : yaml.items()) {
      item.allow_only({"article", "sentence", "message"});
      Overruled out{item.required("article"), "", item.required("sentence"),
                    item.optional("message")};
      out.passage = require_passage(item, out.article, out.sentence);
      if (!out.message.empty() && !pack_.messages.contains(out.message)) {
        item.problem("message '" + out.message + "' is not in messages.yaml: add it");
      }
      pack_.overruled.push_back(std::move(out));
    }
  }

  void read_start(const YamlReader& yaml) {
    yaml.allow_only({"questions", "home_care"});
    pack_.start.questions = yaml.strings("questions");
    for (const YamlReader& item : yaml.items("home_care")) {
      item.allow_only({"article", "sentence"});
      Start::Quote quote{item.required("article"), "", item.required("sentence")};
      quote.passage = require_passage(item, quote.article, quote.sentence);
      pack_.start.home_care.push_back(std::move(quote));
    }
  }

  std::string require_passage(const YamlReader& item, const std::string& article,
                              std::string_view sentence) const {
    std::string passage = find_passage(article, sentence);
    if (passage.empty()) {
      item.problem("no such sentence in article '" + article + "': copy it letter by letter");
    }
    return passage;
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

  void read_asked_folder() {
    constexpr std::string_view kFolder = "asked/";
    for (auto each = documents_.lower_bound(kFolder);
         each != documents_.end() && each->first.starts_with(kFolder); ++each) {
      if (each->first.ends_with(kNotCoveredFile)) {
        read_not_covered(each->second, each->first, pack_.not_covered, problems_);
      } else {
        read_asked_sentences(each->second, each->first, pack_.passages, pack_.asked_sentences,
                             problems_);
      }
    }
  }

  void read_details(const YamlReader& yaml) {
    for (const YamlReader& item : yaml.items()) {
      item.allow_only({"says", "asked", "held", "beside", "caution"});
      Detail out{item.optional("says"), item.strings("asked"), item.strings("held"),
                 item.strings("beside"), item.flag("caution", false)};
      if (out.asked.empty()) {
        item.problem("'asked' is empty: give the words that ask for this detail");
      }
      pack_.details.push_back(std::move(out));
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
        problems_.add(file, exercise.line,
                      "no article '" + exercise.article + "': correct the slug");
      } else if (std::ranges::none_of(article->sections, [&](const Section& section) {
                   return section.slug == exercise.section;
                 })) {
        problems_.add(file, exercise.line,
                      "article '" + exercise.article + "' has no heading '" + exercise.section +
                          "': correct 'section'");
      }
    }
  }

  void check_guide() {
    if (pack_.guide.steps.empty()) return;
    for (const std::string_view key :
         {"guide.offer", "guide.result", "guide.stopped", "guide.resume", "guide.skip"}) {
      require_message(std::string(key), "guide.yaml");
    }
    for (const GuidePart& part : pack_.guide.parts) require_message(part.heading, "guide.yaml");
    for (const GuideExercises& exercises : pack_.guide.exercises) {
      for (const std::string& id : exercises.show) {
        if (pack_.exercise(id) != nullptr) continue;
        problems_.add("guide.yaml", 0, "no exercise '" + id + "': correct the name");
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
        if (pack_.messages.contains(group.message)) continue;
        problems_.add("dialogue.yaml", group.line,
                      "message '" + group.message + "' is not in messages.yaml: add it");
      }
    }
  }

  const Documents& documents_;
  Pack pack_;
  Problems problems_;
};

}  // namespace

std::size_t position_rank(std::string_view position) {
  return static_cast<std::size_t>(std::ranges::find(kPositions, position) - kPositions.begin());
}

bool needs_floor(std::string_view position) {
  return position == kPositions[0] || position == kPositions[1];
}

const Article* Pack::article(std::string_view slug) const {
  const auto found = std::ranges::find(articles, slug, &Article::slug);
  return found == articles.end() ? nullptr : &*found;
}

const Passage* Pack::passage(std::string_view id) const {
  const auto found = std::ranges::find(passages, id, &Passage::id);
  return found == passages.end() ? nullptr : &*found;
}

const Exercise* Pack::exercise(std::string_view id) const {
  const auto found = std::ranges::find(exercises, id, &Exercise::id);
  return found == exercises.end() ? nullptr : &*found;
}

PackReading read_pack(const Documents& documents) { return PackReader(documents).read(); }

Result<Pack> parse_pack(const Documents& documents) {
  PackReading reading = read_pack(documents);
  if (!reading.problems.empty()) return fail(error_of(reading.problems));
  return std::move(reading.pack);
}

}  // namespace backchat::knowledge
