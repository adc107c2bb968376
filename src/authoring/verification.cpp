#include "authoring/verification.h"

#include <algorithm>
#include <set>
#include <string_view>

#include "answer/citer.h"
#include "answer/plain_text.h"
#include "authoring/wording.h"
#include "safety/card.h"
#include "safety/rule_book.h"

namespace backchat::authoring {

using answer::Citation;
using answer::Reply;
using safety::Tier;

namespace {

// What proves a reply: the edition, its rules, and what a sentence without a source may be.
struct Grounds {
  const dialogue::Edition* edition = nullptr;
  std::unique_ptr<const safety::RuleBook> rules;
  std::vector<std::string> own_words;  // sentences of the pack, with {slots}
  std::set<std::string, std::less<>> suggestions;

  bool is_own(std::string_view text) const {
    return std::ranges::any_of(
        own_words, [text](const std::string& pattern) { return is_filled(pattern, text); });
  }
};

bool same(const Citation& a, const Citation& b) {
  return a.article == b.article && a.title == b.title && a.publisher == b.publisher &&
         a.url == b.url && a.authors == b.authors && a.reviewers == b.reviewers &&
         a.published == b.published && a.reviewed == b.reviewed;
}

bool same(const safety::CareCard& a, const safety::CareCard& b) {
  const auto same_action = [](const safety::CardAction& x, const safety::CardAction& y) {
    return x.label == y.label && x.href == y.href;
  };
  return a.level == b.level && a.heading == b.heading && a.lines == b.lines &&
         std::ranges::equal(a.actions, b.actions, same_action);
}

std::string numbered(const char* list, std::size_t i) {
  return std::string(list) + "[" + std::to_string(i) + "]";
}

// Proves one reply.
class Prover {
 public:
  Prover(const Grounds& grounds, const Reply& reply)
      : grounds_(grounds), pack_(grounds.edition->pack), rules_(*grounds.rules), reply_(reply) {}

  Verifier::Proof run() {
    if (reply_.edition != grounds_.edition->id) {
      doubt("edition",
            "the reply is of edition " + reply_.edition + ", this one is " + grounds_.edition->id);
    }
    check_citations();
    for (const auto* list : {&reply_.lead, &reply_.body}) {
      const char* name = list == &reply_.lead ? "lead" : "body";
      for (std::size_t i = 0; i < list->size(); ++i) check_statement((*list)[i], numbered(name, i));
    }
    check_sides();
    check_sections();
    check_exercises(reply_.exercises, "exercises");
    check_exercises(reply_.upright, "upright");
    check_timers();
    check_findings();
    check_card();
    check_next();
    if (!reply_.about.empty() && !grounds_.is_own(reply_.about)) {
      doubt("about", "no message of the pack");
    }
    if (reply_.text != answer::plain_text(reply_, pack_.messages)) {
      doubt("text", "not the plain text of the rest of the reply");
    }
    return std::move(proof_);
  }

 private:
  void doubt(std::string where, std::string what) {
    proof_.doubts.push_back({std::move(where), std::move(what)});
  }

  void check_citations() {
    for (std::size_t i = 0; i < reply_.citations.size(); ++i) {
      const Citation& citation = reply_.citations[i];
      const std::string where = numbered("citations", i);
      if (citation.n != static_cast<int>(i) + 1) doubt(where, "out of order");
      const knowledge::Passage* passage = pack_.passage(citation.passage);
      if (passage == nullptr) {
        doubt(where, "the edition has no passage " + citation.passage);
        continue;
      }
      bool found = false;
      for (std::size_t s = 0; s < passage->sentences.size(); ++s) {
        found = found || passage->sentence(s) == citation.quote;
      }
      if (!found) doubt(where, "the quotation is no sentence of " + citation.passage);
      answer::Citer citer(pack_);
      citer.cite(citation.passage, citation.quote);
      if (!same(citer.take().front(), citation)) {
        doubt(where, "title, people, dates or address are not those of the article");
      }
    }
  }

