#include "safety/second_reader.h"

#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <sstream>
#include <utility>

namespace backchat::safety {
namespace {

// Runs of zeros are common: a zero byte is followed by how many more come (0 to 255).
std::vector<unsigned char> packed(const std::vector<std::int8_t>& weights) {
  std::vector<unsigned char> out;
  for (std::size_t at = 0; at < weights.size();) {
    out.push_back(static_cast<unsigned char>(weights[at]));
    if (weights[at++] != 0) continue;
    unsigned char more = 0;
    while (at < weights.size() && weights[at] == 0 && more < 255) {
      ++at;
      ++more;
    }
    out.push_back(more);
  }
  return out;
}

// Nothing when the bytes do not make exactly kFeatureBuckets weights.
std::optional<std::vector<std::int8_t>> unpacked(const std::vector<unsigned char>& bytes) {
  std::vector<std::int8_t> weights;
  weights.reserve(kFeatureBuckets);
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    weights.push_back(static_cast<std::int8_t>(bytes[at]));
    if (bytes[at] != 0) continue;
    if (++at == bytes.size()) return std::nullopt;
    weights.insert(weights.end(), bytes[at], 0);
    if (weights.size() > kFeatureBuckets) return std::nullopt;
  }
  if (weights.size() != kFeatureBuckets) return std::nullopt;
  return weights;
}

Result<LinearModel> read_model(const YAML::Node& node) {
  const auto weights = unpacked(YAML::DecodeBase64(node["weights"].as<std::string>()));
  const auto bias = node["bias"].as<double>();
  const auto step = node["step"].as<double>();
  if (!weights || !std::isfinite(bias) || !std::isfinite(step)) {
    return fail(ErrorCode::kCorruptData, "these weights are damaged; make them again",
                std::string(kSecondReaderFile) + ":" + std::to_string(node.Mark().line + 1));
  }
  return LinearModel(bias, step, *weights);
}

// Base64 in lines of bearable length.
void write_model(std::ostream& out, const LinearModel& model, const std::string& indent) {
  constexpr std::size_t kLine = 110;
  const std::vector<unsigned char> bytes = packed(model.weights());
  const std::string text = YAML::EncodeBase64(bytes.data(), bytes.size());
  out << indent << "bias: " << model.bias() << "\n"
      << indent << "step: " << model.step() << "\n"
      << indent << "weights: >-\n";
  for (std::size_t at = 0; at < text.size(); at += kLine)
    out << indent << "  " << text.substr(at, kLine) << "\n";
}

}  // namespace

double LinearModel::score(std::span<const std::uint32_t> features) const {
  if (features.empty()) return bias_;
  std::int64_t sum = 0;
  for (const std::uint32_t feature : features) sum += weights_[feature];
  return bias_ + step_ * static_cast<double>(sum) / std::sqrt(static_cast<double>(features.size()));
}

bool SecondReading::doubts(std::uint32_t begin_of_words, std::uint32_t end_of_words) const {
  if (parts.empty() || parts.back().end < kFewestWordsToDoubt) return false;
  return std::all_of(parts.begin(), parts.end(), [&](const Part& part) {
    return part.end <= begin_of_words || part.begin >= end_of_words || part.score < harmless_at;
  });
}

