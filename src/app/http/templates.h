#pragma once

#include <kainjow/mustache.hpp>
#include <map>
#include <span>
#include <string>
#include <string_view>

#include "base/result.h"

namespace backchat::app::http {

/// The templates of web/ (*.mustache) and their table of words (strings.json), compiled into the
/// program.
///
/// Threads: immutable after `create`; thread-safe.
class Templates {
 public:
  /// Errors: kInternal (a template or the table is broken); `where` is its file.
  static Result<Templates> create();

  /// strings.json.
  const kainjow::mustache::data& strings() const { return strings_; }
  /// A text of the table; empty when there is none of that key.
  std::string string(const std::string& key) const;
  /// The parts of the table that chat.js and shell.js use, as JSON that may stand in a data block
  /// of a page.
  const std::string& script_strings() const { return scripts_; }
  const std::string& shell_strings() const { return shell_; }

  /// What every template may ask for: `t`, the table, and each template as a partial: `{{> _refs}}`
  /// is web/refs.mustache. Refers to this object.
  kainjow::mustache::data base() const;
  /// web/`name`.mustache with `values`.
  std::string render(std::string_view name, const kainjow::mustache::data& values) const;

 private:
  kainjow::mustache::data strings_;
  std::string scripts_;
  std::string shell_;
  std::map<std::string, std::string, std::less<>> texts_;  ///< by file name without ending
};

/// A text to show, or false when it is empty.
kainjow::mustache::data text_or_none(std::string_view text);
kainjow::mustache::data text_list(std::span<const std::string> items);

}  // namespace backchat::app::http
