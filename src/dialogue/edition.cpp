#include "dialogue/edition.h"

#include "retrieve/fts5_retriever.h"

namespace backchat::dialogue {
namespace {

// What a pack holds for its authors only: it changes no answer, so it stays out of the edition.
bool for_authors_only(std::string_view path) {
  return path.starts_with("eval/") || path.starts_with("safety/cases");
}

// Finds the row of every passage of the pack.
Result<void> find_rows(Edition& edition) {
  Result<index::Reader> reader = edition.index->lease(Deadline::none());
  if (!reader) return fail(reader.error());
  for (const knowledge::Passage& passage : edition.pack.passages) {
    const Result<index::Row> row = reader->row_of(passage.id);
    if (!row) return fail(row.error());
    edition.rows.push_back(*row);
    edition.passages.emplace(*row, &passage);
  }
  if (edition.rows.size() != edition.index->statistics().passages) {
    return fail(ErrorCode::kCorruptData, "the index holds passages that the pack lacks");
  }
  return {};
}

}  // namespace

Result<SafetyPart> read_safety_part(const Documents& documents) {
  Result<safety::Screener> screener = safety::Screener::create(documents);
  if (!screener) return fail(screener.error());
  Result<knowledge::Messages> messages = knowledge::parse_messages(documents);
  if (!messages) return fail(messages.error());
  return SafetyPart{std::move(*screener), std::move(*messages)};
}

Result<std::unique_ptr<const Edition>> open_edition(const std::filesystem::path& file,
                                                    unsigned readers) {
  Result<std::unique_ptr<text::Analyzer>> analyzer = text::Analyzer::create({});
  if (!analyzer) return fail(analyzer.error());
  auto snapshot = index::Snapshot::open(file, **analyzer, readers);
  if (!snapshot) return fail(snapshot.error());
  if ((*snapshot)->documents().empty()) {
    return fail(ErrorCode::kCorruptData,
                "this edition is a corpus without a pack: it can be searched, not asked",
                file.string());
  }
  Result<knowledge::Pack> pack = knowledge::parse_pack((*snapshot)->documents());
  if (!pack) return fail(pack.error());
  Result<SafetyPart> safety = read_safety_part((*snapshot)->documents());
  if (!safety) return fail(safety.error());
  std::unique_ptr<Edition> edition(new Edition{.id = (*snapshot)->edition(),
                                               .analyzer = std::move(*analyzer),
                                               .pack = std::move(*pack),
                                               .safety = std::move(*safety),
                                               .index = std::move(*snapshot),
                                               .rows = {},
                                               .passages = {},
                                               .retriever = nullptr,
                                               .phrases = nullptr,
                                               .guided_talk = nullptr,
                                               .questions = nullptr,
                                               .differences = nullptr,
                                               .details = nullptr,
                                               .word_roles = nullptr,
                                               .asked_questions = nullptr,
                                               .asked_sentences = nullptr,
                                               .source_names = nullptr,
                                               .suggestions = nullptr});
  if (auto found = find_rows(*edition); !found) return fail(found.error());
  edition->retriever = std::make_unique<retrieve::Fts5Retriever>();
  edition->phrases = std::make_unique<PhraseBook>(edition->pack.dialogue, *edition->analyzer);
  edition->guided_talk = std::make_unique<GuidedTalk>(edition->pack, *edition->analyzer);
  edition->questions =
      std::make_unique<retrieve::QueryAnalyser>(*edition->analyzer, edition->pack.lexicon);
  edition->differences = std::make_unique<answer::Differences>(edition->pack, *edition->analyzer);
  edition->details = std::make_unique<answer::Details>(edition->pack, *edition->analyzer);
  edition->word_roles =
      std::make_unique<answer::WordRoles>(edition->details->plain(), *edition->analyzer);
  edition->asked_questions = std::make_unique<answer::AskedQuestions>(
      edition->pack, *edition->analyzer, *edition->questions, *edition->word_roles);
  edition->asked_sentences =
      std::make_unique<answer::AskedSentences>(edition->pack, *edition->analyzer);
  edition->source_names = std::make_unique<answer::SourceNames>(edition->pack, *edition->analyzer);
  edition->suggestions = std::make_unique<answer::Suggestions>(edition->pack, *edition->analyzer);
  return edition;
}

Result<index::BuildReport> build_edition(const std::filesystem::path& pack_folder,
                                         const std::filesystem::path& file) {
  Result<Documents> documents = knowledge::read_documents(pack_folder);
  if (!documents) return fail(documents.error());
  std::erase_if(*documents, [](const auto& entry) { return for_authors_only(entry.first); });
  const Result<knowledge::Pack> pack = knowledge::parse_pack(*documents);
  if (!pack) return fail(pack.error());
  if (const auto safety = read_safety_part(*documents); !safety) return fail(safety.error());
  const auto analyzer = text::Analyzer::create({.language = pack->info.language});
  if (!analyzer) return fail(analyzer.error());
  auto builder = index::IndexBuilder::create(file, **analyzer,
                                             {std::move(*documents), {{"pack", pack->info.id}}});
  if (!builder) return fail(builder.error());
  for (const knowledge::Passage& passage : pack->passages) {
    const knowledge::Article* article = pack->article(passage.article);
    if (const auto added = builder->add(passage, article->source.url); !added) {
      return fail(added.error());
    }
  }
  return builder->finish();
}

}  // namespace backchat::dialogue
