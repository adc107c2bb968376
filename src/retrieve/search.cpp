#include "retrieve/search.h"

#include <algorithm>
#include <map>

namespace backchat::retrieve {
namespace {

constexpr std::size_t kMostPassages = 40;

// All passages of an article as one candidate; a very long article is cut.
Result<Candidate> whole_article(std::uint32_t article, index::Row row, index::Reader& reader,
                                std::size_t max_passages) {
  const Result<index::ArticleRows> rows = reader.article_rows(article);
  if (!rows) return fail(rows.error());
  Candidate out;
  out.row = row;
  for (index::Row each = rows->first; each <= rows->last && each - rows->first < max_passages;
       ++each) {
    Result<index::Forward> forward = reader.forward(each);
    if (!forward) return fail(forward.error());
    if (each == rows->first) {
      out.forward = *std::move(forward);
      continue;
    }
    const auto body = forward->body();
    out.forward.words.insert(out.forward.words.end(), body.begin(), body.end());
  }
  return out;
}

}  // namespace

Result<std::vector<Candidate>> bring(const Query& query, const Retriever& retriever,
                                     index::Reader& reader, const Limits& limits) {
  const bool known = std::any_of(query.concepts.begin(), query.concepts.end(),
                                 [](const Concept& each) { return each.known; });
  if (!known) return std::vector<Candidate>{};
  const Result<std::vector<index::Match>> matches = retriever.retrieve(query, reader, limits);
  if (!matches) return fail(matches.error());
  std::vector<Candidate> candidates;
  candidates.reserve(matches->size());
  for (const index::Match& match : *matches) {
    Result<index::Forward> forward = reader.forward(match.row);
    if (!forward) return fail(forward.error());
    candidates.push_back({match.row, *std::move(forward)});
  }
  return candidates;
}

Result<std::vector<Hit>> search(const Query& query, const Retriever& retriever,
                                index::Reader& reader, const Limits& limits,
                                const RankOptions& options) {
  const Result<std::vector<Candidate>> candidates = bring(query, retriever, reader, limits);
  if (!candidates) return fail(candidates.error());
  return rank(query, *candidates, reader.snapshot().statistics(), options);
}

Result<std::vector<RankedDocument>> rank_documents(const Query& query, std::span<const Hit> hits,
                                                   index::Reader& reader, std::size_t limit,
                                                   const DocumentOptions& options) {
  struct Article {
    std::uint32_t number;
    double score;
    index::Row best;
  };
  std::vector<Article> articles;
  std::map<std::uint32_t, bool> seen;
  for (const Hit& hit : hits) {
    if (!seen.emplace(hit.article, true).second) continue;
    articles.push_back({hit.article, hit.score, hit.row});
    if (articles.size() == std::max(options.considered, limit)) break;
  }
  index::Statistics statistics = reader.snapshot().statistics();
  statistics.body_length = statistics.article_length;
  std::vector<Candidate> wholes;
  for (const Article& article : articles) {
    Result<Candidate> whole = whole_article(article.number, article.best, reader, kMostPassages);
    if (!whole) return fail(whole.error());
    wholes.push_back(*std::move(whole));
  }
  std::map<index::Row, double> whole_scores;
  for (const Hit& hit : rank(query, wholes, statistics, options.rank))
    whole_scores[hit.row] = hit.score;
  for (Article& article : articles) {
    article.score += options.article_weight * (whole_scores[article.best] - article.score);
  }
  std::sort(articles.begin(), articles.end(), [](const Article& a, const Article& b) {
    return a.score != b.score ? a.score > b.score : a.best < b.best;
  });
  std::vector<RankedDocument> out;
  for (const Article& article : articles) {
    if (out.size() == limit) break;
    Result<std::string> id = reader.article_id(article.number);
    if (!id) return fail(id.error());
    out.push_back({*std::move(id), article.score, article.best});
  }
  return out;
}

Result<std::vector<knowledge::Passage>> fetch(std::span<const Hit> hits, index::Reader& reader,
                                              std::size_t limit) {
  std::vector<knowledge::Passage> out;
  for (const Hit& hit : hits.first(std::min(limit, hits.size()))) {
    Result<knowledge::Passage> passage = reader.passage(hit.row);
    if (!passage) return fail(passage.error());
    out.push_back(*std::move(passage));
  }
  return out;
}

}  // namespace backchat::retrieve
