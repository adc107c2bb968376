#include "app/http/reply_view.h"

#include <algorithm>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "app/http/assets.h"
#include "app/http/practice_view.h"
#include "app/http/reader_address.h"
#include "app/http/source_view.h"

namespace backchat::app::http {
namespace {

using kainjow::mustache::data;

/// What a card may start: a telephone call or a text message.
bool is_call(const std::string& href) {
  return href.starts_with("tel:") || href.starts_with("sms:");
}

/// The citations of a reply brought together by article.
struct SourceCard {
  const answer::Citation* first = nullptr;
  std::vector<const answer::Citation*> quotes;  ///< each quotation once
};

struct Sources {
  std::vector<SourceCard> cards;
  std::map<int, std::size_t> card_of;  ///< Citation::n -> index of its card
};

/// The citation numbers in the order in which the page shows them, so that a reader meets the
/// cards' numbers as 1, 2, 3; then those that no statement uses.
std::vector<int> in_order_of_use(const answer::Reply& reply) {
  std::vector<int> out;
  const auto add = [&out](const std::vector<int>& numbers) {
    out.insert(out.end(), numbers.begin(), numbers.end());
  };
  for (const answer::Statement& statement : reply.lead) add(statement.citations);
  for (const answer::Statement& statement : reply.body) add(statement.citations);
  for (const answer::Side& side : reply.differs) add(side.citations);
  for (const answer::Section& section : reply.sections) {
    for (const answer::Statement& statement : section.statements) add(statement.citations);
  }
  for (const auto* exercises : {&reply.exercises, &reply.upright}) {
    for (const answer::Exercise& exercise : *exercises) add(exercise.citations);
  }
  for (const answer::Timer& timer : reply.timers) {
    if (timer.first) add(timer.first->citations);
    if (timer.then) add(timer.then->citations);
  }
  for (const answer::Citation& citation : reply.citations) out.push_back(citation.n);
  return out;
}

Sources by_article(const answer::Reply& reply) {
  Sources out;
  for (const int n : in_order_of_use(reply)) {
    const auto citation = std::find_if(reply.citations.begin(), reply.citations.end(),
                                       [n](const answer::Citation& each) { return each.n == n; });
    if (citation == reply.citations.end() || out.card_of.contains(n)) continue;
    auto card = std::find_if(out.cards.begin(), out.cards.end(), [&](const SourceCard& other) {
      return other.first->article == citation->article && other.first->title == citation->title;
    });
    if (card == out.cards.end()) {
      out.cards.push_back({&*citation, {}});
      card = std::prev(out.cards.end());
    }
    const auto& quotes = card->quotes;
    const bool quoted = std::any_of(quotes.begin(), quotes.end(), [&](const auto* other) {
      return other->quote == citation->quote;
    });
    if (!citation->quote.empty() && !quoted) card->quotes.push_back(&*citation);
    out.card_of[n] = static_cast<std::size_t>(card - out.cards.begin());
  }
  return out;
}

/// Makes the values of one reply. One use.
class View {
 public:
  View(const answer::Reply& reply, const ViewContext& context)
      : reply_(reply),
        context_(context),
        sources_(by_article(reply)),
        emergency_(reply.card && reply.card->level == "emergency"),
        urgent_(reply.card && reply.card->level == "urgent") {}

  data make() {
    data out;
    out.set("anchor", data{context_.anchor});
    out.set("kind", data{std::string(answer::kind_name(reply_.kind))});
    out.set("tier", data{std::string(safety::tier_name(reply_.tier))});
    out.set("calm", data{emergency_});
    out.set("card", reply_.card ? card(*reply_.card) : data{false});
    set_findings(out);
    set_answer(out);
    set_differs(out);
    set_sections(out);
    const PracticeView::Refs numbers = [this](const std::vector<int>& all) { return refs(all); };
    PracticeView(reply_, context_, numbers).set(out, !emergency_ && !urgent_);
    set_sources(out);
    const bool answers =
        reply_.kind == answer::Kind::kAnswer || reply_.kind == answer::Kind::kNotCovered;
    out.set("tools", data{!emergency_ && answers && !reply_.text.empty()});
    out.set("vote_id", data{answer_id(reply_)});
    out.set("plain", text_or_none(reply_.text));
    set_next(out);
    return out;
  }

 private:
  std::string string(const std::string& key) const { return context_.templates.string(key); }

  std::string source_id(std::size_t card) const {
    return "source-" + std::to_string(context_.turn) + "-" + std::to_string(card + 1);
  }

