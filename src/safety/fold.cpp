#include "safety/fold.h"

#include <algorithm>

#include "safety/card.h"

namespace backchat::safety {
namespace {

// How often the question whether it is so is put.
constexpr int kMostDoubts = 2;

// Folds one turn. A class because the steps share what they read.
class Folder {
 public:
  Folder(const RuleBook& book, const UserTurn& turn, const Analysis& analysis,
         const SecondReading& reading, Memory::State& state)
      : book_(book),
        turn_(turn),
        analysis_(analysis),
        reading_(reading),
        state_(state),
        marks_(book, state.marks) {}

  Folded run() {
    read_answer();
    note_mentions();
    read_corrections();
    marks_.look();
    Folded result;
    apply_rules(result);
    doubt_alarm(result);
    raise_what_is_read(result);
    settle(result);
    if (state_.held < result.tier) state_.held = result.tier;
    result.tier =
        std::max(result.tier, state_.held == Tier::kEmergency ? Tier::kEmergency : Tier::kNone);
    state_.held = result.tier;
    result.answered_only = answered_ && analysis_.reply_only;
    result.reports = std::any_of(book_.asks_on.begin(), book_.asks_on.end(),
                                 [&](const Term& t) { return marks_.said_in(t, turn_.index); });
    choose_question(result);
    return result;
  }

 private:
  const Question* question(std::string_view id) const {
    if (!id.empty() && id == book_.check.shown.id) return &book_.check;
    if (!id.empty() && id == book_.doubt.shown.id) return &book_.doubt;
    for (const Question& q : book_.questions) {
      if (q.shown.id == id) return &q;
    }
    return nullptr;
  }

  // The question that this turn can be a reply to.
  const Question* open() const {
    if (turn_.answers) return question(*turn_.answers);
    const Question* waiting = question(state_.open_question);
    if (waiting == nullptr || !may_answer(*waiting)) return nullptr;
    // Once another reply has come between, only a turn that says nothing else is an answer.
    if (state_.put_in + 1 != turn_.index && !analysis_.reply_only) return nullptr;
    return turn_.other_question_open() ? nullptr : waiting;
  }

  // Whether the turn holds anything that could be read as a reply to a question.
  bool may_answer(const Question& waiting) const {
    return analysis_.reply != Reply::kNone ||
           std::any_of(analysis_.mentions.begin(), analysis_.mentions.end(), [&](const Mention& m) {
             return book_.concepts[static_cast<std::size_t>(m.concept_index)].answers ==
                    waiting.shown.id;
           });
  }

  bool counts_for(int concept_index) const {
    return std::any_of(analysis_.mentions.begin(), analysis_.mentions.end(), [&](const Mention& m) {
      return m.concept_index == concept_index && m.outcome == Outcome::kCounts;
    });
  }

  void read_answer() {
    open_ = open();
    if (open_ == nullptr) return;
    const std::string& id = open_->shown.id;
    Reply reply = analysis_.reply;
    if (id == book_.check.shown.id) {
      read_check(reply);
      return;
    }
    if (id == book_.doubt.shown.id) {
      read_doubt(reply);
      return;
    }
    switch (reply) {
      case Reply::kNone:
        return;
      case Reply::kMaybe:
        if (!open_->maybe_is_yes) {
          close(id);
          return;
        }
        [[fallthrough]];
      case Reply::kYes:
        // "Yes, thyroid cancer in 2008" is no answer to a question about the bladder.
        if (speaks_of_else()) return;
        report_answer();
        close(id);
        return;
      case Reply::kWeakNo:
        answered_ = true;
        if (open_->again.empty() || state_.asked[id] >= 2) {
          close(id);
        } else {
          again_ = true;
        }
        return;
      case Reply::kNo:
        for (const int index : open_->covers) {
          if (!held_mark(index) && !counts_for(index)) add_answer_mark(index, Outcome::kAbsent);
        }
        close(id);
        return;
    }
  }

