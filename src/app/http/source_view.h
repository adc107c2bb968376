#pragma once

#include <kainjow/mustache.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "app/http/templates.h"

namespace backchat::app::http {

/// People of a source with what they did: "By", "Reviewed by".
struct PeopleOf {
  const char* role;  ///< key of the table of strings: "by"
  std::vector<std::string> names;
};

/// Sets on `out` what is known of a source, for any template that shows one:
///
///     people      [{role, names}]: "Reviewed by", "A. Writer, physiotherapist; B. Doctor"
///     dates       [{what, iso, day}]: "Published", "2024-05-31", "31 May 2024"; has_dates
///     old         true when the newest date is more than three years before `today`
///     age         how many whole years then, in words ("four"), else false
///
/// Dates are ISO, or empty when the source gives none; a text that is no date is shown as it is.
void set_source_facts(kainjow::mustache::data& out, const Templates& templates,
                      const std::vector<PeopleOf>& people, const std::string& published,
                      const std::string& reviewed, std::string_view today);

/// `url` when a person may follow it (http or https), else empty: never "javascript:" or the like.
std::string safe_url(const std::string& url);

/// "31 May 2024", with the months of the table of strings; the text itself when it is no date.
std::string written_date(const std::string& iso, const Templates& templates);

}  // namespace backchat::app::http
