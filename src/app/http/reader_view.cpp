#include "app/http/reader_view.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>
#include <vector>

#include "app/http/reader_address.h"
#include "app/http/source_view.h"

namespace backchat::app::http {
namespace {

using kainjow::mustache::data;

/// Nearest to the floor first. A position that is none of these comes last.
constexpr auto kPositions =
    std::to_array<std::string_view>({"lying", "kneeling", "sitting", "standing"});

std::vector<std::string> names(const std::vector<knowledge::Person>& people) {
  std::vector<std::string> out;
  for (const knowledge::Person& person : people) {
    out.push_back(person.role.empty() ? person.name : person.name + ", " + person.role);
  }
  return out;
}

/// People one by one, for the markup that machines read.
data people_list(const std::vector<knowledge::Person>& people) {
  data out{data::type::list};
  for (const knowledge::Person& person : people) {
    data item;
    item.set("name", data{person.name});
    item.set("role", text_or_none(person.role));
    out.push_back(item);
  }
  return out;
}

data source(const knowledge::Article& article, const ReaderContext& context) {
  data out;
  out.set("title", data{article.title});
  out.set("address", data{article_address(article.slug)});
  out.set("publisher", data{article.source.publisher});
  out.set("url", text_or_none(safe_url(article.source.url)));
  out.set("authors", people_list(article.authors));
  out.set("reviewers", people_list(article.reviewers));
  out.set("published", text_or_none(article.source.published));
  out.set("reviewed", text_or_none(article.reviewed));
  set_source_facts(out, context.templates,
                   {{"by", names(article.authors)},
                    {"quotes_people", names(article.experts)},
                    {"reviewed_by", names(article.reviewers)}},
                   article.source.published, article.reviewed, context.today);
  return out;
}

/// The sentences of an article in order, with their anchors: `next` is called once for each
/// sentence of the sections, in their order, which is the order of the passages cut from them.
class Anchors {
 public:
  Anchors(const knowledge::Article& article, const knowledge::Pack& pack) {
    for (const knowledge::Passage& passage : pack.passages) {
      if (passage.article != article.slug) continue;
      for (std::size_t i = 0; i < passage.sentences.size(); ++i) {
        anchors_.push_back(sentence_anchor(passage, i));
      }
    }
  }
  std::string next() { return next_ < anchors_.size() ? anchors_[next_++] : std::string{}; }

