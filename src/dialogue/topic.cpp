#include "dialogue/topic.h"

#include <algorithm>

namespace backchat::dialogue {
namespace {

// "and heat?" changes the subject but keeps its surroundings; "do I hold it?" keeps the subject.
constexpr double kBesideNewSubject = 0.4;
constexpr double kBehindPronoun = 0.7;
constexpr std::size_t kMostSubjectsAfterOpening = 3;
constexpr std::size_t kMostSubjectsBesidePronoun = 2;
constexpr std::size_t kLabelWords = 4;
constexpr std::size_t kSubjectBytes = 300;

std::size_t subjects(const retrieve::Query& query) {
  return static_cast<std::size_t>(
      std::ranges::count(query.concepts, false, &retrieve::Concept::cue));
}

std::string label_of(const retrieve::Query& query) {
  std::string out;
  std::size_t words = 0;
  for (const retrieve::Concept& each : query.concepts) {
    if (each.cue || words == kLabelWords) continue;
    if (words++ > 0) out += ' ';
    out += each.word;
  }
  return out;
}

std::string joined(std::string_view a, std::string_view b) {
  if (a.empty()) return std::string(b);
  if (b.empty()) return std::string(a);
  return std::string(a) + " ; " + std::string(b);
}

}  // namespace

Resolved resolve(std::string_view turn, const PhraseBook::Reading& reading,
                 const retrieve::Query& query, const Topic& topic,
                 std::string_view default_subject) {
  Resolved out;
  out.own = turn;
  const auto lean = [&](double weight) {
    out.context = joined(topic.subject, topic.kind);
    out.context_weight = weight;
    out.label = topic.label;
  };
  if (subjects(query) == 0) {
    if (!topic.subject.empty()) {
      // The turn's own way of asking takes the place of an earlier one.
      lean(1);
      if (!query.kinds.empty()) out.context = topic.subject;
    } else if (!query.concepts.empty()) {
      out.context = default_subject;
    } else {
      out.needs_topic = true;
    }
    return out;
  }
  if (topic.subject.empty()) return out;
  if (reading.opens && subjects(query) <= kMostSubjectsAfterOpening) {
    lean(kBesideNewSubject);
  } else if (reading.leans && subjects(query) <= kMostSubjectsBesidePronoun) {
    lean(kBehindPronoun);
  }
  return out;
}

Topic next_topic(const Topic& topic, const Resolved& resolved, const retrieve::Query& query) {
  if (resolved.needs_topic) return topic;
  if (resolved.label.empty()) {
    const std::string subject = joined(resolved.own, resolved.context);
    return {subject.substr(0, kSubjectBytes), "", label_of(query)};
  }
  Topic out = topic;
  if (subjects(query) == 0) {
    if (!query.kinds.empty()) out.kind = resolved.own;
  } else if (resolved.context_weight == kBesideNewSubject) {
    out.subject = joined(resolved.own, topic.subject).substr(0, kSubjectBytes);
    out.label = label_of(query);
  }
  return out;
}

}  // namespace backchat::dialogue
