#include "retrieve/rank.h"

#include <algorithm>
#include <cmath>

#include "retrieve/occurrences.h"

namespace backchat::retrieve {
namespace {

constexpr std::uint32_t kFarApart = 12;  // words; beyond, nearness says nothing

double saturate(double frequency, double k1, double b, double length, double average) {
  if (frequency <= 0) return 0;
  const double norm = average > 0 ? 1 - b + b * length / average : 1;
  return frequency * (k1 + 1) / (frequency + k1 * norm);
}

// Ranks one candidate after the other; buffers are kept between them.
class Ranker {
 public:
  Ranker(const Query& query, const index::Statistics& statistics, const RankOptions& options)
      : query_(query), statistics_(statistics), options_(options), finder_(query), frequency_(query.concepts.size()),
        exact_(query.concepts.size()), near_(query.concepts.size()), information_(0) {
    for (const Concept& c : query.concepts) { info_.push_back(c.weight * std::pow(c.idf, options.x_idf)); information_ += info_.back(); }

    for (const QuestionKind kind : query.kinds) kinds_ |= index::bit(kind);
  }

  Hit score(const Candidate& candidate) {
    const index::Forward& forward = candidate.forward;
    Hit hit;
    hit.row = candidate.row;
    hit.article = forward.article;
    hit.covered.assign(query_.concepts.size(), 0);
    if (information_ <= 0) return hit;

    std::vector<double> title(query_.concepts.size(), 0);
    count(forward.title(), title);
    const std::vector<double> title_frequency = frequency_;
    std::vector<double> heading(query_.concepts.size(), 0);
    count(forward.heading(), heading);
    const std::vector<double> heading_frequency = frequency_;
    count(forward.body(), hit);
    for (std::size_t c = 0; c < frequency_.size(); ++c) {
      frequency_[c] += options_.title_in_body * title_frequency[c] + options_.heading_in_body * heading_frequency[c];
    }
    const double length = static_cast<double>(forward.body().size()) + options_.title_in_body * static_cast<double>(forward.title().size()) + options_.heading_in_body * static_cast<double>(forward.heading().size());
    const double average = statistics_.body_length + options_.title_in_body * statistics_.title_length + options_.heading_in_body * statistics_.heading_length;
    const double k1 = options_.body_k1;
    const double b = options_.body_b;
    hit.body_coverage = coverage(hit.covered);
    add(hit, "body", field(frequency_, k1, b, length, average));
    add(hit, "exact", options_.exact_weight * field(exact_, k1, b, length, average));
    add(hit, "proximity", options_.proximity_weight * field(near_, k1, b, length, average));
    add(hit, "title", options_.title_weight * field(title_frequency, options_.head_k1, options_.head_b,
                                                    static_cast<double>(forward.title().size()),
                                                    statistics_.title_length));
    add(hit, "title_share", options_.title_share_weight * coverage(title));
    add(hit, "heading", options_.heading_weight * field(heading_frequency, options_.head_k1, options_.head_b,
                                                        static_cast<double>(forward.heading().size()),
                                                        statistics_.heading_length));
    if ((kinds_ & forward.kinds) != 0) {
      const bool first = (index::bit(query_.kind()) & forward.kinds) != 0;
      add(hit, "kind", options_.kind_weight * (first ? 1.0 : 0.5));
    }
    if (!query_.asks) add(hit, "window", options_.x_win * best_window(forward.body()));
    add(hit, "pair", pairs(forward.body(), length, average));
    const bool answers_kind = (kinds_ & forward.kinds) != 0;
    for (std::size_t c = 0; c < hit.covered.size(); ++c) {
      hit.covered[c] = std::max({hit.covered[c], title[c], heading[c]});
      if (answers_kind && query_.concepts[c].cue) hit.covered[c] = 1;
    }
    hit.coverage = coverage(hit.covered);
    { double su = 0, to = 0; for (std::size_t c = 0; c < info_.size(); ++c) { double w = std::pow(info_[c], options_.x_covp); to += w; su += w * hit.covered[c]; } if (!query_.asks) add(hit, "coverage", options_.coverage_weight * su / to); }
    return hit;
  }

 private:
  static void add(Hit& hit, std::string_view name, double value) {
    if (value == 0) return;
    hit.score += value;
    hit.why.push_back({name, value});
  }

  // Frequencies of the concepts in a field, and which are there at all.
  void count(std::span<const index::WordId> words, std::vector<double>& present) {
    finder_.find(words, occurrences_);
    std::fill(frequency_.begin(), frequency_.end(), 0);
    for (const Occurrence& each : occurrences_) {
      frequency_[each.concept_index] += each.weight;
      present[each.concept_index] = std::max(present[each.concept_index], double{each.weight});
    }
  }