  // The citations of a sentence, each of which must quote it letter by letter.
  void check_quoted(std::string_view text, const std::vector<int>& citations,
                    const std::string& where) {
    ++proof_.quotations;
    for (const int n : citations) {
      const Citation* citation = cited(n, where);
      if (citation != nullptr && citation->quote != text) {
        doubt(where, "not the sentence that stands in " + citation->passage);
      }
    }
  }

  const Citation* cited(int n, const std::string& where) {
    if (n < 1 || static_cast<std::size_t>(n) > reply_.citations.size()) {
      doubt(where, "there is no citation " + std::to_string(n));
      return nullptr;
    }
    return &reply_.citations[static_cast<std::size_t>(n) - 1];
  }

  void check_statement(const answer::Statement& statement, const std::string& where) {
    if (!statement.citations.empty()) {
      check_quoted(statement.text, statement.citations, where);
    } else if (!grounds_.is_own(statement.text) && !names_a_source(statement.text)) {
      doubt(where, "has no source and is no message of the pack");
    }
  }

  // "Who says that?" is answered with the sources that were quoted.
  bool names_a_source(std::string_view text) const {
    return std::ranges::any_of(reply_.citations, [&](const Citation& citation) {
      Citation as_named = citation;
      if (const knowledge::Article* article = pack_.article(citation.article)) {
        as_named.publisher = article->source.short_name;
      }
      return answer::source_line(as_named, pack_.messages) == text;
    });
  }

  void check_sections() {
    for (std::size_t i = 0; i < reply_.sections.size(); ++i) {
      const answer::Section& section = reply_.sections[i];
      const std::string where = numbered("sections", i);
      if (!grounds_.is_own(section.heading)) doubt(where, "the heading is no message of the pack");
      for (std::size_t s = 0; s < section.statements.size(); ++s) {
        check_statement(section.statements[s], where + "." + numbered("statements", s));
      }
    }
  }

  // What a timer quotes must be what the edition's timer quotes, at its passage.
  void check_quoted(const std::optional<answer::Statement>& shown,
                    const std::optional<knowledge::Quoted>& wanted, const std::string& where) {
    if (shown.has_value() != wanted.has_value() || (shown && shown->text != wanted->sentence)) {
      doubt(where, "not what the edition's timer quotes");
    }
    if (!shown) return;
    if (shown->citations.empty()) doubt(where, "has no source");
    check_quoted(shown->text, shown->citations, where);
  }

  void check_timers() {
    for (std::size_t i = 0; i < reply_.timers.size(); ++i) {
      const answer::Timer& shown = reply_.timers[i];
      const std::string where = numbered("timers", i);
      const auto found = std::ranges::find(pack_.timers, shown.id, &knowledge::Timer::id);
      if (found == pack_.timers.end()) {
        doubt(where, "the edition has no timer '" + shown.id + "'");
        continue;
      }
      if (shown.name != found->name || shown.minutes != found->minutes ||
          shown.break_minutes != found->break_minutes) {
        doubt(where, "not the timer as the edition gives it");
      }
      check_quoted(shown.first, found->first, where + ".first");
      check_quoted(shown.then, found->then, where + ".then");
    }
  }

  void check_sides() {
    for (std::size_t i = 0; i < reply_.differs.size(); ++i) {
      const answer::Side& side = reply_.differs[i];
      const std::string where = numbered("differs", i);
      if (side.citations.empty()) doubt(where, "has no source");
      check_quoted(side.text, side.citations, where);
      for (const int n : side.citations) {
        const Citation* citation = cited(n, where);
        const knowledge::Article* article =
            citation == nullptr ? nullptr : pack_.article(citation->article);
        if (article != nullptr && article->source.short_name != side.publisher) {
          doubt(where, "the publisher is not that of the article cited");
        }
      }
    }
  }

