#include "index/snapshot.h"

#include <random>
#include <thread>

#include "index/format.h"
#include "tests/index/index_fixture.h"

namespace backchat::index {
namespace {

using namespace std::chrono_literals;

class SnapshotTest : public IndexTest {
 protected:
  void SetUp() override {
    IndexTest::SetUp();
    ASSERT_TRUE(build("plants", plants(), {{{"pack.yaml", "id: plants"}}, {{"pack", "plants"}}})
                    .has_value());
  }

  // A copy of the edition with `bytes` in place of those at `at`.
  void damage(std::string_view name, std::size_t at, std::string_view bytes) {
    std::string all = read_file(folder_ / "plants");
    all.replace(at, bytes.size(), bytes);
    write_file(folder_ / name, all);
  }
};

TEST_F(SnapshotTest, GivesBackWhatWasBuilt) {
  const auto snapshot = open("plants");
  EXPECT_EQ(snapshot->documents(), (Documents{{"pack.yaml", "id: plants"}}));
  EXPECT_EQ(snapshot->edition(), edition_id(snapshot->documents()));
  EXPECT_EQ(snapshot->meta("pack"), "plants");
  EXPECT_EQ(snapshot->meta("nothing"), std::nullopt);
  EXPECT_EQ(snapshot->statistics().passages, plants().size());
  EXPECT_EQ(snapshot->statistics().articles, 3U);

  auto reader = snapshot->lease(Deadline::none());
  ASSERT_TRUE(reader.has_value());
  for (const auto& expected : plants()) {
    const auto row = reader->row_of(expected.id);
    ASSERT_TRUE(row.has_value());
    const auto found = reader->passage(*row);
    ASSERT_TRUE(found.has_value());
    EXPECT_EQ(found->id, expected.id);
    EXPECT_EQ(found->article, expected.article);
    EXPECT_EQ(found->title, expected.title);
    EXPECT_EQ(found->heading, expected.heading);
    EXPECT_EQ(found->text, expected.text);
    ASSERT_EQ(found->sentences.size(), expected.sentences.size());
    const auto forward = reader->forward(*row);
    ASSERT_TRUE(forward.has_value());
    EXPECT_EQ(forward->sentence_ends.size(), expected.sentences.size());
    EXPECT_EQ(forward->sentence_ends.back(), forward->words.size());
  }
  EXPECT_EQ(reader->row_of("none").error().code, ErrorCode::kNotFound);
  EXPECT_EQ(reader->passage(99).error().code, ErrorCode::kNotFound);
  EXPECT_EQ(reader->forward(0).error().code, ErrorCode::kNotFound);
  EXPECT_EQ(*reader->article_id(2), "cactus");
  EXPECT_EQ(reader->article_rows(2)->first, 4U);
  EXPECT_EQ(reader->article_rows(2)->last, 5U);
  EXPECT_EQ(reader->article_rows(3)->last, 7U);
  EXPECT_EQ(reader->article_rows(4).error().code, ErrorCode::kNotFound);
}

TEST_F(SnapshotTest, KeepsListMarksOfSentences) {
  auto marked = plants();
  marked.front().sentences[1].item = true;
  marked.front().sentences[2].item = true;
  marked.front().sentences[2].step = 300;
  ASSERT_TRUE(build("marked", marked).has_value());
  auto reader = open("marked")->lease(Deadline::none());
  const auto found = reader->passage(1);
  EXPECT_FALSE(found->sentences[0].item);
  EXPECT_TRUE(found->sentences[1].item);
  EXPECT_EQ(found->sentences[1].step, 0);
  EXPECT_EQ(found->sentences[2].step, 300);
}

TEST_F(SnapshotTest, CountsTermsAndTheirSpellings) {
  auto reader = open("plants")->lease(Deadline::none());
  const auto water = reader->term("water");
  EXPECT_EQ(water->bodies, 3U);
  EXPECT_EQ(water->heads, 2U);
  const auto leaf = reader->term("leav");
  ASSERT_EQ(leaf->forms.size(), 1U);
  EXPECT_EQ(leaf->forms.front().exact, "leaves");
  const auto unknown = reader->term("zebra");
  EXPECT_EQ(unknown->bodies + unknown->heads, 0U);
  EXPECT_TRUE(unknown->forms.empty());
  EXPECT_EQ(*reader->stems_from("cact", 10), (std::vector<std::string>{"cactu"}));
}

TEST_F(SnapshotTest, RefusesWhatIsNoEdition) {
  EXPECT_EQ(open_error("missing").code, ErrorCode::kNotFound);
  EXPECT_EQ(open_error(".").code, ErrorCode::kCorruptData);
  write_file(folder_ / "empty", "");
  EXPECT_EQ(open_error("empty").code, ErrorCode::kCorruptData);
  write_file(folder_ / "text", std::string(5000, 'x'));
  EXPECT_EQ(open_error("text").code, ErrorCode::kCorruptData);
  damage("other-program", 68, std::string("\0\0\0\1", 4));
  EXPECT_NE(open_error("other-program").message.find("not an edition"), std::string::npos);
}

TEST_F(SnapshotTest, SaysWhenTheFormatIsNewerOrOlder) {
  damage("newer", 60, std::string("\0\0\0\x63", 4));
  EXPECT_NE(open_error("newer").message.find("newer format"), std::string::npos);
  damage("older", 60, std::string("\0\0\0\0", 4));
  EXPECT_NE(open_error("older").message.find("older format"), std::string::npos);
}

TEST_F(SnapshotTest, RefusesAnotherAnalyzer) {
  auto plain = text::Analyzer::create({.language = "de"});
  const auto snapshot = Snapshot::open(folder_ / "plants", **plain);
  ASSERT_FALSE(snapshot.has_value());
  EXPECT_EQ(snapshot.error().code, ErrorCode::kCorruptData);
  EXPECT_NE(snapshot.error().message.find("text analysis"), std::string::npos);
}

TEST_F(SnapshotTest, RefusesEveryCutAndEveryFlippedByte) {
  const std::string whole = read_file(folder_ / "plants");
  std::mt19937 random(7);
  for (int i = 0; i < 60; ++i) {
    write_file(folder_ / "cut", std::string_view(whole).substr(0, random() % whole.size()));
    EXPECT_EQ(open_error("cut").code, ErrorCode::kCorruptData);
    std::string flipped = whole;
    flipped[random() % whole.size()] ^= static_cast<char>(1 + random() % 255);
    write_file(folder_ / "flipped", flipped);
    EXPECT_EQ(open_error("flipped").code, ErrorCode::kCorruptData);
  }
  write_file(folder_ / "longer", whole + "x");
  EXPECT_EQ(open_error("longer").code, ErrorCode::kCorruptData);
}

TEST_F(SnapshotTest, MatchesBodiesAndHeadsApart) {
  auto reader = open("plants")->lease(Deadline::none());
  const auto bodies = reader->match({FtsQuery::Field::kBody, {"lice"}}, 10, Deadline::none());
  ASSERT_EQ(bodies->size(), 1U);
  EXPECT_EQ(bodies->front().row, 6U);
  const auto heads = reader->match({FtsQuery::Field::kHead, {"cactu"}}, 10, Deadline::none());
  EXPECT_EQ(heads->size(), 2U);
  EXPECT_GE(heads->front().score, heads->back().score);
  EXPECT_EQ(reader->match({FtsQuery::Field::kBody, {"water", "fern"}}, 2, Deadline::none())->size(),
            2U);
  EXPECT_TRUE(reader->match({FtsQuery::Field::kBody, {}}, 10, Deadline::none())->empty());
  EXPECT_TRUE(reader->match({FtsQuery::Field::kBody, {"water"}}, 0, Deadline::none())->empty());
}

TEST_F(SnapshotTest, NoTextBecomesSyntax) {
  auto reader = open("plants")->lease(Deadline::none());
  std::mt19937 random(11);
  static constexpr std::string_view kSigns = "\"'*^:()-+{}|&% \\;,.abNEARORANDNOT\n\xC3\xFF";
  for (int i = 0; i < 3000; ++i) {
    std::vector<std::string> stems;
    for (auto word = random() % 4; word < 4; ++word) {
      std::string stem;
      for (auto size = random() % 12; size > 0; --size) stem += kSigns[random() % kSigns.size()];
      if (random() % 10 == 0) stem += '\0';
      stems.push_back(stem);
    }
    const auto found = reader->match({FtsQuery::Field::kBody, stems}, 5, Deadline::none());
    EXPECT_TRUE(found.has_value()) << to_string(found.error());
  }
  // A column filter would find this in the heading only if it were read as one.
  EXPECT_TRUE(
      reader->match({FtsQuery::Field::kHead, {"heading:cactu"}}, 5, Deadline::none())->empty());
}

TEST_F(SnapshotTest, StopsAtTheDeadlineAndGoesOnAfterwards) {
  auto many = std::vector<knowledge::Passage>();
  for (int i = 0; i < 4000; ++i) {
    many.push_back(passage("p" + std::to_string(i), "a" + std::to_string(i), "t", "",
                           "water water fern " + std::to_string(i)));
  }
  ASSERT_TRUE(build("many", many).has_value());
  auto reader = open("many")->lease(Deadline::none());
  const FtsQuery query{FtsQuery::Field::kBody, {"water", "fern"}};
  const auto late = reader->match(query, 10, Deadline::in(-1ms));
  ASSERT_FALSE(late.has_value());
  EXPECT_EQ(late.error().code, ErrorCode::kUnavailable);
  const auto tight = reader->match(query, 10, Deadline::in(50us));
  if (!tight) {
    EXPECT_EQ(tight.error().code, ErrorCode::kUnavailable);
  }
  EXPECT_TRUE(reader->passage(3).has_value());
  EXPECT_EQ(reader->match(query, 10, Deadline::in(1min))->size(), 10U);
}

TEST_F(SnapshotTest, LendsEachConnectionOnce) {
  const auto snapshot = open("plants", 2);
  auto first = snapshot->lease(Deadline::in(1min));
  {
    auto second = snapshot->lease(Deadline::in(1min));
    ASSERT_TRUE(second.has_value());
    EXPECT_EQ(snapshot->lease(Deadline::in(1ms)).error().code, ErrorCode::kUnavailable);
  }
  EXPECT_TRUE(snapshot->lease(Deadline::in(1min)).has_value());
}

TEST_F(SnapshotTest, WaitsForAConnectionThatComesBack) {
  const auto snapshot = open("plants");
  auto first = std::make_unique<Reader>(*snapshot->lease(Deadline::none()));
  std::jthread other([&] { EXPECT_TRUE(snapshot->lease(Deadline::in(1min)).has_value()); });
  first.reset();
}

TEST_F(SnapshotTest, GoesOnReadingAfterTheFileIsReplaced) {
  auto reader = open("plants")->lease(Deadline::none());  // the reader alone keeps the snapshot
  auto fewer = plants();
  fewer.resize(1);
  ASSERT_TRUE(build("plants", fewer).has_value());
  EXPECT_TRUE(reader->passage(7).has_value());
  EXPECT_EQ(open("plants")->statistics().passages, 1U);
}

TEST_F(SnapshotTest, HasTheMostFrequentWordsForSpelling) {
  const auto snapshot = open("plants");
  const auto words = snapshot->common_words();
  const auto fern = std::find_if(words.begin(), words.end(),
                                 [](const auto& word) { return word.exact == "fern"; });
  ASSERT_NE(fern, words.end());
  EXPECT_GT(fern->count, 5U);
}

}  // namespace
}  // namespace backchat::index
