#include "text/decimal.h"

#include <cstdio>

namespace backchat::text {

std::string decimal(double value) {
  char out[32];
  std::snprintf(out, sizeof out, "%.3f", value);
  return out;
}

}  // namespace backchat::text