  // True when the turn reports something, and nothing of it belongs to the open question.
  bool speaks_of_else() const {
    bool else_reported = false;
    for (const Mention& m : analysis_.mentions) {
      const Concept& what = book_.concepts[static_cast<std::size_t>(m.concept_index)];
      if (m.outcome != Outcome::kCounts) continue;
      const bool covered = std::find(open_->covers.begin(), open_->covers.end(), m.concept_index) !=
                           open_->covers.end();
      if (covered || what.answers == open_->shown.id) return false;
      const bool tells = what.kind == Kind::kSign || what.kind == Kind::kFact;
      else_reported = else_reported || (what.answers.empty() && tells);
    }
    return else_reported && !turn_.answers;
  }

  void close(const std::string& id) {
    answered_ = true;
    state_.closed.insert(id);
    if (state_.open_question == id) state_.open_question.clear();
  }

  bool held_mark(int index) const {
    return std::any_of(state_.marks.begin(), state_.marks.end(), [&](const Mark& mark) {
      return mark.concept_index == index && mark.outcome == Outcome::kCounts;
    });
  }

  void add_answer_mark(int index, Outcome outcome) {
    Mark mark;
    mark.concept_index = index;
    mark.outcome = outcome;
    mark.turn = turn_.index;
    mark.last_turn = turn_.index;
    mark.origin = Origin::kAnswer;
    const auto count = static_cast<std::uint32_t>(analysis_.sheet.tokens.size());
    mark.quote = quote_of(turn_.text, analysis_.sheet, 0, std::min<std::uint32_t>(count, 12));
    mark.reading = book_.readings.answer;
    constexpr std::string_view kQuestion = "{question}";
    if (const std::size_t at = mark.reading.find(kQuestion); at != std::string::npos) {
      mark.reading.replace(at, kQuestion.size(), open_->shown.text);
    }
    put(std::move(mark));
  }

  void report_answer() {
    if (open_->yes >= 0) add_answer_mark(open_->yes, Outcome::kCounts);
  }

  // The repeat check: a yes takes the doubted reports back, anything else leaves them.
  void read_check(Reply reply) {
    if (reply == Reply::kNone) return;
    const bool cleared = reply == Reply::kYes;
    if (cleared) {
      std::erase_if(state_.marks, [&](const Mark& mark) {
        return mark.outcome == Outcome::kCounts && state_.doubted.contains(mark.concept_index);
      });
      state_.kept.clear();
      state_.read.clear();
      state_.held = Tier::kNone;
    }
    state_.doubted.clear();
    state_.open_question.clear();
    answered_ = true;
  }

  // The question whether a sign is there that was read with doubt.
  void read_doubt(Reply reply) {
    if (reply == Reply::kNone) return;
    state_.open_question.clear();
    answered_ = true;
    const bool there = reply == Reply::kYes || reply == Reply::kMaybe;
    for (Mark& mark : state_.marks) {
      if (mark.outcome != Outcome::kDoubted) continue;
      mark.outcome = there ? Outcome::kCounts : Outcome::kAbsent;
      mark.last_turn = turn_.index;
    }
    if (there && state_.unsure) {
      confirmed_ = state_.unsure->tier;
      state_.read.push_back(*state_.unsure);
    }
    state_.unsure.reset();
  }

  void put(Mark mark) {
    for (Mark& old : state_.marks) {
      if (old.concept_index != mark.concept_index || old.outcome != mark.outcome ||
          old.other != mark.other || old.named != mark.named) {
        continue;
      }
      old.last_turn = mark.last_turn;
      if (mark.number >= 0) old.number = mark.number;
      return;
    }
    state_.marks.push_back(std::move(mark));
  }

