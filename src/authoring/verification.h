#pragma once

#include <memory>
#include <string>
#include <vector>

#include "answer/reply.h"
#include "base/result.h"
#include "dialogue/edition.h"

namespace backchat::authoring {

/// Something in a reply that the edition does not prove.
struct Doubt {
  std::string where;  ///< "body[2]"
  std::string what;
};

/// Proves replies against an edition, without asking anything again: every quoted sentence stands
/// in the passage that it cites, byte for byte, under its article's own title, people and dates;
/// every other sentence is the pack's (a message, a comparison, an exercise, the screen's advice).
/// `{slots}` of a message hold a person's own words, so only their form can be checked: no sentence
/// hides in one. Immutable; thread-safe.
class Verifier {
 public:
  /// `edition` must outlive this. Errors: those of safety::read_rule_book.
  static Result<Verifier> create(const dialogue::Edition& edition);
  Verifier(Verifier&&) noexcept;
  Verifier& operator=(Verifier&&) noexcept;
  ~Verifier();

  struct Proof {
    int quotations = 0;         ///< sentences that are quoted, each time one is shown
    std::vector<Doubt> doubts;  ///< none: everything is proven
  };
  Proof verify(const answer::Reply& reply) const;

 private:
  struct Impl;
  explicit Verifier(std::unique_ptr<const Impl> impl);
  std::unique_ptr<const Impl> impl_;
};

/// "body[2]: what".
std::string to_string(const Doubt& doubt);

}  // namespace backchat::authoring
