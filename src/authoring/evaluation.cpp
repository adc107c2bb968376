#include "authoring/evaluation.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "authoring/verification.h"
#include "dialogue/manager.h"
#include "text/utf8.h"

namespace backchat::authoring {
namespace {

using answer::Citation;
using answer::Kind;
using answer::Reply;
using safety::Share;

// One form for wordings: no capitals, plain apostrophes.
std::string folded(std::string_view text) {
  constexpr std::string_view kApostrophe = "\xE2\x80\x99";
  std::string out = text::to_lower(text);
  for (std::size_t at = out.find(kApostrophe); at != std::string::npos;
       at = out.find(kApostrophe, at)) {
    out.replace(at, kApostrophe.size(), "'");
  }
  return out;
}

// Every wording that the pack learns how people ask from.
std::set<std::string> wordings_of(const knowledge::Pack& pack) {
  std::set<std::string> out;
  const auto add = [&out](const auto& all) {
    for (const auto& each : all) {
      for (const std::string& question : each.questions) out.insert(folded(question));
    }
  };
  add(pack.asked);
  add(pack.asked_sentences);
  add(pack.not_covered);
  return out;
}

std::string said(const Reply& reply) {
  std::string out;
  const auto add = [&out](std::string_view text) { out += folded(text) + "\n"; };
  for (const auto* statements : {&reply.lead, &reply.body}) {
    for (const answer::Statement& statement : *statements) add(statement.text);
  }
  for (const answer::Side& side : reply.differs) add(side.text);
  for (const answer::Section& section : reply.sections) {
    for (const answer::Statement& statement : section.statements) add(statement.text);
  }
  for (const auto* exercises : {&reply.exercises, &reply.upright}) {
    for (const answer::Exercise& exercise : *exercises) {
      add(exercise.name);
      add(exercise.position);
      for (const auto* lines : {&exercise.steps, &exercise.dose, &exercise.stop_if}) {
        for (const std::string& line : *lines) add(line);
      }
    }
  }
  for (const answer::Timer& timer : reply.timers) {
    for (const auto& quoted : {timer.first, timer.then}) {
      if (quoted) add(quoted->text);
    }
  }
  return out;
}

int count_words(std::string_view text) {
  int words = 0;
  bool inside = false;
  for (const char c : text) {
    const bool space = text::is_space(c);
    if (!space && !inside) ++words;
    inside = !space;
  }
  return words;
}

bool holds_any(const std::string& text, const std::vector<std::string>& any) {
  return std::ranges::any_of(
      any, [&text](const std::string& one) { return text.find(folded(one)) != std::string::npos; });
}

// "slug" or "slug#section" against "slug#section.2".
bool is_at(const Citation& citation, std::string_view place) {
  return place.find('#') == std::string_view::npos
             ? citation.article == place
             : citation.passage.starts_with(std::string(place) + ".");
}

bool is_at_any(const Citation& citation, const std::vector<std::string>& places) {
  return std::ranges::any_of(
      places, [&citation](const std::string& place) { return is_at(citation, place); });
}

bool count(Share& share, bool hit) {
  ++share.total;
  share.hits += hit ? 1 : 0;
  return hit;
}

void add(Share& to, const Share& from) {
  to.hits += from.hits;
  to.total += from.total;
}

void add(Figures& to, const Figures& from) {
  to.questions += from.questions;
  for (const auto member : {&Figures::full, &Figures::facts, &Figures::cited, &Figures::citations,
                            &Figures::refused, &Figures::refusals, &Figures::sides, &Figures::gaps,
                            &Figures::kinds, &Figures::follow_ups}) {
    add(to.*member, from.*member);
  }
  to.words.insert(to.words.end(), from.words.begin(), from.words.end());
}

bool is_refusal(Kind kind) {
  return kind == Kind::kNotCovered || kind == Kind::kClarify || kind == Kind::kChat;
}

// Judges one reply: what it adds to the figures, and what is wrong with it.
class Judge {
 public:
  Judge(const Question& question, const Reply& reply)
      : question_(question), reply_(reply), said_(said(reply)) {}

