#include "answer/composer.h"

#include <algorithm>

#include "answer/citer.h"
#include "answer/draft.h"
#include "answer/exercise_card.h"
#include "answer/gaps.h"
#include "answer/said.h"
#include "answer/selection.h"
#include "answer/suggestions.h"
#include "text/decimal.h"

namespace backchat::answer {
namespace {

using safety::Tier;

// Share of what the best sentence holds of the question, that a side of a comparison must hold.
constexpr double kSideShare = 0.5;
// Share of what the best sentence holds of the question, that one with the figure must hold.
constexpr double kFigureShare = 0.5;
// Words kept beside the sides: the longest sentence as lead, and naming a gap.
constexpr std::size_t kRoomForLead = 34;
constexpr std::size_t kMostExercises = 2;
// From this likeness on, what the nearest question without an answer lacks is what is missing.
constexpr double kNamesMissing = 0.45;
// Share of a follow-up's answer that may have been said before.
constexpr double kKnown = 0.67;

std::string join(const std::vector<std::string>& words) {
  std::string out;
  for (const std::string& word : words) out += (out.empty() ? "" : ", ") + word;
  return out;
}

// Fills a draft with quotations.
class Quoter {
 public:
  Quoter(Draft& draft, const Voice& voice, const Subjects& subjects, const Evidence& evidence,
         const ComposeOptions& options)
      : draft_(draft),
        voice_(voice),
        pack_(*subjects.pack),
        subjects_(subjects),
        evidence_(evidence),
        options_(options),
        said_(evidence, subjects.pack->dialogue),
        citer_(*subjects.pack) {}

  void run() {
    Reply& reply = draft_.reply();
    choose();
    gaps_ = find_gaps(evidence_, chosen_, others_);
    judge_by_wordings();
    const bool gap_only = gaps_.empty() || is_surely_covered(evidence_) ||
                          (!chosen_.empty() && stands_beside(evidence_, gaps_, chosen_.front()));
    if (!gap_only || !is_answer()) {
      abstain();
    } else {
      reply.kind = Kind::kAnswer;
      write();
    }
    reply.citations = citer_.take();
    if (!voice_.suggests) return;
    reply.next = subjects_.suggestions->suggest(evidence_, quoted_passages(), voice_.asked_before,
                                                reply.kind == Kind::kAnswer);
    if (!voice_.about.empty() && voice_.messages->contains("about.other")) {
      const std::string other(voice_.messages->get("about.other"));
      reply.next.push_back({other, other, ""});
    }
  }

 private:
  // A question like those that no article answers is not covered. Of a message that asks several
  // things, one may be answered all the same.
  void judge_by_wordings() {
    const NearSentences& near = evidence_.near;
    if (!near.judged || near.margin() > kNotCoveredMargin) return;
    if (!evidence_.alone || asks_several_things(evidence_) || asks_once_more()) return;
    not_covered_ = true;
    if (gaps_.empty() && !near.missing.empty() && near.not_covered >= kNamesMissing) {
      gaps_.push_back({std::string(near.missing), {}, false, true});
    }
  }

  bool is_answer() const {
    if (chosen_.empty() || not_covered_) return false;
    if (evidence_.needs_figure && comparison_ == nullptr && lacks_figure(evidence_, chosen_)) {
      return false;
    }
    if (names_nothing(evidence_, chosen_.front())) return false;
    return covers_ || coverage(evidence_, chosen_) >= options_.answer_at;
  }

  // Words left for quotations beside the program's own sentences.
  std::size_t room() const {
    std::size_t own = 0;
    for (const std::string_view sentence : draft_.closing()) own += count_words(sentence);
    for (const Statement& statement : closing_) own += count_words(statement.text);
    for (const Statement& statement : draft_.reply().lead) own += count_words(statement.text);
    return options_.max_words - std::min(options_.max_words, own);
  }

