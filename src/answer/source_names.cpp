#include "answer/source_names.h"

#include <algorithm>

#include "answer/phrase.h"
#include "text/normalise.h"

namespace backchat::answer {
namespace {

// A longer name is a description ("Publisher not named"), nothing that people would call it by.
constexpr std::size_t kLongestName = 2;

}  // namespace

SourceNames::SourceNames(const knowledge::Pack& pack, const text::Analyzer& analyzer) {
  for (const knowledge::Article& article : pack.articles) {
    Name name{{}, article.source.short_name, article.slug};
    for (text::Token& token : analyzer.tokens(text::normalise(article.source.short_name).text)) {
      name.stems.push_back(std::move(token.term));
    }
    if (!name.stems.empty() && name.stems.size() <= kLongestName) names_.push_back(std::move(name));
  }
}

void SourceNames::apply(Evidence& evidence) const {
  const retrieve::Query& query = *evidence.query;
  for (const Name& name : names_) {
    const bool by_lexicon = std::ranges::find(query.terms, name.text) != query.terms.end();
    if (!by_lexicon && !holds_phrase(query.stems, name.stems)) continue;
    evidence.sources.push_back(name.article);
    for (std::size_t i = 0; i < query.concepts.size(); ++i) {
      if (std::ranges::find(name.stems, query.concepts[i].stem) != name.stems.end()) {
        evidence.roles[i] = WordRole::kEveryday;
      }
    }
  }
}

}  // namespace backchat::answer
