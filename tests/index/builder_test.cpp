#include "index/builder.h"

#include <sys/stat.h>

#include "tests/index/index_fixture.h"

namespace backchat::index {
namespace {

using BuilderTest = IndexTest;

TEST_F(BuilderTest, GivesTheSameBytesAndIdTwice) {
  const BuildOptions options{{{"pack.yaml", "id: plants"}, {"a/b.md", "# B"}},
                             {{"pack", "plants"}}};
  const auto first = build("a", plants(), options);
  const auto second = build("b", plants(), options);
  ASSERT_TRUE(first.has_value());
  ASSERT_TRUE(second.has_value());
  EXPECT_EQ(first->edition, second->edition);
  EXPECT_EQ(read_file(folder_ / "a"), read_file(folder_ / "b"));
  EXPECT_EQ(first->bytes, read_file(folder_ / "a").size());
}

TEST_F(BuilderTest, NamesAPackByItsDocumentsAndACorpusByItsPassages) {
  const Documents documents{{"pack.yaml", "id: plants"}};
  auto fewer = plants();
  fewer.pop_back();
  EXPECT_EQ(build("a", plants(), {documents, {}})->edition, edition_id(documents));
  EXPECT_EQ(build("b", fewer, {documents, {}})->edition, edition_id(documents));
  EXPECT_NE(build("c", plants())->edition, build("d", fewer)->edition);
  EXPECT_NE(edition_id({{"ab", "c"}}), edition_id({{"a", "bc"}}));
  EXPECT_EQ(edition_id(documents).size(), 16U);
}

TEST_F(BuilderTest, LeavesNothingBehindWhenItIsDropped) {
  {
    auto builder = IndexBuilder::create(folder_ / "a", *analyzer_);
    ASSERT_TRUE(builder.has_value());
    ASSERT_TRUE(builder->add(plants().front()).has_value());
    EXPECT_EQ(folder_.files(), 1U);
  }
  EXPECT_EQ(folder_.files(), 0U);
}

TEST_F(BuilderTest, KeepsTheOldEditionUntilTheNewOneIsWhole) {
  ASSERT_TRUE(build("a", plants()).has_value());
  const std::string before = read_file(folder_ / "a");
  auto twice = plants();
  twice.push_back(plants().front());  // its article came before
  EXPECT_EQ(build("a", twice).error().code, ErrorCode::kInvalidInput);
  EXPECT_EQ(read_file(folder_ / "a"), before);
  EXPECT_EQ(folder_.files(), 1U);
  twice = plants();
  twice.back().id = plants().front().id;
  const auto error = build("a", twice).error();
  EXPECT_EQ(error.code, ErrorCode::kInvalidInput);
  EXPECT_NE(error.message.find("same id"), std::string::npos);
  EXPECT_EQ(read_file(folder_ / "a"), before);
  EXPECT_EQ(folder_.files(), 1U);
}

TEST_F(BuilderTest, RefusesPlacesWhereNoFileCanBe) {
  EXPECT_EQ(build("missing/a", plants()).error().code, ErrorCode::kInvalidInput);
  EXPECT_EQ(build(".", plants()).error().code, ErrorCode::kInvalidInput);
}

TEST_F(BuilderTest, RefusesSentencesOutsideTheText) {
  auto broken = plants();
  broken.front().sentences.back().span.end = 10'000;
  EXPECT_EQ(build("a", broken).error().code, ErrorCode::kInvalidInput);
  broken = plants();
  std::swap(broken.front().sentences.front(), broken.front().sentences.back());
  EXPECT_EQ(build("a", broken).error().code, ErrorCode::kInvalidInput);
}

TEST_F(BuilderTest, WritesAFileThatOthersMayRead) {
  ASSERT_TRUE(build("a", plants()).has_value());
  struct ::stat status {};
  ASSERT_EQ(::stat((folder_ / "a").c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777U, 0644U);
}

TEST_F(BuilderTest, BuildsAnEmptyEdition) {
  ASSERT_TRUE(build("a", {}).has_value());
  EXPECT_EQ(open("a")->statistics().passages, 0U);
}

}  // namespace
}  // namespace backchat::index
