#pragma once

#include <map>
#include <string>

namespace backchat {

/// The files of a pack by their path inside it ("safety/red_flags.yaml"), in byte order of the
/// paths. The same shape whether they come from a folder, from an edition or from the program
/// itself.
using Documents = std::map<std::string, std::string, std::less<>>;

}  // namespace backchat
