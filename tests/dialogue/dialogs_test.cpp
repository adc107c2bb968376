#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <optional>

#include "tests/dialogue/test_edition.h"
#include "text/utf8.h"

// Runs tests/dialogues/*.dialog: whole conversations as text. The format stands in
// tests/dialogues/README.md; a new conversation needs no C++.
namespace backchat::dialogue {
namespace {

namespace fs = std::filesystem;

struct Expectation {
  int line = 0;
  std::string key;
  std::string value;
};

struct SpokenTurn {
  Turn turn;
  int line = 0;
  std::vector<Expectation> expected;
};

struct Dialog {
  std::string name;
  int line = 0;
  std::string region;
  std::vector<SpokenTurn> turns;
};

std::vector<std::string> split(std::string_view text, char at) {
  std::vector<std::string> out;
  while (true) {
    const std::size_t end = text.find(at);
    out.emplace_back(text::trim(text.substr(0, end)));
    if (end == std::string_view::npos) return out;
    text.remove_prefix(end + 1);
  }
}

// "== name" begins a dialogue, "> text" a turn, "  key: value" an expectation of the turn's reply.
class DialogFile {
 public:
  explicit DialogFile(const fs::path& path) : path_(path) {
    std::ifstream in(path);
    std::string line;
    while (std::getline(in, line)) {
      ++line_;
      read(line);
    }
    if (dialogs_.empty()) problem("no dialogue in this file");
  }
  const std::vector<Dialog>& dialogs() const { return dialogs_; }

 private:
  void read(const std::string& line) {
    const std::string_view text = text::trim(line);
    if (text.empty() || text.starts_with('#')) return;
    if (text.starts_with("== ")) {
      dialogs_.push_back({std::string(text.substr(3)), line_, "", {}});
      return;
    }
    if (dialogs_.empty()) return problem("a dialogue begins with \"== name\"");
    Dialog& dialog = dialogs_.back();
    if (text.starts_with(">")) {
      dialog.turns.push_back({{std::string(text::trim(text.substr(1))), {}}, line_, {}});
      return;
    }
    const std::size_t colon = text.find(':');
    if (colon == std::string_view::npos) return problem("neither a turn nor \"key: value\"");
    const std::string key(text.substr(0, colon));
    const std::string value(text::trim(text.substr(colon + 1)));
    if (key == "region") {
      dialog.region = value;
    } else if (dialog.turns.empty()) {
      problem("an expectation before the first turn");
    } else if (key == "answers") {
      dialog.turns.back().turn.answers = value;
    } else {
      dialog.turns.back().expected.push_back({line_, key, value});
    }
  }
  void problem(std::string_view what) const {
    ADD_FAILURE() << path_.filename().string() << ":" << line_ << ": " << what;
  }

