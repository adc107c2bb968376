#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>

#include "app/cli/commands.h"
#include "app/cli/report.h"
#include "app/cli/terminal.h"
#include "app/saved_reply.h"
#include "authoring/pack_edition.h"
#include "authoring/verification.h"
#include "text/utf8.h"

namespace backchat::app::cli {
namespace {

using Json = nlohmann::ordered_json;

std::string counted(int count, const char* one, const char* many) {
  return std::to_string(count) + " " + (count == 1 ? one : many);
}

// What has been looked at so far.
struct Tally {
  int replies = 0;
  int errors = 0;  // lines of `batch` that hold no reply
  int proven = 0;
  int quotations = 0;
  Json doubts = Json::array();
};

Result<void> verify_lines(std::istream& in, const std::string& where,
                          const authoring::Verifier& verifier, bool json, Tally& tally) {
  std::string line;
  for (int number = 1; std::getline(in, line); ++number) {
    if (text::trim(line).empty()) continue;
    const auto saved = parse_saved_reply(line);
    if (!saved) {
      Error error = saved.error();
      if (!error.where.empty()) error.message = error.where + " " + error.message;
      error.where = where + ":" + std::to_string(number);
      return fail(std::move(error));
    }
    if (!*saved) {
      ++tally.errors;
      continue;
    }
    const auto proof = verifier.verify((*saved)->reply);
    ++tally.replies;
    tally.quotations += proof.quotations;
    if (proof.doubts.empty()) ++tally.proven;
    for (const authoring::Doubt& doubt : proof.doubts) {
      tally.doubts.push_back({{"line", number},
                              {"reply", (*saved)->name},
                              {"where", doubt.where},
                              {"what", doubt.what}});
      if (json) continue;
      const std::string name = (*saved)->name.empty() ? "" : " (" + (*saved)->name + ")";
      print_text(where + ":" + std::to_string(number) + ":" + name + " " + to_string(doubt) + "\n");
    }
  }
  if (in.bad()) return fail(ErrorCode::kInvalidInput, "cannot be read to its end", where);
  return {};
}

}  // namespace

int verify(const VerifyOptions& options) {
  const auto edition = authoring::open_pack(options.edition);
  if (!edition) return report(edition.error());
  const auto verifier = authoring::Verifier::create(**edition);
  if (!verifier) return report(verifier.error());
  Tally tally;
  Result<void> done;
  if (options.file.empty()) {
    done = verify_lines(std::cin, "standard input", *verifier, options.json, tally);
  } else {
    std::ifstream in(options.file, std::ios::binary);
    if (!in) {
      return report({ErrorCode::kInvalidInput, "this file cannot be read", options.file.string()});
    }
    done = verify_lines(in, options.file.string(), *verifier, options.json, tally);
  }
  if (!done) return report(done.error());
  if (tally.replies == 0) {
    return report({ErrorCode::kInvalidInput, "no reply in it: save some with `backchat batch`",
                   options.file.string()});
  }
  if (options.json) {
    print_json({{"edition", (*edition)->id},
                {"replies", tally.replies},
                {"proven", tally.proven},
                {"quotations", tally.quotations},
                {"lines_without_reply", tally.errors},
                {"doubts", tally.doubts}});
  } else {
    std::string text = std::to_string(tally.proven) + " of " +
                       counted(tally.replies, "saved reply", "saved replies") +
                       " proven against edition " + (*edition)->id + ": " +
                       counted(tally.quotations, "quotation", "quotations") + ", " +
                       counted(static_cast<int>(tally.doubts.size()), "doubt", "doubts");
    if (tally.errors > 0)
      text += ", " + counted(tally.errors, "line", "lines") + " without a reply";
    print_text(text + "\n");
  }
  return tally.doubts.empty() ? kDone : kNothing;
}

}  // namespace backchat::app::cli
