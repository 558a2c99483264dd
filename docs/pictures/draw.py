#!/usr/bin/env python3
"""Draws the pictures of the README from what the program prints: draw.py PROGRAM [--check]

With --check, nothing is written, and the pictures that are stale are named. `make docs` draws them anew.
"""

import fcntl
import html
import os
import pathlib
import pty
import re
import struct
import subprocess
import sys
import tempfile
import termios
import xml.etree.ElementTree

HERE = pathlib.Path(__file__).resolve().parent
SAMPLE = HERE.parent / "samples" / "card.json"
# The sample card, on a workstation whose Cryptolib is too old for it.
OLD = SAMPLE.read_text().replace('"5.2.4"', '"5.2.1"')
COLUMNS = 80
COLOURS = {"31": "#ff8f86", "32": "#7fd88f", "33": "#e8c268", "2": "#9aa4ad"}
# What stands around the picture of a terminal, and how large a character is in it.
MARGIN, CHARACTER, LINE = 16, 8.43, 19


def arguments(language):
    return ["check", "--facts", "old.json", "--offline", "--on", "2026-03-15", "--lang", language]


def environment(program):
    # A terminal that takes colours; nothing of the one who draws.
    return {"PATH": f"{os.path.dirname(program)}:/usr/bin:/bin", "TERM": "xterm", "COLUMNS": str(COLUMNS),
            "LANG": "C.UTF-8", "HOME": "/"}


def on_terminal(program, language, folder):
    """What the program prints on a terminal, with its colours."""
    child, terminal = pty.fork()
    if child == 0:
        try:
            os.chdir(folder)
            fcntl.ioctl(1, termios.TIOCSWINSZ, struct.pack("HHHH", 40, COLUMNS, 0, 0))
            os.execve(program, ["cps-preflight"] + arguments(language), environment(program))
        finally:
            os._exit(127)
    printed = b""
    try:
        while piece := os.read(terminal, 65536):
            printed += piece
    except OSError:
        pass  # The terminal is closed: the program has ended.
    os.waitpid(child, 0)
    return printed.decode().replace("\r\n", "\n").rstrip("\n")


def spans(line):
    """The pieces of a line, each with the attributes that its escape sequences gave it."""
    styles, column = set(), 0
    for piece in re.split(r"(\x1b\[[\d;]*m)", line):
        if match := re.fullmatch(r"\x1b\[([\d;]*)m", piece):
            for code in match[1].split(";"):
                styles = set() if code in ("", "0") else styles | {code}
        elif piece:
            yield column, piece, styles
            column += len(piece)


def terminal(program, language, folder):
    command = "$ cps-preflight " + " ".join(arguments(language)[:-2])
    lines = [command, ""] + on_terminal(program, language, folder).split("\n")
    width, height = int(2 * MARGIN + COLUMNS * CHARACTER), 2 * MARGIN + LINE * len(lines)
    drawn = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" role="img">',
        "<!-- Made by make docs, from what the program prints on a terminal. -->",
        f'<rect width="{width}" height="{height}" rx="8" fill="#1b2026"/>',
        '<g font-family="ui-monospace, DejaVu Sans Mono, Menlo, Consolas, monospace" font-size="14" fill="#e6e9ec" xml:space="preserve">',
    ]
    for number, line in enumerate(lines):
        y = MARGIN + LINE * number + 14
        for column, piece, styles in spans(line):
            colour = next((COLOURS[code] for code in styles if code in COLOURS), None)
            look = (f' fill="{colour}"' if colour else "") + (' font-weight="bold"' if "1" in styles else "")
            x = MARGIN + CHARACTER * column
            length = CHARACTER * len(piece)
            drawn.append(f'<text x="{x:.1f}" y="{y}" textLength="{length:.1f}"{look}>{html.escape(piece, False)}</text>')
    return "\n".join(drawn + ["</g>", "</svg>", ""])


def page(program, language, folder):
    """The HTML page, as it is, inside a picture: the browser that shows the picture lays it out."""
    run = subprocess.run([program] + arguments(language) + ["--format", "html"], cwd=folder, env=environment(program),
                         stdout=subprocess.PIPE, text=True)
    style = re.search(r"<style>(.*?)</style>", run.stdout, re.S)[1]
    # A picture is on paper, whatever the reader's screen is like. The fixed size stands for a window.
    style = re.sub(r"@media .*?\}\s*\}", "", style, flags=re.S)
    style = style.replace(":root", ".page").replace("body {", ".page {").replace("1.125rem/1.5", "15px/1.5")
    style = re.sub(r"(\d*\.?\d+)rem", lambda size: f"{float(size[1]) * 15:g}px", style)
    body = re.search(r"<body>(.*?)<footer>", run.stdout, re.S)[1]
    body = re.sub(r"(<summary>.*?</summary>).*?</details>", r"\1</details>", body, flags=re.S)
    width, height = 720, 640
    return "\n".join([
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" role="img">',
        "<!-- Made by make docs: the page that the program writes, without its foot. -->",
        f"<style>{style.strip()}</style>",
        f'<rect x="0.5" y="0.5" width="{width - 1}" height="{height - 1}" rx="8" fill="#fff" stroke="#b5b9bd"/>',
        f'<foreignObject x="8" y="8" width="{width - 16}" height="{height - 16}">',
        f'<div xmlns="http://www.w3.org/1999/xhtml" class="page" lang="{language}">{body.strip()}</div>',
        "</foreignObject>", "</svg>", ""])


def main(program, *options):
    program = os.path.abspath(program)
    stale = []
    with tempfile.TemporaryDirectory() as folder:
        pathlib.Path(folder, "old.json").write_text(OLD)
        for language in ("en", "fr"):
            for name, draw in (("report", terminal), ("page", page)):
                file = HERE / f"{name}.{language}.svg"
                picture = draw(program, language, folder)
                # A picture that no program can read is none.
                xml.etree.ElementTree.fromstring(picture)
                if "--check" not in options:
                    file.write_text(picture)
                elif not file.exists() or file.read_text() != picture:
                    stale.append(file.name)
    for name in stale:
        print(f"docs/pictures/{name} is stale; draw it anew: make docs")
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
