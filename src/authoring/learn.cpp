#include "authoring/learn.h"

#include <linear.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <map>
#include <memory>
#include <set>
#include <sstream>

#include "safety/analysis.h"
#include "safety/message_features.h"
#include "safety/rule_book.h"

namespace backchat::authoring {
namespace {

using safety::kFeatureBuckets;
using safety::LinearModel;
using safety::Segment;
using safety::Tier;

using Features = std::vector<std::uint32_t>;

// A labelled message, read once.
struct Message {
  int fold = 0;
  Tier label = Tier::kNone;
  Tier by_rules = Tier::kNone;
  std::vector<std::string> groups;
  Features whole;
  std::vector<Features> windows;
  std::vector<bool> tells;  ///< by window: it holds a sign that rules counted
  std::uint32_t words = 0;  ///< of the last turn
  bool danger() const { return label >= Tier::kUrgent; }
};

// How the solver is asked. Values found by cross validation; see CONTRIBUTING.
struct Fit {
  int solver = L2R_LR;
  double cost = 1;
};
constexpr Fit kDense{L2R_LR, 30};
constexpr Fit kSparse{L1R_LR, 3};
// How often the telling window of a dangerous message is looked for again.
constexpr int kRounds = 2;
constexpr double kNever = 1e9;       // above and below every score
constexpr std::size_t kFewest = 20;  // messages of a kind, to learn anything from

// The rows of a problem, in the shape that the solver wants.
class Rows {
 public:
  void add(const Features& features, bool yes) {
    std::vector<feature_node> row;
    row.reserve(features.size() + 2);
    Features sorted = features;
    std::sort(sorted.begin(), sorted.end());
    const double value =
        1 / std::sqrt(static_cast<double>(std::max<std::size_t>(1, sorted.size())));
    for (const std::uint32_t feature : sorted)
      row.push_back({static_cast<int>(feature) + 1, value});
    row.push_back({static_cast<int>(kFeatureBuckets) + 1, 1});  // the bias
    row.push_back({-1, 0});
    rows_.push_back(std::move(row));
    labels_.push_back(yes ? 1 : -1);
  }

  LinearModel fit(const Fit& how) {
    std::vector<feature_node*> pointers;
    pointers.reserve(rows_.size());
    for (auto& row : rows_) pointers.push_back(row.data());
    problem what{};
    what.l = static_cast<int>(rows_.size());
    what.n = static_cast<int>(kFeatureBuckets) + 1;
    what.y = labels_.data();
    what.x = pointers.data();
    what.bias = 1;
    parameter asked{};
    asked.solver_type = how.solver;
    asked.C = how.cost;
    asked.eps = 0.01;
    std::srand(1);  // the solver deals its steps out with rand: the same model every time
    set_print_string_function([](const char*) {});
    const std::unique_ptr<model, void (*)(model*)> made(
        train(&what, &asked), [](model* m) { free_and_destroy_model(&m); });
    // The solver's first class is the one that it saw first.
    const double sign = made->label[0] == 1 ? 1 : -1;
    double largest = 0;
    for (std::uint32_t at = 0; at < kFeatureBuckets; ++at)
      largest = std::max(largest, std::abs(made->w[at]));
    constexpr double kSteps = 127;
    const double step = largest > 0 ? largest / kSteps : 1;
    std::vector<std::int8_t> weights(kFeatureBuckets, 0);
    for (std::uint32_t at = 0; at < kFeatureBuckets; ++at)
      weights[at] = static_cast<std::int8_t>(std::lround(sign * made->w[at] / step));
    return {sign * made->w[kFeatureBuckets], step, std::move(weights)};
  }

