#include "app/http/summary_view.h"

#include "app/http/source_view.h"

namespace backchat::app::http {
namespace {

using kainjow::mustache::data;
using Summary = dialogue::Summary;

data entry_view(const Summary::Entry& entry) {
  data out;
  out.set("text", data{entry.text});
  out.set("note", text_or_none(entry.note));
  std::string marks;
  for (const int n : entry.sources) marks += " [" + std::to_string(n) + "]";
  out.set("marks", data{marks});
  return out;
}

data section_view(const Summary::Section& section) {
  data out;
  out.set("id", data{section.id});
  out.set("heading", data{section.heading});
  data entries{data::type::list};
  for (const Summary::Entry& each : section.entries) entries.push_back(entry_view(each));
  out.set("has_entries", data{!section.entries.empty()});
  out.set("entries", entries);
  return out;
}

data source_view(const Summary::Source& source, const Templates& templates) {
  data out;
  out.set("n", data{std::to_string(source.n)});
  out.set("title", data{source.title});
  out.set("publisher", data{source.publisher});
  out.set("url", text_or_none(source.url));
  std::string dates;
  const auto add = [&](const char* what, const std::string& iso) {
    if (iso.empty()) return;
    dates +=
        (dates.empty() ? "" : ", ") + templates.string(what) + " " + written_date(iso, templates);
  };
  add("published", source.published);
  add("reviewed", source.reviewed);
  out.set("dates", data{dates.empty() ? templates.string("no_date") : dates});
  return out;
}

}  // namespace

data summary_view(const Summary& summary, const Templates& templates) {
  data out;
  out.set("title", data{summary.title});
  out.set("note", data{summary.note});
  out.set("date", data{written_date(summary.date, templates)});
  out.set("none", data{summary.none});
  data sections{data::type::list};
  for (const Summary::Section& each : summary.sections) sections.push_back(section_view(each));
  out.set("sections", sections);
  data sources{data::type::list};
  for (const Summary::Source& each : summary.sources) {
    sources.push_back(source_view(each, templates));
  }
  out.set("has_sources", data{!summary.sources.empty()});
  out.set("sources", sources);
  return out;
}

}  // namespace backchat::app::http
