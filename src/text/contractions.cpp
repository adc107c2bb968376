#include "text/contractions.h"

#include <algorithm>
#include <array>
#include <utility>

namespace backchat::text {
namespace {

using Entry = std::pair<std::string_view, std::string_view>;

// Sorted by the contraction. FTS5's tokenizer alone would turn "can't breathe" into "can t breath".
constexpr auto kTable = std::to_array<Entry>({
    {"ain't", "is not"},        {"aint", "is not"},        {"aren't", "are not"},
    {"arent", "are not"},       {"bc", "because"},         {"can't", "cannot"},
    {"cannae", "cannot"},       {"cant", "cannot"},        {"couldn't", "could not"},
    {"couldnt", "could not"},   {"cuz", "because"},        {"didn't", "did not"},
    {"didnt", "did not"},       {"diff", "difference"},    {"doesn't", "does not"},
    {"doesnt", "does not"},     {"don't", "do not"},       {"dont", "do not"},
    {"hadn't", "had not"},      {"hadnt", "had not"},      {"hasn't", "has not"},
    {"hasnt", "has not"},       {"haven't", "have not"},   {"havent", "have not"},
    {"he'd", "he would"},       {"he'll", "he will"},      {"he's", "he is"},
    {"hes", "he is"},           {"how's", "how is"},       {"hows", "how is"},
    {"i'd", "i would"},         {"i'll", "i will"},        {"i'm", "i am"},
    {"i've", "i have"},         {"id", "i would"},         {"im", "i am"},
    {"isn't", "is not"},        {"isnt", "is not"},        {"it'll", "it will"},
    {"it's", "it is"},          {"itll", "it will"},       {"ive", "i have"},
    {"let's", "let us"},        {"mightn't", "might not"}, {"mustn't", "must not"},
    {"needn't", "need not"},    {"neednt", "need not"},    {"pls", "please"},
    {"plz", "please"},          {"she'd", "she would"},    {"she'll", "she will"},
    {"she's", "she is"},        {"shes", "she is"},        {"shouldn't", "should not"},
    {"shouldnt", "should not"}, {"that's", "that is"},     {"thats", "that is"},
    {"there's", "there is"},    {"theres", "there is"},    {"they'd", "they would"},
    {"they'll", "they will"},   {"they're", "they are"},   {"they've", "they have"},
    {"theyd", "they would"},    {"theyre", "they are"},    {"theyve", "they have"},
    {"til", "until"},           {"till", "until"},         {"ur", "your"},
    {"wasn't", "was not"},      {"wasnt", "was not"},      {"we'd", "we would"},
    {"we'll", "we will"},       {"we're", "we are"},       {"we've", "we have"},
    {"weren't", "were not"},    {"werent", "were not"},    {"weve", "we have"},
    {"what's", "what is"},      {"whats", "what is"},      {"when's", "when is"},
    {"whens", "when is"},       {"where's", "where is"},   {"wheres", "where is"},
    {"who's", "who is"},        {"whos", "who is"},        {"why's", "why is"},
    {"whys", "why is"},         {"won't", "will not"},     {"wont", "will not"},
    {"wouldn't", "would not"},  {"wouldnt", "would not"},  {"you'd", "you would"},
    {"you'll", "you will"},     {"you're", "you are"},     {"you've", "you have"},
    {"youd", "you would"},      {"youre", "you are"},      {"youve", "you have"},
});

static_assert(std::is_sorted(kTable.begin(), kTable.end()));

}  // namespace

std::string_view expand_contraction(std::string_view word) {
  const auto at = std::lower_bound(kTable.begin(), kTable.end(), Entry{word, {}});
  return at != kTable.end() && at->first == word ? at->second : std::string_view{};
}

}  // namespace backchat::text
