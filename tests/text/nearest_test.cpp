#include "text/nearest.h"

#include <gtest/gtest.h>

#include <array>

namespace backchat::text {
namespace {

TEST(NearestTest, CountsLettersAddedLeftOutChangedAndSwapped) {
  EXPECT_EQ(edit_distance("", ""), 0U);
  EXPECT_EQ(edit_distance("ice", "ice"), 0U);
  EXPECT_EQ(edit_distance("ice", "mice"), 1U);
  EXPECT_EQ(edit_distance("heat", "hat"), 1U);
  EXPECT_EQ(edit_distance("heat", "heap"), 1U);
  EXPECT_EQ(edit_distance("spasm", "spams"), 1U);
  EXPECT_EQ(edit_distance("", "back"), 4U);
}

TEST(NearestTest, NamesTheKnownWordThatWasMeant) {
  constexpr auto kKnown = std::to_array<std::string_view>({"title", "source", "authors", "id"});
  EXPECT_EQ(nearest("tilte", kKnown), "title");
  EXPECT_EQ(nearest("sources", kKnown), "source");
  EXPECT_EQ(nearest("author", kKnown), "authors");
}

TEST(NearestTest, SaysNothingWhenNoneIsNear) {
  constexpr auto kKnown = std::to_array<std::string_view>({"title", "id"});
  EXPECT_EQ(nearest("colour", kKnown), "");
  EXPECT_EQ(nearest("xy", kKnown), "");
  EXPECT_EQ(nearest("", kKnown), "");
  EXPECT_EQ(nearest(std::string(1000, 'x'), kKnown), "");
}

}  // namespace
}  // namespace backchat::text