  void count(std::span<const index::WordId> words, Hit& hit) {
    count(words, hit.covered);
    std::fill(exact_.begin(), exact_.end(), 0);
    std::fill(near_.begin(), near_.end(), 0);
    for (const Occurrence& each : occurrences_) {
      if (each.exact) exact_[each.concept_index] += 1;
    }
    // Each pair of neighbouring occurrences of two concepts lends both some of the other's information, the more
    // the nearer they stand.
    for (std::size_t i = 1; i < occurrences_.size(); ++i) {
      const Occurrence& a = occurrences_[i - 1];
      const Occurrence& z = occurrences_[i];
      if (a.concept_index == z.concept_index) continue;
      const std::uint32_t apart = std::max(z.at - a.at, 1U);
      if (apart > options_.x_far) continue;
      const double nearness = double{a.weight} * double{z.weight} / std::pow(double(apart), options_.x_plin);
      near_[a.concept_index] += nearness * query_.concepts[z.concept_index].idf;
      near_[z.concept_index] += nearness * query_.concepts[a.concept_index].idf;
    }
  }

  double field(const std::vector<double>& frequency, double k1, double b, double length, double average) const {
    double sum = 0;
    for (std::size_t c = 0; c < frequency.size(); ++c) {
      sum += info_[c] * saturate(frequency[c], k1, b, length, average);
    }
    return sum / information_;
  }

  double best_window(std::span<const index::WordId> words) {
    if (options_.x_win == 0) return 0;
    finder_.find(words, occurrences_);
    std::vector<int> in(query_.concepts.size(), 0);
    double total = 0; std::vector<double> w;
    for (double i : info_) { w.push_back(std::pow(i, options_.x_winp)); total += w.back(); }
    double sum = 0, best = 0;
    std::size_t first = 0;
    for (const Occurrence& z : occurrences_) {
      if (in[z.concept_index]++ == 0) sum += w[z.concept_index];
      while (z.at - occurrences_[first].at >= options_.x_winw) {
        if (--in[occurrences_[first].concept_index] == 0) sum -= w[occurrences_[first].concept_index];
        ++first;
      }
      best = std::max(best, sum);
    }
    return total > 0 ? best / total : 0;
  }

  double pairs(std::span<const index::WordId> words, double length, double average) {
    if (options_.x_pair == 0 && options_.x_ordered == 0) return 0;
    finder_.find(words, occurrences_);
    std::vector<double> un(query_.concepts.size(), 0), od(query_.concepts.size(), 0);
    for (std::size_t i = 0; i < occurrences_.size(); ++i) {
      for (std::size_t j = i + 1; j < occurrences_.size(); ++j) {
        const Occurrence& a = occurrences_[i];
        const Occurrence& z = occurrences_[j];
        const std::uint32_t apart = z.at - a.at;
        if (apart > options_.x_window) break;
        if (a.concept_index + 1 == z.concept_index) {
          un[a.concept_index] += double{a.weight} * double{z.weight};
          if (apart <= 2) od[a.concept_index] += double{a.weight} * double{z.weight};
        } else if (z.concept_index + 1 == a.concept_index) {
          un[z.concept_index] += double{a.weight} * double{z.weight};
        }
      }
    }
    double sum = 0, total = 0;
    for (std::size_t c = 0; c + 1 < query_.concepts.size(); ++c) {
      const double w = options_.x_exactonly > 0 ? std::min(info_[c], info_[c + 1]) : 0.5 * (info_[c] + info_[c + 1]);
      total += w;
      sum += w * options_.x_pair * saturate(un[c], options_.body_k1, options_.body_b, length, average);
      sum += w * options_.x_ordered * saturate(od[c], options_.body_k1, options_.body_b, length, average);
    }
    return total > 0 ? sum / information_ : 0;
  }

  double coverage(const std::vector<double>& covered) const {
    double sum = 0;
    for (std::size_t c = 0; c < covered.size(); ++c) sum += info_[c] * covered[c];
    return sum / information_;
  }

  const Query& query_;
  const index::Statistics& statistics_;
  const RankOptions& options_;
  OccurrenceFinder finder_;
  std::vector<Occurrence> occurrences_;
  std::vector<double> frequency_, exact_, near_;
  std::vector<double> info_;
  double information_;
  index::KindSet kinds_ = 0;
};

}  // namespace

std::vector<Hit> rank(const Query& query, std::span<const Candidate> candidates,
                      const index::Statistics& statistics, const RankOptions& options) {
  Ranker ranker(query, statistics, options);
  std::vector<Hit> hits;
  hits.reserve(candidates.size());
  for (const Candidate& candidate : candidates) hits.push_back(ranker.score(candidate));
  std::sort(hits.begin(), hits.end(), [](const Hit& a, const Hit& b) {
    return a.score != b.score ? a.score > b.score : a.row < b.row;
  });
  return hits;
}

}  // namespace backchat::retrieve
