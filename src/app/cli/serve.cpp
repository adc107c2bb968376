#include "app/cli/commands.h"
namespace backchat::app::cli {
int serve(const ServeOptions&) { return kInternal; }
}  // namespace backchat::app::cli
