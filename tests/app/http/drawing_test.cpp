#include "app/http/drawing.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <random>
#include <sstream>
#include <string>

namespace backchat::app::http {
namespace {

std::string svg(const std::string& inside) {
  return "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 10 10\" "
         "stroke=\"currentColor\">" +
         inside + "</svg>";
}

TEST(DrawingTest, TakesPlainShapesAndKeepsThem) {
  const auto drawing = read_drawing(
      svg("<g transform=\"translate(0 1)\"><path stroke-width=\"2\" d=\"M0 0L1 1\"/></g>"),
      "a.svg");
  ASSERT_TRUE(drawing) << to_string(drawing.error());
  EXPECT_EQ(drawing->box, "0 0 10 10");
  EXPECT_EQ(drawing->shapes,
            "<g stroke=\"currentColor\"><g transform=\"translate(0 1)\"><path stroke-width=\"2\" "
            "d=\"M0 0L1 1\"></path></g></g>");
}

TEST(DrawingTest, ReadsTheDrawingsOfThePack) {
  int count = 0;
  const std::filesystem::path folder =
      std::filesystem::path(BACKCHAT_SOURCE_DIR) / "knowledge/back-spasms/exercises";
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() != ".svg") continue;
    std::ifstream file(entry.path());
    std::ostringstream text;
    text << file.rdbuf();
    const auto drawing = read_drawing(text.str(), entry.path().filename());
    EXPECT_TRUE(drawing) << to_string(drawing.error());
    ++count;
  }
  EXPECT_GT(count, 0);
}

TEST(DrawingTest, RefusesEverythingThatIsNotAShape) {
  for (const std::string& bad : {
           std::string{},
           std::string{"not svg"},
           std::string{"<!-- c -->"} + svg(""),
           std::string{"<?xml version=\"1.0\"?>"} + svg(""),
           std::string{"<svg viewBox=\"0 0 1 1\">"},
           std::string{"<svg></svg>"},
           svg("<script>alert(1)</script>"),
           svg("<style>*{}</style>"),
           svg("<text>A</text>"),
           svg("<a href=\"x\"><path d=\"M0 0\"/></a>"),
           svg("<use href=\"#x\"/>"),
           svg("<image href=\"x.png\"/>"),
           svg("<foreignObject></foreignObject>"),
           svg("<path onload=\"alert(1)\"/>"),
           svg("<path style=\"fill:red\"/>"),
           svg("<path class=\"x\"/>"),
           svg("<path id=\"x\"/>"),
           svg("<path fill=\"url(javascript:1)\"/>"),
           svg("<path d=\"M0&quot;\"/>"),
           svg("<path d='M0 0'/>"),
           svg("<path d=\"M0 0\""),
           svg("<path d/>"),
           svg("words"),
           svg("<![CDATA[x]]>"),
           svg("<g>"),
           svg("</g>"),
           svg("<g></path>"),
           svg("") + "<p>more</p>",
           svg("") + svg(""),
       }) {
    const auto drawing = read_drawing(bad, "bad.svg");
    ASSERT_FALSE(drawing) << bad;
    EXPECT_EQ(drawing.error().code, ErrorCode::kCorruptData);
    EXPECT_EQ(drawing.error().where, "bad.svg");
  }
}

TEST(DrawingTest, WhatItTakesHoldsNoOtherMarkup) {
  const std::string good = svg("<g><path d=\"M0 0L1 1\"/><circle cx=\"1\" cy=\"2\" r=\"3\"/></g>");
  const std::string letters = "<>/\"'=& scriptonload!-";
  std::mt19937 random(7);
  for (int round = 0; round < 20000; ++round) {
    std::string text = good;
    for (int change = 0; change < 3; ++change) {
      text[random() % text.size()] = letters[random() % letters.size()];
    }
    const auto drawing = read_drawing(text, "x.svg");
    if (!drawing) continue;
    EXPECT_EQ(drawing->shapes.find("script"), std::string::npos) << text;
    EXPECT_EQ(drawing->shapes.find('&'), std::string::npos) << text;
    EXPECT_EQ(drawing->shapes.find('\''), std::string::npos) << text;
    EXPECT_EQ(drawing->shapes.find("<!"), std::string::npos) << text;
  }
}

}  // namespace
}  // namespace backchat::app::http
