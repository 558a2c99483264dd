#!/usr/bin/env python3
"""A batch in Python: judges, then sends, or says why not. gate.py COMMAND ARGUMENTS..."""

import json
import os
import subprocess
import sys
import time

# The code porteur stands in a file that the batch's user alone may read (chmod 600): there is nobody to type it.
CODE = os.environ.get("PIN_FILE", "code")
CHECK = ["cps-preflight", "check", "--for", "teletransmission", "--wait", "30s", "--pin-file", CODE,
         "--format", "json"]


def judge():
    """The exit code and the verdict; no verdict where there is none to be had."""
    try:
        run = subprocess.run(CHECK, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, timeout=300)
    except subprocess.TimeoutExpired:
        return 75, None
    except OSError as error:
        print(f"{CHECK[0]}: {error}", file=sys.stderr)
        return 127, None
    # The exit code counts, not what is written: it never depends on the format.
    try:
        return run.returncode, json.loads(run.stdout)
    except ValueError:
        return run.returncode, None


def send(command):
    try:
        return subprocess.run(command).returncode
    except OSError as error:
        print(f"{command[0]}: {error}", file=sys.stderr)
        return 127


def main(command):
    if not command:
        print(__doc__, file=sys.stderr)
        return 64
    tries = int(os.environ.get("TRIES", "5"))
    while True:
        code, verdict = judge()
        if code == 0:
            return send(command)
        if code == 1 or 10 <= code <= 59:
            if verdict is None:
                print(f"HELD: the lots are not sent (code {code})", file=sys.stderr)
                return code
            rules = [rule for stage in verdict["stages"] for rule in stage["rules"]]
            for rule in rules:
                if rule["outcome"] == "fail":
                    print(f"HELD: {rule['title']}: {rule['message']} {rule.get('remedy', '')}", file=sys.stderr)
            return code
        if code in (69, 75):
            tries -= 1
            if tries <= 0:
                print(f"POSTPONED: still undecided (code {code})", file=sys.stderr)
                return code
            time.sleep(float(os.environ.get("PAUSE", "60")))
            continue
        # 64 and above, or the negative number of a signal: never a reason to send.
        print(f"TO BE CORRECTED: call the integrator (code {code})", file=sys.stderr)
        return code if code > 0 else 70


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
