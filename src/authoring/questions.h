#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "answer/reply.h"
#include "base/documents.h"
#include "dialogue/transcript.h"
#include "knowledge/pack.h"

namespace backchat::authoring {

/// A question of a pack's `eval/*.yaml` and what its reply must hold. CONTRIBUTING tells authors
/// the format. The last reply of the transcript is judged.
struct Question {
  std::string id;
  std::string topic;
  dialogue::Transcript transcript;
  answer::Kind wants = answer::Kind::kAnswer;
  std::vector<std::vector<std::string>> must;  ///< facts: of each, one text must be said
  std::vector<std::string> must_not;           ///< texts that may not be said
  std::vector<std::string> cite;               ///< "slug" or "slug#section": each must be cited
  std::vector<std::string> may_cite;           ///< the same: right as well
  std::vector<std::string> differs;            ///< articles whose sides must be shown
  std::vector<std::string> gap;                ///< words that the reply must name as not covered
  std::optional<safety::Tier> tier;            ///< the tier that must be in force
  std::string file;
  int line = 0;

  /// What the person asks last.
  const std::string& asked() const { return transcript.turns.back().text; }
  bool is_follow_up() const { return transcript.turns.size() > 1; }
};

/// Least values of the figures by name (`eval/floors.yaml`); of "words_*" the highest ones.
using Floors = std::map<std::string, double>;

struct QuestionSet {
  std::vector<Question> questions;  ///< in order of file, then of place
  Floors floors;
  std::vector<knowledge::Problem> problems;
};

/// Reads every question of a pack, and says what is wrong with them: unknown keys, articles and
/// sections that `pack` lacks, two of one id or one wording, demands that contradict each other.
/// Never fails; a question with a problem is left out.
QuestionSet read_questions(const Documents& documents, const knowledge::Pack& pack);

}  // namespace backchat::authoring
