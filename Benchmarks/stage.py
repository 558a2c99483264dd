#!/usr/bin/env python3
"""A real pcscd with a virtual card, and a token of SoftHSM2, for the measures with a card: in a folder of their own.

As a program, runs a command there, which finds MODULE, PIN_FILE and RULES in its environment.
"""
import contextlib
import os
import subprocess
import sys
import tempfile

MODULE = "/usr/lib/softhsm/libsofthsm2.so"
CODE = "1234"
CARD_DESK = f"{os.path.dirname(os.path.dirname(os.path.abspath(__file__)))}/.build/debug/card-desk"
ATR = "3B AC 00 40 2A 00 12 25 00 64 80 00 03 10 00 90 00"  # of a CPS3

# The objects that a check reads, in docs/card-data.md's notation.
OBJECTS = {
    "CPS_DATA": ("0000", False),
    "CPS_ID_CARD": ("E31681052800009017820100830420250910840420990930", False),
    "CPS_INFO_PS": ("ED03800100", False),
    "CPS_SIT_FACT": ("E00FA00D8001018105692612344F840111", True),
}

RULES = """version: 1
extends: default
disable: [cryptolib-a-jour] # SoftHSM2 is no Cryptolib.
"""


@contextlib.contextmanager
def desk():
    """A desk with a card on it: gives the arguments MODULE, PIN_FILE and RULES, and the environment that leads there."""
    with tempfile.TemporaryDirectory() as folder:
        os.mkdir(f"{folder}/tokens")
        with open(f"{folder}/softhsm2.conf", "w") as file:
            file.write(f"directories.tokendir = {folder}/tokens\nobjectstore.backend = file\nlog.level = ERROR\n")
        with open(f"{folder}/rules.yaml", "w") as file:
            file.write(RULES)
        with open(os.open(f"{folder}/code", os.O_CREAT | os.O_WRONLY, 0o600), "w") as file:
            file.write(CODE)
        environment = os.environ | {"SOFTHSM2_CONF": f"{folder}/softhsm2.conf"}

        def quietly(*command):
            subprocess.run(command, check=True, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

        quietly("softhsm2-util", "--init-token", "--free", "--label", "carte", "--so-pin", "12345678", "--pin", CODE)
        for label, (value, is_private) in OBJECTS.items():
            with open(f"{folder}/object", "wb") as file:
                file.write(bytes.fromhex(value))
            quietly("pkcs11-tool", "--module", MODULE, "--login", "--pin", CODE, "--type", "data", "--write-object",
                    f"{folder}/object", "--label", label, *(["--private"] if is_private else []))

        # The stage of the tests.
        with subprocess.Popen([CARD_DESK, *ATR.split()], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as service:
            environment["PCSCLITE_CSOCK_NAME"] = service.stdout.readline().strip()
            yield MODULE, f"{folder}/code", f"{folder}/rules.yaml", environment
            service.stdin.close()


if __name__ == "__main__":
    with desk() as (module, code, rules, environment):
        named = {"MODULE": module, "PIN_FILE": code, "RULES": rules}
        status = subprocess.run(sys.argv[1:], env=environment | named).returncode
    sys.exit(status)
