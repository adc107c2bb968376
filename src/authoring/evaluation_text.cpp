#include <algorithm>
#include <array>
#include <cstdio>

#include "authoring/evaluation.h"
#include "text/utf8.h"

namespace backchat::authoring {
namespace {

using safety::Share;

template <class... Values>
std::string format(const char* pattern, Values... values) {
  std::array<char, 256> out{};
  const int size = std::snprintf(out.data(), out.size(), pattern, values...);
  return {out.data(), std::min(static_cast<std::size_t>(std::max(size, 0)), out.size() - 1)};
}

std::string padded(std::string text, std::size_t width) {
  const std::size_t length = text::length(text);
  if (length < width) text.append(width - length, ' ');
  return text;
}

std::string cell(const Share& share) {
  return share.total == 0 ? "      -" : format("%7.2f", share.value());
}

std::string row(const std::string& name, const Figures& figures) {
  constexpr std::size_t kNameWidth = 18;
  return padded(name, kNameWidth) + format("%5d", figures.questions) + cell(figures.full) +
         cell(figures.facts) + cell(figures.citations) + cell(figures.cited) +
         cell(figures.refusals) + cell(figures.refused) + cell(figures.sides) + cell(figures.gaps) +
         cell(figures.kinds) + cell(figures.follow_ups) +
         (figures.words.empty()
              ? std::string("       -")
              : format("%5d/%d", figures.median_words(), figures.longest_words())) +
         "\n";
}

std::string bounds(const char* name, const Share& share) {
  if (share.total == 0) return {};
  return format("  %-32s %4d of %-4d = %.3f  (95 %%: %.3f to %.3f)\n", name, share.hits,
                share.total, share.value(), share.low(), share.high());
}

}  // namespace

std::string to_text(const Report& report) {
  const auto& [evaluation, provenance, curve, missed] = report;
  std::string out =
      "                             facts citations    not covered   both\n"
      "topic                 n   full recall  prec.    rec.  prec.   rec.  sides   gaps  kinds "
      "follow  words\n";
  for (const auto& [topic, figures] : evaluation.topics) out += row(topic, figures);
  const Figures& all = evaluation.all;
  if (evaluation.not_learnt.questions < all.questions) {
    out += row("not learnt from", evaluation.not_learnt);
  }
  out += row("all", all) + "\n";
  out += bounds("full answers", all.full);
  out += bounds("facts said", all.facts);
  out += bounds("citations that are right", all.citations);
  out += bounds("sources cited", all.cited);
  out += bounds("refusals that are right", all.refusals);
  out += bounds("uncovered questions refused", all.refused);
  out += bounds("both sides shown", all.sides);
  out += bounds("gaps named", all.gaps);
  out += bounds("other kinds of reply", all.kinds);
  out += bounds("follow-ups right", all.follow_ups);
  if (!all.words.empty()) {
    out += format("  %-32s %d, longest %d\n", "words of an answer (median)", all.median_words(),
                  all.longest_words());
  }
  out += format("  %-32s %4d of %-4d, %d quotations\n", "replies proven", provenance.replies.hits,
                provenance.replies.total, provenance.quotations);
  for (const std::string& doubt : provenance.doubts) out += "    not proven: " + doubt + "\n";
  if (!curve.empty()) {
    out +=
        "\nWhat an answer needs (answer_at): how many are answered, how many of these are wrong\n";
    const double now = answer::ComposeOptions{}.answer_at;
    for (const CurvePoint& point : curve) {
      out += format("  %.2f  answered %.3f  wrong %.3f%s\n", point.answer_at,
                    point.answered.value(), point.wrong.total == 0 ? 0.0 : point.wrong.value(),
                    point.answer_at == now ? "   <- in use" : "");
    }
  }
  for (const Shortfall& each : missed) {
    out += format("\nbelow its floor: %s is %.3f, wanted %.3f", each.figure.c_str(), each.found,
                  each.wanted);
  }
  if (!missed.empty()) out += "\n";
  return out;
}

std::string failures_text(const Evaluation& evaluation) {
  std::string out;
  for (const Judged& judged : evaluation.judged) {
    if (judged.wrong.empty()) continue;
    out += judged.question->file + ":" + std::to_string(judged.question->line) + ": " +
           judged.question->id + " \"" + judged.question->asked() + "\"\n";
    for (const std::string& wrong : judged.wrong) out += "    " + wrong + "\n";
    if (!judged.reply.lead.empty()) out += "    it says: " + judged.reply.lead[0].text + "\n";
  }
  return out;
}

}  // namespace backchat::authoring