  void check_exercises(const std::vector<answer::Exercise>& list, const char* name) {
    for (std::size_t i = 0; i < list.size(); ++i) {
      const answer::Exercise& shown = list[i];
      const std::string where = numbered(name, i);
      const auto found = std::ranges::find(pack_.exercises, shown.id, &knowledge::Exercise::id);
      if (found == pack_.exercises.end()) {
        doubt(where, "the edition has no exercise '" + shown.id + "'");
        continue;
      }
      const bool equal = shown.name == found->name && shown.eases == found->eases &&
                         shown.position == found->position && shown.steps == found->steps &&
                         shown.dose == found->dose && shown.stop_if == found->stop_if &&
                         shown.hold_seconds == found->hold_seconds &&
                         shown.repeats_min == found->repeats_min &&
                         shown.repeats_max == found->repeats_max && shown.drawing == found->drawing;
      if (!equal) doubt(where, "not the exercise as the edition gives it");
      if (shown.citations.empty()) doubt(where, "has no source");
      for (const int n : shown.citations) {
        const Citation* citation = cited(n, where);
        if (citation != nullptr && citation->article != found->article) {
          // The same sentence may stand in further articles; one of them must be the exercise's
          // own.
          const bool own = std::ranges::any_of(shown.citations, [&](int other) {
            const Citation* one = cited(other, where);
            return one != nullptr && one->article == found->article;
          });
          if (!own) doubt(where, "cites another article than its own");
        }
        ++proof_.quotations;
      }
    }
  }

  void check_findings() {
    Tier worst = Tier::kNone;
    for (std::size_t i = 0; i < reply_.findings.size(); ++i) {
      const safety::Finding& finding = reply_.findings[i];
      const std::string where = "safety." + numbered("findings", i);
      worst = std::max(worst, finding.tier);
      if (finding.rule.starts_with(safety::kSecondReaderRule)) {
        check_reading(finding, where);
        continue;
      }
      const auto rule = std::ranges::find(rules_.rules, finding.rule, &safety::Rule::id);
      if (rule == rules_.rules.end()) {
        doubt(where, "the edition has no rule '" + finding.rule + "'");
        continue;
      }
      const bool why = finding.why.starts_with(rule->why);
      if (rule->group != finding.group || rule->tier != finding.tier ||
          rule->source != finding.source || !why) {
        doubt(where, "not what rule " + rule->id + " says");
      }
    }
    if (worst != reply_.tier) doubt("safety.tier", "not the tier of the worst finding");
  }

  // What no rule found: the second reader's words, and advice for the group that it names.
  void check_reading(const safety::Finding& finding, const std::string& where) {
    const auto& words = rules_.second_reader;
    const bool advised = std::ranges::any_of(rules_.advice, [&finding](const auto& advice) {
      return advice.group == finding.group && advice.tier == finding.tier;
    });
    if (finding.rule != std::string(safety::kSecondReaderRule) + finding.group || !advised ||
        words.why.empty() || finding.why != words.why || finding.source != words.source) {
      doubt(where, "not what the second reader says");
    }
  }

  // The card must be one that the findings make, for some region and either person.
  void check_card() {
    std::vector<safety::Finding> findings = reply_.findings;
    std::vector<std::string_view> regions{""};
    for (const safety::Region& region : rules_.regions) regions.push_back(region.codes.front());
    bool due = false;
    for (const bool helper : {false, true}) {
      for (safety::Finding& finding : findings) finding.helper = helper;
      for (const std::string_view region : regions) {
        auto card = safety::make_card(rules_, findings, reply_.tier, region);
        due = due || card.has_value();
        if (!card || !reply_.card) continue;
        if (same(*card, *reply_.card)) return;
        card->lines = {std::string(pack_.messages.get("screen.held"))};
        if (same(*card, *reply_.card)) return;
      }
    }
    if (reply_.card) {
      doubt("card", "not what the edition says for these findings");
    } else if (due) {
      doubt("card", "is missing, though the findings demand one");
    }
  }

