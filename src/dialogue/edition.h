#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "answer/asked_questions.h"
#include "answer/asked_sentences.h"
#include "answer/details.h"
#include "answer/differences.h"
#include "answer/source_names.h"
#include "answer/suggestions.h"
#include "answer/word_roles.h"
#include "base/documents.h"
#include "base/result.h"
#include "dialogue/guided_talk.h"
#include "dialogue/phrase_book.h"
#include "index/builder.h"
#include "index/snapshot.h"
#include "knowledge/pack.h"
#include "retrieve/query.h"
#include "retrieve/retriever.h"
#include "safety/screener.h"
#include "text/analyzer.h"

namespace backchat::dialogue {

/// The part of a pack that works without its articles: enough to catch danger and say what to do.
struct SafetyPart {
  safety::Screener screener;
  knowledge::Messages messages;
};

/// Reads the safety part of a pack's documents. Errors: kCorruptData.
Result<SafetyPart> read_safety_part(const Documents& documents);

/// Everything that determines an answer, from one file. Immutable; thread-safe.
struct Edition {
  std::string id;
  std::unique_ptr<const text::Analyzer> analyzer;
  knowledge::Pack pack;
  SafetyPart safety;
  std::shared_ptr<const index::Snapshot> index;
  std::vector<index::Row> rows;  ///< of the pack's passages, in their order
  std::map<index::Row, const knowledge::Passage*> passages;  ///< of the pack, by row
  std::unique_ptr<const retrieve::Retriever> retriever;
  std::unique_ptr<const PhraseBook> phrases;
  std::unique_ptr<const GuidedTalk> guided_talk;
  std::unique_ptr<const retrieve::QueryAnalyser> questions;
  std::unique_ptr<const answer::Differences> differences;
  std::unique_ptr<const answer::Details> details;
  std::unique_ptr<const answer::WordRoles> word_roles;
  std::unique_ptr<const answer::AskedQuestions> asked_questions;
  std::unique_ptr<const answer::AskedSentences> asked_sentences;
  std::unique_ptr<const answer::SourceNames> source_names;
  std::unique_ptr<const answer::Suggestions> suggestions;
};

/// Opens an edition for answering, with `readers` connections to its index.
/// Errors: those of index::Snapshot::open; kCorruptData when it holds no pack (a corpus can only be
/// searched).
Result<std::unique_ptr<const Edition>> open_edition(const std::filesystem::path& file,
                                                    unsigned readers);

/// Builds an edition of a pack folder: reads and checks everything, then writes aside and renames.
/// Errors: those of knowledge::parse_pack, safety::Screener::create and index::IndexBuilder; `file`
/// is then unchanged.
Result<index::BuildReport> build_edition(const std::filesystem::path& pack,
                                         const std::filesystem::path& file);

}  // namespace backchat::dialogue