  void choose() {
    std::vector<Quote> quotes = find_quotes(evidence_);
    if (!evidence_.only.empty()) {
      std::erase_if(quotes, [this](const Quote& quote) { return !may_say(quote.text()); });
    }
    const auto is_long = [this](const Quote& quote) {
      return count_words(quote.text()) > options_.max_sentence_words;
    };
    if (options_.max_sentence_words > 0 && !std::ranges::all_of(quotes, is_long)) {
      std::erase_if(quotes, is_long);
    }
    if (evidence_.needs_figure && asks_for_figure(evidence_)) keep_figures(quotes);
    if (evidence_.needs_cue && std::ranges::any_of(quotes, &Quote::kind_cue)) {
      std::erase_if(quotes, [](const Quote& quote) { return !quote.kind_cue; });
    }
    prefer_details(evidence_, quotes);
    comparison_ = subjects_.differences->find(evidence_);
    if (evidence_.needs_cue) comparison_ = nullptr;
    if (comparison_ != nullptr && !is_about_the_question(quotes)) comparison_ = nullptr;
    if (comparison_ != nullptr && !evidence_.only.empty() &&
        !std::ranges::all_of(comparison_->sides,
                             [this](const auto& side) { return may_say(side.sentence); })) {
      comparison_ = nullptr;
    }
    leave_out(quotes);
    // Beside what the pack says in the place of a milder sentence, no views stand side by side.
    if (!quotes.empty() && stand_in(quotes.front()) != nullptr) comparison_ = nullptr;
    if (comparison_ != nullptr) {
      closing_.push_back({comparison_->choose, {}});
    }
    std::size_t words = room();
    if (comparison_ != nullptr) {
      words = pick_sides(words);
      words -= add_measures(words);
    }
    choose_quotes(std::move(quotes), words);
  }

  void choose_quotes(std::vector<Quote> quotes, std::size_t words) {
    const std::vector<Quote> all = quotes;
    if (evidence_.only_new) {
      drop_comparison();
    } else {
      chosen_ = take_quotes(quotes, evidence_, options_, words);
      others_ = quotes;
      if (evidence_.said.empty() || asks_once_more()) return;
      if (says_enough_new()) {
        drop_said_beside_news();
        return;
      }
      covers_ = coverage(evidence_, chosen_) >= options_.answer_at;
      // Figures stand side by side as often as they are asked for, but not twice in a row.
      const bool wants_figures = evidence_.needs_figure && asks_for_figure(evidence_);
      if (comparison_ != nullptr && wants_figures && !repeats_the_last()) return;
      drop_comparison();
    }
    others_ = all;
    Said::News news = said_.take_news(all, options_, room());
    chosen_ = std::move(news.quotes);
    restated_ = news.restated;
    nothing_new_ = chosen_.empty();
  }

  // Asked on, so much of an answer must be new; asked anew, a single sentence.
  bool says_enough_new() const {
    std::size_t known = 0;
    for (const Quote& quote : chosen_) known += said_.holds(quote) ? 1 : 0;
    std::size_t all = chosen_.size();
    for (const auto* side : sides_) {
      const bool counted = std::ranges::any_of(
          chosen_, [side](const Quote& quote) { return quote.text() == side->sentence; });
      if (counted) continue;
      ++all;
      known += said_.holds(side->sentence) ? 1 : 0;
    }
    if (!evidence_.follows_up) return known < all;
    return static_cast<double>(known) <= kKnown * static_cast<double>(all);
  }

  // All of it stands in the latest reply.
  bool repeats_the_last() const {
    const std::vector<std::string>& last = evidence_.said.back().sentences;
    const auto is_there = [&last](std::string_view sentence) {
      return std::ranges::find(last, sentence) != last.end();
    };
    return std::ranges::all_of(chosen_, is_there, &Quote::text) &&
           std::ranges::all_of(sides_, [&](const auto* side) { return is_there(side->sentence); });
  }

  // "Is there a natural one?": beside the sentence that says it, nothing is said once more.
  void drop_said_beside_news() {
    if (!evidence_.follows_up || asks_for_figure(evidence_)) return;
    if (!said_.answers_own_words(chosen_)) return;
    std::erase_if(chosen_, [this](const Quote& quote) {
      return said_.holds(quote) && !said_.is_asked_for(quote);
    });
    if (comparison_ == nullptr) return;
    const bool said = std::ranges::all_of(
        comparison_->sides, [this](const auto& side) { return said_.holds(side.sentence); });
    if (said) drop_comparison();
  }

