#pragma once

#include <functional>
#include <kainjow/mustache.hpp>
#include <vector>

#include "answer/reply.h"
#include "app/http/reply_view.h"

namespace backchat::app::http {

/// The values of web/exercise.mustache and web/clock.mustache: what a person does with an answer.
/// Every name that the templates ask for is set. Threads: one use, one thread.
class PracticeView {
 public:
  /// Makes the numbers behind a statement of its citations.
  using Refs = std::function<kainjow::mustache::data(const std::vector<int>&)>;

  /// Keeps references to all three.
  PracticeView(const answer::Reply& reply, const ViewContext& context, const Refs& refs)
      : reply_(reply), context_(context), refs_(refs) {}

  /// Sets `exercises`, `has_upright`, `upright` and `timers`; all empty when not `shown`.
  void set(kainjow::mustache::data& out, bool shown) const;

 private:
  kainjow::mustache::data exercise(const answer::Exercise& exercise) const;
  kainjow::mustache::data exercises(const std::vector<answer::Exercise>& all) const;
  kainjow::mustache::data timer(const answer::Timer& timer) const;
  kainjow::mustache::data quoted(const std::optional<answer::Statement>& statement) const;
  bool is_lead(const std::string& text) const;

  const answer::Reply& reply_;
  const ViewContext& context_;
  const Refs& refs_;
};

}  // namespace backchat::app::http