  void note_mentions() {
    for (const Mention& m : analysis_.mentions) {
      const Concept& what = book_.concepts[static_cast<std::size_t>(m.concept_index)];
      if (!what.answers.empty() && (open_ == nullptr || open_->shown.id != what.answers)) continue;
      if (!what.answers.empty() && m.outcome == Outcome::kCounts) close(what.answers);
      Mark mark;
      mark.concept_index = m.concept_index;
      mark.outcome = m.outcome;
      mark.other = m.person != Person::kSelf;
      mark.named = m.named;
      mark.turn = turn_.index;
      mark.last_turn = turn_.index;
      mark.number = m.number;
      mark.quote = quote_of(turn_.text, analysis_.sheet, m.begin, m.end);
      mark.reading = reading_of(book_, m);
      mark.origin = analysis_.correction ? Origin::kCorrection : Origin::kUserText;
      put(std::move(mark));
      // Saying it unasked answers the question about it.
      for (const Question& q : book_.questions) {
        if (m.outcome != Outcome::kCounts && m.outcome != Outcome::kAbsent) continue;
        if (what.kind == Kind::kSign &&
            std::find(q.covers.begin(), q.covers.end(), m.concept_index) != q.covers.end() &&
            (m.outcome == Outcome::kCounts || state_.open_question == q.shown.id)) {
          state_.closed.insert(q.shown.id);
          if (state_.open_question == q.shown.id) state_.open_question.clear();
        }
      }
    }
    if (analysis_.same_for_me) {
      for (Mark& mark : state_.marks) {
        const bool asked_about =
            mark.outcome == Outcome::kQuestion || mark.outcome == Outcome::kHypothetical;
        const bool theirs = (mark.other || asked_about) && mark.outcome != Outcome::kAbsent;
        if (!theirs) continue;
        mark.other = false;
        mark.named = true;
        mark.outcome = Outcome::kCounts;
        mark.last_turn = turn_.index;
      }
    }
  }

  // A sign that was reported and is now denied, or a correction without a new report, asks for the
  // repeat check.
  void read_corrections() {
    if (answered_ && open_ == &book_.check) return;
    for (const Mention& m : analysis_.mentions) {
      if (m.outcome != Outcome::kAbsent && m.outcome != Outcome::kPast) continue;
      if (m.outcome == Outcome::kPast && !analysis_.correction) continue;
      if (earlier_sign(m.concept_index) && !counts_for(m.concept_index))
        state_.doubted.insert(m.concept_index);
    }
    const bool new_report =
        std::any_of(analysis_.mentions.begin(), analysis_.mentions.end(), [&](const Mention& m) {
          return m.outcome == Outcome::kCounts &&
                 book_.concepts[static_cast<std::size_t>(m.concept_index)].kind == Kind::kSign;
        });
    const bool denies =
        std::any_of(analysis_.mentions.begin(), analysis_.mentions.end(),
                    [](const Mention& m) { return m.presence == Presence::kAbsent; });
    if (analysis_.correction && (!new_report || denies)) {
      for (const Mark& mark : state_.marks) {
        if (mark.turn < turn_.index && earlier_sign(mark.concept_index))
          state_.doubted.insert(mark.concept_index);
      }
      if (!state_.read.empty()) state_.doubted.insert(kRead);
    }
  }

  bool earlier_sign(int index) const {
    return std::any_of(state_.marks.begin(), state_.marks.end(), [&](const Mark& mark) {
      return mark.concept_index == index && mark.outcome == Outcome::kCounts &&
             mark.turn < turn_.index &&
             book_.concepts[static_cast<std::size_t>(index)].kind == Kind::kSign;
    });
  }

  void apply_rules(Folded& result) {
    const bool others = std::any_of(state_.marks.begin(), state_.marks.end(),
                                    [](const Mark& mark) { return mark.other && mark.named; });
    for (const Rule& rule : book_.rules) {
      for (const bool other : {false, true}) {
        if (other && !others) continue;
        const std::vector<const Mark*> used = marks_.fulfilled(rule, other);
        if (used.empty()) continue;
        const bool all_self =
            std::none_of(used.begin(), used.end(), [](const Mark* m) { return m->other; });
        if (other && all_self) continue;  // already found for the writer
        add_finding(rule, used, result);
      }
    }
  }

  bool tells_a_sign() const {
    return std::any_of(analysis_.mentions.begin(), analysis_.mentions.end(), [&](const Mention& m) {
      return is_told_sign(book_.concepts[static_cast<std::size_t>(m.concept_index)], m);
    });
  }