  fs::path path_;
  int line_ = 0;
  std::vector<Dialog> dialogs_;
};

// All words of a reply as a person sees them, in lower case.
std::string seen(const answer::Reply& reply) { return text::to_lower(reply.text); }

std::string quoted(const answer::Reply& reply) {
  std::string out;
  for (const auto& citation : reply.citations) out += citation.quote + "\n";
  return out;
}

bool offers(const answer::Reply& reply, const std::string& label) {
  return std::ranges::any_of(reply.next, [&label](const answer::Next& next) {
    return text::to_lower(next.label).find(label) != std::string::npos;
  });
}

bool matches_any(const std::string& alternatives, auto has) {
  const auto all = split(alternatives, '|');
  return std::any_of(all.begin(), all.end(),
                     [&](const std::string& one) { return has(text::to_lower(one)); });
}

// Nothing when the reply is as expected, else what was wrong.
std::optional<std::string> check(const Expectation& wanted, const std::vector<answer::Reply>& all) {
  const answer::Reply& reply = all.back();
  const auto in = [](const std::string& where) {
    return [&where](const std::string& one) { return where.find(one) != std::string::npos; };
  };
  const auto is = [](std::string_view value) {
    return [value](const std::string& one) { return value == one; };
  };
  const std::string text = seen(reply);
  const std::string about = text::to_lower(reply.about);
  bool right = false;
  if (wanted.key == "kind") {
    right = matches_any(wanted.value, is(answer::kind_name(reply.kind)));
  } else if (wanted.key == "tier") {
    right = matches_any(wanted.value, is(safety::tier_name(reply.tier)));
  } else if (wanted.key == "asks") {
    const std::string asked = text::to_lower(reply.asked.empty() ? "nothing" : reply.asked);
    right = matches_any(wanted.value, is(asked));
  } else if (wanted.key == "says") {
    right = matches_any(wanted.value, in(text));
  } else if (wanted.key == "never says") {
    right = !matches_any(wanted.value, in(text));
  } else if (wanted.key == "about") {
    right = matches_any(wanted.value, in(about));
  } else if (wanted.key == "cites") {
    right =
        matches_any(wanted.value, [&](const std::string& one) { return test::cites(reply, one); });
  } else if (wanted.key == "offers") {
    right = matches_any(wanted.value, [&](const std::string& one) { return offers(reply, one); });
  } else if (wanted.key == "exercises") {
    right = std::to_string(reply.exercises.size()) == wanted.value;
  } else if (wanted.key == "card") {
    right = matches_any(wanted.value, is(reply.card ? reply.card->level : "none"));
  } else if (wanted.key == "new") {
    // Quotes something that the reply before did not.
    right = all.size() < 2 || quoted(reply) != quoted(all[all.size() - 2]);
  } else {
    return "unknown expectation \"" + wanted.key + "\"";
  }
  if (right) return std::nullopt;
  return "expected " + wanted.key + ": " + wanted.value + "\n--- reply (" +
         std::string(answer::kind_name(reply.kind)) + ", tier " +
         std::string(safety::tier_name(reply.tier)) + ", asks \"" + reply.asked + "\"):\n" +
         reply.text;
}

void run(const Dialog& dialog, const std::string& file) {
  Transcript spoken;
  spoken.region = dialog.region;
  for (const SpokenTurn& turn : dialog.turns) spoken.turns.push_back(turn.turn);
  std::vector<answer::Reply> replied;
  const auto done = replies(
      test::pack_edition(), spoken, Deadline::none(), [&](std::size_t i, const auto& reply) {
        replied.push_back(reply);
        for (const Expectation& wanted : dialog.turns[i].expected) {
          if (const auto wrong = check(wanted, replied)) {
            ADD_FAILURE_AT(file.c_str(), wanted.line) << dialog.name << ", turn " << i + 1 << " \""
                                                      << spoken.turns[i].text << "\": " << *wrong;
          }
        }
      });
  EXPECT_TRUE(done.has_value()) << dialog.name;
}

TEST(DialogsTest, EveryDialogueIsRepliedToAsWritten) {
  std::size_t count = 0;
  std::size_t with_danger = 0;
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(BACKCHAT_SOURCE_DIR "/tests/dialogues")) {
    if (entry.path().extension() == ".dialog") files.push_back(entry.path());
  }
  std::ranges::sort(files);
  for (const fs::path& path : files) {
    const DialogFile file(path);
    for (const Dialog& dialog : file.dialogs()) {
      run(dialog, path.string());
      ++count;
      with_danger += std::ranges::any_of(dialog.turns, [](const SpokenTurn& turn) {
        return std::ranges::any_of(turn.expected, [](const Expectation& wanted) {
          return wanted.key == "card" && wanted.value != "none";
        });
      });
    }
  }
  std::cout << count << " dialogues, " << with_danger << " of them with a warning sign\n";
  EXPECT_GE(count, 120U);
  EXPECT_GE(with_danger, 30U);
}

}  // namespace
}  // namespace backchat::dialogue
