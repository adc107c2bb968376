#include "answer/citer.h"

#include <algorithm>

namespace backchat::answer {
namespace {

std::vector<std::string> names(const std::vector<knowledge::Person>& people) {
  std::vector<std::string> out;
  for (const knowledge::Person& person : people) {
    out.push_back(person.role.empty() ? person.name : person.name + ", " + person.role);
  }
  return out;
}

}  // namespace

bool Citer::has_cited(std::string_view passage_id, std::string_view quote) const {
  return std::ranges::any_of(citations_, [&](const Citation& citation) {
    return citation.passage == passage_id && citation.quote == quote;
  });
}

int Citer::cite(std::string_view passage_id, std::string_view quote) {
  for (const Citation& citation : citations_) {
    if (citation.passage == passage_id && citation.quote == quote) return citation.n;
  }
  Citation citation;
  citation.n = static_cast<int>(citations_.size()) + 1;
  citation.passage = passage_id;
  citation.quote = quote;
  if (const knowledge::Passage* passage = pack_.passage(passage_id)) {
    if (const knowledge::Article* article = pack_.article(passage->article)) {
      citation.article = article->slug;
      citation.title = article->title;
      citation.publisher = article->source.publisher;
      citation.url = article->source.url;
      citation.authors = names(article->authors);
      citation.reviewers = names(article->reviewers);
      citation.published = article->source.published;
      citation.reviewed = article->reviewed;
    }
  }
  citations_.push_back(std::move(citation));
  return citations_.back().n;
}

}  // namespace backchat::answer
