#include "authoring/learn.h"

#include <linear.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <map>
#include <memory>
#include <span>
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
  bool weighs = true;  ///< sets the balance and the thresholds
  Tier label = Tier::kNone;
  std::vector<std::string> groups;
  Features whole;
  std::vector<Features> windows;
  struct Turn {
    std::vector<Segment> before;
    std::vector<Segment> said;
    Tier by_rules = Tier::kNone;  ///< raised in this turn
  };
  std::vector<Turn> turns;  ///< that say something
  bool danger() const { return label >= Tier::kUrgent; }
};

// How the solver is asked. Values found by cross validation; see CONTRIBUTING.
struct Fit {
  int solver = L2R_LR;
  double cost = 1;
};
constexpr Fit kDense{L2R_LR, 100};
constexpr Fit kSparse{L1R_LR, 3};
constexpr Fit kFew{L2R_LR, 100};
// How often the telling window of a dangerous message is looked for again.
constexpr int kRounds = 2;
constexpr double kNever = 1e9;       // above and below every score
constexpr std::size_t kFewest = 20;  // messages of a kind, to learn anything from

// The rows of a problem, in the shape that the solver wants.
class Rows {
 public:
  explicit Rows(std::uint32_t features) : features_(features) {}

  void add(const Features& features, bool yes) {
    const double value =
        1 / std::sqrt(static_cast<double>(std::max<std::size_t>(1, features.size())));
    std::vector<feature_node> row;
    row.reserve(features.size() + 2);
    for (const std::uint32_t feature : features)
      row.push_back({static_cast<int>(feature) + 1, value});
    finish(std::move(row), yes);
  }

  void add(std::span<const double> values, bool yes) {
    std::vector<feature_node> row;
    for (std::size_t at = 0; at < values.size(); ++at)
      row.push_back({static_cast<int>(at) + 1, values[at]});
    finish(std::move(row), yes);
  }

  // The weights of the features, and of the bias behind them.
  std::vector<double> solve(const Fit& how) {
    std::vector<feature_node*> pointers;
    pointers.reserve(rows_.size());
    for (auto& row : rows_) pointers.push_back(row.data());
    problem what{};
    what.l = static_cast<int>(rows_.size());
    what.n = static_cast<int>(features_) + 1;
    what.y = labels_.data();
    what.x = pointers.data();
    what.bias = 1;
    parameter asked{};
    asked.solver_type = how.solver;
    asked.C = how.cost;
    asked.eps = 0.05;  // a finer solution finds no more in messages not learnt from
    std::srand(1);     // the solver deals its steps out with rand: the same model every time
    set_print_string_function([](const char*) {});
    const std::unique_ptr<model, void (*)(model*)> made(
        train(&what, &asked), [](model* m) { free_and_destroy_model(&m); });
    // The solver's first class is the one that it saw first.
    const double sign = made->label[0] == 1 ? 1 : -1;
    std::vector<double> weights(made->w, made->w + features_ + 1);
    for (double& weight : weights) weight *= sign;
    return weights;
  }

 private:
  void finish(std::vector<feature_node> row, bool yes) {
    row.push_back({static_cast<int>(features_) + 1, 1});  // the bias
    row.push_back({-1, 0});
    rows_.push_back(std::move(row));
    labels_.push_back(yes ? 1 : -1);
  }

  std::uint32_t features_;
  std::vector<std::vector<feature_node>> rows_;
  std::vector<double> labels_;
};

LinearModel model_of(Rows& rows, const Fit& how) {
  const std::vector<double> solved = rows.solve(how);
  double largest = 0;
  for (std::uint32_t at = 0; at < kFeatureBuckets; ++at)
    largest = std::max(largest, std::abs(solved[at]));
  constexpr double kSteps = 127;
  const double step = largest > 0 ? largest / kSteps : 1;
  std::vector<std::int8_t> weights(kFeatureBuckets, 0);
  for (std::uint32_t at = 0; at < kFeatureBuckets; ++at)
    weights[at] = static_cast<std::int8_t>(std::lround(solved[at] / step));
  return {solved[kFeatureBuckets], step, std::move(weights)};
}

