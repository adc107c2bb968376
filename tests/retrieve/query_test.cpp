#include "retrieve/query.h"

#include <random>

#include "tests/index/index_fixture.h"

namespace backchat::retrieve {
namespace {

using index::plants;

const knowledge::Lexicon& lexicon() {
  static const knowledge::Lexicon kLexicon{
      {"plant lice", {"aphids", "green fly", "greenfly"}, {"ladybirds"}},
      {"soapy water", {"suds"}, {}},
      {"mist", {"spray"}, {"water"}},
      {"repot", {"give a bigger pot"}, {}},
  };
  return kLexicon;
}

class QueryTest : public index::IndexTest {
 protected:
  void SetUp() override {
    IndexTest::SetUp();
    ASSERT_TRUE(build("plants", plants()).has_value());
    snapshot_ = open("plants");
    analyser_ = std::make_unique<QueryAnalyser>(*analyzer_, lexicon());
  }

  Query ask(std::string_view question) {
    auto reader = snapshot_->lease(Deadline::none());
    auto query = analyser_->analyse(question, *reader);
    EXPECT_TRUE(query.has_value());
    return query ? *std::move(query) : Query{};
  }

  static std::vector<std::string> words(const Query& query) {
    std::vector<std::string> out;
    for (const Concept& each : query.concepts) out.push_back(each.word);
    return out;
  }

  static bool says(const Concept& given, const std::vector<std::string>& stems) {
    return std::any_of(
        given.alternatives.begin(), given.alternatives.end(),
        [&stems](const Alternative& alternative) {
          return std::equal(
              stems.begin(), stems.end(), alternative.words.begin(), alternative.words.end(),
              [](const std::string& stem, const auto& word) { return word.stem == stem; });
        });
  }

