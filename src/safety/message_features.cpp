#include "safety/message_features.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <unordered_set>
#include <utility>

namespace backchat::safety {
namespace {

// A sentence without a full stop may run over a whole message: it is read in pieces.
constexpr std::size_t kLongestSegment = 32;
// How far apart two word classes are still a pair.
constexpr std::size_t kPairReach = 3;
// The most telling classes of a token that take part in pairs.
constexpr std::size_t kPairClasses = 2;
// How far apart two words are still near, and how much of each is looked at: "lost all the feeling"
// and "losing feeling" share a pair.
constexpr std::size_t kNear = 6;
constexpr std::size_t kBeginning = 5;  // bytes
constexpr std::size_t kShortestPiece = 3;
constexpr std::size_t kLongestPiece = 5;

// FNV-1a, 64 bits: the same on every machine, because learnt weights are stored by its values.
class Hash {
 public:
  explicit Hash(char kind) { add(kind); }
  Hash& add(char c) {
    value_ = (value_ ^ static_cast<unsigned char>(c)) * 0x100000001B3ULL;
    return *this;
  }
  Hash& add(std::string_view text) {
    for (const char c : text) add(c);
    return add('\x1F');
  }
  std::uint32_t bucket() const {
    return static_cast<std::uint32_t>((value_ ^ (value_ >> 29) ^ (value_ >> 47)) % kFeatureBuckets);
  }

 private:
  std::uint64_t value_ = 0xCBF29CE484222325ULL;
};

// Walks the features of tokens [begin, end) and gives each as (kind, first text, second text).
class Walker {
 public:
  Walker(const RuleBook& book, const Analysis& analysis)
      : book_(book), sheet_(analysis.sheet), cues_(analysis.cues) {}

  template <class Visit>
  void walk(std::uint32_t begin, std::uint32_t end, Visit visit) {
    words(begin, end, visit);
    near_words(begin, end, visit);
    pieces(begin, end, visit);
    classes(begin, end, visit);
    for (const CueHit& hit : cues_) {
      if (hit.begin < begin || hit.begin >= end) continue;
      const Cue& cue = book_.cues[hit.cue];
      if (cue.axis == Axis::kReply || cue.value == kNothing) continue;
      visit('q', std::string_view(cue.id), std::string_view());
    }
  }

 private:
  std::string_view word(std::size_t at) const {
    const Token& token = sheet_.tokens[at];
    return token.word == kUnknownWord ? std::string_view(token.text)
                                      : book_.vocabulary.text_of(token.word);
  }

  template <class Visit>
  void words(std::uint32_t begin, std::uint32_t end, Visit& visit) const {
    std::string_view before = "^";
    for (std::size_t at = begin; at < end; ++at) {
      visit('w', word(at), std::string_view());
      visit('b', before, word(at));
      before = word(at);
    }
  }

  std::string_view beginning(std::size_t at) const {
    return std::string_view(sheet_.tokens[at].text).substr(0, kBeginning);
  }

  template <class Visit>
  void near_words(std::uint32_t begin, std::uint32_t end, Visit& visit) const {
    for (std::size_t at = begin; at < end; ++at) {
      for (std::size_t then = at + 1; then < end && then <= at + kNear; ++then)
        visit('n', beginning(at), beginning(then));
    }
  }

  template <class Visit>
  void pieces(std::uint32_t begin, std::uint32_t end, Visit& visit) {
    for (std::size_t at = begin; at < end; ++at) {
      padded_ = " " + sheet_.tokens[at].text + " ";
      for (std::size_t length = kShortestPiece; length <= kLongestPiece; ++length) {
        for (std::size_t from = 0; from + length <= padded_.size(); ++from) {
          visit('c', std::string_view(padded_).substr(from, length), std::string_view());
        }
      }
    }
  }

  bool tells(ClassId id) const {
    const RuleBook::Structure& s = book_.structure;
    return book_.classes.is_named(id) && id != s.filler && id != s.clause_break &&
           id != s.subject_start && id != s.list_join && id != s.verb_break && id != s.own_verb &&
           id != s.pleasantry && id != s.foreign;
  }