  void check_next() {
    for (std::size_t i = 0; i < reply_.next.size(); ++i) {
      const answer::Next& next = reply_.next[i];
      if (!next.answers.empty()
              ? !is_quick_reply(next)
              : next.label != next.text || !grounds_.suggestions.contains(next.label)) {
        doubt(numbered("next", i), "neither a question of the pack nor a reply to one");
      }
    }
  }

  bool is_quick_reply(const answer::Next& next) const {
    const auto offers = [&next](const safety::Question& question) {
      return question.shown.id == next.answers &&
             std::ranges::any_of(question.shown.replies, [&next](const auto& quick) {
               return quick.label == next.label && quick.text == next.text;
             });
    };
    if (next.answers == reply_.asked && (offers(rules_.check) || offers(rules_.doubt) ||
                                         std::ranges::any_of(rules_.questions, offers))) {
      return true;
    }
    return is_choice(next);
  }

  // An answer to a step of the guided talk, or to skip it or go on with it.
  bool is_choice(const answer::Next& next) const {
    const auto& steps = pack_.guide.steps;
    const auto step = std::ranges::find(steps, next.answers, &knowledge::GuideStep::id);
    if (step == steps.end() || next.label != next.text) return false;
    return next.label == pack_.messages.get("guide.skip") ||
           next.label == pack_.messages.get("guide.resume") ||
           std::ranges::find(step->choices, next.label, &knowledge::GuideChoice::label) !=
               step->choices.end();
  }

  const Grounds& grounds_;
  const knowledge::Pack& pack_;
  const safety::RuleBook& rules_;
  const Reply& reply_;
  Verifier::Proof proof_;
};

// Every sentence that the pack says without a source, and every question that it suggests.
void collect_own_words(Grounds& grounds) {
  const knowledge::Pack& pack = grounds.edition->pack;
  for (const auto& [key, text] : pack.messages.all()) grounds.own_words.push_back(text);
  for (const knowledge::Comparison& comparison : pack.comparisons) {
    grounds.own_words.push_back(comparison.choose);
    if (!comparison.measures.empty()) grounds.own_words.push_back(comparison.measures);
    grounds.suggestions.insert(comparison.question);
  }
  for (const safety::Question& question : grounds.rules->questions) {
    grounds.own_words.push_back(question.shown.text);
    if (!question.again.empty()) grounds.own_words.push_back(question.again);
  }
  for (const knowledge::GuideStep& step : pack.guide.steps) grounds.own_words.push_back(step.ask);
  grounds.own_words.push_back(grounds.rules->check.shown.text);
  grounds.own_words.push_back(grounds.rules->doubt.shown.text);
  grounds.own_words.push_back(grounds.rules->safety_net);
  for (const std::string& question : pack.start.questions) grounds.suggestions.insert(question);
  for (const knowledge::Passage& passage : pack.passages) {
    grounds.suggestions.insert(passage.heading);
  }
  if (pack.messages.contains("about.other")) {
    grounds.suggestions.emplace(pack.messages.get("about.other"));
  }
}

}  // namespace

struct Verifier::Impl {
  Grounds grounds;
};

Verifier::Verifier(std::unique_ptr<const Impl> impl) : impl_(std::move(impl)) {}
Verifier::Verifier(Verifier&&) noexcept = default;
Verifier& Verifier::operator=(Verifier&&) noexcept = default;
Verifier::~Verifier() = default;

Result<Verifier> Verifier::create(const dialogue::Edition& edition) {
  auto impl = std::make_unique<Impl>();
  impl->grounds.edition = &edition;
  auto rules = safety::read_rule_book(edition.index->documents());
  if (!rules) return fail(rules.error());
  impl->grounds.rules = std::move(*rules);
  collect_own_words(impl->grounds);
  return Verifier(std::move(impl));
}

Verifier::Proof Verifier::verify(const Reply& reply) const {
  return Prover(impl_->grounds, reply).run();
}

std::string to_string(const Doubt& doubt) { return doubt.where + ": " + doubt.what; }

}  // namespace backchat::authoring
