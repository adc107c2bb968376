#include "app/http/footer_view.h"

#include <algorithm>
#include <string>

#include "app/http/reader_address.h"
#include "app/http/source_view.h"

namespace backchat::app::http {

using kainjow::mustache::data;

data footer_view(const knowledge::Pack& pack, const Templates& templates) {
  data out;
  std::string owners;
  for (const std::string& owner : pack.info.owners) owners += (owners.empty() ? "" : ", ") + owner;
  out.set("owners", text_or_none(owners));
  std::string checked;
  std::string next;
  data sources{data::type::list};
  for (const knowledge::Article& article : pack.articles) {
    data item;
    item.set("title", data{article.title});
    item.set("publisher", data{article.source.publisher});
    item.set("read", data{article_address(article.slug)});
    set_source_facts(item, templates, {}, article.source.published, article.reviewed, {});
    sources.push_back(item);
    const std::string& retrieved = article.retrieved;
    checked = std::max(checked, retrieved);
    const int days = pack.info.review_interval_days;
    const std::string due = days > 0 ? date_after(retrieved, days) : std::string{};
    if (!due.empty() && (next.empty() || due < next)) next = due;
  }
  out.set("sources", sources);
  out.set("checked", text_or_none(written_date(checked, templates)));
  out.set("next_check", text_or_none(written_date(next, templates)));
  return out;
}

}  // namespace backchat::app::http
