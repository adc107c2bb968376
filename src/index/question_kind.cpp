#include "index/question_kind.h"

#include <algorithm>
#include <array>
#include <map>

namespace backchat::index {
namespace {

using Kind = QuestionKind;

// A cue is words in a row; "a|b" is either, "*" up to three words of any kind, "^" the beginning,
// "$" the end. Higher rank tells more: "how long should I see a doctor for" is how_long. Words of
// "pure" cues carry no subject of their own.
struct Cue {
  Kind kind;
  int rank;
  bool pure;
  std::string_view phrase;
};

constexpr auto kCues = std::to_array<Cue>({
    {Kind::kHowLong, 90, true, "how long"},
    {Kind::kHowLong, 90, true, "how soon|quickly|fast"},
    {Kind::kHowLong, 90, true, "how many seconds|minutes|hours|days|weeks|months|years"},
    {Kind::kHowLong, 80, true, "how much time"},
    {Kind::kHowLong, 60, false, "duration"},
    {Kind::kHowLong, 60, false, "recovery time"},
    {Kind::kHowOften, 90, true, "how often|frequently|regularly"},
    {Kind::kHowOften, 90, true, "how many times|sessions|sets|repetitions|reps|repeats"},
    {Kind::kHowOften, 60, false, "times a|per day|week"},
    {Kind::kHowMuch, 70, true, "how much|many"},
    {Kind::kHowMuch, 60, false, "dose|dosage|doses|amount"},
    {Kind::kHowMuch, 60, true, "how common|likely|high|low|big|small|hot|cold|heavy|far"},
    {Kind::kWhenToSee, 85, false,
     "^ when * see|call|contact|visit|consult|seek|get|go|ask|ring|worry"},
    {Kind::kWhenToSee, 85, false,
     "when should|do|must|to|can|would * see|call|contact|visit|consult|seek|go|ask|ring|worry"},
    {Kind::kWhenToSee, 75, false,
     "should|must|need|have|do i|we|you|to see|call|visit|consult|seek"},
    {Kind::kWhenToSee, 70, false,
     "see|call|visit|consult|seek|phone|ring a|the|my|your "
     "doctor|physician|gp|nurse|vet|specialist"},
    {Kind::kWhenToSee, 70, false, "doctor|hospital|er|emergency needed|necessary"},
    {Kind::kWhenToSee, 65, false,
     "seek|get|need medical|professional|expert|emergency help|care|attention|advice"},
    {Kind::kWhenToSee, 65, false,
     "go to a|the|hospital er|hospital|doctor|doctors|emergency|clinic"},
    {Kind::kWhenToSee, 60, false, "should|shall|do i worry|panic"},
    {Kind::kWhenToSee, 60, false,
     "is|are it|this|that|they|these serious|dangerous|urgent|emergency"},
    {Kind::kWhenToSee, 60, false, "is|are it|this|that an emergency"},
    {Kind::kWhenToSee, 50, false, "red flags|flag"},
    {Kind::kWhenToSee, 50, false, "warning signs|sign"},
    {Kind::kTest, 86, false, "find|finds|finding|look|looks|looking * cause|reason|source"},
    {Kind::kTest, 60, false, "diagnose|diagnosed|diagnosing|diagnosis|diagnoses"},
    {Kind::kTest, 55, false, "test|tests|tested|testing|scan|scans|checked|examination"},
    {Kind::kTest, 50, false, "how * tell|know if|whether"},
    {Kind::kAvoid, 75, false, "avoid|avoided|avoiding"},
    {Kind::kAvoid, 75, false, "should not"},
    {Kind::kAvoid, 72, false, "what|anything|things * not do|eat|use|take|try"},
    {Kind::kAvoid, 72, false, "not to do|eat|use|take|try"},
    {Kind::kAvoid, 60, false, "make|makes|making * worse"},
    {Kind::kAvoid, 55, false, "is it bad|harmful|wrong|dangerous|unsafe to|for"},
    {Kind::kAvoid, 45, false, "mistakes|mistake"},
    {Kind::kPrevent, 78, false, "prevent|prevents|prevented|preventing|prevention|preventive"},
    {Kind::kPrevent, 78, false,
     "stop|keep|stops|keeps * coming|come|returning|happening back|again"},
    {Kind::kPrevent, 76, false, "stop|keep|stops|keeps * from coming|happening|returning|getting"},
    {Kind::kPrevent, 70, false, "come|comes|coming back"},
    {Kind::kPrevent, 70, false, "reduce|lower|cut|lessen * risk|chance|chances|odds"},
    {Kind::kPrevent, 60, false, "in future"},
    {Kind::kPrevent, 60, false, "in the future"},
    {Kind::kPrevent, 60, false, "happen|happens|happening again"},
    {Kind::kCompare, 80, true, "difference|differences between"},
    {Kind::kCompare, 80, true, "compare|compared|comparison|versus|vs"},
    {Kind::kCompare, 75, true, "which * better|best|worse|faster|safer"},
    {Kind::kCompare, 60, true, "better than"},
    {Kind::kCompare, 55, true, "is|are|should|do|does|use * or"},
    {Kind::kCompare, 30, true, "or"},
    {Kind::kCause, 85, false,
     "what|which|things|anything * "
     "cause|causes|caused|causing|trigger|triggers|triggered|triggering"},
    {Kind::kCause, 70, false, "cause|causes|caused|causing|causation"},
    {Kind::kCause, 68, false, "trigger|triggers|triggered|triggering"},
    {Kind::kCause, 66, false, "bring|brings|brought|bringing|set|sets|setting on|off"},
    {Kind::kCause, 65, false, "come|comes from"},
    {Kind::kCause, 65, false, "due to"},
    {Kind::kCause, 64, false, "reason|reasons for|why|behind|of"},
    {Kind::kCause, 64, true, "how come"},
    {Kind::kCause, 62, false, "lead|leads to"},
    {Kind::kCause, 62, false, "risk factor|factors"},
    {Kind::kCause, 60, true, "why"},
    {Kind::kSymptom, 70, false, "symptom|symptoms"},
    {Kind::kSymptom, 65, false, "sign|signs of"},
    {Kind::kSymptom, 65, false, "what|how * feel|feels|look|looks like"},
    {Kind::kSymptom, 60, false, "feel|feels like"},
    {Kind::kSymptom, 60, false, "how * feel|feels"},
    {Kind::kSymptom, 62, false, "how * know|tell * have|having|got"},
    {Kind::kTreat, 68, false,
     "treat|treats|treated|treating|treatment|treatments|therapy|therapies"},
    {Kind::kTreat, 67, false, "cure|cures|cured|remedy|remedies|heal|heals|fix|fixes"},
    {Kind::kTreat, 66, false,
     "relieve|relieves|relieved|relieving|relief|ease|eases|easing|soothe|soothes"},
    {Kind::kTreat, 66, true, "get rid of"},
    {Kind::kTreat, 66, false, "make|makes * better|stop|disappear"},
    {Kind::kTreat, 64, false,
     "stop|calm|release|loosen|reduce|lessen|manage a|an|the|my|this|it|these"},
    {Kind::kTreat, 60, true, "what can|should|could|do i|you|we|one do"},
    {Kind::kTreat, 60, true, "what to do"},
    {Kind::kTreat, 60, true, "what * do|did|shall|should|must i|you|we do $"},
    {Kind::kTreat, 60, true, "now what"},
    {Kind::kTreat, 60, true, "what now|next"},
    {Kind::kTreat, 60, true, "what * take|use|try for|to"},
    {Kind::kTreat, 60, true, "what should|can|could i|you|we take|use|try"},
    {Kind::kTreat, 50, false, "is|are|any * good|ok|okay|safe|useful|worth|worthwhile"},
    {Kind::kTreat, 58, false, "what|which|anything|something * help|helps|good|works"},
    {Kind::kTreat, 55, false, "does|do|will|can|would|could * help|work"},
    {Kind::kTreat, 50, false, "good|best for"},
    {Kind::kTreat, 40, false, "help|helps with"},
    {Kind::kTreat, 40, true, "help $"},
    {Kind::kTreat, 40, true, "help me|please|pls"},
    {Kind::kWho, 75, true, "^ who"},
    {Kind::kWho, 65, true,
     "who|whom * say|says|said|recommend|recommends|treat|treats|wrote|get|gets"},
    {Kind::kWho, 65, true,
     "which|what "
     "doctor|doctors|specialist|specialists|expert|experts|sources|source|articles|article"},
    {Kind::kWho, 60, true, "according to whom"},
    {Kind::kHowTo, 50, true,
     "how do|can|should|could|would|must|might i|you|we|one|people|someone"},
    {Kind::kHowTo, 50, true, "how to"},
    {Kind::kHowTo, 50, true, "how is|are * done|performed|made|used"},
    {Kind::kHowTo, 50, false, "step by step"},
    {Kind::kHowTo, 45, false, "steps|instructions|technique"},
    {Kind::kHowTo, 40, true, "best|right|correct|proper|safe|good way|ways to|of"},
    {Kind::kHowTo, 40, true, "way|ways to"},
    {Kind::kHowTo, 35, true, "show me"},
    {Kind::kWhat, 40, true, "what is|are|was|were"},
    {Kind::kWhat, 40, true, "what * mean|means|called"},
    {Kind::kWhat, 40, true, "define|definition|meaning|explain|describe"},
    {Kind::kWhat, 30, true, "tell me about|more"},
    {Kind::kWhat, 20, true, "what|which"},
});

constexpr std::size_t kGap = 3;

bool is_one_of(std::string_view word, std::string_view choices) {
  while (!choices.empty()) {
    const std::size_t bar = choices.find('|');
    if (word == choices.substr(0, bar)) return true;
    if (bar == std::string_view::npos) break;
    choices.remove_prefix(bar + 1);
  }
  return false;
}

// Places of the matched words, or nothing. Cues are short, so the recursion is at most their number
// of words deep.
bool matches(std::span<const std::string> words, std::size_t at, std::string_view cue,
             std::vector<std::size_t>& places) {
  if (cue.empty()) return true;
  const std::size_t space = cue.find(' ');
  const std::string_view head = cue.substr(0, space);
  const std::string_view rest =
      space == std::string_view::npos ? std::string_view{} : cue.substr(space + 1);
  if (head == "^") return at == 0 && matches(words, at, rest, places);
  if (head == "*") {
    for (std::size_t skip = 0; skip <= kGap && at + skip < words.size(); ++skip) {
      if (matches(words, at + skip, rest, places)) return true;
    }
    return false;
  }
  if (head == "$") return at == words.size();
  if (at >= words.size() || !is_one_of(words[at], head)) return false;
  places.push_back(at);
  if (matches(words, at + 1, rest, places)) return true;
  places.pop_back();
  return false;
}

// Which cues a word can open.
const std::multimap<std::string_view, std::size_t>& cues_by_first_word() {
  static const std::multimap<std::string_view, std::size_t> kByWord = [] {
    std::multimap<std::string_view, std::size_t> by_word;
    for (std::size_t i = 0; i < kCues.size(); ++i) {
      std::string_view head = kCues[i].phrase;
      if (head.starts_with("^ ")) head.remove_prefix(2);
      head = head.substr(0, head.find(' '));
      while (!head.empty()) {
        const std::size_t bar = std::min(head.find('|'), head.size());
        by_word.emplace(head.substr(0, bar), i);
        head.remove_prefix(std::min(bar + 1, head.size()));
      }
    }
    return by_word;
  }();
  return kByWord;
}

}  // namespace

std::string_view kind_name(QuestionKind kind) {
  static constexpr auto kNames = std::to_array<std::string_view>(
      {"none", "cause", "symptom", "what", "how_to", "how_long", "how_often", "how_much",
       "when_to_see", "test", "avoid", "prevent", "compare", "who", "treat"});
  return kNames[static_cast<std::size_t>(kind)];
}

KindSet Kinds::set() const {
  KindSet out = 0;
  for (const QuestionKind kind : found) out |= bit(kind);
  return out;
}

Kinds question_kinds(std::span<const std::string> words) {
  struct Ranked {
    int rank;
    std::size_t cue;
  };
  Kinds out;
  out.cue.resize(words.size());
  std::vector<Ranked> ranked;
  std::vector<std::size_t> places;
  for (std::size_t at = 0; at < words.size(); ++at) {
    const auto [low, high] = cues_by_first_word().equal_range(words[at]);
    for (auto it = low; it != high; ++it) {
      const Cue& cue = kCues[it->second];
      places.clear();
      if (!matches(words, at, cue.phrase, places)) continue;
      ranked.push_back({cue.rank, it->second});
      if (cue.pure) {
        for (const std::size_t place : places) out.cue[place] = true;
      }
    }
  }
  std::sort(ranked.begin(), ranked.end(), [](const Ranked& a, const Ranked& b) {
    return a.rank != b.rank ? a.rank > b.rank : a.cue < b.cue;
  });
  for (const Ranked& each : ranked) {
    const Kind kind = kCues[each.cue].kind;
    if (std::find(out.found.begin(), out.found.end(), kind) == out.found.end()) {
      out.found.push_back(kind);
    }
  }
  return out;
}

}  // namespace backchat::index
