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

double SecondReading::balance(bool rule_fires) const {
  const SecondReaderModel::Balance& with = model->balance;
  double all = with.start + with.highest * highest + with.turn * turn + with.together * together +
               with.length * std::log(static_cast<double>(sentences)) + (later ? with.later : 0);
  for (const Part& part : parts) {
    const double alone =
        with.start + with.highest * part.danger + (with.turn + with.together) * part.message;
    all = std::max(all, alone - kMostTakenAway);
  }
  return all + (rule_fires ? with.alarm : 0);
}

Tier SecondReading::likely() const {
  if (model == nullptr || balance(false) < model->ask_at) return Tier::kNone;
  if (parts.back().end < (later ? kFewestWordsToAskOn : kFewestWordsToRaise)) return Tier::kNone;
  return emergency >= model->emergency_at ? Tier::kEmergency : Tier::kUrgent;
}

Tier SecondReading::tier() const {
  const Tier found = likely();
  return found != Tier::kNone && balance(false) >= model->danger_at ? found : Tier::kNone;
}

bool SecondReading::unsure() const {
  return likely() != Tier::kNone && balance(false) < model->danger_at;
}

bool SecondReading::upgrades() const {
  return model != nullptr && parts.back().end >= kFewestWordsToAskOn &&
         balance(true) >= model->danger_at && emergency >= model->upgrade_at;
}

bool SecondReading::doubts() const {
  return model != nullptr && parts.back().end >= kFewestWordsToDoubt &&
         balance(true) < model->harmless_at;
}

SecondReading SecondReader::read(std::span<const Segment> before,
                                 std::span<const Segment> segments) const {
  SecondReading made;
  if (!present_ || segments.empty()) return made;
  made.model = &model_;
  made.highest = -std::numeric_limits<double>::infinity();
  made.emergency = made.highest;
  for (const Segment& segment : segments) {
    made.parts.push_back({segment.begin, segment.end, made.highest,
                          model_.danger.score(segment.features),
                          model_.message.score(segment.features)});
  }
  std::vector<Segment> all(before.begin(), before.end());
  all.insert(all.end(), segments.begin(), segments.end());
  made.sentences = all.size();
  made.later = !before.empty();
  made.turn = model_.message.score(features_of(segments));
  made.together = before.empty() ? made.turn : model_.message.score(features_of(all));
  std::vector<std::uint32_t> best_features;
  for_each_window(std::span<const Segment>(all),
                  [&](std::size_t first, std::size_t last, std::span<const std::uint32_t> seen) {
                    if (last < before.size()) return;  // read when it was said
                    const double score = model_.danger.score(seen);
                    for (std::size_t at = std::max(first, before.size()); at <= last; ++at) {
                      double& of_part = made.parts[at - before.size()].highest;
                      of_part = std::max(of_part, score);
                    }
                    const bool best = score > made.highest;
                    if (best || score >= 0)
                      made.emergency = std::max(made.emergency, model_.emergency.score(seen));
                    if (!best) return;
                    made.highest = score;
                    made.begin = all[std::max(first, before.size())].begin;
                    made.end = all[last].end;
                    best_features.assign(seen.begin(), seen.end());
                  });
  if (made.balance(true) < model_.ask_at) return made;
  std::vector<std::pair<double, const std::string*>> ranked;
  for (const SecondReaderModel::Group& group : model_.groups)
    ranked.emplace_back(-group.model.score(best_features), &group.id);
  std::sort(ranked.begin(), ranked.end(), [](const auto& a, const auto& b) {
    return a.first != b.first ? a.first < b.first : *a.second < *b.second;
  });
  for (const auto& [score, id] : ranked) made.groups.push_back(*id);
  return made;
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
    auto message = read_model(root["message"]);
    if (!message) return fail(message.error());
    auto emergency = read_model(root["emergency"]);
    if (!emergency) return fail(emergency.error());
    model.danger = std::move(*danger);
    model.message = std::move(*message);
    model.emergency = std::move(*emergency);
    const YAML::Node balance = root["balance"];
    model.balance.start = balance["start"].as<double>();
    model.balance.highest = balance["highest"].as<double>();
    model.balance.turn = balance["turn"].as<double>();
    model.balance.together = balance["together"].as<double>();
    model.balance.length = balance["length"].as<double>();
    model.balance.later = balance["later"].as<double>();
    model.balance.alarm = balance["alarm"].as<double>();
    model.danger_at = balance["danger_at"].as<double>();
    model.ask_at = balance["ask_at"].as<double>();
    model.harmless_at = balance["harmless_at"].as<double>();
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
      << "balance:\n  start: " << model.balance.start << "\n  highest: " << model.balance.highest
      << "\n  turn: " << model.balance.turn << "\n  together: " << model.balance.together
      << "\n  length: " << model.balance.length << "\n  later: " << model.balance.later
      << "\n  alarm: " << model.balance.alarm << "\n  danger_at: " << model.danger_at
      << "\n  ask_at: " << model.ask_at << "\n  harmless_at: " << model.harmless_at << "\n";
  out << "danger:\n";
  write_model(out, model.danger, "  ");
  out << "message:\n";
  write_model(out, model.message, "  ");
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
