#include "tests/dialogue/test_edition.h"

#include <algorithm>

namespace backchat::dialogue::test {

std::string said(const answer::Reply& reply) {
  std::string out;
  for (const auto& statement : reply.lead) out += statement.text + "\n";
  for (const auto& statement : reply.body) out += statement.text + "\n";
  for (const auto& side : reply.differs) out += side.text + "\n";
  for (const auto& exercise : reply.exercises) {
    for (const auto& step : exercise.steps) out += step + "\n";
    for (const auto& dose : exercise.dose) out += dose + "\n";
  }
  return text::to_lower(out);
}

bool cites(const answer::Reply& reply, std::string_view article) {
  return std::ranges::any_of(reply.citations,
                             [article](const auto& each) { return each.article == article; });
}

}  // namespace backchat::dialogue::test
