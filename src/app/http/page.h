#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "answer/reply.h"
#include "app/http/assets.h"
#include "base/documents.h"
#include "base/result.h"
#include "dialogue/summary.h"
#include "dialogue/transcript.h"

namespace backchat::knowledge {
struct Pack;
}
namespace backchat::dialogue {
struct SafetyPart;
}

namespace backchat::app::http {

/// What the page needs besides itself.
struct PageOptions {
  /// A pack's files: those under "exercises/" that end in ".svg" are its drawings. The rest is not
  /// looked at.
  Documents documents;
  /// The day that the age of a source is counted from, as an ISO date. Empty: the system's date at
  /// the moment of each call.
  std::string today;
  /// What may be read: articles and exercises. Null without an edition; else it must outlive the
  /// Page.
  const knowledge::Pack* pack = nullptr;
  /// The danger signs, the numbers to call and the page's own sentences. Null: the page has none.
  const dialogue::SafetyPart* safety = nullptr;
};

/// The one renderer: makes a reply into HTML with the templates of web/, which are compiled into
/// the program. With scripts on, the browser appends `fragment`; without them it gets `whole`. Both
/// come from the same template, so nothing is rendered twice.
///
/// All text, whoever wrote it, is inserted as text. The only markup taken from outside is the
/// shapes of a drawing, and only elements and attributes of a short list.
///
/// Threads: immutable after `create`; thread-safe.
class Page {
 public:
  /// Reads the compiled-in templates. Errors: kInternal (a template or the table of strings is
  /// broken), kCorruptData (a drawing holds anything but plain shapes; `where` is its file).
  static Result<Page> create();
  static Result<Page> create(PageOptions options);
  Page(Page&&) noexcept;
  Page& operator=(Page&&) noexcept;
  ~Page();

  /// The first screen: what the program covers, the first check, questions to tap.
  std::string start() const;

  /// The chat so far as a whole page: `replies[i]` answers `transcript.turns[i]`; turns without a
  /// reply are shown alone. The form on it carries the turns on. An empty transcript gives `start`
  /// with its region chosen.
  std::string whole(const dialogue::Transcript& transcript,
                    const std::vector<answer::Reply>& replies) const;

  /// One reply as an `article` element. `turn` is the 0-based number of the turn that it answers;
  /// it makes the ids of the elements unique on the page.
  std::string fragment(const answer::Reply& reply, std::size_t turn) const;

  /// A page with the sheet to take along in place of the chat; its form carries the turns on.
  std::string summary(const dialogue::Transcript& transcript,
                      const dialogue::Summary& summary) const;
  /// The day that the page writes on it, as an ISO date.
  std::string today() const;

  /// An article of the pack to read, its sentences under names to link to; nothing when there is no
  /// such article.
  std::optional<std::string> article(std::string_view slug) const;
  /// All articles, and all exercises with their drawings. Without a pack: nothing.
  std::optional<std::string> articles() const;
  std::optional<std::string> exercises() const;

  /// The service worker, with the list of what it keeps for use without a connection.
  const std::string& service_worker() const;
  /// The web app manifest.
  const std::string& manifest() const;

  const Assets& assets() const;
  /// Changes whenever a page to read may change: with the program's files, the pack and the day.
  std::string version() const;

 private:
  struct Impl;
  explicit Page(std::unique_ptr<const Impl> impl);
  std::unique_ptr<const Impl> impl_;
};

}  // namespace backchat::app::http