  // A rule fires on a turn that the second reader holds for harmless: one of the two is wrong, so
  // the person is asked. Facts stay as they are.
  void doubt_alarm(Folded& result) {
    const std::string& id = book_.doubt.shown.id;
    if (!reading_.doubts() || sure_ || !tells_a_sign() || id.empty() || answered_ ||
        result.raised < Tier::kUrgent || state_.held >= result.raised ||
        state_.asked[id] >= kMostDoubts) {
      return;
    }
    const std::vector<Mark> before = state_.marks;
    for (Mark& mark : state_.marks) {
      const Kind kind = book_.concepts[static_cast<std::size_t>(mark.concept_index)].kind;
      const bool sign = kind == Kind::kSign || kind == Kind::kWeak;
      if (mark.turn == turn_.index && mark.outcome == Outcome::kCounts && sign)
        mark.outcome = Outcome::kDoubted;
    }
    Folded without;
    apply_rules(without);
    if (without.raised >= Tier::kUrgent) {
      state_.marks = before;  // the facts alone raise it
      return;
    }
    const auto worst =
        std::max_element(result.findings.begin(), result.findings.end(),
                         [](const Finding& a, const Finding& b) { return a.tier < b.tier; });
    doubt_ = with(book_.doubt.shown.text, "{quote}", shortened(worst->quote));
    result = std::move(without);
  }

  // What no rule has words for, and the second reader takes for danger.
  void raise_what_is_read(Folded& result) {
    result.raised = std::max(result.raised, confirmed_);
    Tier highest = Tier::kNone;
    for (const Finding& finding : result.findings) highest = std::max(highest, finding.tier);
    // A tapped or bare reply to a question of another kind is too little to ask on.
    const bool says_enough = analysis_.sheet.tokens.size() >= kFewestWordsToAskOn && !turn_.answers;
    const bool asks = reading_.unsure() && says_enough &&
                      std::max(highest, state_.held) < Tier::kUrgent && !answered_ &&
                      doubt_.empty() && !book_.doubt.shown.id.empty() &&
                      state_.asked[book_.doubt.shown.id] == 0 && !turn_.other_question_open();
    const bool upgrades = highest == Tier::kUrgent && reading_.upgrades();
    const Tier likely = upgrades ? Tier::kEmergency : reading_.likely();
    if (likely <= highest || only_denies()) return;
    if (!upgrades && (highest == Tier::kUrgent || (reading_.unsure() && !asks))) return;
    const auto advised = [&](const std::string& group) {
      return std::any_of(book_.advice.begin(), book_.advice.end(), [&](const Advice& advice) {
        return advice.group == group && advice.tier == likely;
      });
    };
    const auto group = std::find_if(reading_.groups.begin(), reading_.groups.end(), advised);
    if (group == reading_.groups.end()) return;
    Finding finding;
    finding.rule = std::string(kSecondReaderRule) + *group;
    finding.group = *group;
    finding.tier = likely;
    finding.quote = quote_of(turn_.text, analysis_.sheet, reading_.begin, reading_.end);
    finding.turn = turn_.index;
    finding.why = book_.second_reader.why;
    finding.source = book_.second_reader.source;
    finding.helper = speaks_of_other();
    if (asks) {
      doubt_ = with(book_.second_reader.asks, "{quote}", shortened(finding.quote));
      state_.unsure = std::move(finding);
      return;
    }
    result.raised = std::max(result.raised, finding.tier);
    std::erase_if(state_.read, [&](const Finding& old) { return old.rule == finding.rule; });
    state_.read.push_back(std::move(finding));
  }

