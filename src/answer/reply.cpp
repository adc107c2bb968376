#include "answer/reply.h"

namespace backchat::answer {

std::string_view kind_name(Kind kind) {
  switch (kind) {
    case Kind::kEmergency:
      return "emergency";
    case Kind::kAnswer:
      return "answer";
    case Kind::kClarify:
      return "clarify";
    case Kind::kNotCovered:
      return "not_covered";
    case Kind::kChat:
      break;
  }
  return "chat";
}

}  // namespace backchat::answer
