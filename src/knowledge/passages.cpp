#include <algorithm>

#include "knowledge/pack.h"
#include "text/sentences.h"

namespace backchat::knowledge {
namespace {

std::size_t count_words(std::string_view sentence) {
  std::size_t words = 0;
  bool inside = false;
  for (const char c : sentence) {
    const bool space = text::is_space(c);
    if (!space && !inside) ++words;
    inside = !space;
  }
  return words;
}

// Fills passages up to the limit; knows where one has to end.
class Cutter {
 public:
  Cutter(Passage model, std::string id_prefix, std::size_t max_words)
      : model_(std::move(model)), id_prefix_(std::move(id_prefix)), max_words_(max_words) {}

  // Keeps a block whole when it fits into a passage at all.
  void begin_block(std::size_t words) {
    if (words_ > 0 && words_ + words > max_words_ && words <= max_words_) finish();
  }

  void add(std::string_view sentence, bool item, int step) {
    const std::size_t words = count_words(sentence);
    if (words_ > 0 && words_ + words > max_words_) finish();
    std::string& text = current_.text;
    if (!text.empty()) text += ' ';
    const std::size_t begin = text.size();
    text += sentence;
    current_.sentences.push_back({{begin, text.size()}, item, step});
    words_ += words;
  }

  void finish() {
    if (words_ == 0) return;
    current_.id = id_prefix_ + "." + std::to_string(++count_);
    current_.article = model_.article;
    current_.title = model_.title;
    current_.heading = model_.heading;
    done_.push_back(std::move(current_));
    current_ = {};
    words_ = 0;
  }

  std::vector<Passage> take() {
    finish();
    return std::move(done_);
  }

 private:
  Passage model_;
  std::string id_prefix_;
  std::size_t max_words_;
  Passage current_;
  std::size_t words_ = 0;
  std::size_t count_ = 0;
  std::vector<Passage> done_;
};

}  // namespace

std::vector<Passage> cut_passages(const Article& article, std::size_t max_words) {
  std::vector<Passage> out;
  for (const Section& section : article.sections) {
    Passage model;
    model.article = article.slug;
    model.title = article.title;
    model.heading = section.heading;
    Cutter cutter(std::move(model), article.slug + "#" + section.slug, max_words);
    for (const Block& block : section.blocks) {
      std::size_t words = 0;
      for (const std::string& sentence : block.sentences) words += count_words(sentence);
      cutter.begin_block(words);
      for (const std::string& sentence : block.sentences) {
        cutter.add(sentence, block.item, block.step);
      }
    }
    std::ranges::move(cutter.take(), std::back_inserter(out));
  }
  return out;
}

std::vector<Passage> cut_plain_text(std::string_view id, std::string_view title,
                                    std::string_view text, std::size_t max_words) {
  Passage model;
  model.article = id;
  model.title = title;
  Cutter cutter(std::move(model), std::string(id), max_words);
  for (const text::Span& span : text::sentences(text)) {
    cutter.add(text.substr(span.begin, span.size()), false, 0);
  }
  return cutter.take();
}

}  // namespace backchat::knowledge