Message read(const safety::RuleBook& book, const safety::Screener& rules,
             const safety::EvaluationCase& labelled) {
  Message message;
  message.label = labelled.tier;
  message.groups = labelled.groups;
  std::vector<Segment> segments;
  safety::Memory memory;
  int index = 0;
  for (const auto& turn : labelled.turns) {
    const auto screening =
        rules.screen({.text = turn.text, .answers = turn.answers, .index = index++}, memory);
    memory = screening.memory();
    const safety::Analysis analysis = safety::analyse(book, turn.text);
    auto said = safety::segments_of(book, analysis);
    if (said.empty()) continue;
    const std::size_t kept = std::min(segments.size(), safety::kWindow - 1);
    message.turns.push_back({{segments.end() - static_cast<std::ptrdiff_t>(kept), segments.end()},
                             said,
                             screening.raised()});
    segments.insert(segments.end(), said.begin(), said.end());
  }
  message.whole = safety::features_of(segments);
  safety::for_each_window(std::span<const Segment>(segments),
                          [&](std::size_t, std::size_t, std::span<const std::uint32_t> features) {
                            message.windows.emplace_back(features.begin(), features.end());
                          });
  return message;
}

// Index of the window with the highest score.
std::size_t highest(const LinearModel& model, const Message& message) {
  std::pair<std::size_t, double> best{0, -kNever};
  for (std::size_t at = 0; at < message.windows.size(); ++at) {
    const double score = model.score(message.windows[at]);
    if (score > best.second) best = {at, score};
  }
  return best.first;
}

template <class Wanted>
Rows whole_messages(const std::vector<Message>& messages, Wanted wanted) {
  Rows rows(kFeatureBuckets);
  for (const Message& message : messages) {
    if (wanted(message)) rows.add(message.whole, message.danger());
  }
  return rows;
}

// A message is dangerous when one of its windows is; harmless when none is. Begins with a model of
// whole messages.
template <class Wanted>
LinearModel fit_danger(const std::vector<Message>& messages, LinearModel model, Wanted wanted) {
  for (int round = 0; round < kRounds; ++round) {
    Rows rows = whole_messages(messages, wanted);
    for (const Message& message : messages) {
      if (!wanted(message) || message.windows.size() < 2) continue;
      if (message.danger()) {
        rows.add(message.windows[highest(model, message)], true);
      } else {
        for (const Features& window : message.windows) rows.add(window, false);
      }
    }
    model = model_of(rows, kDense);
  }
  return model;
}

// Learns from the telling windows of the dangerous messages what `yes` says of them.
template <class Wanted, class Yes>
LinearModel fit_among(const std::vector<Message>& messages, const LinearModel& danger,
                      Wanted wanted, Yes yes, const Fit& how) {
  Rows rows(kFeatureBuckets);
  for (const Message& message : messages) {
    if (!wanted(message) || !message.danger() || message.windows.empty()) continue;
    rows.add(message.windows[highest(danger, message)], yes(message));
    rows.add(message.whole, yes(message));
  }
  return model_of(rows, how);
}

bool has_group(const Message& message, const std::string& group) {
  return std::find(message.groups.begin(), message.groups.end(), group) != message.groups.end();
}

