#include "answer/asked_questions.h"

#include <algorithm>
#include <cmath>
#include <set>

namespace backchat::answer {
namespace {

// What an everyday word tells beside a subject.
constexpr double kEverydayShare = 0.35;
// What the kind of question ("how long") tells beside a word as rare.
constexpr double kKindShare = 0.6;
// Words that only one side has count against likeness: those of the collected wording more than
// those of the question, which may come with a story.
constexpr double kMissed = 0.8;
constexpr double kBeside = 0.45;
// Less alike is not alike.
constexpr double kAlike = 0.45;
constexpr std::string_view kKindPrefix = "kind:";
constexpr std::string_view kTermPrefix = "term:";

// The section of a passage id: "slug#heading.2" is of "slug#heading".
std::string_view section_of(std::string_view id) { return id.substr(0, id.rfind('.')); }

}  // namespace

AskedQuestions::AskedQuestions(const knowledge::Pack& pack, const text::Analyzer& analyzer,
                               const retrieve::QueryAnalyser& questions, const WordRoles& roles)
    : lexicon_(analyzer, pack.lexicon) {
  std::map<std::string_view, std::vector<std::size_t>> sections;
  for (std::size_t i = 0; i < pack.passages.size(); ++i) {
    sections[section_of(pack.passages[i].id)].push_back(i);
  }
  std::vector<std::vector<Weighed>> all;
  const auto add = [&](const std::string& wording, const std::vector<std::size_t>& passages) {
    const retrieve::Query query = questions.analyse(wording);
    all.push_back(features(query, roles.roles(query)));
    wordings_.push_back({wording, 0, passages});
  };
  for (const auto& [section, passages] : sections) {
    add(pack.passages[passages.front()].heading, passages);
  }
  for (const knowledge::Asked& asked : pack.asked) {
    std::vector<std::size_t> passages;
    for (const std::string& section : asked.sections) {
      const auto& of_section = sections[section];
      passages.insert(passages.end(), of_section.begin(), of_section.end());
    }
    for (const std::string& question : asked.questions) add(question, passages);
  }
  std::map<std::string_view, double> count;
  for (const auto& features : all) {
    for (const Weighed& feature : features) ++count[feature.name];
  }
  const double total = static_cast<double>(all.size());
  for (std::size_t w = 0; w < all.size(); ++w) {
    for (const Weighed& feature : all[w]) {
      const double weight = feature.share * std::log(1 + total / count[feature.name]);
      wordings_[w].weight += weight;
      postings_[feature.name].push_back({w, weight});
    }
  }
}

std::vector<AskedQuestions::Weighed> AskedQuestions::features(
    const retrieve::Query& query, const std::vector<WordRole>& roles) const {
  std::vector<Weighed> out;
  const auto add = [&out](std::string name, double share) -> Weighed& {
    const auto same = std::ranges::find(out, name, &Weighed::name);
    if (same == out.end()) return out.emplace_back(Weighed{std::move(name), share, {}});
    same->share = std::max(same->share, share);
    return *same;
  };
  const auto concept_of = [&query](const std::string& stem) {
    return static_cast<std::size_t>(
        std::ranges::find(query.concepts, stem, &retrieve::Concept::stem) - query.concepts.begin());
  };
  std::vector<bool> in_term(query.stems.size());
  for (const auto& found : lexicon_.find(query.stems)) {
    if (found.inside) continue;
    Weighed& term = add(std::string(kTermPrefix) + lexicon_.entry(found.entry).term, 1);
    for (std::size_t at = found.begin; at < found.begin + found.size; ++at) {
      in_term[at] = true;
      const std::size_t c = concept_of(query.stems[at]);
      if (c < query.concepts.size()) term.concepts.push_back(c);
    }
  }
  for (std::size_t at = 0; at < query.stems.size(); ++at) {
    const std::size_t c = concept_of(query.stems[at]);
    if (in_term[at] || c == query.concepts.size() || query.concepts[c].cue) continue;
    const bool everyday = roles[c] == WordRole::kEveryday;
    add(query.stems[at], everyday ? kEverydayShare : 1).concepts.push_back(c);
  }
  if (query.kind() != retrieve::QuestionKind::kNone) {
    add(std::string(kKindPrefix) + std::string(kind_name(query.kind())), kKindShare);
  }
  return out;
}

NearestAsked AskedQuestions::nearest(const retrieve::Query& query,
                                     const std::vector<WordRole>& roles) const {
  NearestAsked out;
  out.explained.resize(query.concepts.size());
  const std::vector<Weighed> asked = features(query, roles);
  std::vector<double> shared(wordings_.size());
  std::vector<bool> shares_word(wordings_.size());
  const bool has_words =
      std::ranges::any_of(asked, [](const Weighed& each) { return !each.concepts.empty(); });
  double own = 0;
  const double total = static_cast<double>(wordings_.size());
  for (const Weighed& feature : asked) {
    const auto found = postings_.find(feature.name);
    if (found == postings_.end()) {
      own += feature.share * std::log(1 + total);
      continue;
    }
    const double weight =
        feature.share * std::log(1 + total / static_cast<double>(found->second.size()));
    own += weight;
    for (const Posting& posting : found->second) {
      shared[posting.wording] += std::min(weight, posting.weight);
      if (!feature.concepts.empty()) shares_word[posting.wording] = true;
    }
  }
  std::map<std::size_t, NearestAsked::Near> by_passage;
  std::size_t nearest = wordings_.size();
  double best = kAlike;
  for (std::size_t w = 0; w < wordings_.size(); ++w) {
    // Asking in the same way about something else is not alike.
    if (shared[w] <= 0 || (has_words && !shares_word[w])) continue;
    const double missed = wordings_[w].weight - shared[w];
    const double likeness =
        shared[w] / (shared[w] + kMissed * missed + kBeside * (own - shared[w]));
    if (likeness < kAlike) continue;
    for (const std::size_t passage : wordings_[w].passages) {
      NearestAsked::Near& near = by_passage[passage];
      if (likeness > near.likeness) near = {passage, likeness, wordings_[w].text};
    }
    if (likeness > best) {
      best = likeness;
      nearest = w;
    }
  }
  for (const auto& [passage, near] : by_passage) out.passages.push_back(near);
  if (nearest == wordings_.size()) return out;
  for (const Weighed& feature : asked) {
    const auto found = postings_.find(feature.name);
    if (found == postings_.end()) continue;
    if (std::ranges::find(found->second, nearest, &Posting::wording) == found->second.end())
      continue;
    for (const std::size_t c : feature.concepts) out.explained[c] = true;
  }
  return out;
}

}  // namespace backchat::answer
