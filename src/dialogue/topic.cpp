#include "dialogue/topic.h"

#include <algorithm>

#include "text/utf8.h"

namespace backchat::dialogue {
namespace {

using answer::WordRole;
using Roles = std::vector<WordRole>;

// "and heat?" changes the subject but keeps its surroundings; "do I hold it?" keeps the subject.
constexpr double kBesideNewSubject = 0.3;
constexpr double kBehindPronoun = 0.7;
// What was told of, and what a short question may go on with, only help to find where.
constexpr double kToldBefore = 0.5;
constexpr double kBeside = 0.15;
constexpr std::size_t kShortQuestion = 7;
// "And do I put it on the skin?" asks on of the topic; "and is that so for heat?" is too short to
// tell.
constexpr std::size_t kLeastWordsOfItsOwn = 5;
constexpr std::size_t kMostSubjectsAfterOpening = 4;
constexpr std::size_t kMostSubjectsBesidePronoun = 2;
constexpr std::size_t kLabelWords = 4;
constexpr std::size_t kTopicWords = 12;
// A message of so many words that asks and names no subject is about what the pack is about.
constexpr std::size_t kLongMessage = 14;
constexpr std::size_t kSubjectBytes = 300;
constexpr std::size_t kConditionBytes = 600;

std::size_t count(const Roles& roles, WordRole role) {
  return static_cast<std::size_t>(std::ranges::count(roles, role));
}

// The first `most` words of the subject.
std::string subject_words(const retrieve::Query& query, const Roles& roles, std::size_t most) {
  std::string out;
  std::size_t words = 0;
  for (std::size_t i = 0; i < roles.size() && words < most; ++i) {
    if (roles[i] != WordRole::kSubject) continue;
    if (words++ > 0) out += ' ';
    out += query.concepts[i].word;
  }
  return out;
}

// Asked of two things that were named one after the other.
bool compares(const PhraseBook::Reading& reading, const retrieve::Query& query) {
  return reading.chooses || query.has(retrieve::QuestionKind::kCompare);
}

// "And ice, is that good at the start?": the pronoun stands for what the turn itself names.
bool names_before_pointing(const PhraseBook::Reading& reading, const retrieve::Query& query,
                           const Roles& roles) {
  for (std::size_t i = 0; i < roles.size(); ++i) {
    if (roles[i] != WordRole::kSubject) continue;
    const std::string word = " " + text::to_lower(query.concepts[i].word) + " ";
    if (reading.before_pointing.find(word) != std::string::npos) return true;
  }
  return false;
}

std::string joined(std::string_view a, std::string_view b) {
  if (a.empty()) return std::string(b);
  if (b.empty()) return std::string(a);
  return std::string(a) + " ; " + std::string(b);
}

// The end of what was said in turns, not to grow with the talk.
std::string latest(std::string text) {
  if (text.size() > kConditionBytes) text.erase(0, text.find(' ', text.size() - kConditionBytes));
  return text;
}

// The plain words of the topic's question, in order; `names`: the word is part of what the topic
// is.
template <class Visit>
void for_each_word_asked(const Topic& topic, Visit visit) {
  std::string_view rest = topic.subject;
  while (!rest.empty()) {
    const std::size_t end = rest.find(' ');
    const std::string_view word = rest.substr(0, end);
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
    const std::string plain = text::to_lower(word.substr(0, word.find_last_not_of("?!.,;:") + 1));
    if (plain.empty()) continue;
    visit(plain, (" " + topic.words + " ").find(" " + plain + " ") != std::string::npos);
  }
}

// How the topic was asked about, without what it is: "how long do I hold" of "how long do I hold
// child's pose".
std::string asked_of(const Topic& topic) {
  std::string out;
  for_each_word_asked(topic, [&out](const std::string& word, bool names) {
    if (!names) out += (out.empty() ? "" : " ") + word;
  });
  return joined(out, topic.kind);
}

// How the topic was asked about, with the turn's subject in the place of the topic's: "what does
// heat do" of "and heat?" after "what does ice do".
std::string asked_instead(const Topic& topic, const std::string& subject) {
  std::string out;
  bool put = false;
  for_each_word_asked(topic, [&](const std::string& word, bool names) {
    if (names && put) return;
    put = put || names;
    out += (out.empty() ? "" : " ") + (names ? subject : word);
  });
  return put ? joined(out, topic.kind) : std::string();
}

// The turn names one of the topic's own words again.
bool shares_word(const retrieve::Query& query, const Topic& topic) {
  const std::string words = " " + topic.words + " ";
  return std::ranges::any_of(query.concepts, [&words](const retrieve::Concept& each) {
    return words.find(" " + each.word + " ") != std::string::npos;
  });
}

// A turn that names no subject: "how long?", "what should I do first?"
void resolve_bare(const PhraseBook::Reading& reading, const retrieve::Query& query,
                  const Roles& roles, const Topic& topic, std::string_view default_subject,
                  Resolved& out) {
  out.names_subject = false;
  const bool tells = query.stems.size() >= kLongMessage && !query.kinds.empty();
  const bool asks = tells || count(roles, WordRole::kCue) > 0 ||
                    (query.stems.size() > 1 && std::ranges::any_of(query.kinds, asks_of_the_whole));
  if (topic.subject.empty()) {
    if (asks) out.context = default_subject;
    out.needs_topic = !asks;
    return;
  }
  out.label = topic.label;
  if (topic.told && (asks || !query.kinds.empty())) {
    // What was told of colours the question, but is not what it is about.
    out.context = joined(default_subject, topic.words);
    out.context_weight = kToldBefore;
    out.told = true;
    return;
  }
  // "The most common one" is one of what was asked for. The turn's own way of asking takes the
  // place of an earlier one.
  out.of_kind = reading.ones && !compares(reading, query);
  if (out.of_kind || (!query.asks && query.kinds.empty())) {
    out.context = joined(topic.subject, topic.kind);
  } else {
    out.context = joined(topic.words.empty() ? topic.subject : topic.words, topic.also);
  }
  if (compares(reading, query)) out.context = joined(out.context, topic.before);
  out.only_kind = !out.of_kind && !query.kinds.empty() && count(roles, WordRole::kDetail) == 0;
}

// A turn that the pack's words show to ask something of the topic without naming it. False: none.
bool resolve_led(const PhraseBook::Reading& reading, const retrieve::Query& query,
                 std::size_t subjects, const Topic& topic, std::string_view default_subject,
                 Resolved& out) {
  const std::string words = topic.words.empty() ? topic.subject : topic.words;
  if (reading.failed && subjects <= 1 && (reading.opens || reading.points)) {
    // What was tried colours the question whom to see now.
    out.context = joined(default_subject, words);
    out.context_weight = kToldBefore;
    out.told = true;
    out.failed = true;
  } else if (reading.which) {
    out.context = joined(words, topic.also);
    out.names = true;
  } else if (reading.other && subjects == 0 && !topic.before.empty()) {
    out.context = joined(topic.before, topic.kind);
    out.swaps = true;
  } else if (reading.beside && subjects == 0 &&
             (query.kinds.empty() || query.has(retrieve::QuestionKind::kTreat))) {
    out.context = default_subject;
    out.told = true;
    out.only_new = true;
  } else {
    return false;
  }
  out.names_subject = false;
  out.label = out.swaps ? topic.before : topic.label;
  return true;
}

}  // namespace

bool asks_of_the_whole(retrieve::QuestionKind kind) {
  using Kind = retrieve::QuestionKind;
  return kind == Kind::kCause || kind == Kind::kSymptom || kind == Kind::kTreat ||
         kind == Kind::kPrevent || kind == Kind::kAvoid || kind == Kind::kWhenToSee ||
         kind == Kind::kTest;
}

Resolved resolve(std::string_view turn, const PhraseBook::Reading& reading,
                 const retrieve::Query& query, const Roles& roles, const Topic& topic,
                 std::string_view default_subject) {
  Resolved out;
  out.own = turn;
  out.told = !query.asks && query.kinds.empty();
  out.conditions = latest(joined(topic.condition, topic.subject));
  const std::size_t subjects = count(roles, WordRole::kSubject);
  if (!topic.subject.empty() &&
      resolve_led(reading, query, subjects, topic, default_subject, out)) {
    return out;
  }
  if (subjects == 0) {
    resolve_bare(reading, query, roles, topic, default_subject, out);
    return out;
  }
  if (topic.subject.empty() || reading.returns) return out;
  const auto lean = [&](double weight) {
    out.context = joined(topic.subject, topic.kind);
    out.context_weight = weight;
    out.label = topic.label;
  };
  const bool own = names_before_pointing(reading, query, roles);
  const bool asks_on = !own && reading.opens && reading.points && subjects == 1 && reading.asks &&
                       query.stems.size() > kLeastWordsOfItsOwn;
  const bool supposes = reading.supposes && reading.points;
  const auto replace = [&] {
    lean(kBesideNewSubject);
    out.replaces = true;
    out.label = subject_words(query, roles, kLabelWords);
  };
  if (reading.unnamed && reading.leans && subjects <= kMostSubjectsAfterOpening) {
    replace();
  } else if (reading.opens && !asks_on && !supposes && subjects <= kMostSubjectsAfterOpening) {
    replace();
    out.corrects = reading.corrects;
    // What is taken back is no longer looked for, but how it was asked about; "the upper back"
    // after "a cold pack on the lower back" takes back a part of it.
    if (out.corrects && !shares_word(query, topic)) out.context = asked_of(topic);
    if (!out.corrects && query.kinds.empty() && !topic.told) {
      out.instead = asked_instead(topic, subject_words(query, roles, kLabelWords));
    }
  } else if (reading.leans && subjects <= kMostSubjectsBesidePronoun) {
    // "How are the chronic ones treated?" names more than what it points with.
    lean(reading.ones ? kBesideNewSubject : kBehindPronoun);
    out.points = true;
    // "Which one shows it?" is asked of the two that were named.
    if (compares(reading, query)) out.context = joined(out.context, topic.before);
  } else if (query.stems.size() <= kShortQuestion && !out.told && !topic.told) {
    out.context = topic.words.empty() ? topic.subject : topic.words;
    out.context_weight = kBeside;
    out.replaces = true;
    out.beside = true;
  }
  return out;
}

std::optional<Resolved> resolve_named(const Resolved& resolved, std::string_view name) {
  if (resolved.label.empty() || resolved.listed || resolved.told || resolved.condition) return {};
  Resolved out = resolved;
  out.context = name;
  out.context_weight = 1;
  out.label = name;
  out.points = true;
  return out;
}

std::optional<Resolved> resolve_else(const Topic& topic, std::string_view default_subject) {
  if (topic.before.empty() || topic.told) return {};
  Resolved out;
  out.own = asked_of(topic);
  out.context = default_subject;
  out.names_subject = false;
  out.only_new = true;
  return out;
}

Resolved resolve_on(std::string_view turn, bool condition, const Topic& topic) {
  Resolved out;
  out.own = turn;
  out.context = joined(topic.subject, topic.kind);
  out.label = topic.label;
  out.points = true;
  out.condition = condition;
  return out;
}

Resolved resolve_listed(std::string_view meant, const retrieve::Query& query, const Roles& roles) {
  Resolved out;
  out.own = meant;
  out.label = subject_words(query, roles, kLabelWords);
  out.listed = true;
  return out;
}

Topic next_topic(const Topic& topic, const Resolved& resolved, const retrieve::Query& query,
                 const Roles& roles) {
  if (resolved.needs_topic) return topic;
  if (resolved.listed) {
    return {resolved.own.substr(0, kSubjectBytes), "", resolved.label, "", "", "", false, ""};
  }
  if (resolved.label.empty()) {
    const std::string subject =
        resolved.beside ? resolved.own : joined(resolved.own, resolved.context);
    return {subject.substr(0, kSubjectBytes),
            "",
            subject_words(query, roles, kLabelWords),
            subject_words(query, roles, kTopicWords),
            "",
            resolved.beside ? topic.words : "",
            resolved.told,
            resolved.beside ? resolved.conditions : ""};
  }
  Topic out = topic;
  if (resolved.condition) {
    out.condition = latest(joined(topic.condition, resolved.own));
    return out;
  }
  // What the old subject held of conditions holds on beside a new one.
  if (resolved.names_subject && resolved.replaces) out.condition = resolved.conditions;
  if (resolved.swaps) {
    out.subject = out.before;
    std::swap(out.words, out.before);
    out.label = out.words;
  } else if (!resolved.names_subject) {
    if (!query.kinds.empty()) out.kind = resolved.own;
  } else if (!resolved.replaces) {
    // "Does it hurt?" keeps the subject that "it" stands for.
    out.kind = resolved.own;
    out.also = subject_words(query, roles, kLabelWords);
  } else {
    out.before = out.words;
    out.also.clear();
    out.told = resolved.told && topic.told;
    out.subject =
        (resolved.instead.empty() ? resolved.own : resolved.instead).substr(0, kSubjectBytes);
    out.label = subject_words(query, roles, kLabelWords);
    out.words = subject_words(query, roles, kTopicWords);
  }
  return out;
}

}  // namespace backchat::dialogue
