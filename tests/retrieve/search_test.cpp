#include "retrieve/search.h"

#include <cmath>

#include "retrieve/fts5_retriever.h"
#include "retrieve/sentence_rank.h"
#include "tests/index/index_fixture.h"

namespace backchat::retrieve {
namespace {

using namespace std::chrono_literals;
using index::plants;

class SearchTest : public index::IndexTest {
 protected:
  void SetUp() override {
    IndexTest::SetUp();
    ASSERT_TRUE(build("plants", plants()).has_value());
    snapshot_ = open("plants");
    reader_ = std::make_unique<index::Reader>(*snapshot_->lease(Deadline::none()));
  }

  Query analyse(std::string_view question) {
    return *QueryAnalyser(*analyzer_, {{"plant lice", {"aphids"}, {}}}).analyse(question, *reader_);
  }

  std::vector<Hit> ask(std::string_view question) {
    auto hits = search(analyse(question), engine_, *reader_, {});
    EXPECT_TRUE(hits.has_value());
    return hits ? *std::move(hits) : std::vector<Hit>{};
  }

  std::string best(std::string_view question) {
    const auto hits = ask(question);
    return hits.empty() ? "" : reader_->passage(hits.front().row)->id;
  }

  std::string best_sentence(std::string_view question) {
    const Query query = analyse(question);
    const auto hits = *search(query, engine_, *reader_, {});
    const auto passages = *fetch(hits, *reader_, 10);
    std::vector<index::Forward> forwards;
    for (const auto& passage : passages)
      forwards.push_back(*reader_->forward(*reader_->row_of(passage.id)));
    std::vector<Quotable> quotables;
    for (std::size_t i = 0; i < passages.size(); ++i)
      quotables.push_back({&hits[i], &passages[i], &forwards[i]});
    const auto scored = score_sentences(query, quotables);
    if (scored.empty()) return "";
    return std::string(passages[scored.front().passage].sentence(scored.front().sentence));
  }