  void run() {
    figures_.questions = 1;
    switch (question_.wants) {
      case Kind::kAnswer:
        judge_answer();
        break;
      case Kind::kNotCovered:
        if (!count(figures_.refused, is_refusal(reply_.kind))) complain_of_kind();
        if (is_refusal(reply_.kind)) count(figures_.refusals, true);
        break;
      default:
        if (!count(figures_.kinds, reply_.kind == question_.wants)) complain_of_kind();
    }
    for (const std::string& text : question_.must_not) {
      if (holds_any(said_, {text})) wrong_.push_back("says: " + text);
    }
    if (question_.tier && !count(figures_.kinds, reply_.tier == *question_.tier)) {
      wrong_.push_back("tier is " + std::string(safety::tier_name(reply_.tier)) + ", wanted " +
                       std::string(safety::tier_name(*question_.tier)));
    }
    if (question_.wants == Kind::kAnswer) count(figures_.full, wrong_.empty());
    if (question_.is_follow_up()) count(figures_.follow_ups, wrong_.empty());
  }

  Figures take_figures() { return std::move(figures_); }
  std::vector<std::string> take_wrong() { return std::move(wrong_); }

 private:
  void complain_of_kind() {
    wrong_.push_back("kind is " + std::string(kind_name(reply_.kind)) + ", wanted " +
                     std::string(kind_name(question_.wants)));
  }

  void judge_answer() {
    const bool answered = reply_.kind == Kind::kAnswer;
    if (!answered) complain_of_kind();
    if (is_refusal(reply_.kind)) count(figures_.refusals, false);
    for (const std::vector<std::string>& fact : question_.must) {
      if (!count(figures_.facts, answered && holds_any(said_, fact))) {
        wrong_.push_back("fact missing: " + fact.front());
      }
    }
    judge_citations(answered);
    judge_sides(answered);
    judge_gap(answered);
    if (answered) measure();
  }

  void judge_citations(bool answered) {
    for (const std::string& place : question_.cite) {
      const bool cited = answered && std::ranges::any_of(reply_.citations, [&](const Citation& c) {
                           return is_at(c, place);
                         });
      if (!count(figures_.cited, cited)) wrong_.push_back("not cited: " + place);
    }
    if (!answered || (question_.must.empty() && question_.cite.empty())) return;
    for (const Citation& citation : reply_.citations) {
      const std::string quote = folded(citation.quote);
      count(figures_.citations,
            is_at_any(citation, question_.cite) || is_at_any(citation, question_.may_cite) ||
                is_at_any(citation, question_.differs) ||
                std::ranges::any_of(question_.must,
                                    [&quote](const auto& fact) { return holds_any(quote, fact); }));
    }
  }

  void judge_sides(bool answered) {
    if (question_.differs.empty()) return;
    bool all = answered;
    for (const std::string& place : question_.differs) {
      const bool shown = std::ranges::any_of(reply_.differs, [&](const answer::Side& side) {
        return std::ranges::any_of(side.citations, [&](int n) {
          return is_at(reply_.citations[static_cast<std::size_t>(n - 1)], place);
        });
      });
      if (!shown) wrong_.push_back("side not shown: " + place);
      all = all && shown;
    }
    count(figures_.sides, all);
  }

  void judge_gap(bool answered) {
    if (question_.gap.empty()) return;
    std::string own;  // the pack's own sentences
    for (const auto* statements : {&reply_.lead, &reply_.body}) {
      for (const answer::Statement& statement : *statements) {
        if (statement.citations.empty()) own += folded(statement.text) + "\n";
      }
    }
    bool all = answered;
    for (const std::string& word : question_.gap) {
      const bool named = holds_any(own, {word});
      if (!named) wrong_.push_back("gap not named: " + word);
      all = all && named;
    }
    count(figures_.gaps, all);
  }

  void measure() {
    int words = 0;
    for (const auto* statements : {&reply_.lead, &reply_.body}) {
      for (const answer::Statement& statement : *statements) words += count_words(statement.text);
    }
    for (const answer::Side& side : reply_.differs) words += count_words(side.text);
    figures_.words.push_back(words);
  }

