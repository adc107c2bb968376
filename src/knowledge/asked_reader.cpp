#include "knowledge/asked_reader.h"

#include <algorithm>
#include <string>
#include <unordered_map>

#include "text/utf8.h"

namespace backchat::knowledge {
namespace {

constexpr std::string_view kOpens = ">";
constexpr std::string_view kWording = "- ";

struct Place {
  std::size_t passage = 0;
  std::size_t sentence = 0;
};

// "asked/slug.md" is about the article "slug".
std::string_view article_of(std::string_view file) {
  const std::string_view name = file.substr(file.rfind('/') + 1);
  return name.substr(0, name.rfind('.'));
}

std::unordered_map<std::string_view, Place> sentences_of(std::string_view article,
                                                         const std::vector<Passage>& passages) {
  std::unordered_map<std::string_view, Place> out;
  for (std::size_t p = 0; p < passages.size(); ++p) {
    if (passages[p].article != article) continue;
    for (std::size_t s = 0; s < passages[p].sentences.size(); ++s) {
      out.try_emplace(passages[p].sentence(s), Place{p, s});
    }
  }
  return out;
}

// Gives `open` what stands behind each ">", and `add` what stands behind each "-" below one.
template <class Open, class Add>
void read_blocks(std::string_view text, std::string_view file, Problems& problems, Open open,
                 Add add) {
  bool begun = false;  // authors' notes stand before the first block
  int line = 0;
  while (!text.empty()) {
    ++line;
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view row = text::trim(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    if (row.empty() || row.starts_with('#')) continue;
    if (row.starts_with(kOpens)) {
      begun = true;
      open(text::trim(row.substr(kOpens.size())), line);
    } else if (begun && row.starts_with(kWording)) {
      add(text::trim(row.substr(kWording.size())));
    } else if (begun) {
      problems.add(file, line,
                   "neither '> what is asked for' nor '- how people ask for it': correct the line");
    }
  }
}

}  // namespace

void read_asked_sentences(std::string_view text, std::string_view file,
                          const std::vector<Passage>& passages, std::vector<AskedSentence>& out,
                          Problems& problems) {
  const std::string_view article = article_of(file);
  const auto sentences = sentences_of(article, passages);
  // Where each stands in `out`, by where its text begins.
  std::unordered_map<const char*, std::size_t> known;
  for (std::size_t i = 0; i < out.size(); ++i) {
    known.emplace(passages[out[i].passage].sentence(out[i].sentence).data(), i);
  }
  AskedSentence* meant = nullptr;  // the sentence that the wordings are for
  const auto open = [&](std::string_view sentence, int line) {
    meant = nullptr;
    const auto found = sentences.find(sentence);
    if (found == sentences.end()) {
      problems.add(file, line,
                   "no such sentence in article '" + std::string(article) +
                       "': copy it letter by letter, or remove it with its questions");
      return;
    }
    const auto& [passage, index] = found->second;
    const auto [at, is_new] =
        known.try_emplace(passages[passage].sentence(index).data(), out.size());
    if (is_new) out.push_back({passage, index, {}});
    meant = &out[at->second];
  };
  read_blocks(text, file, problems, open, [&](std::string_view wording) {
    if (meant != nullptr) meant->questions.emplace_back(wording);
  });
}

void read_not_covered(std::string_view text, std::string_view file, std::vector<NotCovered>& out,
                      Problems& problems) {
  read_blocks(
      text, file, problems,
      [&out](std::string_view missing, int) {
        out.push_back({std::string(missing), {}});
      },
      [&out](std::string_view wording) { out.back().questions.emplace_back(wording); });
}

}  // namespace backchat::knowledge
