#include "answer/source_list.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "answer/citer.h"
#include "answer/draft.h"
#include "answer/plain_text.h"
#include "text/utf8.h"

namespace backchat::answer {
namespace {

using knowledge::Article;
using knowledge::Pack;
using knowledge::Passage;
using knowledge::Person;

// Words of a role that tell: no "of", no "at".
constexpr std::size_t kTellingWord = 5;
constexpr std::size_t kMostMore = 3;

std::vector<std::string_view> words_in(std::string_view text) {
  std::vector<std::string_view> out;
  while (!text.empty()) {
    const std::size_t begin = text.find_first_not_of(" ,.");
    if (begin == std::string_view::npos) break;
    const std::size_t end = std::min(text.find_first_of(" ,.", begin), text.size());
    out.push_back(text.substr(begin, end - begin));
    text.remove_prefix(end);
  }
  return out;
}

bool holds_word(std::string_view text, std::string_view word) {
  const std::vector<std::string_view> words = words_in(text);
  return std::ranges::any_of(words, [word](std::string_view each) {
    return text::to_lower(each) == text::to_lower(word);
  });
}

// How much a sentence tells of what that person does; 0 when it does not name the person.
std::size_t tells_of(std::string_view sentence, const Person& person) {
  const std::vector<std::string_view> name = words_in(person.name);
  if (name.empty() || !holds_word(sentence, name.back())) return 0;
  std::size_t out = 0;
  for (const std::string_view word : words_in(person.role)) {
    if (word.size() >= kTellingWord && holds_word(sentence, word)) ++out;
  }
  return out;
}

std::vector<Person> people_of(const Article& article) {
  std::vector<Person> out = article.authors;
  out.insert(out.end(), article.experts.begin(), article.experts.end());
  out.insert(out.end(), article.reviewers.begin(), article.reviewers.end());
  return out;
}

// What an article tells of its people: the passage that tells most, and there the sentence that
// says best what somebody does.
struct About {
  const Passage* passage = nullptr;
  std::size_t best = 0;  // sentence of the passage
};

About about_people(const Pack& pack, const Article& article) {
  const std::vector<Person> people = people_of(article);
  About out;
  std::size_t most = 0;
  for (const Passage& passage : pack.passages) {
    if (passage.article != article.slug) continue;
    std::size_t sum = 0;
    std::pair<std::size_t, std::size_t> best;  // how much, where
    for (std::size_t i = 0; i < passage.sentences.size(); ++i) {
      std::size_t told = 0;
      for (const Person& person : people) {
        told = std::max(told, tells_of(passage.sentence(i), person));
      }
      sum += told;
      if (told > best.first) best = {told, i};
    }
    if (sum <= most) continue;
    most = sum;
    out = {&passage, best.second};
  }
  return out;
}

// The articles that a reply quotes, in its order.
std::vector<const Citation*> first_of_each(const Reply& given) {
  std::vector<const Citation*> out;
  for (const Citation& citation : given.citations) {
    const bool known = std::ranges::any_of(
        out, [&citation](const Citation* each) { return each->article == citation.article; });
    if (!known) out.push_back(&citation);
  }
  return out;
}

class SourceList {
 public:
  SourceList(Draft& draft, const knowledge::Messages& messages, const Pack& pack)
      : draft_(draft), messages_(messages), pack_(pack), citer_(pack) {}

  void name(const Reply& given) {
    const std::vector<const Citation*> quoted = first_of_each(given);
    std::vector<Statement> lines;
    for (const Citation* first : quoted) {
      const Article* article = pack_.article(first->article);
      if (article == nullptr) continue;
      // People know a source by the name that stands before its sentences.
      Citation line = *first;
      line.publisher = article->source.short_name;
      lines.push_back({source_line(line, messages_), {}});
      if (const About about = about_people(pack_, *article); about.passage != nullptr) {
        say(*about.passage, about.best);
      } else {
        citer_.cite(first->passage, first->quote);
      }
    }
    Reply& reply = draft_.reply();
    const std::string count = std::to_string(lines.size());
    reply.lead.push_back({messages_.fill("follow_up.sources", "count", count), {}});
    reply.body.insert(reply.body.end(), lines.begin(), lines.end());
    if (!given.differs.empty() && messages_.contains("follow_up.sources_differ")) {
      draft_.say("follow_up.sources_differ", reply.body);
    }
    finish();
  }

  // False when the articles tell no more of their people.
  bool tell_more(const Reply& given) {
    constexpr std::string_view kKey = "follow_up.sources_people";
    if (!messages_.contains(kKey)) return false;
    for (const Citation* first : first_of_each(given)) {
      const Article* article = pack_.article(first->article);
      const About about = article == nullptr ? About{} : about_people(pack_, *article);
      if (about.passage == nullptr) continue;
      std::size_t told = 0;
      for (std::size_t i = 0; i < about.passage->sentences.size() && told < kMostMore; ++i) {
        if (i == about.best) continue;
        say(*about.passage, i);
        ++told;
      }
    }
    if (draft_.reply().body.empty()) return false;
    draft_.say(kKey, draft_.reply().lead);
    finish();
    return true;
  }

 private:
  void say(const Passage& passage, std::size_t i) {
    const std::string_view sentence = passage.sentence(i);
    draft_.reply().body.push_back({std::string(sentence), {citer_.cite(passage.id, sentence)}});
  }

  void finish() {
    draft_.reply().kind = Kind::kAnswer;
    draft_.reply().only_sources = true;
    draft_.reply().citations = citer_.take();
  }

  Draft& draft_;
  const knowledge::Messages& messages_;
  const Pack& pack_;
  Citer citer_;
};

}  // namespace

Reply compose_sources(const safety::Screening& screening, const Voice& voice,
                      const Subjects& subjects, const Reply& given, std::size_t round) {
  Draft draft(screening, voice);
  if (draft.emergency()) return draft.finish();
  SourceList list(draft, *voice.messages, *subjects.pack);
  if (round == 1 && !given.citations.empty()) {
    list.name(given);
  } else if (round != 2 || !list.tell_more(given)) {
    draft.reply().kind = Kind::kChat;
    constexpr std::string_view kNoMore = "follow_up.sources_none";
    draft.say(voice.messages->contains(kNoMore) ? kNoMore : "follow_up.none", draft.reply().lead);
  }
  if (voice.suggests) {
    draft.reply().next = subjects.suggestions->suggest({}, {}, voice.asked_before, false);
  }
  return draft.finish();
}

}  // namespace backchat::answer
