#pragma once

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
  out.stop_if = exercise.stop_if;
  out.drawing = exercise.drawing;
  out.citations = std::move(citations);
  return out;
}

}  // namespace backchat::answer
