#include "answer/details.h"

#include <algorithm>

#include "answer/phrase.h"
#include "text/normalise.h"

namespace backchat::answer {

Details::Details(const knowledge::Pack& pack, const text::Analyzer& analyzer)
    : pack_(pack), analyzer_(analyzer) {
  // Each sentence with its heading: what the heading names, its sentences are about.
  struct Line {
    const knowledge::Passage* passage;
    std::size_t sentence;
    Stems stems;
  };
  std::vector<Line> lines;
  for (const knowledge::Passage& passage : pack.passages) {
    const Stems heading = stems(passage.heading);
    for (std::size_t i = 0; i < passage.sentences.size(); ++i) {
      Line line{&passage, i, stems(passage.sentence(i))};
      line.stems.emplace_back();  // a phrase never runs from the sentence into its heading
      line.stems.insert(line.stems.end(), heading.begin(), heading.end());
      lines.push_back(std::move(line));
    }
  }
  const auto holders = [&lines](const std::vector<Stems>& wanted) {
    SentenceSet out;
    for (const Line& line : lines) {
      const bool holds = std::ranges::any_of(
          wanted, [&line](const Stems& phrase) { return holds_phrase(line.stems, phrase); });
      if (holds) out.emplace(line.passage, line.sentence);
    }
    return out;
  };
  for (const knowledge::Detail& detail : pack.details) {
    std::vector<Stems>& beside = beside_.emplace_back();
    for (const std::string& text : detail.beside) beside.push_back(stems(text));
    std::vector<Stems> held;
    for (const std::string& text : detail.held) held.push_back(stems(text));
    const SentenceSet of_all = holders(held);
    for (const std::string& text : detail.asked) {
      Stems phrase = stems(text);
      if (phrase.empty()) continue;
      by_first_.emplace(phrase.front(), phrases_.size());
      SentenceSet held_by = held.empty() ? holders({phrase}) : of_all;
      phrases_.push_back({std::move(phrase), &detail, beside_.size() - 1, std::move(held_by)});
    }
  }
}

Details::Stems Details::stems(std::string_view text) const {
  Stems out;
  for (text::Token& token : analyzer_.tokens(text::normalise(text).text)) {
    out.push_back(std::move(token.term));
  }
  return out;
}

std::vector<AskedDetail> Details::find(std::string_view message, std::string_view around) const {
  std::vector<AskedDetail> out;
  if (phrases_.empty()) return out;
  const text::Normalised normal = text::normalise(message);
  const std::vector<text::Token> tokens = analyzer_.tokens(normal.text);
  Stems all;
  for (const text::Token& token : tokens) all.push_back(token.term);
  const Stems near = stems(around);
  std::vector<bool> is_beside;
  for (const std::vector<Stems>& beside : beside_) {
    is_beside.push_back(beside.empty() || std::ranges::any_of(beside, [&near](const Stems& phrase) {
                          return holds_phrase(near, phrase);
                        }));
  }
  for (std::size_t at = 0; at < all.size();) {
    const Phrase* longest = nullptr;
    const auto [first, last] = by_first_.equal_range(all[at]);
    for (auto it = first; it != last; ++it) {
      const Phrase& phrase = phrases_[it->second];
      const bool fits = is_beside[phrase.beside] && at + phrase.stems.size() <= all.size() &&
                        std::equal(phrase.stems.begin(), phrase.stems.end(),
                                   all.begin() + static_cast<std::ptrdiff_t>(at));
      if (fits && (longest == nullptr || phrase.stems.size() > longest->stems.size())) {
        longest = &phrase;
      }
    }
    if (longest == nullptr) {
      ++at;
      continue;
    }
    const text::Token& end = tokens[at + longest->stems.size() - 1];
    text::Span span = normal.original({tokens[at].begin, end.end});
    span.end = std::min(span.end, message.size());
    out.push_back({span, longest->detail->says, longest->detail->caution, &longest->held_by});
    at += longest->stems.size();
  }
  return out;
}

std::vector<std::string> Details::plain() const {
  std::vector<std::string> out;
  for (const knowledge::Detail& detail : pack_.details) {
    if (!detail.held.empty() || !detail.beside.empty()) continue;
    out.insert(out.end(), detail.asked.begin(), detail.asked.end());
  }
  return out;
}

}  // namespace backchat::answer