  // "I have not lost control of my bladder": behind a few words that open it, all that was read is
  // a denial, and a rule has words for what it denies.
  bool only_denies() const {
    constexpr std::uint32_t kOpening = 3;  // tokens
    bool denies = false;
    for (const Mention& m : analysis_.mentions) {
      const Kind kind = book_.concepts[static_cast<std::size_t>(m.concept_index)].kind;
      if (kind != Kind::kSign && kind != Kind::kWeak) continue;
      if (m.outcome == Outcome::kCounts) return false;
      denies = denies || (m.outcome == Outcome::kAbsent && m.end >= reading_.end &&
                          m.begin <= reading_.begin + kOpening);
    }
    return denies;
  }

  // True when the words that were read name somebody else, and nobody says "I".
  bool speaks_of_other() const {
    bool other = false;
    for (const CueHit& hit : analysis_.cues) {
      const Cue& cue = book_.cues[hit.cue];
      if (cue.axis != Axis::kPerson || hit.begin < reading_.begin || hit.begin >= reading_.end)
        continue;
      if (cue.value == static_cast<std::uint8_t>(Person::kSelf)) return false;
      other = other || cue.value == static_cast<std::uint8_t>(Person::kOtherNow);
    }
    return other;
  }

  // Puts what stays from earlier turns to this turn's findings, and the worst first.
  void settle(Folded& result) {
    const auto add = [&](const Finding& old) {
      const bool still = std::any_of(
          result.findings.begin(), result.findings.end(),
          [&](const Finding& f) { return f.rule == old.rule && f.helper == old.helper; });
      if (!still) result.findings.push_back(old);
    };
    for (const Finding& kept : state_.kept) add(kept);
    for (const Finding& read : state_.read) add(read);
    std::stable_sort(result.findings.begin(), result.findings.end(),
                     [&](const Finding& a, const Finding& b) {
                       if (a.tier != b.tier) return a.tier > b.tier;
                       return precedence(a) < precedence(b);
                     });
    state_.kept.clear();
    for (const Finding& finding : result.findings) {
      result.tier = std::max(result.tier, finding.tier);
      if (finding.tier == Tier::kEmergency) state_.kept.push_back(finding);
    }
  }

  std::size_t precedence(const Finding& finding) const {
    const auto at =
        std::find_if(book_.advice.begin(), book_.advice.end(), [&](const Advice& advice) {
          return advice.group == finding.group && advice.tier == finding.tier;
        });
    return static_cast<std::size_t>(at - book_.advice.begin());
  }

  void add_finding(const Rule& rule, const std::vector<const Mark*>& used, Folded& result) {
    // Quote a sign rather than a fact, and this turn's words rather than older ones.
    const Mark* shown = used.front();
    const auto rank = [&](const Mark* mark) {
      const bool sign =
          book_.concepts[static_cast<std::size_t>(mark->concept_index)].kind == Kind::kSign;
      return (sign ? 2 : 0) + (mark->quote.empty() ? -4 : 0);
    };
    for (const Mark* mark : used) {
      if (rank(mark) > rank(shown)) shown = mark;
    }
    Finding finding;
    finding.rule = rule.id;
    finding.group = rule.group;
    finding.tier = rule.tier;
    finding.quote = shown->quote;
    finding.turn = shown->turn;
    finding.why = rule.why + (shown->reading.empty() ? "" : " " + shown->reading);
    finding.source = rule.source;
    finding.helper = shown->other;
    const bool fresh = std::any_of(used.begin(), used.end(),
                                   [&](const Mark* m) { return m->last_turn == turn_.index; });
    if (fresh) result.raised = std::max(result.raised, rule.tier);
    sure_ = sure_ || (fresh && rule.sure);
    result.findings.push_back(std::move(finding));
  }

  void put_question(const Question& q, const std::string& text, Folded& result) {
    result.ask = q.shown;
    result.ask->text = text;
    ++state_.asked[q.shown.id];
    state_.open_question = q.shown.id;
    state_.put_in = turn_.index;
  }

  static std::string with(std::string text, std::string_view name, std::string_view value) {
    if (const std::size_t at = text.find(name); at != std::string::npos)
      text.replace(at, name.size(), value);
    return text;
  }

