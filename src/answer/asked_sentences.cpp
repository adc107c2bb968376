#include "answer/asked_sentences.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <map>

#include "retrieve/stop_words.h"
#include "text/normalise.h"

namespace backchat::answer {
namespace {

// What a stop word tells beside another word as rare: "how do i" is much of how people ask.
constexpr double kStopShare = 0.25;
// What a word tells that is part of a term of the lexicon, beside the term.
constexpr double kInTermShare = 0.5;
// What a word counts that the turn leans on, beside one of its own.
constexpr double kContextShare = 0.5;
// BM25 of a sentence's wordings as one document.
constexpr double kSaturation = 2;
constexpr double kLengthShare = 0.6;
// Words that only one side has count against likeness: those of the wording more than those of the
// question, which may come with a story.
constexpr double kMissed = 0.8;
constexpr double kBeside = 0.45;
// What the nearest, the second and the third wording of a sentence count.
constexpr std::array<double, 3> kNearest{1, 0.5, 0.25};
// What the best sentence of a section adds to the others of it.
constexpr double kSectionShare = 0.3;
// So many of the nearest sentences may hold the question.
constexpr std::size_t kHolding = 3;
// Sentences beyond are not near.
constexpr std::size_t kMostSentences = 60;

// Of so many wordings these have a word; none and all of none are possible.
double log_share(std::size_t with, std::size_t all) {
  constexpr double kUnseen = 0.5;
  return std::log((static_cast<double>(with) + kUnseen) / (static_cast<double>(all) + kUnseen));
}

void scale_to_one(std::vector<double>& values) {
  const double most = values.empty() ? 0 : *std::ranges::max_element(values);
  if (most <= 0) return;
  for (double& value : values) value /= most;
}

}  // namespace

AskedSentences::AskedSentences(const knowledge::Pack& pack, const text::Analyzer& analyzer)
    : analyzer_(analyzer), lexicon_(analyzer, pack.lexicon) {
  std::map<std::pair<std::string_view, std::string_view>, std::uint32_t> sections;
  std::vector<std::unordered_map<FeatureId, double>> documents;
  const auto add = [&](const std::string& text, std::unordered_map<FeatureId, double>& document) {
    std::vector<std::pair<FeatureId, double>> out;
    for (const Feature& feature : features(words_of(text))) {
      const FeatureId id =
          ids_.try_emplace(feature.name, static_cast<FeatureId>(ids_.size())).first->second;
      document[id] += feature.share;
      out.emplace_back(id, feature.share);
    }
    in_wordings_.resize(ids_.size());
    return out;
  };
  for (const knowledge::AskedSentence& asked : pack.asked_sentences) {
    const knowledge::Passage& passage = pack.passages[asked.passage];
    const auto index = static_cast<std::uint32_t>(sentences_.size());
    const std::uint32_t section = sections
                                      .try_emplace({passage.article, passage.heading},
                                                   static_cast<std::uint32_t>(sections.size()))
                                      .first->second;
    sentences_.push_back({&passage, asked.sentence, section});
    std::unordered_map<FeatureId, double>& document = documents.emplace_back();
    for (const std::string& question : asked.questions) {
      const auto wording = static_cast<std::uint32_t>(wordings_.size());
      wordings_.push_back({index, 0});
      for (const auto& [id, share] : add(question, document)) {
        in_wordings_[id].push_back({wording, static_cast<float>(share)});
      }
    }
    add(std::string(passage.sentence(asked.sentence)), document);
  }
  sections_ = static_cast<std::uint32_t>(sections.size());
  std::unordered_map<FeatureId, double> nowhere;
  for (const knowledge::NotCovered& asked : pack.not_covered) {
    for (const std::string& question : asked.questions) {
      const auto wording = static_cast<std::uint32_t>(wordings_.size());
      wordings_.push_back({static_cast<std::uint32_t>(sentences_.size() + missing_.size()), 0});
      for (const auto& [id, share] : add(question, nowhere)) {
        in_wordings_[id].push_back({wording, static_cast<float>(share)});
      }
    }
    missing_.push_back(asked.missing);
  }
  const std::size_t answered = static_cast<std::size_t>(std::ranges::count_if(
      wordings_, [this](const Wording& each) { return each.sentence < sentences_.size(); }));
  for (auto& postings : in_wordings_) {
    const std::size_t with =
        static_cast<std::size_t>(std::ranges::count_if(postings, [this](const Posting& each) {
          return wordings_[each.at].sentence < sentences_.size();
        }));
    leanings_.push_back(
        static_cast<float>(log_share(postings.size() - with, wordings_.size() - answered) -
                           log_share(with, answered)));
    const double rarity = std::log(1 + static_cast<double>(wordings_.size()) /
                                           std::max(1.0, static_cast<double>(postings.size())));
    for (Posting& posting : postings) {
      posting.weight *= static_cast<float>(rarity);
      wordings_[posting.at].weight += posting.weight;
    }
  }
  in_sentences_.resize(ids_.size());
  double all = 0;
  std::vector<double> lengths;
  for (const auto& document : documents) {
    double& length = lengths.emplace_back();
    for (const auto& [id, count] : document) {
      length += count;
      in_sentences_[id].push_back(
          {static_cast<std::uint32_t>(lengths.size() - 1), static_cast<float>(count)});
    }
    all += length;
  }
  const double total = static_cast<double>(documents.size());
  for (FeatureId id = 0; id < in_sentences_.size(); ++id) {
    const double with = static_cast<double>(in_sentences_[id].size());
    const double rarity = std::log(1 + (total - with + 0.5) / (with + 0.5));
    for (Posting& posting : in_sentences_[id]) {
      const double count = double{posting.weight};
      const double length = 1 - kLengthShare + kLengthShare * lengths[posting.at] * total / all;
      posting.weight =
          static_cast<float>(rarity * count * (kSaturation + 1) / (count + kSaturation * length));
    }
  }
}

std::vector<AskedSentences::Word> AskedSentences::words_of(std::string_view text) const {
  std::vector<Word> out;
  const text::Normalised normal = text::normalise(text);
  for (text::Token& token : analyzer_.tokens(normal.text)) {
    const bool stop = retrieve::is_stop_word(token.exact);
    out.push_back(
        {std::move(token.term), stop ? kStopShare : 1, normal.original({token.begin, token.end})});
  }
  return out;
}

std::vector<AskedSentences::Word> AskedSentences::words_of(const retrieve::Query& query,
                                                           std::size_t own) const {
  std::vector<Word> out = words_of(query.text);
  for (Word& word : out) {
    if (word.span.begin >= own) word.share *= kContextShare;
    if (ids_.contains(word.stem)) continue;
    // The repair is of the edition's words; these know more of how people talk.
    for (const retrieve::Repair& repair : query.repairs) {
      if (repair.span.begin != word.span.begin) continue;
      const std::vector<Word> repaired = words_of(repair.to);
      const bool tells = repaired.size() == 1 && repaired.front().share > kStopShare;
      if (tells) word.stem = repaired.front().stem;
    }
  }
  return out;
}

std::vector<AskedSentences::Feature> AskedSentences::features(
    const std::vector<Word>& words) const {
  std::vector<Feature> out;
  const auto add = [&out](std::string name, double share) -> Feature& {
    const auto same = std::ranges::find(out, name, &Feature::name);
    if (same == out.end()) return out.emplace_back(Feature{std::move(name), share, {}});
    same->share = std::max(same->share, share);
    return *same;
  };
  std::vector<std::string> stems;
  for (const Word& word : words) stems.push_back(word.stem);
  std::vector<double> inside(words.size(), 1);
  for (const auto& found : lexicon_.find(stems)) {
    if (found.inside) continue;
    double share = 0;
    for (std::size_t at = found.begin; at < found.begin + found.size; ++at) {
      share = std::max(share, words[at].share);
      inside[at] = kInTermShare;
    }
    Feature& term = add("term:" + lexicon_.entry(found.entry).term, share);
    for (std::size_t at = found.begin; at < found.begin + found.size; ++at) {
      term.words.push_back(at);
    }
  }
  for (std::size_t at = 0; at < words.size(); ++at) {
    if (words[at].share <= 0) continue;
    add(words[at].stem, words[at].share * inside[at]).words.push_back(at);
  }
  return out;
}

std::vector<double> AskedSentences::by_document(const std::vector<Feature>& asked) const {
  std::vector<double> out(sentences_.size());
  for (const Feature& feature : asked) {
    const auto id = ids_.find(feature.name);
    if (id == ids_.end()) continue;
    for (const Posting& posting : in_sentences_[id->second]) {
      out[posting.at] += feature.share * double{posting.weight};
    }
  }
  scale_to_one(out);
  return out;
}

double AskedSentences::rarity(const Feature& feature) const {
  const auto id = ids_.find(feature.name);
  const std::size_t with = id == ids_.end() ? 0 : in_wordings_[id->second].size();
  return std::log(1 +
                  static_cast<double>(wordings_.size()) / std::max(1.0, static_cast<double>(with)));
}

std::vector<double> AskedSentences::by_wording(const std::vector<Feature>& asked,
                                               NearSentences& near) const {
  std::vector<double> shared(wordings_.size());
  double own = 0;
  for (const Feature& feature : asked) {
    const double weight = feature.share * rarity(feature);
    own += weight;
    const auto id = ids_.find(feature.name);
    if (id == ids_.end() || in_wordings_[id->second].empty()) {
      near.unknown += weight;
      continue;
    }
    near.leaning += feature.share * double{leanings_[id->second]};
    for (const Posting& posting : in_wordings_[id->second]) {
      shared[posting.at] += std::min(weight, double{posting.weight});
    }
  }
  near.weight = own;
  if (own > 0) near.unknown /= own;
  std::vector<std::array<double, kNearest.size()>> best(sentences_.size());
  for (std::size_t w = 0; w < wordings_.size(); ++w) {
    if (shared[w] <= 0) continue;
    const double missed = double{wordings_[w].weight} - shared[w];
    double likeness = shared[w] / (shared[w] + kMissed * missed + kBeside * (own - shared[w]));
    const std::size_t of = wordings_[w].sentence;
    if (of >= sentences_.size()) {
      if (likeness <= near.not_covered) continue;
      near.not_covered = likeness;
      near.missing = missing_[of - sentences_.size()];
      continue;
    }
    near.nearest = std::max(near.nearest, likeness);
    for (double& place : best[of]) {
      if (likeness > place) std::swap(likeness, place);
    }
  }
  std::vector<double> out(sentences_.size());
  for (std::size_t s = 0; s < out.size(); ++s) {
    for (std::size_t i = 0; i < kNearest.size(); ++i) out[s] += kNearest[i] * best[s][i];
  }
  scale_to_one(out);
  return out;
}

double AskedSentences::held_by(const std::vector<Feature>& asked,
                               const std::vector<std::size_t>& sentences) const {
  double held = 0;
  double all = 0;
  for (const Feature& feature : asked) {
    const double weight = feature.share * rarity(feature);
    all += weight;
    const auto id = ids_.find(feature.name);
    if (id == ids_.end()) continue;
    const bool has = std::ranges::any_of(in_sentences_[id->second], [&](const Posting& posting) {
      return std::ranges::find(sentences, posting.at) != sentences.end();
    });
    if (has) held += weight;
  }
  return all > 0 ? held / all : 0;
}

double NearSentences::margin() const {
  // By logistic regression on the questions named at kNotCoveredMargin. The longer a question, the
  // less it is like any one wording, whether it is answered or not.
  constexpr double kNotCoveredWeight = 1.1;
  constexpr double kHeldWeight = 0.45;
  constexpr double kHeldUsual = 0.7;
  constexpr double kUnknownWeight = 0.5;
  constexpr double kLengthWeight = 0.006;
  constexpr double kLengthUsual = 40;
  constexpr double kLeaningWeight = 0.026;
  return nearest - kNotCoveredWeight * not_covered + kHeldWeight * (held - kHeldUsual) -
         kUnknownWeight * unknown + kLengthWeight * (weight - kLengthUsual) -
         kLeaningWeight * leaning;
}

NearSentences AskedSentences::nearest(const retrieve::Query& query, std::size_t own) const {
  NearSentences out;
  if (sentences_.empty()) return out;
  const std::vector<Word> words = words_of(query, own);
  const std::vector<Feature> asked = features(words);
  std::vector<double> score = by_document(asked);
  const std::vector<double> alike = by_wording(asked, out);
  out.judged = !missing_.empty();
  std::vector<double> section(sections_);
  for (std::size_t s = 0; s < score.size(); ++s) {
    score[s] += alike[s];
    double& best = section[sentences_[s].section];
    best = std::max(best, score[s]);
  }
  std::vector<std::size_t> order;
  for (std::size_t s = 0; s < score.size(); ++s) {
    score[s] += kSectionShare * section[sentences_[s].section];
    if (score[s] > 0) order.push_back(s);
  }
  scale_to_one(score);
  // What is far falls away: wordings of one subject are all a little alike.
  for (double& each : score) each *= each;
  const std::size_t kept = std::min(kMostSentences, order.size());
  std::ranges::partial_sort(order, order.begin() + static_cast<std::ptrdiff_t>(kept),
                            std::greater<>(), [&score](std::size_t s) { return score[s]; });
  order.resize(kept);
  out.held = held_by(
      asked,
      {order.begin(), order.begin() + static_cast<std::ptrdiff_t>(std::min(kHolding, kept))});
  std::vector<std::size_t> place(sentences_.size(), kept);
  for (std::size_t i = 0; i < kept; ++i) {
    const std::size_t s = order[i];
    place[s] = i;
    out.sentences.push_back({sentences_[s].passage, sentences_[s].sentence, score[s],
                             std::vector<bool>(query.concepts.size())});
  }
  for (const Feature& feature : asked) {
    const auto id = ids_.find(feature.name);
    if (id == ids_.end()) continue;
    for (const Posting& posting : in_sentences_[id->second]) {
      if (place[posting.at] == kept) continue;
      for (std::size_t c = 0; c < query.concepts.size(); ++c) {
        const bool made_of_it = std::ranges::any_of(feature.words, [&](std::size_t at) {
          return words[at].span.begin == query.concepts[c].span.begin;
        });
        if (made_of_it) out.sentences[place[posting.at]].holds[c] = true;
      }
    }
  }
  return out;
}

}  // namespace backchat::answer
