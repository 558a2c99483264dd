#!/bin/sh
# A batch in shell: judges, then sends, or says why not. ./batch.sh COMMAND ARGUMENTS...
#
# check and the sending are two steps here, so that a code of the sending is never taken for one of the check.
set -u
[ $# -gt 0 ] || { echo "usage: batch.sh COMMAND ARGUMENTS..." >&2; exit 64; }

verdict=$(mktemp)
trap 'rm -f "$verdict"' EXIT
tries=${TRIES:-5}

while :; do
  code=0
  cps-preflight check --for teletransmission --wait 30s --pin-file "${PIN_FILE:-code}" \
    --format json --output "$verdict" || code=$?
  case $code in
    0)
      # The card may have changed while something else was done.
      cps-preflight verdict verify "$verdict" --for teletransmission --max-age 1m || exit 75
      "$@"
      exit ;;
    1 | [1-5]?)
      echo "HELD: the lot is not sent (code $code)" >&2
      cps-preflight explain "$code" >&2
      exit "$code" ;;
    69 | 75)
      tries=$((tries - 1))
      [ "$tries" -gt 0 ] || { echo "POSTPONED: still undecided (code $code)" >&2; exit "$code"; }
      sleep "${PAUSE:-60}" ;;
    *)
      echo "TO BE CORRECTED: call the integrator (code $code)" >&2
      exit "$code" ;;
  esac
done
