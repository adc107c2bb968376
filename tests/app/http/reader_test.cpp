#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <set>
#include <string>

#include "app/http/page.h"
#include "app/http/reader_address.h"
#include "pack_content.h"

namespace backchat::app::http {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

Page make_page(std::string today = "2026-11-22") {
  return Page::create({.documents = pack_content().documents,
                       .today = std::move(today),
                       .pack = &pack_content().pack,
                       .safety = &pack_content().safety})
      .value();
}

std::size_t count(const std::string& text, const std::string& part) {
  std::size_t found = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) {
    ++found;
  }
  return found;
}

/// What the templates make of a text.
std::string escaped(const std::string& text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\'':
        out += "&apos;";
        break;
      default:
        out += c;
    }
  }
  return out;
}

TEST(ReaderTest, EverySentenceOfEveryArticleStandsUnderTheNameThatLinksUse) {
  const Page page = make_page();
  std::string article;
  std::string html;
  std::set<std::string> addresses;
  for (const knowledge::Passage& passage : pack_content().pack.passages) {
    if (passage.article != article) {
      article = passage.article;
      html = page.article(article).value();
    }
    for (std::size_t i = 0; i < passage.sentences.size(); ++i) {
      const std::string sentence(passage.sentence(i));
      const std::string place = "id=\"" + sentence_anchor(passage, i) + "\">";
      EXPECT_THAT(html, HasSubstr(place + escaped(sentence)));
      const std::string address = sentence_address(pack_content().pack, passage.id, sentence);
      EXPECT_EQ(address, article_address(article) + "#" + sentence_anchor(passage, i));
      EXPECT_TRUE(addresses.insert(address).second) << address << " twice";
    }
  }
}

TEST(ReaderTest, AnUnknownSentenceLeadsToItsPassageAndAnUnknownPassageNowhere) {
  const knowledge::Passage& passage = pack_content().pack.passages[3];
  EXPECT_EQ(sentence_address(pack_content().pack, passage.id, "Never written."),
            article_address(passage.article) + "#" + sentence_anchor(passage, 0));
  EXPECT_EQ(sentence_address(pack_content().pack, "no#such.1", "x"), "");
}

TEST(ReaderTest, AnAddressIsAlwaysOne) {
  EXPECT_EQ(article_address("a b/../\"<é"), "/articles/a%20b%2F..%2F%22%3C%C3%A9");
}

TEST(ReaderTest, AnArticleNamesItsSourceItsDatesAndItsAge) {
  const Page page = make_page();
  const std::string dated = page.article("bookphysio-lower-back-spasms").value();
  for (const char* part :
       {"itemtype=\"https://schema.org/MedicalWebPage\"", "itemprop=\"isBasedOn\"",
        "itemprop=\"lastReviewed\" content=\"2022-05-30\"",
        "itemprop=\"datePublished\" content=\"2022-05-30\"", "By Nikita Mistry, physiotherapist",
        "Reviewed by Dr Gina Arena", "30 May 2022", "more than four years old",
        "The address of the original is not given."}) {
    EXPECT_THAT(dated, HasSubstr(part));
  }
  EXPECT_EQ(count(dated, "<h1"), 1U);
  EXPECT_THAT(dated, Not(HasSubstr("{{")));
  const std::string undated = page.article("cant-move-lower-back-spasms").value();
  EXPECT_THAT(undated, HasSubstr("Date not given"));
  EXPECT_THAT(undated, HasSubstr("Quotes Dr Chris A. Cornett"));
  EXPECT_THAT(undated, Not(HasSubstr("years old")));
}

TEST(ReaderTest, TheAgeInWordsFollowsTheDay) {
  struct Case {
    const char* today;
    const char* words;  ///< empty: not old yet
  };
  for (const Case& each :
       {Case{"2027-05-31", ""}, Case{"2027-06-01", "three"}, Case{"2028-05-30", "three"},
        Case{"2028-05-31", "four"}, Case{"2037-06-01", "13"}}) {
    const std::string html =
        make_page(each.today).article("hinge-health-lower-back-spasms").value();
    const std::string words = each.words;
    EXPECT_EQ(count(html, "more than " + words + " years old"), words.empty() ? 0U : 1U)
        << each.today;
  }
}

