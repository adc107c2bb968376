#include "index/corpus.h"

#include "tests/index/index_fixture.h"

namespace backchat::index {
namespace {

class CorpusTest : public IndexTest {
 protected:
  Result<CorpusReport> build_lines(std::string_view lines) {
    write_file(folder_ / "corpus.jsonl", lines);
    return build_corpus(folder_ / "corpus.jsonl", folder_ / "corpus", *analyzer_);
  }
};

TEST_F(CorpusTest, TakesLines) {
  const auto report = build_lines(
      "\xEF\xBB\xBF{\"id\":\"a\",\"title\":\"Ferns\",\"text\":\"Ferns like shade. They need "
      "water.\",\"url\":\"https://e.org/a\"}\n"
      "\n"
      "{\"id\":12,\"text\":\"A cactus likes sun.\",\"title\":null,\"more\":[1,2]}\r\n"
      "{\"id\":\"only-title\",\"title\":\"Moss\",\"text\":\"\"}\n"
      "{\"id\":\"nothing\",\"text\":\"\"}");
  ASSERT_TRUE(report.has_value()) << to_string(report.error());
  EXPECT_EQ(report->lines, 5U);
  EXPECT_EQ(report->empty, 1U);
  EXPECT_EQ(report->build.articles, 3U);
  const auto snapshot = open("corpus");
  EXPECT_TRUE(snapshot->documents().empty());
  auto reader = snapshot->lease(Deadline::none());
  EXPECT_EQ(*reader->article_id(2), "12");
  EXPECT_EQ(*reader->article_url(1), "https://e.org/a");
  EXPECT_EQ(reader->match({FtsQuery::Field::kHead, {"moss"}}, 5, Deadline::none())->size(), 1U);
}

TEST_F(CorpusTest, SaysWhichLineIsBad) {
  const std::string good = "{\"id\":\"a\",\"text\":\"x\"}\n";
  const std::vector<std::pair<std::string, std::string>> bad{
      {"{\"id\":\"b\"", "not JSON"},
      {"[1]", "not a JSON object"},
      {"{\"text\":\"x\"}", "\"id\" is missing"},
      {"{\"id\":\"b\"}", "\"text\" is missing"},
      {"{\"id\":[],\"text\":\"x\"}", "\"id\" must be text"},
      {"{\"id\":\"\",\"text\":\"x\"}", "white space"},
      {"{\"id\":\"b c\",\"text\":\"x\"}", "white space"},
      {"{\"id\":\"b\",\"text\":3}", "\"text\" must be text"},
      {"{\"id\":\"b\",\"title\":{},\"text\":\"x\"}", "\"title\" must be text"},
      {"{\"id\":\"a\",\"text\":\"again\"}", "twice"},
      {"{\"id\":\"b\",\"text\":\"\xFF\"}", "UTF-8"},
      {std::string(100'000, '['), "not JSON"},
  };
  for (const auto& [line, message] : bad) {
    const auto report = build_lines(good + line + "\n" + good);
    ASSERT_FALSE(report.has_value()) << line;
    EXPECT_EQ(report.error().code, ErrorCode::kInvalidInput);
    EXPECT_TRUE(report.error().where.ends_with("corpus.jsonl:2")) << report.error().where;
    EXPECT_NE(report.error().message.find(message), std::string::npos) << report.error().message;
  }
  EXPECT_EQ(folder_.files(), 1U);  // the lines; no edition
}

TEST_F(CorpusTest, RefusesALineWithoutEnd) {
  const auto report =
      build_lines("{\"id\":\"a\",\"text\":\"" + std::string(std::size_t{17} << 20U, 'x'));
  ASSERT_FALSE(report.has_value());
  EXPECT_NE(report.error().message.find("16 MiB"), std::string::npos);
}

TEST_F(CorpusTest, NeedsAFile) {
  EXPECT_EQ(build_corpus(folder_ / "none", folder_ / "e", *analyzer_).error().code,
            ErrorCode::kNotFound);
  EXPECT_EQ(build_corpus(folder_ / "", folder_ / "e", *analyzer_).error().code,
            ErrorCode::kInvalidInput);
}

}  // namespace
}  // namespace backchat::index