  const Question& question_;
  const Reply& reply_;
  std::string said_;
  Figures figures_;
  std::vector<std::string> wrong_;
};

// The figures that are shares, by the names that floors give them.
struct NamedShare {
  std::string_view name;
  Share Figures::*share;
};
constexpr auto kShares = std::to_array<NamedShare>({
    {"full", &Figures::full},
    {"fact_recall", &Figures::facts},
    {"citation_precision", &Figures::citations},
    {"citation_recall", &Figures::cited},
    {"not_covered_precision", &Figures::refusals},
    {"not_covered_recall", &Figures::refused},
    {"both_sides", &Figures::sides},
    {"gaps", &Figures::gaps},
    {"kinds", &Figures::kinds},
    {"follow_ups", &Figures::follow_ups},
});
constexpr std::string_view kMedian = "words_median";
constexpr std::string_view kLongest = "words_longest";

}  // namespace

std::vector<std::string_view> figure_names() {
  std::vector<std::string_view> out;
  for (const NamedShare& each : kShares) out.push_back(each.name);
  out.push_back(kMedian);
  out.push_back(kLongest);
  return out;
}

std::optional<double> figure(const Figures& figures, std::string_view name) {
  if (name == kMedian || name == kLongest) {
    if (figures.words.empty()) return std::nullopt;
    return name == kMedian ? figures.median_words() : figures.longest_words();
  }
  for (const NamedShare& each : kShares) {
    if (each.name == name && (figures.*each.share).total > 0) return (figures.*each.share).value();
  }
  return std::nullopt;
}

std::vector<Shortfall> shortfalls(const Figures& figures, const Floors& floors) {
  std::vector<Shortfall> out;
  for (const auto& [name, wanted] : floors) {
    const std::optional<double> found = figure(figures, name);
    if (!found) continue;
    const bool is_ceiling = name == kMedian || name == kLongest;
    if (is_ceiling ? *found > wanted : *found < wanted) out.push_back({name, wanted, *found});
  }
  return out;
}

Result<Evaluation> evaluate(const dialogue::Edition& edition,
                            const std::vector<Question>& questions,
                            const answer::ComposeOptions& options) {
  Evaluation out;
  const std::set<std::string> learnt = wordings_of(edition.pack);
  std::map<std::string_view, std::size_t> row_of;
  for (const Question& question : questions) {
    Reply last;
    const Result<void> replied = dialogue::replies(
        edition, question.transcript, Deadline::none(),
        [&last](std::size_t, const Reply& reply) { last = reply; }, options);
    if (!replied) return fail(replied.error());
    Judge judge(question, last);
    judge.run();
    const auto [row, is_new] = row_of.emplace(question.topic, out.topics.size());
    if (is_new) out.topics.emplace_back(question.topic, Figures{});
    const Figures figures = judge.take_figures();
    add(out.topics[row->second].second, figures);
    add(out.all, figures);
    if (!learnt.contains(folded(question.asked()))) add(out.not_learnt, figures);
    out.judged.push_back({&question, std::move(last), judge.take_wrong()});
  }
  std::ranges::sort(out.all.words);
  std::ranges::sort(out.not_learnt.words);
  for (auto& [topic, figures] : out.topics) std::ranges::sort(figures.words);
  return out;
}

Result<Provenance> prove(const dialogue::Edition& edition, const Evaluation& evaluation) {
  const Result<Verifier> verifier = Verifier::create(edition);
  if (!verifier) return fail(verifier.error());
  Provenance out;
  for (const Judged& judged : evaluation.judged) {
    const Verifier::Proof proof = verifier->verify(judged.reply);
    count(out.replies, proof.doubts.empty());
    out.quotations += proof.quotations;
    for (const Doubt& doubt : proof.doubts) {
      out.doubts.push_back(judged.question->id + ": " + to_string(doubt));
    }
  }
  return out;
}

Result<std::vector<CurvePoint>> risk_coverage(const dialogue::Edition& edition,
                                              const std::vector<Question>& questions) {
  std::vector<double> thresholds{answer::ComposeOptions{}.answer_at};
  for (int tenth = 0; tenth <= 10; ++tenth) thresholds.push_back(tenth / 10.0);
  std::ranges::sort(thresholds);
  std::vector<CurvePoint> out;
  for (const double threshold : thresholds) {
    const auto evaluation = evaluate(edition, questions, {.answer_at = threshold});
    if (!evaluation) return fail(evaluation.error());
    CurvePoint point{threshold, {}, {}};
    for (const Judged& judged : evaluation->judged) {
      const Kind wants = judged.question->wants;
      if (wants != Kind::kAnswer && wants != Kind::kNotCovered) continue;
      if (count(point.answered, judged.reply.kind == Kind::kAnswer)) {
        count(point.wrong, !judged.wrong.empty());
      }
    }
    out.push_back(point);
  }
  return out;
}

Result<Report> make_report(const dialogue::Edition& edition, const QuestionSet& set) {
  Result<Evaluation> evaluation = evaluate(edition, set.questions);
  if (!evaluation) return fail(evaluation.error());
  Result<Provenance> provenance = prove(edition, *evaluation);
  if (!provenance) return fail(provenance.error());
  Result<std::vector<CurvePoint>> curve = risk_coverage(edition, set.questions);
  if (!curve) return fail(curve.error());
  std::vector<Shortfall> missed = shortfalls(evaluation->all, set.floors);
  return Report{std::move(*evaluation), std::move(*provenance), std::move(*curve),
                std::move(missed)};
}

}  // namespace backchat::authoring
