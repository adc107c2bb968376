#include "app/engine.h"

#include <algorithm>
#include <span>
#include <thread>

#include "base/embedded.h"
#include "dialogue/edition.h"
#include "dialogue/manager.h"

namespace backchat::app {

// The safety part of the default pack, compiled in by src/app/CMakeLists.txt.
std::span<const EmbeddedFile> safety_documents();

namespace {

constexpr unsigned kLeastReaders = 4;
constexpr std::string_view kSafetyOnly = "safety-only";

Documents embedded_documents() {
  Documents documents;
  for (const EmbeddedFile& file : safety_documents()) {
    documents.emplace(std::string(file.path), std::string(file.bytes));
  }
  return documents;
}

}  // namespace

struct Engine::Impl {
  std::unique_ptr<const dialogue::Edition> edition;  // null when it could not be opened
  std::optional<dialogue::SafetyPart> last_resort;   // set exactly then
  std::optional<Error> edition_error;
  std::string edition_id;
  std::string emergency_text;

  const dialogue::SafetyPart* safety() const {
    if (edition) return &edition->safety;
    return last_resort ? &*last_resort : nullptr;
  }
};

Engine::Engine(std::unique_ptr<const Impl> impl) : impl_(std::move(impl)) {}
Engine::~Engine() = default;

std::unique_ptr<Engine> Engine::open(const std::filesystem::path& file) {
  auto impl = std::make_unique<Impl>();
  const unsigned readers = std::max(kLeastReaders, std::thread::hardware_concurrency());
  auto edition = dialogue::open_edition(file, readers);
  if (edition) {
    impl->edition = std::move(*edition);
    impl->edition_id = impl->edition->id;
  } else {
    impl->edition_error = edition.error();
    impl->edition_id = kSafetyOnly;
    auto safety = dialogue::read_safety_part(embedded_documents());
    // The tests read the same documents: a program whose own copy is broken cannot be built green.
    if (safety) impl->last_resort = std::move(*safety);
  }
  if (const auto* safety = impl->safety()) {
    impl->emergency_text = safety->messages.get("emergency.line");
  }
  return std::unique_ptr<Engine>(new Engine(std::move(impl)));
}

Result<answer::Reply> Engine::ask(const dialogue::Transcript& transcript, Deadline deadline) const {
  if (impl_->edition) return dialogue::reply(*impl_->edition, transcript, deadline);
  if (!impl_->last_resort) return fail(*impl_->edition_error);
  return dialogue::reply_without_edition(*impl_->last_resort, transcript, *impl_->edition_error);
}

Result<void> Engine::ask_each(const dialogue::Transcript& transcript, Deadline deadline,
                              const Sink& sink) const {
  if (impl_->edition) return dialogue::replies(*impl_->edition, transcript, deadline, sink);
  dialogue::Transcript so_far{{}, transcript.region, transcript.language};
  for (std::size_t i = 0; i < transcript.turns.size(); ++i) {
    so_far.turns.push_back(transcript.turns[i]);
    const Result<answer::Reply> reply = ask(so_far, deadline);
    if (!reply) return fail(reply.error());
    sink(i, *reply);
  }
  return {};
}

Result<dialogue::Summary> Engine::summarise(const dialogue::Transcript& transcript,
                                            Deadline deadline, std::string_view date) const {
  std::vector<answer::Reply> replies;
  const auto asked =
      ask_each(transcript, deadline,
               [&replies](std::size_t, const answer::Reply& reply) { replies.push_back(reply); });
  if (!asked) return fail(asked.error());
  const dialogue::PhraseBook* phrases = impl_->edition ? impl_->edition->phrases.get() : nullptr;
  return dialogue::summarise(messages(), phrases, transcript, replies, date);
}

Result<std::string> Engine::explain(const dialogue::Transcript& transcript,
                                    Deadline deadline) const {
  if (!impl_->edition) return fail(*impl_->edition_error);
  return dialogue::explain(*impl_->edition, transcript, deadline);
}

Result<std::string> Engine::replay(const dialogue::Transcript& transcript) const {
  if (!impl_->edition) return fail(*impl_->edition_error);
  return dialogue::replay(*impl_->edition, transcript);
}

const std::optional<Error>& Engine::edition_error() const { return impl_->edition_error; }
const std::string& Engine::edition_id() const { return impl_->edition_id; }
const std::string& Engine::emergency_text() const { return impl_->emergency_text; }

const Documents& Engine::documents() const {
  static const Documents none;
  return impl_->edition ? impl_->edition->index->documents() : none;
}

const knowledge::Messages& Engine::messages() const {
  static const knowledge::Messages none;
  const dialogue::SafetyPart* safety = impl_->safety();
  return safety == nullptr ? none : safety->messages;
}

const knowledge::Pack* Engine::pack() const {
  return impl_->edition ? &impl_->edition->pack : nullptr;
}

const dialogue::SafetyPart* Engine::safety() const { return impl_->safety(); }

std::string Engine::greeting() const {
  return impl_->edition ? std::string(impl_->edition->pack.messages.get("chat.greeting")) : "";
}

}  // namespace backchat::app
