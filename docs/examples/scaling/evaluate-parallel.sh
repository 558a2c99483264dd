#!/bin/sh
# Judges a stream of facts with GNU parallel, verdicts in the order of the lines:
#
#   evaluate-parallel.sh [options of cps-preflight evaluate] < facts.ndjson > verdicts.ndjson
#
# Blocks of whole lines (BLOCK, 10M) go to as many processes as there are cores, or to the machines that
# PARALLEL='--sshlogin one,two' names. It ends with the code that one process would have ended with.
set -u

folder=$(mktemp -d) || exit 70
trap 'rm -rf "$folder"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# A process that ends before it has read its block would take parallel with it: the rest is read in its stead.
part='"$0" evaluate --jobs 1 --quiet "$@"; code=$?; cat >/dev/null; exit "$code"'

# -q: the options are not read a second time by a shell. parallel takes no notice of a full disk, cat does.
{
  parallel -q --pipe --keep-order --block "${BLOCK:-10M}" --joblog "$folder/log" \
    sh -c "$part" "${CPS_PREFLIGHT:-cps-preflight}" "$@"
  echo "$?" >"$folder/status"
} | cat || exit 74

# Up to 101 it only counts the processes that ended with something else than 0, of which the log tells more.
status=$(cat "$folder/status") || exit 74
if [ "$status" -gt 101 ]; then
  echo "evaluate-parallel.sh: GNU parallel failed ($status)" >&2
  exit 74
fi

# The columns of the log: 7 is the exit code of a process, 8 the signal that ended it.
awk -F '\t' '
  NR == 1 { next }
  { processes++; code = $8 != 0 ? 70 : $7 }
  code == 1 { blocked = 1; next }
  code == 65 { malformed = 1; next }
  code != 0 && !fault { fault = code }
  END {
    if (fault) exit fault
    if (malformed || !processes) exit 65
    exit blocked
  }' "$folder/log"