  using Words = std::vector<std::string>;
  std::shared_ptr<const index::Snapshot> snapshot_;
  std::unique_ptr<QueryAnalyser> analyser_;
};

TEST_F(QueryTest, DropsStopWordsAndKeepsTheSubject) {
  const std::vector<std::pair<std::string_view, Words>> cases{
      {"What is the best soil for a fern?", {"best", "soil", "fern"}},
      {"please tell me how often I should water my cactus", {"water", "cactus"}},
      {"fern water", {"fern", "water"}},
      {"FERN!!! water???", {"fern", "water"}},
      {"the fern and the ferns", {"fern"}},
      {"the fern's leaves", {"fern", "leaves"}},
      {"what can I do", {}},
      {"", {}},
      {"?!", {}},
      {"\xF0\x9F\x98\x80", {}},
  };
  for (const auto& [question, expected] : cases)
    EXPECT_EQ(words(ask(question)), expected) << question;
}

TEST_F(QueryTest, KeepsNegationAndWhatItGoverns) {
  const Query query = ask("can a cactus live without sun");
  ASSERT_EQ(words(query), (Words{"cactus", "live", "sun"}));
  EXPECT_FALSE(query.concepts[0].negated);
  EXPECT_TRUE(query.concepts[2].negated);
  EXPECT_TRUE(ask("why can't ferns stand sun").concepts[0].negated);
  EXPECT_FALSE(ask("No. Sun is fine").concepts[0].negated) << "a negation ends with its sentence";
}

TEST_F(QueryTest, ExpandsByTheLexicon) {
  const Query query = ask("how do I kill aphids");
  ASSERT_EQ(words(query), (Words{"kill", "aphids"}));
  const Concept& aphids = query.concepts[1];
  EXPECT_TRUE(says(aphids, {"plant", "lice"}));
  EXPECT_FALSE(says(aphids, {"green", "fli"})) << "the edition lacks it";
  EXPECT_TRUE(says(aphids, {"ladybird"}));
  EXPECT_TRUE(aphids.known);
  EXPECT_EQ(query.terms, (Words{"plant lice"}));
  double related = 1;
  for (const Alternative& each : aphids.alternatives) {
    if (each.origin == Alternative::Origin::kRelated) related = each.weight;
  }
  EXPECT_LT(related, 0.6);
}

TEST_F(QueryTest, FindsPhrasesOfTheLexicon) {
  const Query query = ask("green fly on my fern");
  ASSERT_EQ(words(query), (Words{"green", "fly", "fern"}));
  EXPECT_TRUE(says(query.concepts[0], {"plant", "lice"}));
  EXPECT_TRUE(says(query.concepts[1], {"plant", "lice"}));
  EXPECT_FALSE(says(query.concepts[2], {"plant", "lice"}));
}

TEST_F(QueryTest, RepairsSpellingOnlyOfUnknownWordsAndOnlyWhenClear) {
  const std::vector<std::tuple<std::string_view, std::string_view, std::string_view>> cases{
      {"watering my cactsu", "cactsu", "cactus"},
      {"raditors near a fern", "raditors", "radiators"},
      {"spyder mites", "spyder", "spider"},
      {"soapywater", "soapywater", "soapy water"},
  };
  for (const auto& [question, from, to] : cases) {
    const Query query = ask(question);
    ASSERT_EQ(query.repairs.size(), 1U) << question;
    EXPECT_EQ(query.repairs[0].from, from);
    EXPECT_EQ(query.repairs[0].to, to);
    EXPECT_EQ(question.substr(query.repairs[0].span.begin, query.repairs[0].span.size()), from);
  }
  for (const std::string_view question :
       {"fern", "aphids", "zebra", "sum", "blade", "lime", "windmill"}) {
    EXPECT_TRUE(ask(question).repairs.empty()) << question;
  }
}

TEST_F(QueryTest, NamesWhatTheEditionDoesNotKnow) {
  const Query query = ask("can I feed aphids to a crocodile");
  EXPECT_EQ(query.unknown(), (Words{"feed", "crocodile"}));
  EXPECT_GE(query.concepts.back().idf, query.concepts[1].idf);
}

TEST_F(QueryTest, WeighsRareWordsHigher) {
  const Query query = ask("fern ladybirds");
  EXPECT_LT(query.concepts[0].idf, query.concepts[1].idf);
  EXPECT_NEAR(query.information(), query.concepts[0].idf + query.concepts[1].idf, 1e-9);
}

TEST_F(QueryTest, CutsALongStoryToItsCore) {
  const Query query =
      ask("I bought a fern last summer at the market. My neighbour has a dog that barks every "
          "morning and the postman "
          "never comes on time. The sofa is red and the curtains are long. How often should I "
          "water the fern?");
  EXPECT_TRUE(query.shortened);
  EXPECT_EQ(query.kind(), QuestionKind::kHowOften);
  const auto weight = [&query](std::string_view word) {
    for (const Concept& each : query.concepts) {
      if (each.word == word) return each.weight;
    }
    return -1.0;
  };
  EXPECT_EQ(weight("water"), 1);
  EXPECT_EQ(weight("fern"), 1);
  EXPECT_LT(weight("dog"), 0.6);
  EXPECT_FALSE(ask("How often should I water the fern?").shortened);
}

TEST_F(QueryTest, TellsQuestionsFromStatements) {
  EXPECT_TRUE(ask("do ferns need sun").asks);
  EXPECT_TRUE(ask("sun for ferns?").asks);
  EXPECT_FALSE(ask("ferns need sun").asks);
}

TEST_F(QueryTest, SpansPointIntoTheQuestionAsGiven) {
  const std::string_view question = "I can\xE2\x80\x99t \xE2\x80\x9Cwater\xE2\x80\x9D it";
  const Query query = ask(question);
  ASSERT_EQ(query.concepts.size(), 1U);
  EXPECT_EQ(question.substr(query.concepts[0].span.begin, query.concepts[0].span.size()), "water");
}

TEST_F(QueryTest, WorksWithoutAnEdition) {
  const Query query = analyser_->analyse("how do I spray aphids");
  EXPECT_EQ(words(query), (Words{"spray", "aphids"}));
  EXPECT_EQ(query.kind(), QuestionKind::kHowTo);
  EXPECT_EQ(query.terms, (Words{"mist", "plant lice"}));
}

TEST_F(QueryTest, NoTextFails) {
  std::mt19937 random(17);
  for (int i = 0; i < 2000; ++i) {
    std::string question;
    for (auto size = random() % 80; size > 0; --size) {
      question +=
          i % 2 == 0 ? static_cast<char>(random() % 256) : " .?'\"*-waterfnos\n"[random() % 17];
    }
    const Query query = ask(question);
    for (const Concept& each : query.concepts) EXPECT_LE(each.span.end, question.size());
  }
  EXPECT_LE(ask(std::string(100'000, 'x')).concepts.size(), 1U);
  std::string many;
  for (int i = 0; i < 5000; ++i) many += "word" + std::to_string(i) + "x ";
  EXPECT_LE(ask(many).concepts.size(), 48U);
}

}  // namespace
}  // namespace backchat::retrieve
