#include "answer/composer.h"

#include <algorithm>
#include <cstdio>
#include <map>

#include "answer/citer.h"
#include "answer/plain_text.h"
#include "answer/selection.h"
#include "answer/suggestions.h"

namespace backchat::answer {
namespace {

using retrieve::QuestionKind;
using safety::Tier;

std::size_t count_words(std::string_view text) {
  return static_cast<std::size_t>(std::ranges::count(text, ' ')) + 1;
}

constexpr double kSameArticle = 0.9;

std::string decimal(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.3f", value);
  return text;
}

// What all replies share: the safety fields, the card, and what an emergency leaves of everything
// else.
class Draft {
 public:
  Draft(const safety::Screening& screening, const Voice& voice)
      : screening_(screening), voice_(voice) {
    reply_.tier = screening.tier();
    reply_.findings.assign(screening.findings().begin(), screening.findings().end());
    reply_.edition = voice.edition;
    reply_.about = voice.about;
    reply_.card = voice.screener->card(screening, voice.region);
    // The card came whole when the sign was named; from then on one line reminds of it.
    if (reply_.card && held()) {
      reply_.card->lines = {std::string(voice.messages->get("screen.held"))};
    }
  }

  /// The turn itself raised an emergency: the card is the whole reply.
  bool emergency() const { return screening_.raised() == Tier::kEmergency; }
  /// A card that stands since an earlier turn.
  bool held() const {
    return screening_.raised() < screening_.tier() && screening_.tier() >= Tier::kUrgent;
  }
  bool warns() const { return screening_.tier() >= Tier::kUrgent; }
  Reply& reply() { return reply_; }

  void say(std::string_view message_key, std::vector<Statement>& where) {
    where.push_back({std::string(voice_.messages->get(message_key)), {}});
  }

  Reply finish() {
    if (emergency()) {
      Reply bare;
      bare.kind = Kind::kEmergency;
      bare.tier = reply_.tier;
      bare.findings = std::move(reply_.findings);
      bare.edition = std::move(reply_.edition);
      bare.card = std::move(reply_.card);
      reply_ = std::move(bare);
    } else if (const auto& ask = screening_.ask()) {
      reply_.asked = ask->id;
      reply_.body.push_back({ask->text, {}});
      reply_.next.clear();
      for (const safety::QuickReply& quick : ask->replies) {
        reply_.next.push_back({quick.label, quick.text, ask->id});
      }
    } else if (voice_.safety_net_due && !reply_.card && reply_.kind == Kind::kAnswer) {
      reply_.body.push_back({voice_.screener->safety_net(), {}});
    }
    reply_.text = plain_text(reply_, *voice_.messages);
    return std::move(reply_);
  }

 private:
  const safety::Screening& screening_;
  const Voice& voice_;
  Reply reply_;
};

// Fills a draft with quotations.
class Quoter {
 public:
  Quoter(Draft& draft, const Voice& voice, const knowledge::Pack& pack,
         const Differences& differences, const Evidence& evidence, const ComposeOptions& options)
      : draft_(draft),
        voice_(voice),
        pack_(pack),
        differences_(differences),
        evidence_(evidence),
        options_(options),
        citer_(pack) {}

  void run() {
    std::vector<Quote> quotes = find_quotes(evidence_);
    overrule(quotes);
    quotes.erase(quotes.begin(), quotes.begin() + static_cast<std::ptrdiff_t>(std::min(
                                                      evidence_.already_said, quotes.size())));
    choose(quotes);
    Reply& reply = draft_.reply();
    if (chosen_.empty() || coverage(evidence_, chosen_) < options_.answer_at) {
      abstain();
    } else {
      reply.kind = Kind::kAnswer;
      comparison_ = differences_.find(evidence_);
      if (!draft_.warns()) add_exercises();
      write();
      add_gaps();
    }
    reply.citations = citer_.take();
    reply.next = suggest(pack_, evidence_, chosen_articles(), voice_.asked_before,
                         reply.kind == Kind::kAnswer);
  }

