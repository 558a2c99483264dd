"""A real pcscd with a virtual card, and a token of SoftHSM2, for the measures with a card: in a folder of their own."""
import contextlib
import os
import shutil
import socket
import struct
import subprocess
import tempfile
import threading

MODULE = "/usr/lib/softhsm/libsofthsm2.so"
CODE = "1234"
ATR = bytes.fromhex("3BAC00402A001225006480000310009000")  # of a CPS3

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


def card(port):
    """Inserts a card that answers its ATR and refuses every command (vpcd's protocol)."""
    reader = socket.create_connection(("127.0.0.1", port))

    def serve():
        with contextlib.suppress(OSError):  # The card is pulled out.
            while header := reader.recv(2, socket.MSG_WAITALL):
                message = reader.recv(struct.unpack(">H", header)[0], socket.MSG_WAITALL)
                if message == b"\4":
                    reader.sendall(struct.pack(">H", len(ATR)) + ATR)
                elif len(message) > 1:
                    reader.sendall(struct.pack(">H", 2) + b"\x6d\x00")

    threading.Thread(target=serve, daemon=True).start()
    return reader


def free_port():
    """The first of two neighbouring ports that are free."""
    while True:
        with socket.socket() as first, socket.socket() as second:
            first.bind(("127.0.0.1", 0))
            port = first.getsockname()[1]
            with contextlib.suppress(OSError):
                second.bind(("127.0.0.1", port + 1))
                return port


SERVICE = """
mount --make-rprivate / && mount -t tmpfs none /run && mkdir /run/pcscd && mount --bind "$1/run" /run/pcscd \
  && mount -t tmpfs none /usr/lib/pcsc/drivers || exit 1
exec pcscd --foreground -c "$1/readers" >"$1/log" 2>&1
"""


@contextlib.contextmanager
def desk():
    """A desk with a card on it: gives the arguments MODULE, PIN_FILE and RULES, and the environment that leads there."""
    with tempfile.TemporaryDirectory() as folder:
        for name in ("run", "readers", "tokens"):
            os.mkdir(f"{folder}/{name}")
        port = free_port()
        shutil.copy("/usr/lib/pcsc/drivers/serial/libifdvpcd.so.0.8", f"{folder}/driver.so")
        with open(f"{folder}/readers/vpcd", "w") as file:
            file.write(f'FRIENDLYNAME "Bench"\nDEVICENAME /dev/null:0x{port:x}\nLIBPATH {folder}/driver.so\nCHANNELID 0x{port:x}\n')
        with open(f"{folder}/softhsm2.conf", "w") as file:
            file.write(f"directories.tokendir = {folder}/tokens\nobjectstore.backend = file\nlog.level = ERROR\n")
        with open(f"{folder}/rules.yaml", "w") as file:
            file.write(RULES)
        with open(os.open(f"{folder}/code", os.O_CREAT | os.O_WRONLY, 0o600), "w") as file:
            file.write(CODE)
        environment = os.environ | {
            "SOFTHSM2_CONF": f"{folder}/softhsm2.conf", "PCSCLITE_CSOCK_NAME": f"{folder}/run/pcscd.comm"}

        def quietly(*command):
            subprocess.run(command, check=True, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

        quietly("softhsm2-util", "--init-token", "--free", "--label", "carte", "--so-pin", "12345678", "--pin", CODE)
        for label, (value, is_private) in OBJECTS.items():
            with open(f"{folder}/object", "wb") as file:
                file.write(bytes.fromhex(value))
            quietly("pkcs11-tool", "--module", MODULE, "--login", "--pin", CODE, "--type", "data", "--write-object",
                    f"{folder}/object", "--label", label, *(["--private"] if is_private else []))

        unshare = ["unshare", "--mount"] if os.geteuid() == 0 else ["unshare", "--map-root-user", "--mount"]
        service = subprocess.Popen([*unshare, "sh", "-c", SERVICE, "sh", folder], stdin=subprocess.DEVNULL)
        try:
            while not os.path.exists(environment["PCSCLITE_CSOCK_NAME"]):
                if service.poll() is not None:
                    raise SystemExit("pcscd did not start")
            inserted = card(port)
            # pcscd looks for cards now and then only.
            while not subprocess.run(["opensc-tool", "--atr"], env=environment, capture_output=True).stdout:
                pass
            yield MODULE, f"{folder}/code", f"{folder}/rules.yaml", environment
            inserted.close()
        finally:
            service.terminate()
            service.wait()