SecondReading SecondReader::read(std::span<const Segment> before,
                                 std::span<const Segment> segments) const {
  SecondReading best;
  best.score = -std::numeric_limits<double>::infinity();
  if (!present_ || segments.empty()) return best;
  best.harmless_at = model_.harmless_at;
  for (const Segment& segment : segments)
    best.parts.push_back({segment.begin, segment.end, best.score});
  std::vector<Segment> all(before.begin(), before.end());
  all.insert(all.end(), segments.begin(), segments.end());
  std::vector<std::uint32_t> best_features;
  double emergency = -std::numeric_limits<double>::infinity();
  for_each_window(std::span<const Segment>(all),
                  [&](std::size_t first, std::size_t last, std::span<const std::uint32_t> seen) {
                    if (last < before.size()) return;  // read when it was said
                    const double score = model_.danger.score(seen);
                    for (std::size_t at = std::max(first, before.size()); at <= last; ++at) {
                      double& of_part = best.parts[at - before.size()].score;
                      of_part = std::max(of_part, score);
                    }
                    if (score >= model_.ask_at)
                      emergency = std::max(emergency, model_.emergency.score(seen));
                    if (score <= best.score) return;
                    best.score = score;
                    best.begin = all[std::max(first, before.size())].begin;
                    best.end = all[last].end;
                    best_features.assign(seen.begin(), seen.end());
                  });
  if (best.score < model_.ask_at) return best;
  best.likely = emergency >= model_.emergency_at ? Tier::kEmergency : Tier::kUrgent;
  best.unsure = best.score < model_.danger_at;
  if (!best.unsure) best.tier = best.likely;
  best.upgrades = emergency >= model_.upgrade_at;
  std::vector<std::pair<double, const std::string*>> ranked;
  for (const SecondReaderModel::Group& group : model_.groups)
    ranked.emplace_back(-group.model.score(best_features), &group.id);
  std::sort(ranked.begin(), ranked.end(), [](const auto& a, const auto& b) {
    return a.first != b.first ? a.first < b.first : *a.second < *b.second;
  });
  for (const auto& [score, id] : ranked) best.groups.push_back(*id);
  return best;
}

Result<SecondReader> read_second_reader(const Documents& documents) {
  const auto found = documents.find(kSecondReaderFile);
  if (found == documents.end()) return SecondReader();
  try {
    const YAML::Node root = YAML::Load(found->second);
    if (root["buckets"].as<std::uint32_t>() != kFeatureBuckets) {
      return fail(ErrorCode::kCorruptData,
                  "this model was made for another number of buckets; make it again",
                  std::string(kSecondReaderFile));
    }
    SecondReaderModel model;
    auto danger = read_model(root["danger"]);
    if (!danger) return fail(danger.error());
    auto emergency = read_model(root["emergency"]);
    if (!emergency) return fail(emergency.error());
    model.danger = std::move(*danger);
    model.emergency = std::move(*emergency);
    model.danger_at = root["danger"]["at"].as<double>();
    model.ask_at = root["danger"]["ask_at"].as<double>();
    model.harmless_at = root["danger"]["harmless_at"].as<double>();
    model.emergency_at = root["emergency"]["at"].as<double>();
    model.upgrade_at = root["emergency"]["upgrade_at"].as<double>();
    for (const YAML::Node& node : root["groups"]) {
      auto group = read_model(node);
      if (!group) return fail(group.error());
      model.groups.push_back({node["group"].as<std::string>(), std::move(*group)});
    }
    return SecondReader(std::move(model));
  } catch (const YAML::Exception& error) {
    return fail(ErrorCode::kCorruptData, error.msg,
                std::string(kSecondReaderFile) + ":" + std::to_string(error.mark.line + 1));
  }
}

std::string to_text(const SecondReaderModel& model, const std::vector<std::string>& made_of) {
  std::ostringstream out;
  out.precision(6);
  out << "# Made by \"backchat learn\" from the messages named below. Not for editing by hand.\n"
      << "made_of:\n";
  for (const std::string& line : made_of) out << "  - \"" << line << "\"\n";
  out << "buckets: " << kFeatureBuckets << "\n"
      << "danger:\n  at: " << model.danger_at << "\n  ask_at: " << model.ask_at
      << "\n  harmless_at: " << model.harmless_at << "\n";
  write_model(out, model.danger, "  ");
  out << "emergency:\n  at: " << model.emergency_at << "\n  upgrade_at: " << model.upgrade_at
      << "\n";
  write_model(out, model.emergency, "  ");
  out << "groups:\n";
  for (const SecondReaderModel::Group& group : model.groups) {
    out << "  - group: " << group.id << "\n";
    write_model(out, group.model, "    ");
  }
  return out.str();
}

}  // namespace backchat::safety