 private:
  std::vector<std::vector<feature_node>> rows_;
  std::vector<double> labels_;
};

Message read(const safety::RuleBook& book, const safety::Screener& rules,
             const safety::EvaluationCase& labelled) {
  Message message;
  message.label = labelled.tier;
  message.groups = labelled.groups;
  if (const auto screening = safety::screen_turns(rules, labelled.turns))
    message.by_rules = screening->tier();
  std::vector<Segment> segments;
  std::vector<bool> tells;
  for (const auto& turn : labelled.turns) {
    const safety::Analysis analysis = safety::analyse(book, turn.text);
    const auto said = safety::segments_of(book, analysis);
    for (const Segment& segment : said) {
      tells.push_back(std::any_of(
          analysis.mentions.begin(), analysis.mentions.end(), [&](const safety::Mention& m) {
            return m.begin < segment.end && m.end > segment.begin &&
                   safety::is_told_sign(book.concepts[static_cast<std::size_t>(m.concept_index)],
                                        m);
          }));
    }
    segments.insert(segments.end(), said.begin(), said.end());
    message.words = said.empty() ? 0 : said.back().end;
  }
  std::set<std::uint32_t> all;
  for (const Segment& segment : segments)
    all.insert(segment.features.begin(), segment.features.end());
  message.whole.assign(all.begin(), all.end());
  safety::for_each_window(
      std::span<const Segment>(segments),
      [&](std::size_t first, std::size_t last, std::span<const std::uint32_t> features) {
        message.windows.emplace_back(features.begin(), features.end());
        const auto begin = tells.begin() + static_cast<std::ptrdiff_t>(first);
        const auto end = tells.begin() + static_cast<std::ptrdiff_t>(last) + 1;
        message.tells.push_back(std::find(begin, end, true) != end);
      });
  return message;
}

// Index of the window with the highest score, and that score.
std::pair<std::size_t, double> highest(const LinearModel& model, const Message& message) {
  std::pair<std::size_t, double> best{0, -kNever};
  for (std::size_t at = 0; at < message.windows.size(); ++at) {
    const double score = model.score(message.windows[at]);
    if (score > best.second) best = {at, score};
  }
  return best;
}

template <class Wanted>
LinearModel fit_danger(const std::vector<Message>& messages, Wanted wanted) {
  const auto whole = [&] {
    Rows rows;
    for (const Message& message : messages) {
      if (wanted(message)) rows.add(message.whole, message.danger());
    }
    return rows;
  };
  LinearModel model = whole().fit(kDense);
  // A message is dangerous when one of its windows is; harmless when none is.
  for (int round = 0; round < kRounds; ++round) {
    Rows rows = whole();
    for (const Message& message : messages) {
      if (!wanted(message) || message.windows.size() < 2) continue;
      if (message.danger()) {
        rows.add(message.windows[highest(model, message).first], true);
      } else {
        for (const Features& window : message.windows) rows.add(window, false);
      }
    }
    model = rows.fit(kDense);
  }
  return model;
}

// Learns from the telling windows of the dangerous messages what `yes` says of them.
template <class Wanted, class Yes>
LinearModel fit_among(const std::vector<Message>& messages, const LinearModel& danger,
                      Wanted wanted, Yes yes, const Fit& how) {
  Rows rows;
  for (const Message& message : messages) {
    if (!wanted(message) || !message.danger() || message.windows.empty()) continue;
    rows.add(message.windows[highest(danger, message).first], yes(message));
    rows.add(message.whole, yes(message));
  }
  return rows.fit(how);
}

bool has_group(const Message& message, const std::string& group) {
  return std::find(message.groups.begin(), message.groups.end(), group) != message.groups.end();
}

template <class Wanted>
safety::SecondReaderModel fit(const std::vector<Message>& messages,
                              const std::vector<std::string>& groups, Wanted wanted) {
  safety::SecondReaderModel model;
  model.danger = fit_danger(messages, wanted);
  model.emergency = fit_among(
      messages, model.danger, wanted,
      [](const Message& message) { return message.label == Tier::kEmergency; }, kDense);
  for (const std::string& group : groups) {
    model.groups.push_back({group, fit_among(
                                       messages, model.danger, wanted,
                                       [&](const Message& message) {
                                         return !message.groups.empty() &&
                                                message.groups.front() == group;
                                       },
                                       kSparse)});
  }
  return model;
}

// What a reader makes of a whole message that it has not learnt from.
struct Outcome {
  double danger = 0;
  double at_signs = kNever;  ///< the highest score of a window that holds a sign of the rules
  double emergency = 0;
  std::string group;
};

Outcome outcome_of(const safety::SecondReaderModel& model, const Message& message) {
  Outcome outcome;
  if (message.windows.empty()) return {-kNever, kNever, -kNever, {}};
  const auto [at, score] = highest(model.danger, message);
  outcome.danger = score;
  for (std::size_t i = 0; i < message.windows.size(); ++i) {
    if (!message.tells[i]) continue;
    const double here = model.danger.score(message.windows[i]);
    outcome.at_signs = outcome.at_signs == kNever ? here : std::max(outcome.at_signs, here);
  }
  outcome.emergency = model.emergency.score(message.windows[at]);
  double best = -kNever;
  for (const auto& group : model.groups) {
    const double value = group.model.score(message.windows[at]);
    if (value > best) {
      best = value;
      outcome.group = group.id;
    }
  }
  return outcome;
}

void count(safety::Share& share, bool hit) {
  ++share.total;
  share.hits += hit ? 1 : 0;
}

// The value that a share of `values` does not exceed.
double quantile(std::vector<double> values, double share) {
  std::sort(values.begin(), values.end());
  const auto at = static_cast<std::size_t>(share * static_cast<double>(values.size()));
  return values[std::min(at, values.size() - 1)];
}

LearnFigures measure(const std::vector<Message>& messages, const std::vector<Outcome>& outcomes,
                     const safety::SecondReaderModel& model) {
  LearnFigures figures;
  figures.messages = messages.size();
  for (std::size_t i = 0; i < messages.size(); ++i) {
    const Message& message = messages[i];
    const Outcome& outcome = outcomes[i];
    const bool found = outcome.danger >= model.danger_at;
    const bool doubted = message.by_rules >= Tier::kUrgent && !found &&
                         outcome.at_signs < model.harmless_at &&
                         message.words >= safety::kFewestWordsToDoubt;
    const Tier by_reader = !found                                    ? Tier::kNone
                           : outcome.emergency >= model.emergency_at ? Tier::kEmergency
                                                                     : Tier::kUrgent;
    const bool stays = message.by_rules == Tier::kUrgent && outcome.emergency < model.upgrade_at;
    const Tier both = doubted ? Tier::kNone
                      : stays ? Tier::kUrgent
                              : std::max(by_reader, message.by_rules);
    if (!message.danger()) {
      count(figures.left_alone, !found);
      count(figures.harmless, both < Tier::kUrgent);
      continue;
    }
    count(figures.found, found);
    if (message.label == Tier::kEmergency) {
      count(figures.emergency, both == Tier::kEmergency);
    } else {
      count(figures.urgent, both >= Tier::kUrgent);
    }
    const bool by_rules = message.by_rules >= Tier::kUrgent;
    if (by_rules) {
      count(figures.lost, doubted);
    } else {
      count(figures.caught, found);
      if (!found) count(figures.asked, outcome.danger >= model.ask_at);
    }
    if (found) {
      count(message.label == Tier::kEmergency ? figures.as_emergency : figures.as_urgent,
            (by_reader == Tier::kEmergency) == (message.label == Tier::kEmergency));
    }
    if (found && !message.groups.empty()) count(figures.group, has_group(message, outcome.group));
  }
  return figures;
}

}  // namespace

Result<Learnt> learn(const Documents& documents, const std::vector<MessageFile>& files,
                     const LearnOptions& options) {
  Documents rules_only = documents;
  rules_only.erase(std::string(safety::kSecondReaderFile));
  const auto book = safety::read_rule_book(rules_only);
  if (!book) return fail(book.error());
  const auto rules = safety::Screener::create(rules_only);
  if (!rules) return fail(rules.error());

  std::vector<Message> messages;
  std::map<std::string, std::size_t> by_group;
  std::size_t dangerous = 0;
  std::size_t urgent = 0;
  for (std::size_t at = 0; at < files.size(); ++at) {
    for (const safety::EvaluationCase& labelled : files[at].cases) {
      Message message = read(**book, *rules, labelled);
      message.fold = static_cast<int>(at % static_cast<std::size_t>(options.folds));
      if (message.danger()) {
        ++dangerous;
        urgent += message.label == Tier::kUrgent ? 1 : 0;
        if (!message.groups.empty()) ++by_group[message.groups.front()];
      }
      messages.push_back(std::move(message));
    }
  }
  if (urgent < kFewest || dangerous - urgent < kFewest || messages.size() - dangerous < kFewest) {
    return fail(ErrorCode::kInvalidInput,
                "too few messages to learn from: at least " + std::to_string(kFewest) +
                    " emergencies, " + std::to_string(kFewest) + " urgent and " +
                    std::to_string(kFewest) + " harmless ones are needed",
                files.empty() ? std::string() : files.front().name);
  }
  std::vector<std::string> groups;
  for (const auto& [group, messages_of] : by_group) {
    if (messages_of >= kFewest) groups.push_back(group);
  }

  std::vector<Outcome> outcomes(messages.size());
  for (int fold = 0; fold < options.folds; ++fold) {
    const auto model = fit(messages, groups, [&](const Message& m) { return m.fold != fold; });
    for (std::size_t i = 0; i < messages.size(); ++i) {
      if (messages[i].fold == fold) outcomes[i] = outcome_of(model, messages[i]);
    }
  }
  Learnt learnt;
  learnt.model = fit(messages, groups, [](const Message&) { return true; });
  std::vector<double> harmless;
  std::vector<double> danger;
  std::vector<double> emergency;
  std::vector<double> urgency;
  for (std::size_t i = 0; i < messages.size(); ++i) {
    if (!messages[i].danger()) harmless.push_back(outcomes[i].danger);
    if (messages[i].danger() && messages[i].by_rules >= Tier::kUrgent)
      danger.push_back(outcomes[i].at_signs);
    if (messages[i].label == Tier::kEmergency) emergency.push_back(outcomes[i].emergency);
    if (messages[i].label == Tier::kUrgent) urgency.push_back(outcomes[i].emergency);
  }
  learnt.model.emergency_at = quantile(emergency, options.too_mild);
  learnt.model.upgrade_at = quantile(urgency, 1 - options.too_strict);
  learnt.model.harmless_at = quantile(danger, options.doubts);
  for (const double share : {0.002, 0.005, 0.01, 0.02, 0.03, 0.05, 0.1}) {
    learnt.model.danger_at = quantile(harmless, 1 - share);
    learnt.by_false_alarms.push_back({share, measure(messages, outcomes, learnt.model)});
  }
  learnt.model.danger_at = quantile(harmless, 1 - options.false_alarms);
  learnt.model.ask_at = std::min(learnt.model.danger_at, quantile(harmless, 1 - options.questions));
  for (const double share : {0.0, 0.002, 0.005, 0.01, 0.02, 0.03}) {
    learnt.model.harmless_at = quantile(danger, share);
    learnt.by_doubts.push_back({share, measure(messages, outcomes, learnt.model)});
  }
  learnt.model.harmless_at = quantile(danger, options.doubts);
  learnt.figures = measure(messages, outcomes, learnt.model);
  return learnt;
}

std::string to_text(const Learnt& learnt) {
  std::ostringstream out;
  out.setf(std::ios::fixed);
  const auto line = [&](const char* name, const safety::Share& share) {
    out.precision(3);
    out << name << share.hits << " / " << share.total << " = " << share.value() << " ("
        << share.low() << " to " << share.high() << ")\n";
  };
  const LearnFigures& figures = learnt.figures;
  out << figures.messages << " messages, each read by a reader learnt from other files\n";
  line("reader alone: dangers found             ", figures.found);
  line("reader alone: harmless left alone       ", figures.left_alone);
  line("missed by the rules, found by it        ", figures.caught);
  line("missed by both, asked about by it       ", figures.asked);
  line("found by the rules, made a question     ", figures.lost);
  line("emergencies found, as emergencies       ", figures.as_emergency);
  line("urgent ones found, as urgent            ", figures.as_urgent);
  line("group named right                       ", figures.group);
  line("together: emergencies found as such     ", figures.emergency);
  line("together: urgent found                  ", figures.urgent);
  line("together: harmless left alone           ", figures.harmless);
  const auto table = [&](const char* heading, const std::vector<LearnPoint>& points) {
    out << heading << "   caught     lost   emergency   urgent   harmless\n";
    for (const LearnPoint& point : points) {
      const LearnFigures& f = point.figures;
      out << "              " << point.share << "      " << f.caught.value() << "    "
          << f.lost.value() << "       " << f.emergency.value() << "    " << f.urgent.value()
          << "      " << f.harmless.value() << "\n";
    }
  };
  table("false alarms of it", learnt.by_false_alarms);
  table("doubts of it      ", learnt.by_doubts);
  return out.str();
}

}  // namespace backchat::authoring