TEST(ReaderTest, BehindASentenceMilderThanTheSafetyRulesStandsThePacksMessage) {
  const knowledge::Pack& pack = pack_content().pack;
  const Page page = make_page();
  int checked = 0;
  for (const knowledge::Overruled& overruled : pack.overruled) {
    const std::string html = page.article(overruled.article).value();
    const std::size_t at = html.find(">" + escaped(overruled.sentence));
    ASSERT_NE(at, std::string::npos) << overruled.sentence;
    if (overruled.message.empty()) continue;
    const std::string message = escaped(std::string(pack.messages.get(overruled.message)));
    const std::size_t next = html.find("class=\"sentence\"", at);
    EXPECT_LT(html.find(message, at), next) << overruled.sentence;
    ++checked;
  }
  EXPECT_GE(checked, 1);
}

TEST(ReaderTest, ThereIsNoOtherArticle) {
  const Page page = make_page();
  for (const char* slug : {"", "..", "../k-health-back-spasms", "k-health-back-spasms/",
                           "K-Health-Back-Spasms", "k-health-back-spasms.md"}) {
    EXPECT_FALSE(page.article(slug).has_value()) << slug;
  }
}

TEST(ReaderTest, TheListHasEveryArticleWithItsHeadings) {
  const std::string html = make_page().articles().value();
  for (const knowledge::Article& article : pack_content().pack.articles) {
    EXPECT_THAT(html, HasSubstr("<a href=\"" + article_address(article.slug) + "\">" +
                                escaped(article.title) + "</a>"));
    for (const knowledge::Section& section : article.sections) {
      if (section.level > 2) continue;
      EXPECT_THAT(html, HasSubstr(article_address(article.slug) + "#" + section.slug));
    }
  }
}

TEST(ReaderTest, ExercisesStandByPositionWithStepsDoseStopAndSource) {
  const std::string html = make_page().exercises().value();
  EXPECT_LT(html.find("data-testid=\"start-check\""), html.find("data-testid=\"exercise-card\""));
  EXPECT_LT(html.find("<h2>Lying down"), html.find("<h2>Kneeling"));
  std::size_t described = 0;
  for (const knowledge::Exercise& exercise : pack_content().pack.exercises) {
    EXPECT_THAT(html, HasSubstr(escaped(exercise.name)));
    EXPECT_THAT(html, HasSubstr(article_address(exercise.article) + "#" + exercise.section));
    for (const auto* lines : {&exercise.steps, &exercise.dose, &exercise.stop_if}) {
      if (exercise.steps.empty()) continue;
      for (const std::string& line : *lines) EXPECT_THAT(html, HasSubstr(escaped(line)));
    }
    described += exercise.steps.empty() ? 0 : 1;
  }
  EXPECT_EQ(count(html, "data-testid=\"exercise-card\""), described);
  EXPECT_EQ(count(html, "role=\"img\""), described);
}

TEST(ReaderTest, ASourceOfAReplyLeadsToTheSentence) {
  const knowledge::Passage& passage = pack_content().pack.passages.front();
  answer::Citation citation;
  citation.n = 1;
  citation.article = passage.article;
  citation.title = passage.title;
  citation.passage = passage.id;
  citation.quote = std::string(passage.sentence(1));
  answer::Reply reply;
  reply.kind = answer::Kind::kAnswer;
  reply.lead = {{citation.quote, {1}}};
  reply.citations = {citation};
  const std::string link =
      "href=\"" + article_address(passage.article) + "#" + sentence_anchor(passage, 1) + "\"";
  const Page page = make_page();
  EXPECT_EQ(count(page.fragment(reply, 0), link), 2U);  // the title and the quotation
  reply.card = safety::CareCard{"emergency", "Call", {}, {}};
  EXPECT_EQ(count(page.fragment(reply, 0), "<a "), 0U);
}