  template <class Visit>
  void classes(std::uint32_t begin, std::uint32_t end, Visit& visit) {
    telling_.clear();
    for (std::size_t at = begin; at < end; ++at) {
      std::array<ClassId, kPairClasses> best{};
      std::size_t count = 0;
      for (const PhraseHit& hit : sheet_.hits[at]) {
        for (const ClassId id : hit.ids) {
          if (!tells(id)) continue;
          visit('k', std::string_view(book_.classes.name(id)), std::string_view());
          insert(id, best, count);
        }
      }
      if (count > 0) telling_.emplace_back(best, count);
    }
    for (std::size_t i = 0; i < telling_.size(); ++i) {
      for (std::size_t j = i + 1; j < telling_.size() && j <= i + kPairReach; ++j) {
        for (std::size_t a = 0; a < telling_[i].second; ++a) {
          for (std::size_t b = 0; b < telling_[j].second; ++b) {
            visit('p', std::string_view(book_.classes.name(telling_[i].first[a])),
                  std::string_view(book_.classes.name(telling_[j].first[b])));
          }
        }
      }
    }
  }

  // Keeps the classes with the fewest phrases: the most telling.
  void insert(ClassId id, std::array<ClassId, kPairClasses>& best, std::size_t& count) const {
    const auto rarer = [&](ClassId a, ClassId b) {
      return std::pair(book_.classes.phrase_count(a), a) <
             std::pair(book_.classes.phrase_count(b), b);
    };
    if (std::find(best.begin(), best.begin() + static_cast<std::ptrdiff_t>(count), id) !=
        best.begin() + static_cast<std::ptrdiff_t>(count)) {
      return;
    }
    if (count < kPairClasses) {
      best[count++] = id;
    } else if (rarer(id, best[kPairClasses - 1])) {
      best[kPairClasses - 1] = id;
    } else {
      return;
    }
    for (std::size_t at = count - 1; at > 0 && rarer(best[at], best[at - 1]); --at) {
      std::swap(best[at], best[at - 1]);
    }
  }

  const RuleBook& book_;
  const Sheet& sheet_;
  const std::vector<CueHit>& cues_;
  std::string padded_;
  std::vector<std::pair<std::array<ClassId, kPairClasses>, std::size_t>> telling_;
};

std::uint32_t bucket_of(char kind, std::string_view first, std::string_view second) {
  return Hash(kind).add(first).add(second).bucket();
}

}  // namespace

std::vector<Segment> segments_of(const RuleBook& book, const Analysis& analysis) {
  const Sheet& sheet = analysis.sheet;
  std::vector<Segment> segments;
  const auto count = static_cast<std::uint32_t>(sheet.tokens.size());
  for (std::uint32_t begin = 0; begin < count;) {
    std::uint32_t end = begin + 1;
    while (end < count && end - begin < kLongestSegment &&
           sheet.sentence[end] == sheet.sentence[begin]) {
      ++end;
    }
    segments.push_back({begin, end, {}});
    begin = end;
  }
  Walker walker(book, analysis);
  for (Segment& segment : segments) {
    walker.walk(segment.begin, segment.end,
                [&](char kind, std::string_view first, std::string_view second) {
                  segment.features.push_back(bucket_of(kind, first, second));
                });
    std::sort(segment.features.begin(), segment.features.end());
    segment.features.erase(std::unique(segment.features.begin(), segment.features.end()),
                           segment.features.end());
  }
  return segments;
}

std::vector<NamedFeature> named_features(const RuleBook& book, const Analysis& analysis,
                                         const Segment& segment) {
  std::vector<NamedFeature> named;
  std::unordered_set<std::uint32_t> seen;
  Walker(book, analysis)
      .walk(segment.begin, segment.end,
            [&](char kind, std::string_view first, std::string_view second) {
              const std::uint32_t bucket = bucket_of(kind, first, second);
              if (!seen.insert(bucket).second) return;
              std::string name(first);
              if (!second.empty()) name += " + " + std::string(second);
              if (kind == 'k' || kind == 'p') name = "<" + name + ">";
              if (kind == 'n') name += " (near)";
              if (kind == 'c') name = "\"" + name + "\"";
              if (kind == 'q') name = "cue " + name;
              named.push_back({bucket, std::move(name)});
            });
  return named;
}

std::vector<std::uint32_t> features_of(std::span<const Segment> segments) {
  // Each segment's are in order: joining them is cheaper than sorting them again.
  std::vector<std::uint32_t> all;
  std::vector<std::uint32_t> joined;
  for (const Segment& segment : segments) {
    joined.clear();
    std::set_union(all.begin(), all.end(), segment.features.begin(), segment.features.end(),
                   std::back_inserter(joined));
    all.swap(joined);
  }
  return all;
}

}  // namespace backchat::safety
