r"""Names of files as text: a byte of a name that is not UTF-8 is written as an escape, such as \xff.

The escape is unambiguous and reversible: a backslash of the name itself that would read as one is written \x5c.
"""

from __future__ import annotations

import re

_AMBIGUOUS = re.compile(r"\\(?=x[0-9a-f]{2})")
_SURROGATE = re.compile("[\ud800-\udfff]")
_ESCAPE = re.compile(r"\\x([0-9a-f]{2})")


def escape_name(name: str) -> str:
    r"""Return a name as the system gives it in characters that UTF-8 can hold: "a\udcff.txt" becomes "a\xff.txt"."""
    escaped = _AMBIGUOUS.sub(r"\\x5c", name) if "\\x" in name else name
    if escaped.isascii():
        return escaped
    # Windows may give half of a pair of surrogates, which is no byte
    return _SURROGATE.sub(_escape, escaped)


def _escape(found: re.Match[str]) -> str:
    code = ord(found[0])
    return f"\\x{code - 0xDC00:02x}" if 0xDC80 <= code <= 0xDCFF else "\ufffd"


def unescape_name(name: str) -> str:
    """Return the name as the system knows it, from what `escape_name` made of it."""
    return _ESCAPE.sub(lambda found: _character(int(found[1], 16)), name) if "\\x" in name else name


def _character(byte: int) -> str:
    return chr(byte) if byte < 0x80 else chr(0xDC00 + byte)


def decode_name(raw: bytes) -> str:
    """Return the escaped name that some bytes are: UTF-8, with an escape for each byte that is not."""
    return escape_name(raw.decode("utf-8", "surrogateescape"))
