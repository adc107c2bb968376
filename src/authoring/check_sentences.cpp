#include <algorithm>
#include <cstdio>
#include <map>
#include <set>

#include "authoring/checks.h"
#include "authoring/readability.h"
#include "text/utf8.h"

namespace backchat::authoring {
namespace {

using knowledge::Article;

// A sentence of an article with its place.
struct Sentence {
  std::string_view text;
  int line = 0;
  std::vector<std::string> words;
  std::set<std::string> different;
};

std::vector<Sentence> sentences_of(const Documents& documents, const Article& article) {
  std::vector<Sentence> out;
  for (const Said& said : said_in(documents, article)) {
    if (said.is_heading) continue;
    std::vector<std::string> words = spoken_words(said.text);
    std::set<std::string> different(words.begin(), words.end());
    out.push_back({said.text, said.line, std::move(words), std::move(different)});
  }
  return out;
}

std::string rounded(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.1f", value);
  return text;
}

// Common words as a share of all different ones.
double alike(const Sentence& a, const Sentence& b) {
  std::size_t common = 0;
  for (const std::string& word : a.different) common += b.different.contains(word) ? 1 : 0;
  const std::size_t all = a.different.size() + b.different.size() - common;
  return all == 0 ? 0 : static_cast<double>(common) / static_cast<double>(all);
}

// Two sentences that differ in a figure say different things.
bool same_figures(const Sentence& a, const Sentence& b) {
  const auto figures = [](const Sentence& s) {
    std::vector<std::string> out;
    std::ranges::copy_if(s.words, std::back_inserter(out),
                         [](const std::string& word) { return text::is_digit(word[0]); });
    return out;
  };
  return figures(a) == figures(b);
}

class ArticleCheck {
 public:
  ArticleCheck(const Subject& subject, const Article& article, const std::set<std::string>& names,
               Notes& notes)
      : limits_(subject.pack.info.check),
        names_(names),
        file_("articles/" + article.slug + ".md"),
        sentences_(sentences_of(subject.documents, article)),
        notes_(notes) {}

  void run() {
    Reading whole;
    for (const Sentence& sentence : sentences_) {
      const Reading reading = read_sentence(
          sentence.text, [this](const std::string& word) { return names_.contains(word); });
      whole += reading;
      check_one(sentence, reading);
    }
    if (whole.grade() > limits_.article_grade) {
      notes_.add("article-grade", file_, 0,
                 "reading grade " + rounded(whole.grade()) + ", the pack's limit is " +
                     rounded(limits_.article_grade) + ": use shorter words and sentences");
    }
    check_pairs();
  }

 private:
  void check_one(const Sentence& sentence, const Reading& reading) {
    const std::size_t words = sentence.words.size();
    if (words > static_cast<std::size_t>(limits_.sentence_words)) {
      notes_.add("sentence-length", file_, sentence.line,
                 std::to_string(words) + " words, the pack's limit is " +
                     std::to_string(limits_.sentence_words) + ": cut it in two");
    }
    if (reading.grade() > limits_.sentence_grade) {
      notes_.add("sentence-grade", file_, sentence.line,
                 "reading grade " + rounded(reading.grade()) + ", the pack's limit is " +
                     rounded(limits_.sentence_grade) + ": use shorter words: \"" +
                     std::string(sentence.text) + "\"");
    }
    if (!sentence.words.empty()) {
      for (const std::string& opener : limits_.openers) {
        if (text::to_lower(opener) != sentence.words.front()) continue;
        notes_.add("opener", file_, sentence.line,
                   "begins with \"" + opener +
                       "\" and cannot stand alone: name what it is about: \"" +
                       std::string(sentence.text) + "\"");
      }
    }
  }

  void check_pairs() {
    for (std::size_t i = 0; i < sentences_.size(); ++i) {
      for (std::size_t j = 0; j < i; ++j) {
        const Sentence& one = sentences_[i];
        const Sentence& other = sentences_[j];
        if (one.words == other.words) {
          notes_.add("sentence-twice", file_, one.line,
                     "the sentence of line " + std::to_string(other.line) + " again: keep one");
        } else if (alike(one, other) >= limits_.alike && same_figures(one, other)) {
          notes_.add("sentence-alike", file_, one.line,
                     "nearly the sentence of line " + std::to_string(other.line) +
                         ": keep one, or say what differs: \"" + std::string(one.text) + "\"");
        }
      }
    }
  }

  const knowledge::CheckLimits& limits_;
  const std::set<std::string>& names_;
  std::string file_;
  std::vector<Sentence> sentences_;
  Notes& notes_;
};

}  // namespace

void check_sentences(const Subject& subject, Notes& notes) {
  const std::set<std::string> names = names_of(subject.pack.lexicon);
  for (const Article& article : subject.pack.articles) {
    ArticleCheck(subject, article, names, notes).run();
  }
  std::map<std::string_view, const knowledge::Passage*> seen;
  for (const knowledge::Passage& passage : subject.pack.passages) {
    const auto [first, is_new] = seen.emplace(passage.text, &passage);
    if (is_new) continue;
    const std::string file = "articles/" + passage.article + ".md";
    const int heading = line_of(subject.documents, file, passage.heading, 1);
    notes.add("passage-twice", file, line_of(subject.documents, file, passage.sentence(0), heading),
              "the same text as passage " + first->second->id + ": keep one");
  }
}

}  // namespace backchat::authoring
