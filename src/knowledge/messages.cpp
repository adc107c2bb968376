#include "knowledge/messages.h"

#include "knowledge/message_keys.h"
#include "knowledge/yaml_reader.h"

namespace backchat::knowledge {

std::string_view Messages::get(std::string_view key) const {
  const auto found = by_key_.find(key);
  return found == by_key_.end() ? key : std::string_view(found->second);
}

std::string Messages::fill(std::string_view key, std::string_view name,
                           std::string_view value) const {
  std::string out(get(key));
  const std::string slot = "{" + std::string(name) + "}";
  if (const std::size_t at = out.find(slot); at != std::string::npos) {
    out.replace(at, slot.size(), value);
  }
  return out;
}

Messages read_messages(const YamlReader& yaml, std::string_view file, Problems& problems) {
  std::map<std::string, std::string, std::less<>> by_key;
  if (!yaml.is_map()) yaml.problem("a map of message keys is wanted here");
  for (const std::string& key : yaml.keys()) {
    const YamlReader message = yaml.at(key);
    message.allow_only({"text", "note"});
    by_key[key] = message.required("text");
  }
  Messages messages(std::move(by_key));
  for (const std::string_view key : kMessageKeys) {
    if (!messages.contains(key)) {
      problems.add(file, 0,
                   "message '" + std::string(key) + "' is missing: the program needs it, add it");
    }
  }
  return messages;
}

Result<Messages> parse_messages(const Documents& documents) {
  constexpr std::string_view kFile = "messages.yaml";
  Problems problems;
  const auto found = documents.find(kFile);
  if (found == documents.end()) {
    return fail(ErrorCode::kCorruptData, "this file is missing: every pack needs it",
                std::string(kFile));
  }
  Messages messages =
      read_messages(YamlReader::parse(found->second, kFile, 0, problems), kFile, problems);
  if (!problems.empty()) return fail(error_of(problems.all()));
  return messages;
}

}  // namespace backchat::knowledge
