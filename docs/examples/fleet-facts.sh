#!/bin/sh
# What this workstation knows of its card and of itself, as one line for cps-preflight evaluate, under the name given:
# fleet-facts.sh poste-12 [options of cps-preflight facts]
# Personal data are masked. The name is given back in the verdict as it is: let it be that of no person.
set -eu

id=${1:?"a name for this workstation is needed"}
shift
case $id in
*[!A-Za-z0-9._-]*) echo "the name takes letters, digits, dots, _ and -" >&2; exit 64 ;;
esac

# No line at all is better than half a line: what facts writes is taken as a whole. JSON has no line break within a text.
facts=$("${CPS_PREFLIGHT:-cps-preflight}" facts --format json "$@" </dev/null)
printf '%s\n' "$facts" | tr -d '\n' | sed "s/^{/{\"id\": \"$id\",/"
echo
