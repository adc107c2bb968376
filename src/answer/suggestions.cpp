#include "answer/suggestions.h"

#include <algorithm>

#include "text/utf8.h"

namespace backchat::answer {
namespace {

constexpr std::size_t kSuggestions = 3;
// Below this share of the question a passage is not near it.
constexpr double kNear = 0.15;

class Suggestions {
 public:
  explicit Suggestions(const std::vector<std::string>& asked_before) {
    for (const std::string& text : asked_before) taken_.push_back(text::to_lower(text::trim(text)));
  }
  bool full() const { return out_.size() >= kSuggestions; }
  void add(const std::string& question) {
    const std::string key = text::to_lower(question);
    if (full() || !question.ends_with('?') || std::ranges::find(taken_, key) != taken_.end())
      return;
    taken_.push_back(key);
    out_.push_back({question, question, ""});
  }
  void exclude(const std::string& question) { taken_.push_back(text::to_lower(question)); }
  std::vector<Next> take() { return std::move(out_); }

 private:
  std::vector<std::string> taken_;
  std::vector<Next> out_;
};

}  // namespace

std::vector<Next> suggest(const knowledge::Pack& pack, const Evidence& evidence,
                          const std::vector<std::string_view>& quoted_passages,
                          const std::vector<std::string>& asked_before, bool answered) {
  Suggestions out(asked_before);
  for (const knowledge::Passage* passage : evidence.passages) {
    if (std::ranges::find(quoted_passages, passage->id) != quoted_passages.end()) {
      out.exclude(passage->heading);
    }
  }
  for (std::size_t i = 0; i < evidence.passages.size(); ++i) {
    if (evidence.hits[i].coverage >= kNear) out.add(evidence.passages[i]->heading);
  }
  // Nothing near: what many people ask.
  if (!answered) {
    for (const knowledge::Comparison& comparison : pack.comparisons) out.add(comparison.question);
  }
  return out.take();
}

}  // namespace backchat::answer
