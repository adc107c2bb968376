#include "retrieve/search.h"

#include <cstdio>
#include <fstream>
#include <nlohmann/json.hpp>

#include "app/cli/commands.h"
#include "app/cli/terminal.h"
#include "dialogue/edition.h"
#include "retrieve/fts5_retriever.h"
#include "text/utf8.h"

namespace backchat::app::cli {
namespace {

// An edition opened for searching alone: a corpus has no pack.
struct SearchEngine {
  std::unique_ptr<text::Analyzer> analyzer;
  std::shared_ptr<const index::Snapshot> snapshot;
  std::unique_ptr<retrieve::QueryAnalyser> questions;
  retrieve::Fts5Retriever retriever;
};

Result<std::unique_ptr<SearchEngine>> open_for_search(const std::filesystem::path& edition) {
  auto out = std::make_unique<SearchEngine>();
  auto analyzer = text::Analyzer::create({});
  if (!analyzer) return fail(analyzer.error());
  out->analyzer = std::move(*analyzer);
  auto snapshot = index::Snapshot::open(edition, *out->analyzer);
  if (!snapshot) return fail(snapshot.error());
  out->snapshot = std::move(*snapshot);
  knowledge::Lexicon lexicon;
  if (!out->snapshot->documents().empty()) {
    auto pack = knowledge::parse_pack(out->snapshot->documents());
    if (!pack) return fail(pack.error());
    lexicon = std::move(pack->lexicon);
  }
  out->questions = std::make_unique<retrieve::QueryAnalyser>(*out->analyzer, lexicon);
  return out;
}

struct Found {
  retrieve::Query query;
  std::vector<retrieve::Hit> hits;
};

Result<Found> find(const SearchEngine& engine, std::string_view text, index::Reader& reader) {
  auto query = engine.questions->analyse(text, reader);
  if (!query) return fail(query.error());
  // A measurement waits as long as it takes; a request never comes here.
  auto hits = retrieve::search(*query, engine.retriever, reader, {.candidates = 1000});
  if (!hits) return fail(hits.error());
  return Found{std::move(*query), std::move(*hits)};
}

Result<bool> print_passages(const SearchEngine& engine, std::string_view text,
                            const SearchOptions& options, index::Reader& reader) {
  const auto found = find(engine, text, reader);
  if (!found) return fail(found.error());
  const auto passages =
      retrieve::fetch(found->hits, reader, static_cast<std::size_t>(options.limit));
  if (!passages) return fail(passages.error());
  for (std::size_t i = 0; i < passages->size(); ++i) {
    const knowledge::Passage& passage = (*passages)[i];
    if (options.json) {
      const nlohmann::ordered_json line{
          {"rank", i + 1},          {"passage", passage.id},      {"article", passage.article},
          {"title", passage.title}, {"heading", passage.heading}, {"score", found->hits[i].score},
          {"text", passage.text}};
      std::printf("%s\n",
                  line.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace).c_str());
    } else {
      std::printf("%zu. %s (%.3f)\n   %s\n", i + 1, printable(passage.id).c_str(),
                  found->hits[i].score, printable(passage.text).c_str());
    }
  }
  return !passages->empty();
}

Result<bool> print_run(const SearchEngine& engine, std::string_view id, std::string_view text,
                       const SearchOptions& options, index::Reader& reader) {
  const auto found = find(engine, text, reader);
  if (!found) return fail(found.error());
  const auto documents = retrieve::rank_documents(found->query, found->hits, reader,
                                                  static_cast<std::size_t>(options.limit));
  if (!documents) return fail(documents.error());
  int rank = 0;
  for (const retrieve::RankedDocument& document : *documents) {
    std::printf("%.*s Q0 %s %d %.6f %s\n", static_cast<int>(id.size()), id.data(),
                document.id.c_str(), ++rank, document.score, options.trec_tag.c_str());
  }
  return !documents->empty();
}

Result<bool> run_queries(const SearchEngine& engine, const SearchOptions& options,
                         index::Reader& reader) {
  const std::string where = options.queries.string();
  std::ifstream in(options.queries, std::ios::binary);
  if (!in) return fail(ErrorCode::kInvalidInput, "the file of queries cannot be read", where);
  bool any = false;
  std::string line;
  for (int number = 1; std::getline(in, line); ++number) {
    if (text::trim(line).empty()) continue;
    const std::size_t tab = line.find('\t');
    const bool spaced = std::any_of(
        line.begin(), line.begin() + static_cast<std::ptrdiff_t>(std::min(tab, line.size())),
        text::is_space);
    if (tab == std::string::npos || tab == 0 || spaced) {
      return fail(ErrorCode::kInvalidInput, "a line must be an id without spaces, a tab, a query",
                  where + ":" + std::to_string(number));
    }
    const std::string_view id = std::string_view(line).substr(0, tab);
    const std::string_view text = text::trim(std::string_view(line).substr(tab + 1));
    Result<bool> found = false;
    if (options.trec_tag.empty()) {
      std::printf("%s\n", printable(id).c_str());
      found = print_passages(engine, text, options, reader);
    } else {
      found = print_run(engine, id, text, options, reader);
    }
    if (!found) return found;
    any = any || *found;
  }
  return any;
}

}  // namespace

int search(const SearchOptions& options) {
  const auto engine = open_for_search(options.edition);
  if (!engine) return report(engine.error());
  auto reader = (*engine)->snapshot->lease(Deadline::none());
  if (!reader) return report(reader.error());
  Result<bool> found = false;
  if (options.queries.empty()) {
    std::string text;
    for (const std::string& word : options.query) text += (text.empty() ? "" : " ") + word;
    found = print_passages(**engine, text, options, *reader);
  } else {
    found = run_queries(**engine, options, *reader);
  }
  if (!found) return report(found.error());
  return *found ? kDone : kNothing;
}

}  // namespace backchat::app::cli
