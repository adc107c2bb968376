#include "app/http/practice_view.h"

#include <algorithm>
#include <string>

namespace backchat::app::http {
namespace {

using kainjow::mustache::data;

constexpr int kMinute = 60;

/// 30 -> "0:30", 1200 -> "20:00".
std::string clock_face(int seconds) {
  const int rest = seconds % kMinute;
  return std::to_string(seconds / kMinute) + (rest < 10 ? ":0" : ":") + std::to_string(rest);
}

/// A clock that counts down from `seconds`. `most`: what it can be lengthened to.
data clock(const std::string& name, int seconds, int most) {
  data out;
  out.set("name", data{name});
  out.set("seconds", data{std::to_string(seconds)});
  out.set("most", data{std::to_string(most)});
  out.set("face", data{clock_face(seconds)});
  return out;
}

}  // namespace

void PracticeView::set(data& out, bool shown) const {
  out.set("exercises", exercises(shown ? reply_.exercises : std::vector<answer::Exercise>{}));
  const bool has_upright = shown && !reply_.upright.empty();
  out.set("has_upright", data{has_upright});
  out.set("upright", exercises(has_upright ? reply_.upright : std::vector<answer::Exercise>{}));
  data timers{data::type::list};
  if (shown) {
    for (const answer::Timer& each : reply_.timers) timers.push_back(timer(each));
  }
  out.set("timers", timers);
}

data PracticeView::exercises(const std::vector<answer::Exercise>& all) const {
  data out{data::type::list};
  for (const answer::Exercise& each : all) out.push_back(exercise(each));
  return out;
}

bool PracticeView::is_lead(const std::string& text) const {
  return std::any_of(reply_.lead.begin(), reply_.lead.end(),
                     [&](const answer::Statement& each) { return each.text == text; });
}

data PracticeView::exercise(const answer::Exercise& exercise) const {
  constexpr int kLongestHold = 600;
  data out;
  out.set("id", data{exercise.id});
  out.set("name", data{exercise.name});
  out.set("eases", is_lead(exercise.eases) ? data{false} : text_or_none(exercise.eases));
  out.set("position", text_or_none(context_.templates.string("position_" + exercise.position)));
  out.set("drawing", drawing_view(exercise.drawing,
                                  context_.templates.string("drawing_of") + " " + exercise.name,
                                  context_.drawings));
  out.set("has_steps", data{!exercise.steps.empty()});
  out.set("steps", text_list(exercise.steps));
  out.set("has_dose", data{!exercise.dose.empty()});
  out.set("dose", text_list(exercise.dose));
  out.set("has_stop_if", data{!exercise.stop_if.empty()});
  out.set("stop_if", text_list(exercise.stop_if));
  const bool holds = exercise.hold_seconds > 0;
  out.set("clock", holds ? clock(exercise.name, exercise.hold_seconds, kLongestHold) : data{false});
  data reps;
  reps.set("goal", data{std::to_string(exercise.repeats_max)});
  out.set("reps", exercise.repeats_max > 0 ? reps : data{false});
  data numbers = refs_(exercise.citations);
  out.set("has_refs", data{numbers.is_non_empty_list()});
  out.set("refs", numbers);
  return out;
}

data PracticeView::quoted(const std::optional<answer::Statement>& statement) const {
  if (!statement) return data{false};
  data out;
  out.set("text", data{statement->text});
  out.set("refs", refs_(statement->citations));
  return out;
}

data PracticeView::timer(const answer::Timer& timer) const {
  data out;
  out.set("id", data{timer.id + "-" + std::to_string(context_.turn)});
  out.set("name", data{timer.name});
  out.set("first", quoted(timer.first));
  out.set("then", quoted(timer.then));
  data minutes{data::type::list};
  int most = 0;
  for (const int each : timer.minutes) {
    most = std::max(most, each);
    data item;
    item.set("minutes", data{std::to_string(each)});
    item.set("seconds", data{std::to_string(each * kMinute)});
    item.set("chosen", data{each == timer.minutes.front()});
    minutes.push_back(item);
  }
  out.set("minutes", minutes);
  out.set("has_choice", data{timer.minutes.size() > 1});
  out.set("break_seconds", timer.break_minutes > 0
                               ? data{std::to_string(timer.break_minutes * kMinute)}
                               : data{false});
  out.set("break_minutes", data{std::to_string(timer.break_minutes)});
  const int first = timer.minutes.empty() ? 0 : timer.minutes.front();
  out.set("clock", clock(timer.name, first * kMinute, most * kMinute));
  return out;
}

}  // namespace backchat::app::http
