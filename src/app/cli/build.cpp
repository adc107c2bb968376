#include <cstdio>

#include "app/cli/commands.h"
#include "app/cli/terminal.h"
#include "dialogue/edition.h"
#include "index/corpus.h"

namespace backchat::app::cli {
namespace {

int build_pack(const BuildOptions& options) {
  const auto built = dialogue::build_edition(options.pack, options.output);
  if (!built) {
    // Every problem of a pack is one line; the first one's place stands in `where`.
    report(built.error());
    return kBadData;
  }
  std::printf("edition %s: %llu articles, %llu passages, %llu bytes in %s\n",
              built->edition.c_str(), static_cast<unsigned long long>(built->articles),
              static_cast<unsigned long long>(built->passages),
              static_cast<unsigned long long>(built->bytes), options.output.c_str());
  return kDone;
}

int build_corpus(const BuildOptions& options) {
  const auto analyzer = text::Analyzer::create({});
  if (!analyzer) return report(analyzer.error());
  const auto built = index::build_corpus(options.corpus, options.output, **analyzer);
  if (!built) {
    report(built.error());
    return kBadData;
  }
  std::printf("edition %s: %llu lines, %llu passages, %llu bytes in %s\n",
              built->build.edition.c_str(), static_cast<unsigned long long>(built->lines),
              static_cast<unsigned long long>(built->build.passages),
              static_cast<unsigned long long>(built->build.bytes), options.output.c_str());
  return kDone;
}

}  // namespace

int build(const BuildOptions& options) {
  return options.corpus.empty() ? build_pack(options) : build_corpus(options);
}

}  // namespace backchat::app::cli
