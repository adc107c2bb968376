#pragma once

namespace backchat::app::cli {

/// Reads the command line, runs the command and gives the exit code. Never throws.
int run(int argc, char** argv);

}  // namespace backchat::app::cli