TEST(ReaderTest, TheStartPageTakesSignsNumbersQuestionsAndHomeCareFromThePack) {
  const PackContent& content = pack_content();
  const std::string html = make_page().start();
  for (const std::string& sign : content.safety.screener.signs()) {
    EXPECT_EQ(count(html, "<li>" + escaped(sign) + "</li>"), 2U) << sign;
  }
  for (const safety::EmergencyNumber& call : content.safety.screener.emergency_numbers()) {
    EXPECT_THAT(html, HasSubstr("href=\"" + call.href + "\""));
    EXPECT_FALSE(call.regions.empty()) << call.label;
  }
  for (const std::string& question : content.pack.start.questions) {
    EXPECT_THAT(html, HasSubstr("value=\"" + escaped(question) + "\""));
  }
  EXPECT_GE(content.pack.start.home_care.size(), 3U);
  for (const knowledge::Start::Quote& quote : content.pack.start.home_care) {
    EXPECT_THAT(html, HasSubstr("<li>" + escaped(quote.sentence)));
    EXPECT_THAT(html, HasSubstr(sentence_address(content.pack, quote.passage, quote.sentence)));
  }
}

TEST(ReaderTest, WithoutAnEditionThereIsStillTheSafetyPart) {
  const Page page =
      Page::create(
          {.documents = {}, .today = {}, .pack = nullptr, .safety = &pack_content().safety})
          .value();
  const std::string html = page.start();
  EXPECT_THAT(html, HasSubstr("href=\"tel:999\""));
  EXPECT_THAT(html, HasSubstr(escaped(pack_content().safety.screener.signs().front())));
  EXPECT_THAT(html, Not(HasSubstr("href=\"/articles")));
  EXPECT_THAT(html, Not(HasSubstr("data-testid=\"home-care\"")));
  EXPECT_FALSE(page.articles() || page.exercises() || page.article("k-health-back-spasms"));
  EXPECT_THAT(page.service_worker(), Not(HasSubstr("/exercises")));
}

TEST(ReaderTest, TheServiceWorkerKeepsWhatThePagesLoadAndChangesWithThem) {
  const Page page = make_page();
  const std::string& script = page.service_worker();
  const std::string line = script.substr(0, script.find('\n'));
  const auto shell = nlohmann::json::parse(line.substr(line.find('{'), line.rfind('}') - 13));
  EXPECT_EQ(shell["pages"], (nlohmann::json{"/", "/exercises"}));
  for (const std::string file : shell["files"]) {
    EXPECT_NE(page.assets().find(file), nullptr) << file;
  }
  for (const std::string& html : {page.start(), page.exercises().value()}) {
    for (const char* attribute : {"<link rel=\"stylesheet\" href=\"", "<script src=\""}) {
      for (std::size_t at = html.find(attribute); at != std::string::npos;
           at = html.find(attribute, at + 1)) {
        const std::size_t from = at + std::string(attribute).size();
        const std::string file = html.substr(from, html.find('"', from) - from);
        EXPECT_THAT(shell["files"], testing::Contains(file));
      }
    }
  }
  // The day does not matter, the numbers do.
  EXPECT_EQ(make_page("2030-01-01").service_worker(), script);
  EXPECT_NE(Page::create().value().service_worker(), script);
}

TEST(ReaderTest, TheManifestNamesIconsThatAreThere) {
  const Page page = make_page();
  const auto manifest = nlohmann::json::parse(page.manifest());
  EXPECT_EQ(manifest["start_url"], "/");
  EXPECT_THAT(manifest["name"].get<std::string>(), HasSubstr("Backchat"));
  ASSERT_GE(manifest["icons"].size(), 2U);
  for (const auto& icon : manifest["icons"]) {
    const Asset* asset = page.assets().find(icon["src"].get<std::string>());
    ASSERT_NE(asset, nullptr);
    EXPECT_EQ(asset->type, icon["type"].get<std::string>());
  }
}

}  // namespace
}  // namespace backchat::app::http