 private:
  // Takes out what must not be quoted, and notes the messages that stand in its place.
  void overrule(std::vector<Quote>& quotes) {
    const double enough = quotes.empty() ? 0 : options_.keep_at * quotes[0].score;
    std::erase_if(quotes, [this, enough](const Quote& quote) {
      for (const knowledge::Overruled& overruled : pack_.overruled) {
        if (overruled.sentence != quote.text()) continue;
        if (overruled.message.empty() && !draft_.warns()) continue;
        if (!overruled.message.empty() && quote.score >= enough) {
          stand_ins_.push_back(overruled.message);
        }
        return true;
      }
      return false;
    });
  }

  // The first quote leads; the others follow while they are nearly as good and there is room. Each
  // further quote of one article counts a little less, so that several articles are heard.
  void choose(std::vector<Quote>& quotes) {
    if (quotes.empty()) return;
    const double enough = options_.keep_at * quotes[0].score;
    std::map<std::string_view, double> weight;
    std::size_t words = 0;
    while (chosen_.size() <= options_.max_bullets && !quotes.empty()) {
      auto best = quotes.end();
      double best_score = 0;
      for (auto quote = quotes.begin(); quote != quotes.end() && quote->score >= enough; ++quote) {
        const std::string_view article = quote->places[0].passage->article;
        const double score = quote->score * weight.try_emplace(article, 1).first->second;
        if (score > best_score) {
          best = quote;
          best_score = score;
        }
      }
      if (best == quotes.end() || best_score < enough) return;
      words += count_words(best->text());
      if (words > options_.max_words) return;
      weight[best->places[0].passage->article] *= kSameArticle;
      chosen_.push_back(std::move(*best));
      quotes.erase(best);
    }
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

  void write() {
    Reply& reply = draft_.reply();
    // Steps of an exercise stand in its card, in their order.
    auto lead = std::ranges::find_if(
        chosen_, [this](const Quote& quote) { return !is_step_of_an_exercise(quote); });
    if (lead == chosen_.end()) lead = chosen_.begin();
    reply.lead.push_back({std::string(lead->text()), cite(*lead)});
    std::size_t words = count_words(lead->text());
    if (comparison_ != nullptr) words += add_differences();
    for (auto quote = chosen_.begin(); quote != chosen_.end(); ++quote) {
      if (quote == lead || is_side(*quote) || is_step_of_an_exercise(*quote)) continue;
      words += count_words(quote->text());
      if (words > options_.max_words) break;
      reply.body.push_back({std::string(quote->text()), cite(*quote)});
    }
    for (const std::string& key : stand_ins_) {
      Statement statement{std::string(voice_.messages->get(key)), {}};
      const bool said = std::ranges::any_of(
          reply.body, [&](const Statement& s) { return s.text == statement.text; });
      if (!said) reply.body.insert(reply.body.begin(), std::move(statement));
    }
    if (comparison_ != nullptr) reply.body.push_back({comparison_->choose, {}});
  }

  std::size_t add_differences() {
    std::size_t words = count_words(comparison_->choose);
    for (const knowledge::Comparison::Side& side : comparison_->sides) {
      const knowledge::Article* article = pack_.article(side.article);
      draft_.reply().differs.push_back(
          {article->source.short_name, side.sentence, {citer_.cite(side.passage, side.sentence)}});
      words += count_words(side.sentence);
    }
    return words;
  }

  void add_exercises() {
    for (const knowledge::Exercise& exercise : pack_.exercises) {
      if (!exercise.described || draft_.reply().exercises.size() >= 2) continue;
      const std::string prefix = exercise.article + "#" + exercise.section + ".";
      const auto shown = std::ranges::find_if(chosen_, [&](const Quote& quote) {
        return quote.places[0].passage->id.starts_with(prefix);
      });
      if (shown == chosen_.end()) continue;
      Exercise out;
      out.id = exercise.id;
      out.name = exercise.name;
      out.eases = exercise.eases;
      out.position = exercise.position;
      out.steps = exercise.steps;
      out.dose = exercise.dose;
      out.hold_seconds = exercise.hold_seconds;
      out.stop_if = exercise.stop_if;
      out.drawing = exercise.drawing;
      out.citations = cite(*shown);
      draft_.reply().exercises.push_back(std::move(out));
    }
  }

  void add_gaps() {
    const std::vector<std::string> missing = gaps(evidence_, chosen_);
    if (missing.empty()) return;
    draft_.reply().body.push_back(
        {voice_.messages->fill("answer.partial", "terms", join(missing)), {}});
  }

  void abstain() {
    Reply& reply = draft_.reply();
    reply.kind = Kind::kNotCovered;
    draft_.say("not_covered.lead", reply.lead);
    const std::vector<std::string> unknown = evidence_.query->unknown();
    if (!unknown.empty()) {
      reply.lead.push_back(
          {voice_.messages->fill("not_covered.terms", "terms", join(unknown)), {}});
    }
    if (!reply.card) draft_.say("not_covered.who", reply.body);
    chosen_.clear();
  }

  static std::string join(const std::vector<std::string>& words) {
    std::string out;
    for (const std::string& word : words) out += (out.empty() ? "" : ", ") + word;
    return out;
  }

  std::vector<std::string_view> chosen_articles() const {
    std::vector<std::string_view> out;
    for (const Quote& quote : chosen_) out.push_back(quote.places[0].passage->id);
    return out;
  }

  Draft& draft_;
  const Voice& voice_;
  const knowledge::Pack& pack_;
  const Differences& differences_;
  const Evidence& evidence_;
  const ComposeOptions& options_;
  Citer citer_;
  std::vector<Quote> chosen_;
  std::vector<std::string> stand_ins_;
  const knowledge::Comparison* comparison_ = nullptr;
};

}  // namespace

Reply compose(const safety::Screening& screening, const Voice& voice, const knowledge::Pack& pack,
              const Differences& differences, const Evidence& evidence,
              const ComposeOptions& options) {
  Draft draft(screening, voice);
  if (draft.emergency()) return draft.finish();
  if (screening.raised() == Tier::kUrgent && !voice.is_question) {
    // Somebody told us of a sign and asked nothing: the card is the answer.
    draft.reply().kind = Kind::kAnswer;
    return draft.finish();
  }
  Quoter(draft, voice, pack, differences, evidence, options).run();
  return draft.finish();
}

Reply compose_message(const safety::Screening& screening, const Voice& voice,
                      std::string_view message_key, Kind kind, const knowledge::Pack* pack) {
  Draft draft(screening, voice);
  if (!draft.emergency()) {
    draft.reply().kind = kind;
    draft.say(message_key, draft.reply().lead);
    if (pack != nullptr) {
      draft.reply().next = suggest(*pack, {}, {}, voice.asked_before, false);
    }
  }
  return draft.finish();
}

std::string explain_selection(const Evidence& evidence, const ComposeOptions& options) {
  constexpr std::size_t kShown = 15;
  const std::vector<Quote> quotes = find_quotes(evidence);
  std::string out = "SENTENCES (the lead is the best; others follow from " +
                    decimal(options.keep_at) + " of its score)\n";
  std::vector<Quote> said;
  for (std::size_t i = 0; i < std::min(kShown, quotes.size()); ++i) {
    const Quote& quote = quotes[i];
    const bool keeps = quote.score >= options.keep_at * quotes[0].score;
    if (keeps && said.size() <= options.max_bullets) said.push_back(quote);
    out += (keeps ? "  + " : "  - ") + decimal(quote.score) + " covers " + decimal(quote.coverage) +
           " " + quote.places[0].passage->id + ": " + std::string(quote.text()) + "\n";
  }
  return out + "  together they cover " + decimal(coverage(evidence, said)) +
         " of what was asked; an answer needs " + decimal(options.answer_at) + "\n";
}

}  // namespace backchat::answer
