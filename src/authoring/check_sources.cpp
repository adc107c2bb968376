#include <algorithm>

#include "authoring/checks.h"
#include "knowledge/date.h"

namespace backchat::authoring {
namespace {

using knowledge::Article;

// What `backchat import` marked for a person to look at.
void check_marks(const Subject& subject, Notes& notes) {
  constexpr std::string_view kComment = "<!-- ";
  for (const auto& [file, text] : subject.documents) {
    if (!file.starts_with("articles/")) continue;
    int number = 0;
    for (std::size_t begin = 0; begin < text.size();) {
      const std::size_t end = std::min(text.find('\n', begin), text.size());
      const std::string_view line = std::string_view(text).substr(begin, end - begin);
      begin = end + 1;
      ++number;
      if (line.find("  # guessed from ") != std::string_view::npos) {
        notes.add("unconfirmed", file, number,
                  "guessed by `backchat import`: correct it if it is wrong, then remove the mark");
      } else if (line.starts_with(kComment) && line.find("? ") != std::string_view::npos) {
        notes.add("unconfirmed", file, number,
                  "set apart by `backchat import`: put it back if it belongs to the article, then "
                  "remove the comment");
      }
    }
  }
}

}  // namespace

void check_sources(const Subject& subject, Notes& notes) {
  check_marks(subject, notes);
  const int interval = subject.pack.info.review_interval_days;
  for (const Article& article : subject.pack.articles) {
    if (article.title.empty()) continue;  // no front matter that could be read
    const std::string file = "articles/" + article.slug + ".md";
    const auto line = [&](std::string_view key) {
      return line_of(subject.documents, file, std::string("\n") + std::string(key) + ":", 1) + 1;
    };
    // What the source does not give, the note explains.
    const bool explained = !article.note.empty();
    if (article.source.published.empty() && article.reviewed.empty() && !explained) {
      notes.add(
          "no-date", file, line("source"),
          "no 'published' and no 'reviewed' date: give the source's, or say in 'note' that it "
          "has none");
    }
    if (article.authors.empty() && article.experts.empty() && article.reviewers.empty() &&
        !explained) {
      notes.add("no-people", file, line("source"),
                "nobody is named: give authors, experts or reviewers, or say in 'note' that the "
                "source names none");
    }
    if (article.source.url.empty() && !explained) {
      notes.add("no-address", file, line("source"),
                "no 'url': give the source's address, or say in 'note' why there is none");
    }
    if (article.retrieved.empty()) {
      notes.add("no-retrieved", file, line("title"),
                "no 'retrieved' date: say when the source was read last");
    }
    std::string seen;
    for (const std::string* date :
         {&article.source.published, &article.reviewed, &article.retrieved}) {
      if (!knowledge::days_of(*date)) continue;  // empty, or told as a problem of the format
      seen = std::max(seen, *date);
      if (*date > subject.options.today) {
        notes.add("future-date", file, line_of(subject.documents, file, *date, 1),
                  *date + " has not come yet: correct the date");
      }
    }
    if (interval > 0 && !seen.empty() &&
        *knowledge::days_of(subject.options.today) - *knowledge::days_of(seen) > interval) {
      notes.add("past-review", file, line_of(subject.documents, file, seen, 1),
                "last looked at on " + seen + ", more than " + std::to_string(interval) +
                    " days ago: read the source again and set 'retrieved'");
    }
  }
}

}  // namespace backchat::authoring