  void drop_comparison() {
    comparison_ = nullptr;
    closing_.clear();
    sides_.clear();
  }

  bool may_say(std::string_view sentence) const {
    return std::ranges::find(evidence_.only, sentence) != evidence_.only.end();
  }

  // A collected question in its very words, as one is tapped: it gets its answer every time.
  bool asks_once_more() const {
    return std::ranges::any_of(evidence_.passages,
                               [this](const auto* passage) {
                                 return asks_exactly(*evidence_.query, passage->heading);
                               }) ||
           std::ranges::any_of(pack_.comparisons, [this](const auto& each) {
             return asks_exactly(*evidence_.query, each.question);
           });
  }

  // "How long?": sentences without a time say nothing, as long as others hold the subject as well.
  static void keep_figures(std::vector<Quote>& quotes) {
    double best = 0;
    double best_figure = 0;
    for (const Quote& quote : quotes) {
      best = std::max(best, quote.subjects);
      if (quote.kind_cue) best_figure = std::max(best_figure, quote.subjects);
    }
    if (best_figure < kFigureShare * best || best_figure <= 0) return;
    std::erase_if(quotes, [best](const Quote& quote) {
      return !quote.kind_cue || quote.subjects < kFigureShare * best;
    });
  }

  // A side holds nearly as much of what was asked as the best sentence does.
  bool is_about_the_question(const std::vector<Quote>& quotes) const {
    if (asks_exactly(*evidence_.query, comparison_->question)) return true;
    double best = 0;
    double best_side = 0;
    for (const Quote& quote : quotes) {
      best = std::max(best, quote.subjects);
      if (is_side(quote)) best_side = std::max(best_side, quote.subjects);
    }
    const bool found_first = std::ranges::any_of(comparison_->sides, [this](const auto& side) {
      return side.passage == evidence_.passages.front()->id;
    });
    return found_first || best_side >= kSideShare * best;
  }

  // Chooses the sides to show in at most `words` words, with room for a lead; gives what is left.
  // A further sentence of an article that is heard already goes first.
  std::size_t pick_sides(std::size_t words) {
    for (const auto& side : comparison_->sides) sides_.push_back(&side);
    const auto needed = [this] {
      std::size_t sum = kRoomForLead;
      for (const auto* side : sides_) sum += count_words(side->sentence);
      return sum;
    };
    while (needed() > words && sides_.size() > 2) {
      auto drop = sides_.end() - 1;
      for (auto side = sides_.begin() + 1; side != sides_.end(); ++side) {
        const bool heard = std::any_of(sides_.begin(), side, [&side](const auto* earlier) {
          return earlier->article == (*side)->article;
        });
        if (heard) drop = side;
      }
      sides_.erase(drop);
    }
    return words - std::min(words, needed() - kRoomForLead);
  }

  // What each side measures, where that tells them apart and there is room beside every side. Gives
  // the words used.
  std::size_t add_measures(std::size_t words) {
    if (comparison_->measures.empty() || sides_.size() < comparison_->sides.size()) return 0;
    const std::size_t needed = count_words(comparison_->measures);
    if (needed + kRoomForLead > words) return 0;
    closing_.insert(closing_.begin(), {comparison_->measures, {}});
    return needed;
  }

  // A message that stands for several sentences is said once and takes one place. Beside a warning
  // nothing may sound as if it could wait.
  void leave_out(std::vector<Quote>& quotes) const {
    std::vector<std::string_view> messages;
    std::erase_if(quotes, [&](const Quote& quote) {
      const knowledge::Overruled* overruled = stand_in(quote);
      if (overruled == nullptr) return false;
      const bool again = std::ranges::find(messages, overruled->message) != messages.end();
      if (!again) messages.push_back(overruled->message);
      return again;
    });
    if (!draft_.warns()) return;
    std::erase_if(quotes, [this](const Quote& quote) {
      return std::ranges::any_of(pack_.overruled, [&quote](const auto& overruled) {
        return overruled.sentence == quote.text();
      });
    });
  }

