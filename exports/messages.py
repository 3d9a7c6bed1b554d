"""Wording of messages: numbers with their noun, and text that is safe to show on a terminal.

Imports nothing that takes time, since every command uses it.
"""

from __future__ import annotations

import re

_UNSAFE = re.compile(r"[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff]")
"""Control characters (C0, DEL, C1), line and paragraph separators, marks that change the direction of text, surrogates."""
_SHORT = {"\n": r"\n", "\r": r"\r", "\t": r"\t"}


def counted(number: int, noun: str, plural: str = "") -> str:
    """Return a number with its noun: "1 paper", "2,000 papers", "3 queries"."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def printable(text: str) -> str:
    r"""Escape what a terminal would obey rather than show, as in a Python string: `\x1b`, `\n`, `\u202e`.

    Text comes from file names and documents, so it must not move the cursor, begin a line or reverse the reading order. A
    byte of a file name that is not UTF-8 (a surrogate escape) is shown as that byte.
    """
    return _UNSAFE.sub(_escape, text)


def _escape(match: re.Match[str]) -> str:
    code = ord(match[0])
    if 0xDC80 <= code <= 0xDCFF:
        code -= 0xDC00
    return _SHORT.get(match[0]) or (f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}")


def json_safe(line: str) -> str:
    r"""Escape the same characters in a line of JSON as JSON does (`\u009b`), which changes nothing for a program."""
    return _UNSAFE.sub(lambda match: f"\\u{ord(match[0]):04x}", line)
