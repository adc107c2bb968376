#include "retrieve/rank.h"

#include <algorithm>

#include "retrieve/occurrences.h"

namespace backchat::retrieve {
namespace {

constexpr std::uint32_t kWindow = 30;  // words that a sentence or two take

// A concept's count in a field as BM25 saturates it.
double saturate(double frequency, double k1, double norm) {
  return frequency <= 0 ? 0 : frequency * (k1 + 1) / (frequency + k1 * norm);
}

double length_norm(double length, double average, double b) {
  return average > 0 ? 1 - b + b * length / average : 1;
}

using Values = std::vector<double>;  // one for each concept of the query

// What one field of a passage holds of the question.
struct Field {
  Values frequency;
  Values present;  // the weight of the weightiest way in which the concept stands there
  double length = 0;
};

// Ranks one candidate after the other; buffers are kept between them.
class Ranker {
 public:
  Ranker(const Query& query, const index::Statistics& statistics, const RankOptions& options)
      : query_(query), statistics_(statistics), options_(options), finder_(query) {
    for (const Concept& each : query.concepts) {
      information_.push_back(each.information());
      sharp_.push_back(each.information() * each.idf);
    }
    for (const QuestionKind kind : query.kinds) kinds_ |= index::bit(kind);
  }

  Hit score(const Candidate& candidate) {
    const index::Forward& forward = candidate.forward;
    Hit hit;
    hit.row = candidate.row;
    hit.article = forward.article;
    find(forward.title(), title_);
    find(forward.heading(), heading_);
    find(forward.body(), body_);  // last: what follows reads its occurrences
    score_body(hit);
    score_head(hit);
    cover(forward, hit);
    return hit;
  }

 private:
  void score_body(Hit& hit) {
    const double in_body = options_.title_in_body;
    const double heading_in_body = options_.heading_in_body;
    all_ = body_.frequency;
    for (std::size_t c = 0; c < all_.size(); ++c) {
      all_[c] += in_body * title_.frequency[c] + heading_in_body * heading_.frequency[c];
    }
    const double length =
        body_.length + in_body * title_.length + heading_in_body * heading_.length;
    const double average = statistics_.body_length + in_body * statistics_.title_length +
                           heading_in_body * statistics_.heading_length;
    const double norm = length_norm(length, average, options_.body_b);
    add(hit, "body", bm25(all_, options_.body_k1, norm));
    add(hit, "exact", options_.exact_weight * bm25(exact_forms(), options_.body_k1, norm));
  }

  void score_head(Hit& hit) {
    const double title = length_norm(title_.length, statistics_.title_length, options_.head_b);
    add(hit, "title", options_.title_weight * bm25(title_.frequency, options_.head_k1, title));
    add(hit, "title_share", options_.title_share_weight * share(title_.present, information_));
    const double heading =
        length_norm(heading_.length, statistics_.heading_length, options_.head_b);
    add(hit, "heading",
        options_.heading_weight * bm25(heading_.frequency, options_.head_k1, heading));
  }

  void cover(const index::Forward& forward, Hit& hit) {
    const bool answers_kind = (kinds_ & forward.kinds) != 0;
    if (answers_kind) {
      const bool first = (index::bit(query_.kind()) & forward.kinds) != 0;
      add(hit, "kind", options_.kind_weight * (first ? 1.0 : 0.5));
    }
    hit.body_coverage = share(body_.present, information_);
    hit.covered = body_.present;
    for (std::size_t c = 0; c < hit.covered.size(); ++c) {
      hit.covered[c] = std::max({hit.covered[c], title_.present[c], heading_.present[c]});
    }
    if (!query_.asks) {
      add(hit, "coverage", options_.coverage_weight * share(hit.covered, sharp_));
      add(hit, "window", options_.window_weight * best_window());
    }
    // A heading that answers "what causes ...?" covers the word "cause", whatever its own words
    // are.
    for (std::size_t c = 0; answers_kind && c < hit.covered.size(); ++c) {
      if (query_.concepts[c].cue) hit.covered[c] = 1;
    }
    hit.coverage = share(hit.covered, information_);
  }

  static void add(Hit& hit, std::string_view name, double value) {
    if (value == 0) return;
    hit.score += value;
    hit.why.push_back({name, value});
  }

  void find(std::span<const index::WordId> words, Field& field) {
    finder_.find(words, occurrences_);
    field.frequency.assign(information_.size(), 0);
    field.present.assign(information_.size(), 0);
    field.length = static_cast<double>(words.size());
    for (const Occurrence& each : occurrences_) {
      field.frequency[each.concept_index] += each.weight;
      double& present = field.present[each.concept_index];
      present = std::max(present, double{each.weight});
    }
  }

  const Values& exact_forms() {
    buffer_.assign(information_.size(), 0);
    for (const Occurrence& each : occurrences_) {
      if (each.exact) buffer_[each.concept_index] += 1;
    }
    return buffer_;
  }

  // The largest share of the question that stands within kWindow words of the body.
  double best_window() {
    inside_.assign(information_.size(), 0);
    double sum = 0;
    double best = 0;
    std::size_t first = 0;
    for (const Occurrence& last : occurrences_) {
      if (inside_[last.concept_index]++ == 0) sum += sharp_[last.concept_index];
      while (last.at - occurrences_[first].at >= kWindow) {
        const std::size_t left = occurrences_[first++].concept_index;
        if (--inside_[left] == 0) sum -= sharp_[left];
      }
      best = std::max(best, sum);
    }
    return over(best, sharp_);
  }

  double bm25(const Values& frequency, double k1, double norm) const {
    double sum = 0;
    for (std::size_t c = 0; c < frequency.size(); ++c)
      sum += information_[c] * saturate(frequency[c], k1, norm);
    return over(sum, information_);
  }

  static double share(const Values& present, const Values& worth) {
    double sum = 0;
    for (std::size_t c = 0; c < present.size(); ++c) sum += worth[c] * present[c];
    return over(sum, worth);
  }

  static double over(double sum, const Values& worth) {
    double total = 0;
    for (const double each : worth) total += each;
    return total > 0 ? sum / total : 0;
  }

  const Query& query_;
  const index::Statistics& statistics_;
  const RankOptions& options_;
  OccurrenceFinder finder_;
  Values information_;
  Values sharp_;  // rare words count more than in information_
  index::KindSet kinds_ = 0;

  std::vector<Occurrence> occurrences_;
  Field title_, heading_, body_;
  Values all_, buffer_;
  std::vector<int> inside_;
};

}  // namespace

std::vector<Hit> rank(const Query& query, std::span<const Candidate> candidates,
                      const index::Statistics& statistics, const RankOptions& options) {
  Ranker ranker(query, statistics, options);
  std::vector<Hit> hits;
  hits.reserve(candidates.size());
  for (const Candidate& candidate : candidates) {
    Hit hit = ranker.score(candidate);
    if (hit.coverage > 0) hits.push_back(std::move(hit));
  }
  std::sort(hits.begin(), hits.end(), [](const Hit& a, const Hit& b) {
    return a.score != b.score ? a.score > b.score : a.row < b.row;
  });
  return hits;
}

}  // namespace backchat::retrieve