  data card(const safety::CareCard& card) const {
    data out;
    out.set("level", data{card.level});
    out.set("prefix", data{string("care_" + card.level)});
    out.set("heading", data{card.heading});
    out.set("lines", text_list(card.lines));
    out.set("has_lines", data{!card.lines.empty()});
    data actions{data::type::list};
    for (const safety::CardAction& action : card.actions) {
      if (!is_call(action.href)) continue;
      data item;
      item.set("label", data{action.label});
      item.set("href", data{action.href});
      actions.push_back(item);
    }
    out.set("has_actions", data{actions.is_non_empty_list()});
    out.set("actions", actions);
    out.set("calls_first", data{emergency_});
    return out;
  }

  void set_findings(data& out) const {
    data list{data::type::list};
    for (const safety::Finding& finding : reply_.findings) {
      data item;
      item.set("quote", text_or_none(finding.quote));
      item.set("why", data{finding.why});
      item.set("source", text_or_none(finding.source));
      list.push_back(item);
    }
    out.set("has_findings", data{!reply_.findings.empty()});
    out.set("findings", list);
  }

  /// The numbers behind a statement: one for each article, each a link to its card.
  data refs(const std::vector<int>& citations) const {
    std::vector<std::size_t> cards;
    for (const int n : citations) {
      const auto found = sources_.card_of.find(n);
      if (found == sources_.card_of.end()) continue;
      if (std::find(cards.begin(), cards.end(), found->second) == cards.end()) {
        cards.push_back(found->second);
      }
    }
    data out{data::type::list};
    for (const std::size_t card : cards) {
      data item;
      item.set("number", data{std::to_string(card + 1)});
      item.set("id", emergency_ ? data{false} : data{source_id(card)});
      out.push_back(item);
    }
    return out;
  }

  /// A statement as {text, tail, refs}: its last word stands apart, so that the numbers behind it
  /// never begin a line of their own.
  data statement(const std::string& text, const std::vector<int>& citations) const {
    constexpr std::size_t kLongestTail = 20;
    data numbers = refs(citations);
    std::size_t cut = text.size();
    if (numbers.is_non_empty_list()) {
      const std::size_t space = text.rfind(' ');
      const std::size_t tail = space == std::string::npos ? 0 : space + 1;
      if (text.size() - tail <= kLongestTail) cut = tail;
    }
    data out;
    out.set("text", data{text.substr(0, cut)});
    out.set("tail", data{text.substr(cut)});
    out.set("refs", numbers);
    return out;
  }

  data statements(const std::vector<answer::Statement>& statements) const {
    data out{data::type::list};
    for (const answer::Statement& each : statements) {
      out.push_back(statement(each.text, each.citations));
    }
    return out;
  }

  /// Statements as runs of quotations (bullets) and runs of the program's own sentences
  /// (paragraphs).
  data runs(std::span<const answer::Statement> all) const {
    data out{data::type::list};
    std::vector<answer::Statement> run;
    const auto finish = [&] {
      if (run.empty()) return;
      data item;
      item.set("bullets", data{!run.front().citations.empty()});
      item.set("items", statements(run));
      out.push_back(item);
      run.clear();
    };
    for (const answer::Statement& each : all) {
      if (!run.empty() && run.front().citations.empty() != each.citations.empty()) finish();
      run.push_back(each);
    }
    finish();
    return out;
  }

  /// How many statements of the body stand before the differing views: what the program itself says
  /// at the end, such as how to choose between them, stands after them.
  std::size_t before_differs() const {
    std::size_t end = body().size();
    if (reply_.differs.empty()) return end;
    while (end > 0 && body()[end - 1].citations.empty()) --end;
    return end;
  }

  void set_answer(data& out) const {
    const std::size_t split = before_differs();
    out.set("about", text_or_none(reply_.about));
    out.set("has_lead", data{!reply_.lead.empty()});
    out.set("lead", statements(reply_.lead));
    out.set("body", runs(body().first(split)));
    out.set("notes", runs(body().subspan(split)));
    out.set("has_notes", data{split < body().size()});
    out.set("has_answer", data{!reply_.about.empty() || !reply_.lead.empty() || split > 0});
    out.set("not_covered", data{reply_.kind == answer::Kind::kNotCovered});
  }

  void set_sections(data& out) const {
    data list{data::type::list};
    for (const answer::Section& section : reply_.sections) {
      data item;
      item.set("heading", data{section.heading});
      item.set("items", statements(section.statements));
      list.push_back(item);
    }
    out.set("has_sections", data{!reply_.sections.empty()});
    out.set("sections", list);
  }

