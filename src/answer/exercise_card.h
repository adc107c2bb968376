#pragma once

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "answer/reply.h"
#include "knowledge/pack.h"

// Inside this folder only.
namespace backchat::answer {

/// An exercise of the pack as a reply shows it.
inline Exercise exercise_card(const knowledge::Exercise& exercise, std::vector<int> citations) {
  Exercise out;
  out.id = exercise.id;
  out.name = exercise.name;
  out.eases = exercise.eases;
  out.position = exercise.position;
  out.steps = exercise.steps;
  out.dose = exercise.dose;
  out.hold_seconds = exercise.hold_seconds;
  out.repeats_min = exercise.repeats_min;
  out.repeats_max = exercise.repeats_max;
  out.stop_if = exercise.stop_if;
  out.drawing = exercise.drawing;
  out.citations = std::move(citations);
  return out;
}

/// The first passage of the section that names an exercise, or null.
inline const knowledge::Passage* passage_of(const knowledge::Pack& pack,
                                            const knowledge::Exercise& exercise) {
  const std::string prefix = exercise.article + "#" + exercise.section + ".";
  const auto found = std::ranges::find_if(pack.passages, [&prefix](const auto& passage) {
    return passage.id.starts_with(prefix) && !passage.sentences.empty();
  });
  return found == pack.passages.end() ? nullptr : &*found;
}

}  // namespace backchat::answer