template <class Wanted>
safety::SecondReaderModel fit(const std::vector<Message>& messages,
                              const std::vector<std::string>& groups, Wanted wanted) {
  safety::SecondReaderModel model;
  Rows whole = whole_messages(messages, wanted);
  model.message = model_of(whole, kDense);
  model.danger = fit_danger(messages, model.message, wanted);
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

// What a reader that has not learnt from a message makes of its turns. The models must live on.
using Readings = std::vector<safety::SecondReading>;

Readings read(const safety::SecondReader& reader, const Message& message) {
  Readings readings;
  for (const Message::Turn& turn : message.turns)
    readings.push_back(reader.read(turn.before, turn.said));
  return readings;
}

bool fires(const Message::Turn& turn) { return turn.by_rules >= Tier::kUrgent; }

// The turn that weighs most.
std::size_t heaviest(const Message& message, const Readings& readings) {
  std::size_t best = 0;
  for (std::size_t at = 1; at < readings.size(); ++at) {
    if (readings[at].balance(fires(message.turns[at])) >
        readings[best].balance(fires(message.turns[best])))
      best = at;
  }
  return best;
}

// How the scores are weighed against each other, from readings of messages not learnt from: a
// message is dangerous when one of its turns is.
safety::SecondReaderModel::Balance fit_balance(const std::vector<Message>& messages,
                                               const std::vector<Readings>& readings) {
  constexpr std::uint32_t kScores = 6;
  safety::SecondReaderModel with;  // of all readings, while the balance is looked for
  for (int round = 0; round <= kRounds; ++round) {
    Rows rows(kScores);
    for (std::size_t i = 0; i < messages.size(); ++i) {
      const auto add = [&](std::size_t at) {
        const safety::SecondReading& r = readings[i][at];
        const std::array<double, kScores> scores{
            r.highest,           r.turn,
            r.together,          std::log(static_cast<double>(r.sentences)),
            r.later ? 1.0 : 0.0, fires(messages[i].turns[at]) ? 1.0 : 0.0};
        rows.add(scores, messages[i].danger());
      };
      if (readings[i].empty() || !messages[i].weighs) continue;
      if (messages[i].danger()) {
        Readings weighed = readings[i];
        for (auto& reading : weighed) reading.model = &with;
        add(heaviest(messages[i], weighed));
      } else {
        for (std::size_t at = 0; at < readings[i].size(); ++at) add(at);
      }
    }
    const std::vector<double> solved = rows.solve(kFew);
    with.balance = {solved[kScores], solved[0], solved[1], solved[2],
                    solved[3],       solved[4], solved[5]};
  }
  return with.balance;
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

LearnFigures measure(const std::vector<Message>& messages, const std::vector<Readings>& readings) {
  LearnFigures figures;
  figures.messages = messages.size();
  for (std::size_t i = 0; i < messages.size(); ++i) {
    const Message& message = messages[i];
    if (!message.weighs) continue;
    ++figures.measured;
    Tier by_rules = Tier::kNone;
    Tier by_both = Tier::kNone;
    const safety::SecondReading* read = nullptr;  // what raised an alarm without a rule
    bool asks = false;
    for (std::size_t at = 0; at < readings[i].size(); ++at) {
      const safety::SecondReading& reading = readings[i][at];
      const Tier rule = message.turns[at].by_rules;
      by_rules = std::max(by_rules, rule);
      const bool doubted = fires(message.turns[at]) && reading.doubts();
      asks = asks || doubted || reading.unsure();
      if (fires(message.turns[at]) && !doubted) {
        by_both = std::max(by_both, reading.upgrades() ? Tier::kEmergency : rule);
      } else if (reading.tier() != Tier::kNone) {
        by_both = std::max(by_both, reading.tier());
        read = &reading;
      }
    }
    const bool found = by_both >= Tier::kUrgent;
    if (!found) count(message.danger() ? figures.asked : figures.asked_in_vain, asks);
    if (!message.danger()) {
      count(figures.harmless, !found);
      continue;
    }
    if (message.label == Tier::kEmergency) {
      count(figures.emergency, by_both == Tier::kEmergency);
    } else {
      count(figures.urgent, found);
    }
    if (by_rules >= Tier::kUrgent) {
      count(figures.lost, !found);
      continue;
    }
    count(figures.caught, found);
    if (read == nullptr) continue;
    count(message.label == Tier::kEmergency ? figures.as_emergency : figures.as_urgent,
          (read->tier() == Tier::kEmergency) == (message.label == Tier::kEmergency));
    if (!message.groups.empty() && !read->groups.empty())
      count(figures.group, has_group(message, read->groups.front()));
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
  const bool any_untouched = std::ranges::any_of(files, &MessageFile::untouched);
  for (std::size_t at = 0; at < files.size(); ++at) {
    for (const safety::EvaluationCase& labelled : files[at].cases) {
      Message message = read(**book, *rules, labelled);
      message.fold = static_cast<int>(at % static_cast<std::size_t>(options.folds));
      message.weighs = files[at].untouched || !any_untouched;
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

  std::vector<Readings> readings(messages.size());
  for (int fold = 0; fold < options.folds; ++fold) {
    const safety::SecondReader reader(
        fit(messages, groups, [&](const Message& m) { return m.fold != fold; }));
    for (std::size_t i = 0; i < messages.size(); ++i) {
      if (messages[i].fold == fold) readings[i] = read(reader, messages[i]);
    }
  }
  Learnt learnt;
  learnt.model = fit(messages, groups, [](const Message&) { return true; });
  learnt.model.balance = fit_balance(messages, readings);
  std::vector<double> harmless;
  std::vector<double> by_rules;
  std::vector<double> emergency;
  std::vector<double> urgency;
  for (std::size_t i = 0; i < messages.size(); ++i) {
    for (auto& reading : readings[i]) reading.model = &learnt.model;
    if (readings[i].empty() || !messages[i].weighs) continue;
    const std::size_t at = heaviest(messages[i], readings[i]);
    const bool rule = fires(messages[i].turns[at]);
    const double balance = readings[i][at].balance(rule);
    if (!messages[i].danger()) harmless.push_back(balance);
    if (messages[i].danger() && rule) by_rules.push_back(balance);
    if (messages[i].label == Tier::kEmergency) emergency.push_back(readings[i][at].emergency);
    if (messages[i].label == Tier::kUrgent) urgency.push_back(readings[i][at].emergency);
  }
  safety::SecondReaderModel& model = learnt.model;
  model.emergency_at = quantile(emergency, options.too_mild);
  model.upgrade_at = quantile(urgency, 1 - options.too_strict);
  const auto set = [&](double false_alarms) {
    model.danger_at = quantile(harmless, 1 - false_alarms);
    model.harmless_at = by_rules.empty()
                            ? model.danger_at
                            : std::min(model.danger_at, quantile(by_rules, options.doubts));
    model.ask_at = std::min(model.danger_at, quantile(harmless, 1 - options.questions));
    return measure(messages, readings);
  };
  for (const double share : {0.02, 0.03, 0.04, 0.05, 0.06, 0.08})
    learnt.by_false_alarms.push_back({share, set(share)});
  learnt.figures = set(options.false_alarms);
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
  out << figures.messages << " messages learnt from; " << figures.measured
      << " of them measured, each read by a reader learnt from other files\n";
  line("missed by the rules, found by the reader  ", figures.caught);
  line("found by the rules, made a question       ", figures.lost);
  line("dangers without an alarm, asked about     ", figures.asked);
  line("harmless without an alarm, asked about    ", figures.asked_in_vain);
  line("emergencies found by it, as emergencies   ", figures.as_emergency);
  line("urgent ones found by it, as urgent        ", figures.as_urgent);
  line("group named right                         ", figures.group);
  line("together: emergencies found as such       ", figures.emergency);
  line("together: urgent found                    ", figures.urgent);
  line("together: harmless left alone             ", figures.harmless);
  out << "alarms allowed   caught     lost   emergency   urgent   harmless\n";
  for (const LearnPoint& point : learnt.by_false_alarms) {
    const LearnFigures& f = point.figures;
    out << "         " << point.share << "    " << f.caught.value() << "    " << f.lost.value()
        << "       " << f.emergency.value() << "    " << f.urgent.value() << "      "
        << f.harmless.value() << "\n";
  }
  return out.str();
}

}  // namespace backchat::authoring
