# shellcheck shell=bash disable=SC2034
# What the scripts beside this file share. Sourced, never run.
#
# After sourcing: the script stops at the first failure and names it, and the working directory is
# $root, the repository; $caller_dir is where the caller stood.

set -euo pipefail

caller_dir=$PWD
root=$(CDPATH='' cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)
readonly caller_dir root
self=${0##*/}
cd -- "$root"

# A step says what it will do before it does it.
say() { printf '== %s\n' "$*"; }

fail() {
  trap - ERR
  printf '%s: %s\n' "$self" "$*" >&2
  exit 1
}

usage_error() {
  trap - ERR
  printf '%s: %s (see --help)\n' "$self" "$*" >&2
  exit 2
}

# Subshells inherit the trap; only the outermost one speaks.
set -E
trap '[ "$BASH_SUBSHELL" -gt 0 ] || fail "stopped at ${BASH_SOURCE[0]##*/}:$LINENO: $BASH_COMMAND"' ERR

# quietly COMMAND...: runs it and shows its output only when it fails.
quietly() {
  local output status=0
  output=$("$@" 2>&1) || status=$?
  if [ "$status" -ne 0 ]; then
    printf '%s\n' "$output" >&2
    fail "\"$*\" failed with exit code $status"
  fi
}

# The comment block at the top of the script, from its second line to the first line without a "#".
print_help() {
  sed -n -e '1d' -e '/^#/!q' -e 's/^# \{0,1\}//p' -- "$script_file"
}
script_file=$root/scripts/$self