  // Asked twice whether it is so, and no answer: no later yes may count for it.
  void let_doubt_rest() {
    state_.open_question.clear();
    state_.unsure.reset();
    for (Mark& mark : state_.marks) {
      if (mark.outcome == Outcome::kDoubted) mark.outcome = Outcome::kElse;
    }
  }

  void choose_question(Folded& result) {
    if (!state_.doubted.empty()) {
      std::string what;
      for (const int index : state_.doubted) {
        if (!what.empty()) what += ", ";
        what += index == kRead ? book_.second_reader.label
                               : book_.concepts[static_cast<std::size_t>(index)].label;
      }
      if (state_.asked[book_.check.shown.id] < 3)
        put_question(book_.check, with(book_.check.shown.text, "{what}", what), result);
      return;
    }
    if (result.tier == Tier::kEmergency) {
      state_.open_question.clear();
      return;
    }
    const std::string& doubt = book_.doubt.shown.id;  // empty in a pack that never doubts
    const bool waits = !doubt.empty() && !answered_ && state_.open_question == doubt &&
                       state_.asked[doubt] < kMostDoubts;
    if (!doubt_.empty() || waits) {
      if (!doubt_.empty()) state_.asked_about = doubt_;
      put_question(book_.doubt, state_.asked_about, result);
      return;
    }
    if (again_) {
      put_question(*open_, open_->again, result);
      return;
    }
    if (!doubt.empty() && state_.open_question == doubt) let_doubt_rest();
    if (!result.reports && !turn_.wants_checks && !answered_) return;
    // Something else was said while a question waits: put it once more, then let it rest.
    if (!answered_ && !state_.open_question.empty()) {
      const Question* waiting = question(state_.open_question);
      if (waiting != nullptr && state_.asked[state_.open_question] < 2) {
        put_question(*waiting, waiting->again.empty() ? waiting->shown.text : waiting->again,
                     result);
        return;
      }
      state_.closed.insert(state_.open_question);
      state_.open_question.clear();
    }
    const Question* chosen = nullptr;
    bool pressing = false;
    for (const Question& q : book_.questions) {
      if (state_.closed.contains(q.shown.id) || state_.asked.contains(q.shown.id)) continue;
      const bool fits =
          q.only_when.empty() || std::any_of(q.only_when.begin(), q.only_when.end(),
                                             [&](const Term& t) { return marks_.holds(t); });
      if (!fits) continue;
      const bool first = std::any_of(q.first_when.begin(), q.first_when.end(),
                                     [&](const Term& t) { return marks_.holds(t); });
      if (first && !pressing) {
        chosen = &q;
        pressing = true;
      } else if (chosen == nullptr) {
        chosen = &q;
      }
    }
    if (chosen == nullptr) return;
    int put_so_far = 0;
    for (const auto& [id, times] : state_.asked) {
      const bool own = id == book_.check.shown.id || id == book_.doubt.shown.id;
      put_so_far += own ? 0 : 1;
    }
    if (put_so_far >= book_.most_questions && !pressing) return;
    put_question(*chosen, chosen->shown.text, result);
  }

  const RuleBook& book_;
  const UserTurn& turn_;
  const Analysis& analysis_;
  const SecondReading& reading_;
  Memory::State& state_;
  std::string doubt_;             // the question whether it is so, when this turn raises it
  bool sure_ = false;             // a rule that is never doubted fires
  Tier confirmed_ = Tier::kNone;  // what a yes to the open question whether it is so raises
  MarkLookup marks_;
  const Question* open_ = nullptr;
  bool answered_ = false;
  bool again_ = false;
};

}  // namespace

const std::string& reading_of(const RuleBook& book, const Mention& mention) {
  if (mention.person == Person::kOtherNow) return book.readings.other;
  if (mention.presence == Presence::kPossible) return book.readings.possible;
  return mention.time == Time::kNow ? book.readings.now : book.readings.before;
}

Folded fold(const RuleBook& book, const UserTurn& turn, const Analysis& analysis,
            const SecondReading& reading, Memory::State& state) {
  return Folder(book, turn, analysis, reading, state).run();
}

}  // namespace backchat::safety