  // The message that stands in a quote's place, or null.
  const knowledge::Overruled* stand_in(const Quote& quote) const {
    const auto found = std::ranges::find_if(pack_.overruled, [&quote](const auto& overruled) {
      return !overruled.message.empty() && overruled.sentence == quote.text();
    });
    return found == pack_.overruled.end() ? nullptr : &*found;
  }

  std::vector<int> cite(const Quote& quote) {
    std::vector<int> out;
    for (const Quote::Place& place : quote.places) {
      out.push_back(citer_.cite(place.passage->id, place.passage->sentence(place.sentence)));
    }
    return out;
  }

  bool is_side(const Quote& quote) const {
    return comparison_ != nullptr && std::ranges::any_of(comparison_->sides, [&](const auto& side) {
             return side.sentence == quote.text();
           });
  }

  bool is_step_of_an_exercise(const Quote& quote) const {
    return quote.step > 0 && !draft_.reply().exercises.empty();
  }

  // What is said for a quote: itself, or the message in its place.
  std::string_view said_for(const Quote& quote) const {
    const knowledge::Overruled* overruled = stand_in(quote);
    return overruled == nullptr ? quote.text() : voice_.messages->get(overruled->message);
  }

  void say(const Quote& quote, std::vector<Statement>& where) {
    if (stand_in(quote) != nullptr) {
      const std::string_view message = said_for(quote);
      const auto is_message = [message](const Statement& said) { return said.text == message; };
      const Reply& reply = draft_.reply();
      if (std::ranges::none_of(reply.lead, is_message) &&
          std::ranges::none_of(reply.body, is_message)) {
        where.push_back({std::string(message), {}});
      }
      return;
    }
    where.push_back({std::string(quote.text()), cite(quote)});
  }

  void write() {
    Reply& reply = draft_.reply();
    reply.fits_kind = !lacks_figure(evidence_, chosen_) &&
                      (comparison_ != nullptr || std::ranges::any_of(chosen_, &Quote::kind_cue));
    if (!draft_.warns()) add_exercises();
    // Steps of an exercise stand in its card, in their order.
    auto lead = std::ranges::find_if(
        chosen_, [this](const Quote& quote) { return !is_step_of_an_exercise(quote); });
    if (lead == chosen_.end()) lead = chosen_.begin();
    add_gaps();
    std::size_t words = room();
    const auto spend = [&words](std::string_view text) {
      const std::size_t needed = count_words(text);
      const bool fits = needed <= words;
      if (fits) words -= needed;
      return fits;
    };
    for (const auto* side : sides_) spend(side->sentence);
    spend(said_for(*lead));
    if (restated_) {
      constexpr std::string_view kKey = "follow_up.said";
      if (voice_.messages->contains(kKey)) draft_.say(kKey, reply.lead);
    }
    say(*lead, reply.lead);
    for (auto quote = chosen_.begin(); quote != chosen_.end(); ++quote) {
      if (quote == lead || is_side(*quote) || is_step_of_an_exercise(*quote)) continue;
      if (spend(said_for(*quote))) say(*quote, reply.body);
    }
    add_sides();
    if (!draft_.warns()) {
      add_upright();
      add_timers();
    }
    for (Statement& statement : closing_) reply.body.push_back(std::move(statement));
  }

  void add_sides() {
    for (const knowledge::Comparison::Side* side : sides_) {
      const knowledge::Article* article = pack_.article(side->article);
      draft_.reply().differs.push_back({article->source.short_name,
                                        side->sentence,
                                        {citer_.cite(side->passage, side->sentence)}});
    }
  }

  void add_exercises() {
    std::vector<Exercise>& shown = draft_.reply().exercises;
    for (const knowledge::Exercise& exercise : pack_.exercises) {
      if (!exercise.described || shown.size() >= kMostExercises) continue;
      const bool how_to = evidence_.query->has(retrieve::QuestionKind::kHowTo);
      if (evidence_.follows_up && !how_to && said_.showed(exercise.id)) continue;
      const std::string prefix = exercise.article + "#" + exercise.section + ".";
      const auto quote = std::ranges::find_if(chosen_, [&](const Quote& each) {
        return each.places[0].passage->id.starts_with(prefix);
      });
      if (quote != chosen_.end()) shown.push_back(exercise_card(exercise, cite(*quote)));
    }
    std::ranges::stable_sort(
        shown, {}, [](const Exercise& each) { return knowledge::position_rank(each.position); });
  }