  Fts5Retriever engine_;
  std::shared_ptr<const index::Snapshot> snapshot_;
  std::unique_ptr<index::Reader> reader_;
};

TEST_F(SearchTest, FindsThePassageThatAnswers) {
  const std::vector<std::pair<std::string_view, std::string_view>> cases{
      {"how often should I water a cactus", "cactus#water.1"},
      {"how often should I water a fern", "fern#water.1"},
      {"why are the leaves brown", "fern#brown.1"},
      {"get rid of aphids", "pests#lice.1"},
      {"cactus window", "cactus#sun.1"},
      {"signs of spidr mites", "pests#mites.1"},
  };
  for (const auto& [question, id] : cases) EXPECT_EQ(best(question), id) << question;
}

TEST_F(SearchTest, FindsTheSentenceThatAnswers) {
  const std::vector<std::pair<std::string_view, std::string_view>> cases{
      {"how often should I water a cactus", "Water a cactus once a month."},
      {"how long should I mist the leaves", "Mist the leaves every morning for 2 minutes."},
      {"what causes brown leaves", "Brown leaves come from dry air."},
      {"how do I get rid of aphids", "Wash plant lice off with soapy water."},
  };
  for (const auto& [question, sentence] : cases)
    EXPECT_EQ(best_sentence(question), sentence) << question;
}

TEST_F(SearchTest, FindsNothingWhereNothingIs) {
  EXPECT_TRUE(ask("crocodile").empty());
  EXPECT_TRUE(ask("").empty());
  EXPECT_TRUE(ask("what is it").empty());
}

TEST_F(SearchTest, SaysHowMuchOfTheQuestionIsCovered) {
  EXPECT_NEAR(ask("water a cactus").front().coverage, 1, 1e-9);
  const Hit half = ask("cactus crocodile").front();
  EXPECT_GT(half.coverage, 0);
  EXPECT_LT(half.coverage, 0.6);
  ASSERT_EQ(half.covered.size(), 2U);
  EXPECT_EQ(half.covered[1], 0);
}

TEST_F(SearchTest, ScoresAreTheSumsOfTheirReasons) {
  for (const Hit& hit : ask("how often should I water a cactus in winter")) {
    double sum = 0;
    for (const Feature& feature : hit.why) sum += feature.value;
    EXPECT_NEAR(sum, hit.score, 1e-9);
    EXPECT_TRUE(std::isfinite(hit.score));
  }
}

TEST_F(SearchTest, OrdersEqualScoresByRowWhateverTheirOrder) {
  const Query query = analyse("fern");
  std::vector<Candidate> candidates;
  for (const index::Row row : {3U, 1U, 2U}) candidates.push_back({row, *reader_->forward(1)});
  const auto hits = rank(query, candidates, snapshot_->statistics());
  ASSERT_EQ(hits.size(), 3U);
  EXPECT_EQ(hits[0].row, 1U);
  EXPECT_EQ(hits[1].row, 2U);
  EXPECT_EQ(hits[2].row, 3U);
}

TEST_F(SearchTest, GivesTheSameEveryTime) {
  const auto first = ask("water leaves sun winter");
  for (int i = 0; i < 5; ++i) {
    const auto again = ask("water leaves sun winter");
    ASSERT_EQ(again.size(), first.size());
    for (std::size_t k = 0; k < first.size(); ++k) {
      EXPECT_EQ(again[k].row, first[k].row);
      EXPECT_EQ(again[k].score, first[k].score);
    }
  }
}

TEST_F(SearchTest, RanksEachDocumentOnce) {
  const Query query = analyse("water a cactus in the sun");
  const auto hits = *search(query, engine_, *reader_, {});
  const auto documents = rank_documents(query, hits, *reader_, 10);
  ASSERT_TRUE(documents.has_value());
  ASSERT_GE(documents->size(), 2U);
  EXPECT_EQ(documents->front().id, "cactus");
  for (std::size_t i = 1; i < documents->size(); ++i) {
    EXPECT_LE((*documents)[i].score, (*documents)[i - 1].score);
    EXPECT_NE((*documents)[i].id, (*documents)[i - 1].id);
  }
  EXPECT_EQ(rank_documents(query, hits, *reader_, 1)->size(), 1U);
}

TEST_F(SearchTest, KeepsToTheDeadline) {
  const auto late =
      search(analyse("water a fern"), engine_, *reader_, {.deadline = Deadline::in(-1ms)});
  ASSERT_FALSE(late.has_value());
  EXPECT_EQ(late.error().code, ErrorCode::kUnavailable);
}

TEST_F(SearchTest, BringsNoMoreThanAsked) {
  EXPECT_EQ(
      engine_.retrieve(analyse("water leaves cactus fern"), *reader_, {.candidates = 3})->size(),
      3U);
}

TEST(SentenceRankTest, KnowsWhatAKindOfQuestionWants) {
  const std::vector<std::tuple<std::string_view, QuestionKind, bool>> cases{
      {"Rest for 15 to 20 minutes.", QuestionKind::kHowLong, true},
      {"It lasts a few days.", QuestionKind::kHowLong, true},
      {"It lasts long.", QuestionKind::kHowLong, false},
      {"Do this twice a day.", QuestionKind::kHowOften, true},
      {"Use 3 drops.", QuestionKind::kHowMuch, true},
      {"Dry air causes it.", QuestionKind::kCause, true},
      {"Never use cold water.", QuestionKind::kAvoid, true},
      {"Use warm water.", QuestionKind::kAvoid, false},
      {"Use warm water.", QuestionKind::kNone, false},
      {"", QuestionKind::kHowLong, false},
  };
  for (const auto& [sentence, kind, has] : cases)
    EXPECT_EQ(has_kind_cue(sentence, kind), has) << sentence;
}

}  // namespace
}  // namespace backchat::retrieve
