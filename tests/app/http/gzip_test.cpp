#include "app/http/gzip.h"

#include <gtest/gtest.h>
#include <zlib.h>

#include <string>

namespace backchat::app::http {
namespace {

std::string unpacked(const std::string& packed, std::size_t size) {
  std::string out(size, '\0');
  z_stream stream{};
  EXPECT_EQ(inflateInit2(&stream, MAX_WBITS + 16), Z_OK);
  std::string in = packed;
  stream.next_in = reinterpret_cast<Bytef*>(in.data());
  stream.avail_in = static_cast<uInt>(in.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  EXPECT_EQ(inflate(&stream, Z_FINISH), Z_STREAM_END);
  EXPECT_EQ(stream.total_out, size);
  inflateEnd(&stream);
  return out;
}

TEST(GzipTest, WhatComesOutUnpacksToWhatWentIn) {
  std::string mixed;
  for (int i = 0; i < 200'000; ++i) mixed += static_cast<char>((i * i) >> (i % 7));
  for (const std::string& text : {std::string("a"), std::string(100'000, 'x'), mixed}) {
    EXPECT_EQ(unpacked(gzip(text), text.size()), text);
  }
  EXPECT_LT(gzip(std::string(100'000, 'x')).size(), 1'000U);
  EXPECT_FALSE(gzip("").empty());
}

}  // namespace
}  // namespace backchat::app::http