  // What stands in for exercises on the floor: those with steps first, then those only named.
  void add_upright() {
    const bool down = std::ranges::any_of(draft_.reply().exercises, [](const Exercise& each) {
      return knowledge::needs_floor(each.position);
    });
    if (!down) return;
    std::vector<Exercise>& upright = draft_.reply().upright;
    for (const bool described : {true, false}) {
      for (const knowledge::Exercise& exercise : pack_.exercises) {
        if (exercise.described != described || exercise.position.empty() ||
            knowledge::needs_floor(exercise.position) || upright.size() >= kMostExercises) {
          continue;
        }
        const knowledge::Passage* passage = passage_of(pack_, exercise);
        if (passage == nullptr) continue;
        const int n = citer_.cite(passage->id, passage->sentence(0));
        upright.push_back(exercise_card(exercise, {n}));
      }
    }
  }

  // A timer stands beside an answer that quotes one of the sentences that it is for.
  void add_timers() {
    for (const knowledge::Timer& timer : pack_.timers) {
      const bool fits = std::ranges::any_of(timer.when, [this](const knowledge::Quoted& each) {
        return citer_.has_cited(each.passage, each.sentence);
      });
      if (!fits) continue;
      const auto say_quoted = [this](const std::optional<knowledge::Quoted>& quoted) {
        return quoted ? std::optional<Statement>(
                            {quoted->sentence, {citer_.cite(quoted->passage, quoted->sentence)}})
                      : std::nullopt;
      };
      Timer out{timer.id,
                timer.name,
                timer.minutes,
                say_quoted(timer.first),
                timer.break_minutes,
                say_quoted(timer.then)};
      draft_.reply().timers.push_back(std::move(out));
    }
  }

  // Names what is missing: what could harm before anything else, the rest at the end.
  void add_gaps() {
    std::vector<std::string> careful;
    std::vector<std::string> missing;
    if (lacks_figure(evidence_, chosen_)) {
      const std::string key = "gap." + std::string(kind_name(evidence_.query->kind()));
      if (voice_.messages->contains(key)) missing.emplace_back(voice_.messages->get(key));
    }
    for (const Gap& gap : gaps_) {
      (gap.caution ? careful : missing).push_back(gap.text);
    }
    if (!careful.empty()) {
      const bool has_own = voice_.messages->contains("answer.careful");
      const std::string_view key = has_own ? "answer.careful" : "answer.partial";
      draft_.reply().lead.push_back({voice_.messages->fill(key, "terms", join(careful)), {}});
    }
    if (missing.empty()) return;
    closing_.insert(closing_.begin(),
                    {voice_.messages->fill("answer.partial", "terms", join(missing)), {}});
  }

  void abstain() {
    Reply& reply = draft_.reply();
    reply.kind = Kind::kNotCovered;
    chosen_.clear();
    // Asked for more, and there is no more: never the same answer again.
    if (evidence_.only_new || (nothing_new_ && gaps_.empty())) {
      say_no_more();
      return;
    }
    draft_.say("not_covered.lead", reply.lead);
    std::vector<std::string> missing;
    for (const Gap& gap : gaps_) missing.push_back(gap.text);
    if (!missing.empty()) {
      reply.lead.push_back(
          {voice_.messages->fill("not_covered.terms", "terms", join(missing)), {}});
    }
    if (!reply.card) draft_.say("not_covered.who", reply.body);
  }

  void say_no_more() {
    constexpr std::string_view kNoMoreOn = "follow_up.no_more";
    if (evidence_.topic.empty() || !voice_.messages->contains(kNoMoreOn)) {
      draft_.say("follow_up.none", draft_.reply().lead);
    } else {
      draft_.reply().lead.push_back(
          {voice_.messages->fill(kNoMoreOn, "topic", evidence_.topic), {}});
    }
  }

