#include <algorithm>

#include "authoring/checks.h"
#include "authoring/readability.h"
#include "text/utf8.h"

namespace backchat::authoring {
namespace {

using knowledge::Article;
using knowledge::LexiconEntry;
using Words = std::vector<std::string>;

// A word or its plural.
bool same_word(const std::string& said, const std::string& wanted) {
  return said == wanted ||
         (said.size() == wanted.size() + 1 && said.back() == 's' && said.starts_with(wanted));
}

// Where `part` begins in `whole`, or whole.size().
std::size_t find_words(const Words& whole, const Words& part) {
  if (part.empty() || part.size() > whole.size()) return whole.size();
  for (std::size_t i = 0; i + part.size() <= whole.size(); ++i) {
    if (std::equal(part.begin(), part.end(), whole.begin() + static_cast<std::ptrdiff_t>(i),
                   [](const std::string& a, const std::string& b) { return same_word(b, a); })) {
      return i;
    }
  }
  return whole.size();
}

struct Sentence {
  Said said;
  Words words;
};

// Looks for the clinical words of one article.
class JargonCheck {
 public:
  JargonCheck(const Subject& subject, const Article& article, Notes& notes)
      : pack_(subject.pack), file_("articles/" + article.slug + ".md"), notes_(notes) {
    for (const Said& said : said_in(subject.documents, article)) {
      sentences_.push_back({said, spoken_words(said.text)});
    }
  }

  void run() {
    for (const LexiconEntry& entry : pack_.lexicon) {
      for (const std::string& clinical : entry.clinical) check(entry, clinical);
    }
  }

 private:
  void check(const LexiconEntry& entry, const std::string& clinical) {
    const Words words = spoken_words(clinical);
    const Sentence* first = nullptr;
    for (const Sentence& sentence : sentences_) {
      if (find_words(sentence.words, words) == sentence.words.size()) continue;
      if (first == nullptr) first = &sentence;
      if (is_explained(sentence, words, entry)) return;
    }
    if (first == nullptr) return;
    notes_.add("jargon", file_, first->said.line,
               "'" + clinical +
                   "' is a clinical word that the article does not explain: say what "
                   "it is, in brackets or in a sentence of its own");
  }

  // The sentence says what the word is: beside a lay word, in or before brackets, or by a verb.
  bool is_explained(const Sentence& sentence, const Words& words, const LexiconEntry& entry) const {
    for (const std::string& lay : entry.lay) {
      if (find_words(sentence.words, spoken_words(lay)) < sentence.words.size()) return true;
    }
    const std::string lower = text::to_lower(sentence.said.text);
    const std::string phrase = joined(words);
    for (std::size_t at = lower.find(phrase); at != std::string::npos;
         at = lower.find(phrase, at + 1)) {
      if (at > 0 && lower[at - 1] == '(') return true;
      std::string_view rest = std::string_view(lower).substr(at + phrase.size());
      if (rest.starts_with('s')) rest.remove_prefix(1);
      if (rest.starts_with(" (")) return true;
      for (const std::string& mark : pack_.info.check.explained_by) {
        if (rest.starts_with(" " + mark + " ") || rest.starts_with(", " + mark + " ")) return true;
      }
    }
    return false;
  }

  static std::string joined(const Words& words) {
    std::string out;
    for (const std::string& word : words) out += (out.empty() ? "" : " ") + word;
    return out;
  }

  const knowledge::Pack& pack_;
  std::string file_;
  std::vector<Sentence> sentences_;
  Notes& notes_;
};

}  // namespace

void check_jargon(const Subject& subject, Notes& notes) {
  for (const Article& article : subject.pack.articles) JargonCheck(subject, article, notes).run();
}

}  // namespace backchat::authoring
