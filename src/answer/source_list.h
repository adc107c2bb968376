#pragma once

#include <cstddef>

#include "answer/composer.h"

namespace backchat::answer {

/// "Who says that?", asked for the first time of an answer, once more, and so on.
inline constexpr std::size_t kSourceRounds = 3;

/// Where `given` is from, without saying it again. In round 1 the articles, a line each, with how
/// many they are and a sentence on who stands behind each; in round 2 what else the articles tell
/// of those people; then, or when `given` quoted nothing, that there is no more to tell. Pure;
/// thread-safe.
Reply compose_sources(const safety::Screening& screening, const Voice& voice,
                      const Subjects& subjects, const Reply& given, std::size_t round);

}  // namespace backchat::answer
