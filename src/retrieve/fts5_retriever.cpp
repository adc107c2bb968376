#include "retrieve/fts5_retriever.h"

#include <algorithm>
#include <set>
#include <string>

namespace backchat::retrieve {
namespace {

constexpr std::size_t kAskedTerms = 12;
constexpr std::size_t kOtherTerms = 12;
constexpr std::uint64_t kPostings = 250'000;

struct Stem {
  std::string stem;
  std::uint32_t passages = 0;
};

void keep_rarest(std::vector<Stem>& stems, std::size_t count) {
  std::sort(stems.begin(), stems.end(), [](const Stem& a, const Stem& b) {
    return a.passages != b.passages ? a.passages < b.passages : a.stem < b.stem;
  });
  if (stems.size() > count) stems.resize(count);
}

// The stems to ask for: of each concept's ways of saying it, the rarest word.
Result<std::vector<std::string>> choose(const Query& query, index::Reader& reader) {
  std::vector<Stem> asked;
  std::vector<Stem> others;
  std::set<std::string> seen;
  for (const Concept& each : query.concepts) {
    for (const Alternative& alternative : each.alternatives) {
      Stem rarest;
      for (const Alternative::Word& word : alternative.words) {
        const Result<index::TermInfo> info = reader.term(word.stem);
        if (!info) return fail(info.error());
        const std::uint32_t passages = std::max(info->bodies, info->heads);
        if (rarest.stem.empty() || passages < rarest.passages) rarest = {word.stem, passages};
      }
      if (rarest.passages == 0 || !seen.insert(rarest.stem).second) continue;
      (alternative.origin == Alternative::Origin::kAsked ? asked : others)
          .push_back(std::move(rarest));
    }
  }
  keep_rarest(asked, kAskedTerms);
  keep_rarest(others, kOtherTerms);
  asked.insert(asked.end(), others.begin(), others.end());
  std::vector<std::string> out;
  std::uint64_t postings = 0;
  for (Stem& stem : asked) {
    postings += stem.passages;
    if (!out.empty() && postings > kPostings) continue;
    out.push_back(std::move(stem.stem));
  }
  return out;
}

// A pack of a few articles is ranked whole: quicker than asking which of its passages to rank.
std::vector<index::Match> all_of(std::uint64_t passages) {
  std::vector<index::Match> out;
  for (index::Row row = 1; row <= passages; ++row) out.push_back({row, 0});
  return out;
}

}  // namespace

Result<std::vector<index::Match>> Fts5Retriever::retrieve(const Query& query, index::Reader& reader,
                                                          const Limits& limits) const {
  if (limits.deadline.passed()) {
    return fail(ErrorCode::kUnavailable, "the search did not end in time");
  }
  const std::uint64_t passages = reader.snapshot().statistics().passages;
  if (passages <= limits.candidates) return all_of(passages);
  Result<std::vector<std::string>> stems = choose(query, reader);
  if (!stems) return fail(stems.error());
  index::FtsQuery fts{index::FtsQuery::Field::kBody, *std::move(stems)};
  Result<std::vector<index::Match>> bodies = reader.match(fts, limits.candidates, limits.deadline);
  if (!bodies) return bodies;
  fts.field = index::FtsQuery::Field::kHead;
  Result<std::vector<index::Match>> heads =
      reader.match(fts, limits.candidates / 3, limits.deadline);
  if (!heads) return heads;
  // Headings bring at most a third; bodies fill the rest.
  std::set<index::Row> seen;
  std::vector<index::Match> out;
  for (const index::Match& match : *heads) {
    seen.insert(match.row);
    out.push_back(match);
  }
  for (const index::Match& match : *bodies) {
    if (out.size() == limits.candidates) break;
    if (seen.insert(match.row).second) out.push_back(match);
  }
  return out;
}

}  // namespace backchat::retrieve
