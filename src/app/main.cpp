#include "app/cli/options.h"

int main(int argc, char** argv) { return backchat::app::cli::run(argc, argv); }