  std::vector<std::string_view> quoted_passages() const {
    std::vector<std::string_view> out;
    for (const Quote& quote : chosen_) out.push_back(quote.places[0].passage->id);
    return out;
  }

  Draft& draft_;
  const Voice& voice_;
  const knowledge::Pack& pack_;
  const Subjects& subjects_;
  const Evidence& evidence_;
  const ComposeOptions& options_;
  const Said said_;
  Citer citer_;
  std::vector<Quote> chosen_;
  std::vector<Quote> others_;  // not chosen
  std::vector<Gap> gaps_;
  bool not_covered_ = false;  // it is asked like what no article answers
  bool restated_ = false;     // all of them were said before
  bool covers_ = false;       // the answer, before that was left out, held enough of the question
  bool nothing_new_ = false;  // all that fits was said before
  std::vector<Statement> closing_;  // the program's own sentences after everything quoted
  const knowledge::Comparison* comparison_ = nullptr;
  std::vector<const knowledge::Comparison::Side*> sides_;  // of the comparison, that have room
};

}  // namespace

Reply compose(const safety::Screening& screening, const Voice& voice, const Subjects& subjects,
              const Evidence& evidence, const ComposeOptions& options) {
  Draft draft(screening, voice);
  if (draft.emergency()) return draft.finish();
  if (screening.raised() == Tier::kUrgent && !voice.is_question) {
    // Somebody told us of a sign and asked nothing: the card is the answer.
    draft.reply().kind = Kind::kAnswer;
    return draft.finish();
  }
  Quoter(draft, voice, subjects, evidence, options).run();
  return draft.finish();
}

Reply compose_message(const safety::Screening& screening, const Voice& voice,
                      std::string_view message_key, Kind kind, const Subjects* subjects) {
  Draft draft(screening, voice);
  if (!draft.emergency()) {
    draft.reply().kind = kind;
    if (!message_key.empty()) draft.say(message_key, draft.reply().lead);
    if (subjects != nullptr && voice.suggests) {
      draft.reply().next = subjects->suggestions->suggest({}, {}, voice.asked_before, false);
    }
  }
  return draft.finish();
}

std::string explain_selection(const Evidence& evidence, const ComposeOptions& options) {
  constexpr std::size_t kShown = 15;
  std::string out = "SENTENCES (+: said)\n";
  std::vector<Quote> rest = find_quotes(evidence);
  prefer_details(evidence, rest);
  const std::vector<Quote> all = rest;
  const std::vector<Quote> said = take_quotes(rest, evidence, options, options.max_words);
  for (std::size_t i = 0; i < std::min(kShown, all.size()); ++i) {
    const bool chosen = std::ranges::any_of(
        said, [&](const Quote& quote) { return quote.text() == all[i].text(); });
    out += (chosen ? "  + " : "  - ") + text::decimal(all[i].score) + " holds " +
           text::decimal(all[i].subjects) + " asked " + text::decimal(all[i].near) + " " +
           all[i].places[0].passage->id + ": " + std::string(all[i].text());
    if (!chosen) out += " (" + std::string(why_left(all[i], said.front(), options)) + ")";
    out += "\n";
  }
  for (const AskedDetail& detail : evidence.details) {
    out += "  asks for: " + evidence.query->text.substr(detail.span.begin, detail.span.size()) +
           ", held by " + std::to_string(detail.held_by->size()) + " sentences of the pack\n";
  }
  for (const Gap& gap : find_gaps(evidence, said, rest)) {
    out += "  not held: " + gap.text + (gap.unknown ? " (stands in no article)" : "") + "\n";
  }
  if (evidence.near.judged) {
    out += "  asked like what is answered " + text::decimal(evidence.near.nearest) +
           ", like what is not " + text::decimal(evidence.near.not_covered) + " (" +
           std::string(evidence.near.missing) + "), the nearest hold " +
           text::decimal(evidence.near.held) + " of it: margin " +
           text::decimal(evidence.near.margin()) + "\n";
  }
  return out + "  together they hold " + text::decimal(coverage(evidence, said)) +
         " of the subjects asked for; an answer needs " + text::decimal(options.answer_at) + "\n";
}

}  // namespace backchat::answer