  void set_differs(data& out) const {
    data list{data::type::list};
    for (const answer::Side& side : reply_.differs) {
      data item = statement(side.text, side.citations);
      item.set("publisher", data{side.publisher});
      list.push_back(item);
    }
    out.set("has_differs", data{!reply_.differs.empty()});
    out.set("differs", list);
  }

  void set_sources(data& out) const {
    data list{data::type::list};
    for (std::size_t i = 0; i < sources_.cards.size(); ++i) {
      list.push_back(source(sources_.cards[i], i));
    }
    out.set("has_sources", data{!sources_.cards.empty()});
    out.set("sources", list);
  }

  data source(const SourceCard& card, std::size_t index) const {
    const answer::Citation& citation = *card.first;
    data out;
    out.set("id", data{source_id(index)});
    out.set("number", data{std::to_string(index + 1)});
    out.set("publisher", data{citation.publisher});
    out.set("title", data{citation.title});
    out.set("url", emergency_ ? data{false} : text_or_none(safe_url(citation.url)));
    out.set("read", text_or_none(read_address(citation)));
    set_source_facts(out, context_.templates,
                     {{"by", citation.authors}, {"reviewed_by", citation.reviewers}},
                     citation.published, citation.reviewed, context_.today);
    data quotes{data::type::list};
    for (const answer::Citation* quoted : card.quotes) {
      data item;
      item.set("text", data{quoted->quote});
      item.set("read", text_or_none(read_address(*quoted)));
      quotes.push_back(item);
    }
    out.set("has_quotes", data{quotes.is_non_empty_list()});
    out.set("quotes", quotes);
    return out;
  }

  /// Where our own reader shows the quotation; empty beside an emergency card, which has no link
  /// but the call.
  std::string read_address(const answer::Citation& citation) const {
    if (emergency_ || context_.pack == nullptr) return {};
    return sentence_address(*context_.pack, citation.passage, citation.quote);
  }

  /// The chips: quick replies to a question of ours stand right under it, suggestions at the end.
  /// Beside an emergency card only the former, because the check has to be answerable.
  void set_next(data& out) const {
    data list{data::type::list};
    for (const answer::Next& next : reply_.next) {
      data item;
      item.set("label", data{next.label});
      item.set("text", data{next.text});
      item.set("answers", text_or_none(next.answers));
      list.push_back(item);
    }
    const bool any = !reply_.next.empty();
    const bool not_covered = reply_.kind == answer::Kind::kNotCovered;
    out.set("next", list);
    out.set("question", text_or_none(question()));
    out.set("question_heading", data{string(leads_on() ? "next_own" : "next_reply")});
    out.set("has_replies", data{any && asks()});
    out.set("has_suggestions", data{any && !asks() && !emergency_});
    out.set("next_heading", data{string(not_covered ? "next_not_covered" : "next_ask")});
  }

  bool asks() const { return !reply_.asked.empty(); }

  /// The question is no check for danger signs: it asks what is meant, or leads through a talk.
  bool leads_on() const {
    constexpr std::string_view kAsksBack = "clarify";  // what the dialogue calls it
    if (reply_.asked == kAsksBack) return true;
    return context_.pack != nullptr &&
           std::ranges::any_of(context_.pack->guide.steps,
                               [this](const auto& step) { return step.id == reply_.asked; });
  }

  /// The screening question: the last statement of the body, one of the program's own.
  std::string question() const {
    const auto& body = reply_.body;
    return asks() && !body.empty() && body.back().citations.empty() ? body.back().text
                                                                    : std::string{};
  }

  /// The body without that question, which stands above its quick replies.
  std::span<const answer::Statement> body() const {
    const std::span<const answer::Statement> all(reply_.body);
    return question().empty() ? all : all.first(all.size() - 1);
  }

  const answer::Reply& reply_;
  const ViewContext& context_;
  const Sources sources_;
  const bool emergency_;
  const bool urgent_;
};

}  // namespace

std::string answer_id(const answer::Reply& reply) {
  std::string all;
  const auto add = [&all](std::string_view text) {
    all += text;
    all += '\xff';  // no text holds this byte: "ab" "c" is not "a" "bc"
  };
  add(reply.edition);
  add(answer::kind_name(reply.kind));
  for (const answer::Citation& citation : reply.citations) {
    add(citation.passage);
    add(citation.quote);
  }
  return short_digest(all);
}

data reply_view(const answer::Reply& reply, const ViewContext& context) {
  return View(reply, context).make();
}

}  // namespace backchat::app::http
