#include <algorithm>
#include <map>
#include <set>

#include "authoring/checks.h"
#include "base/contains_run.h"
#include "text/analyzer.h"
#include "text/normalise.h"
#include "text/utf8.h"

namespace backchat::authoring {
namespace {

using Stems = std::vector<std::string>;

Stems stems_of(const text::Analyzer& analyzer, std::string_view text) {
  Stems out;
  for (const text::Token& token : analyzer.tokens(text::normalise(text).text)) {
    out.push_back(token.term);
  }
  return out;
}

bool stands_in_any(const std::vector<Stems>& texts, const Stems& words) {
  return std::ranges::any_of(
      texts, [&words](const Stems& text) { return !words.empty() && contains_run(text, words); });
}

// Whether a text holds the term or one of its variants.
bool is_used(const text::Analyzer& analyzer, const knowledge::LexiconEntry& entry,
             const std::vector<Stems>& texts) {
  if (stands_in_any(texts, stems_of(analyzer, entry.term))) return true;
  return std::ranges::any_of(entry.variants, [&](const std::string& variant) {
    return stands_in_any(texts, stems_of(analyzer, variant));
  });
}

void check_lexicon(const Subject& subject, const std::vector<Question>& questions, Notes& notes) {
  constexpr std::string_view kFile = "lexicon.yaml";
  const auto analyzer = text::Analyzer::create({.language = subject.pack.info.language});
  if (!analyzer) {
    notes.add("format", "pack.yaml", line_of(subject.documents, "pack.yaml", "language:", 1),
              analyzer.error().message);
    return;
  }
  std::vector<Stems> articles;
  for (const knowledge::Passage& passage : subject.pack.passages) {
    articles.push_back(stems_of(**analyzer, passage.heading));
    articles.push_back(stems_of(**analyzer, passage.text));
  }
  std::vector<Stems> asked;
  for (const Question& question : questions) {
    for (const dialogue::Turn& turn : question.transcript.turns) {
      asked.push_back(stems_of(**analyzer, turn.text));
    }
  }
  std::map<std::string, const knowledge::LexiconEntry*> owner;
  for (const knowledge::LexiconEntry& entry : subject.pack.lexicon) {
    if (entry.term.empty()) continue;  // told as a problem of the format
    std::set<std::string> own;
    for (const std::string& variant : entry.variants) {
      const std::string lower = text::to_lower(variant);
      if (!own.insert(lower).second) continue;
      const auto [first, is_new] = owner.emplace(lower, &entry);
      if (is_new) continue;
      notes.add("variant-twice", kFile, entry.line,
                "'" + variant + "' is a variant of '" + first->second->term + "' too (line " +
                    std::to_string(first->second->line) + "): keep it under one term");
    }
    if (!is_used(**analyzer, entry, articles)) {
      notes.add("term-unused", kFile, entry.line,
                "no article says '" + entry.term +
                    "' or a variant of it: so it finds nothing; remove it, or correct the term");
    }
    if (!questions.empty() && !is_used(**analyzer, entry, asked)) {
      notes.add("term-untested", kFile, entry.line,
                "no question of eval/ uses '" + entry.term + "' or a variant of it: add one");
    }
  }
}

void check_comparisons(const Subject& subject, Notes& notes) {
  std::map<std::string_view, int> line_of_id;
  for (const knowledge::Comparison& comparison : subject.pack.comparisons) {
    const auto [first, is_new] = line_of_id.emplace(comparison.id, comparison.line);
    if (is_new) continue;
    notes.add("id-twice", "comparisons.yaml", comparison.line,
              "id '" + comparison.id + "' is that of line " + std::to_string(first->second) +
                  " too: give each subject its own");
  }
}

void check_drawings(const Subject& subject, Notes& notes) {
  std::set<std::string> used;
  for (const knowledge::Exercise& exercise : subject.pack.exercises) {
    if (!exercise.drawing.empty()) used.insert("exercises/" + exercise.drawing);
    if (exercise.described && exercise.drawing.empty()) {
      notes.add("no-drawing", "exercises/" + exercise.id + ".md", 0,
                "the exercise is described but has no drawing: draw one, as SVG");
    }
  }
  for (const auto& [file, text] : subject.documents) {
    if (!file.starts_with("exercises/") || !file.ends_with(".svg") || used.contains(file)) continue;
    notes.add("drawing-unused", file, 0,
              "no exercise shows this drawing: name it in 'drawing', or remove it");
  }
}

}  // namespace

void check_links(const Subject& subject, const std::vector<Question>& questions, Notes& notes) {
  check_lexicon(subject, questions, notes);
  check_comparisons(subject, notes);
  check_drawings(subject, notes);
}

}  // namespace backchat::authoring