 private:
  std::vector<std::string> anchors_;
  std::size_t next_ = 0;
};

/// The message that stands in place of a sentence which is milder than the safety rules.
std::string correction(const knowledge::Article& article, const std::string& sentence,
                       const knowledge::Pack& pack) {
  for (const knowledge::Overruled& overruled : pack.overruled) {
    if (overruled.article == article.slug && overruled.sentence == sentence &&
        !overruled.message.empty()) {
      return std::string(pack.messages.get(overruled.message));
    }
  }
  return {};
}

data sentences(const knowledge::Article& article, const knowledge::Block& block, Anchors& anchors,
               const knowledge::Pack& pack) {
  data out{data::type::list};
  for (const std::string& sentence : block.sentences) {
    data item;
    item.set("id", data{anchors.next()});
    item.set("text", data{sentence});
    item.set("correction", text_or_none(correction(article, sentence, pack)));
    out.push_back(item);
  }
  return out;
}

/// A section's blocks as runs: paragraphs one by one, list items together.
data runs(const knowledge::Article& article, const knowledge::Section& section, Anchors& anchors,
          const knowledge::Pack& pack) {
  data out{data::type::list};
  for (std::size_t i = 0; i < section.blocks.size();) {
    const knowledge::Block& first = section.blocks[i];
    const bool numbered = first.item && first.step > 0;
    data items{data::type::list};
    do {
      data item;
      item.set("sentences", sentences(article, section.blocks[i], anchors, pack));
      items.push_back(item);
      ++i;
    } while (first.item && i < section.blocks.size() && section.blocks[i].item &&
             (section.blocks[i].step > 0) == numbered);
    data run;
    run.set("paragraph", data{!first.item});
    run.set("numbered", data{numbered});
    run.set("bullets", data{first.item && !numbered});
    run.set("items", items);
    out.push_back(run);
  }
  return out;
}

/// The described exercise of a section as {name, id}, or false.
data exercise_of(const knowledge::Article& article, const knowledge::Section& section,
                 const knowledge::Pack& pack) {
  for (const knowledge::Exercise& exercise : pack.exercises) {
    if (exercise.article != article.slug || exercise.section != section.slug) continue;
    if (exercise.steps.empty()) continue;
    data out;
    out.set("name", data{exercise.name});
    out.set("id", data{exercise.id});
    return out;
  }
  return data{false};
}

data exercise_entry(const knowledge::Exercise& exercise, const ReaderContext& context) {
  data out;
  out.set("id", data{exercise.id});
  out.set("name", data{exercise.name});
  out.set("eases", text_or_none(exercise.eases));
  out.set("drawing", drawing_view(exercise.drawing,
                                  context.templates.string("drawing_of") + " " + exercise.name,
                                  context.drawings));
  out.set("steps", text_list(exercise.steps));
  out.set("has_dose", data{!exercise.dose.empty()});
  out.set("dose", text_list(exercise.dose));
  out.set("has_stop_if", data{!exercise.stop_if.empty()});
  out.set("stop_if", text_list(exercise.stop_if));
  const knowledge::Article* article = context.pack.article(exercise.article);
  out.set("publisher", data{article == nullptr ? "" : article->source.publisher});
  out.set("address", data{article_address(exercise.article) + "#" + exercise.section});
  return out;
}

std::size_t rank_of(std::string_view position) {
  const auto found = std::find(kPositions.begin(), kPositions.end(), position);
  return static_cast<std::size_t>(found - kPositions.begin());
}

}  // namespace

data article_view(const knowledge::Article& article, const ReaderContext& context) {
  data out = source(article, context);
  out.set("subject", data{context.pack.info.title});
  out.set("retold", data{std::string(context.pack.messages.get("page.retold"))});
  Anchors anchors(article, context.pack);
  data sections{data::type::list};
  for (const knowledge::Section& section : article.sections) {
    data item;
    item.set("heading", data{section.heading});
    item.set("slug", data{section.slug});
    item.set("part", data{section.level > 2});
    item.set("runs", runs(article, section, anchors, context.pack));
    item.set("exercise", exercise_of(article, section, context.pack));
    sections.push_back(item);
  }
  out.set("sections", sections);
  return out;
}

data articles_view(const ReaderContext& context) {
  data list{data::type::list};
  for (const knowledge::Article& article : context.pack.articles) {
    data item = source(article, context);
    data headings{data::type::list};
    for (const knowledge::Section& section : article.sections) {
      if (section.level > 2) continue;
      data heading;
      heading.set("heading", data{section.heading});
      heading.set("slug", data{section.slug});
      headings.push_back(heading);
    }
    item.set("headings", headings);
    list.push_back(item);
  }
  data out;
  out.set("description", text_or_none(context.pack.info.description));
  out.set("articles", list);
  return out;
}

data exercises_view(const ReaderContext& context) {
  std::vector<const knowledge::Exercise*> described;
  data named{data::type::list};
  for (const knowledge::Exercise& exercise : context.pack.exercises) {
    if (exercise.steps.empty()) {
      named.push_back(exercise_entry(exercise, context));
    } else {
      described.push_back(&exercise);
    }
  }
  std::stable_sort(described.begin(), described.end(), [](const auto* a, const auto* b) {
    return std::pair(rank_of(a->position), std::string_view(a->position)) <
           std::pair(rank_of(b->position), std::string_view(b->position));
  });
  data groups{data::type::list};
  for (std::size_t i = 0; i < described.size();) {
    const std::string& position = described[i]->position;
    data list{data::type::list};
    for (; i < described.size() && described[i]->position == position; ++i) {
      list.push_back(exercise_entry(*described[i], context));
    }
    data group;
    group.set("position", data{context.templates.string("position_" + position)});
    group.set("exercises", list);
    groups.push_back(group);
  }
  data out;
  out.set("groups", groups);
  out.set("has_named", data{named.is_non_empty_list()});
  out.set("named", named);
  return out;
}

data drawing_view(const std::string& name, const std::string& label, const Drawings& drawings) {
  const auto found = drawings.find(name);
  if (found == drawings.end()) return data{false};
  data out;
  out.set("label", data{label});
  out.set("box", data{found->second.box});
  out.set("shapes", data{found->second.shapes});
  return out;
}

}  // namespace backchat::app::http
