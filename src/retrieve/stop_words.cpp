#include "retrieve/stop_words.h"

#include <algorithm>
#include <array>

namespace backchat::retrieve {
namespace {

// Sorted. Kept out on purpose, because they can be the subject: "back", "down", "off", "last",
// "own", "well", "time".
constexpr auto kStopWords = std::to_array<std::string_view>(
    {"a",           "able",      "about",     "above",      "after",    "again",     "all",
     "alright",     "also",      "although",  "always",     "am",       "among",     "an",
     "and",         "another",   "any",       "anybody",    "anyone",   "anything",  "anyway",
     "are",         "as",        "ask",       "asking",     "at",       "available", "be",
     "became",      "because",   "become",    "been",       "before",   "being",     "between",
     "both",        "but",       "by",        "came",       "can",      "cannot",    "certain",
     "concerning",  "could",     "currently", "dear",       "did",      "do",        "does",
     "doing",       "done",      "during",    "each",       "either",   "else",      "et",
     "etc",         "ever",      "every",     "exist",      "existing", "exists",    "few",
     "find",        "for",       "from",      "get",        "gets",     "getting",   "give",
     "given",       "gives",     "go",        "goes",       "going",    "gonna",     "got",
     "had",         "has",       "have",      "having",     "he",       "hello",     "her",
     "here",        "hers",      "herself",   "hey",        "hi",       "him",       "himself",
     "his",         "how",       "however",   "i",          "if",       "in",        "info",
     "information", "into",      "is",        "it",         "its",      "itself",    "just",
     "kind",        "kindly",    "kinds",     "know",       "let",      "like",      "ll",
     "may",         "maybe",     "me",        "might",      "mine",     "more",      "most",
     "much",        "must",      "my",        "myself",     "need",     "neither",   "no",
     "nor",         "not",       "now",       "of",         "ok",       "okay",      "on",
     "one",         "only",      "onto",      "or",         "other",    "others",    "our",
     "ours",        "ourselves", "over",      "particular", "perhaps",  "please",    "possible",
     "question",    "quite",     "r",         "rather",     "re",       "really",    "regarding",
     "said",        "same",      "say",       "says",       "shall",    "she",       "should",
     "since",       "so",        "some",      "somebody",   "someone",  "something", "sort",
     "sorts",       "such",      "take",      "takes",      "taking",   "tell",      "than",
     "thank",       "thanks",    "that",      "the",        "their",    "theirs",    "them",
     "themselves",  "then",      "there",     "these",      "they",     "thing",     "things",
     "think",       "this",      "those",     "though",     "through",  "till",      "to",
     "too",         "took",      "try",       "u",          "under",    "until",     "up",
     "upon",        "ur",        "us",        "use",        "used",     "using",     "various",
     "ve",          "very",      "via",       "w",          "wanna",    "want",      "wanted",
     "was",         "way",       "ways",      "we",         "were",     "what",      "whatever",
     "when",        "where",     "whether",   "which",      "while",    "who",       "whom",
     "whose",       "why",       "will",      "wish",       "with",     "within",    "without",
     "wonder",      "wondering", "would",     "yes",        "yet",      "you",       "your",
     "yours",       "yourself",  "yourselves"});
static_assert(std::is_sorted(kStopWords.begin(), kStopWords.end()));

constexpr auto kNegations = std::to_array<std::string_view>(
    {"cannot", "never", "no", "none", "nor", "not", "nothing", "without"});
static_assert(std::is_sorted(kNegations.begin(), kNegations.end()));

}  // namespace

bool is_stop_word(std::string_view word) {
  return std::binary_search(kStopWords.begin(), kStopWords.end(), word);
}

bool is_negation(std::string_view word) {
  return std::binary_search(kNegations.begin(), kNegations.end(), word);
}

}  // namespace backchat::retrieve
