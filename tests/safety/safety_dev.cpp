// A workbench for the safety rules: safety_dev PACK rounds FILE... | explain TEXT... | near < words
// | time
#include <algorithm>
#include <cstdio>
#include <ctime>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>
#include <vector>

#include "safety/evaluation.h"
#include "safety/rule_book.h"
#include "tests/safety/pack_documents.h"

namespace {

using backchat::safety::Screener;

int rounds(const Screener& screener, const std::vector<std::string>& files) {
  for (const std::string& file : files) {
    std::ifstream in(file, std::ios::binary);
    const std::string lines((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
    const auto cases = backchat::safety::read_cases(lines, file);
    if (!cases) {
      std::cerr << backchat::to_string(cases.error()) << "\n";
      return 1;
    }
    std::cout << file << ": " << cases->size() << " cases\n"
              << backchat::safety::to_text(backchat::safety::evaluate(screener, *cases)) << "\n";
  }
  return 0;
}

int explain(const Screener& screener, const std::vector<std::string>& turns) {
  backchat::safety::Memory memory;
  int index = 0;
  for (const std::string& text : turns) {
    const backchat::safety::UserTurn turn{
        .text = text, .answers = {}, .other_question_open = false, .index = index++};
    std::cout << screener.explain(turn, memory);
    memory = screener.screen(turn, memory).memory();
  }
  return 0;
}

// Prints the words of the input that a slip of the keyboard would turn into a word of the rules.
int near(const backchat::Documents& documents) {
  const auto book = backchat::safety::read_rule_book(documents);
  if (!book) return 1;
  const std::vector<std::string> targets = (*book)->vocabulary.correctable();
  std::string word;
  while (std::getline(std::cin, word)) {
    if (word.size() < 4 || (*book)->vocabulary.find(word) != backchat::safety::kUnknownWord)
      continue;
    const bool close = std::any_of(targets.begin(), targets.end(), [&](const std::string& target) {
      const int limit = std::min(backchat::safety::slips_allowed(target.size()),
                                 backchat::safety::slips_allowed(word.size()));
      return backchat::safety::edits(word, target, limit) <= limit;
    });
    if (close) std::cout << word << "\n";
  }
  return 0;
}

int time(const Screener& screener, const std::vector<std::string>& files) {
  for (const std::string& file : files) {
    std::ifstream in(file, std::ios::binary);
    std::string text((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
    for (std::size_t size = 1024; size <= 65536; size *= 4) {
      std::string sample;
      while (sample.size() < size) sample += text;
      sample.resize(size);
      const std::clock_t begin = std::clock();
      constexpr int kTimes = 20;
      for (int i = 0; i < kTimes; ++i) {
        static_cast<void>(screener.screen(
            {.text = sample, .answers = {}, .other_question_open = false, .index = 0}, {}));
      }
      const double spent = 1e6 * static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
      std::printf("%s %zu bytes: %.0f us\n", file.c_str(), size, spent / kTimes);
    }
  }
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  const std::vector<std::string> args(argv + 1, argv + argc);
  if (args.size() < 2) {
    std::cerr << "safety_dev PACK rounds FILE... | explain TEXT... | near < words | time FILE...\n";
    return 2;
  }
  const backchat::Documents documents = backchat::safety::test::pack_documents(args[0]);
  const auto screener = Screener::create(documents);
  if (!screener) {
    std::cerr << backchat::to_string(screener.error()) << "\n";
    return 1;
  }
  const std::vector<std::string> rest(args.begin() + 2, args.end());
  if (args[1] == "rounds") return rounds(*screener, rest);
  if (args[1] == "explain") return explain(*screener, rest);
  if (args[1] == "near") return near(documents);
  if (args[1] == "time") return time(*screener, rest);
  return 2;
}
