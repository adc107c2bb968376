#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "dialogue/edition.h"
#include "dialogue/manager.h"

namespace backchat::dialogue::test {

/// A pack as an edition. `name` keeps the files of several packs apart. Throws when it cannot be
/// built.
inline std::unique_ptr<const Edition> built(const std::filesystem::path& pack,
                                            const std::string& name) {
  const auto file = std::filesystem::temp_directory_path() /
                    ("backchat-" + name + "-" + std::to_string(::getpid()) + ".edition");
  const auto report = build_edition(pack, file);
  if (!report) throw std::runtime_error(report.error().message);
  auto opened = open_edition(file, 2);
  std::filesystem::remove(file);
  if (!opened) throw std::runtime_error(opened.error().message);
  return std::move(*opened);
}

/// The pack of this repository, built once for the test program.
inline const Edition& pack_edition() {
  static const auto edition = built(BACKCHAT_SOURCE_DIR "/knowledge/back-spasms", "dialogue-test");
  return *edition;
}

inline Transcript transcript(const std::vector<std::string>& turns) {
  Transcript out;
  for (const std::string& turn : turns) out.turns.push_back({turn, {}});
  return out;
}

/// The reply to the last turn. Fails the test when there is none.
inline answer::Reply ask(const std::vector<std::string>& turns) {
  const auto replied = reply(pack_edition(), transcript(turns), Deadline::none());
  EXPECT_TRUE(replied.has_value());
  return replied ? *replied : answer::Reply{};
}

inline bool is_answer(const answer::Reply& reply) { return reply.kind == answer::Kind::kAnswer; }

/// All that a reply says of the subject, in lower case: lead, body, sides, exercises.
std::string said(const answer::Reply& reply);
bool cites(const answer::Reply& reply, std::string_view article);

}  // namespace backchat::dialogue::test
