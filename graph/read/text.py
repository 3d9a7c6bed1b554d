"""Plain text and Markdown: UTF-8, UTF-16 with or without a byte order mark, else Windows-1252.

Characters that no XML and no graph may hold (controls, lone surrogates, non-characters) are replaced one for one by
U+FFFD, so that offsets stay; the number of them is told in the metadata as `replaced`.
"""

from __future__ import annotations

import codecs
import hashlib
import re

from graph.model import Document
from graph.read.draft import BANNED, told
from graph.read.errors import ReadError

_MOST_BANNED = 0.02
"""A text with a larger share of such characters is a picture or a program, not a text."""
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_FRONT = re.compile(r"---[ ]*\n(?P<pairs>.{0,4000}?)\n---[ ]*\n", re.DOTALL)
_PAIR = re.compile(
    r"^(title|titel|date|datum|subject|onderwerp):[ ]*[\"']?(.+?)[\"']?[ ]*$", re.MULTILINE | re.IGNORECASE
)
_TERMS = {"titel": "title", "datum": "date", "onderwerp": "subject"}
_HEADING = re.compile(r"^#[ ]+(.{1,200}?)[ #]*$", re.MULTILINE)


def read_text(name: str, data: bytes) -> Document:
    """The document in the bytes of a text file. Raises ReadError if it is empty or no text."""
    text, encoding = decode(name, data)
    if not text.strip():
        raise ReadError(name, "the file is empty")
    text, replaced = BANNED.subn("\ufffd", text)
    if replaced > max(8, _MOST_BANNED * len(text)):
        raise ReadError(name, "this is not a text file (it holds binary data)")
    metadata = {"encoding": encoding, **({"replaced": str(replaced)} if replaced else {})}
    return Document(name, text, hashlib.sha256(data).hexdigest(), "text", metadata)


def read_markdown(name: str, data: bytes) -> Document:
    """The document in a Markdown file, as it is written; title and date from its front matter. Raises ReadError."""
    document = read_text(name, data)
    front = _FRONT.match(document.text)
    pairs = {
        _TERMS.get(key.lower(), key.lower()): value for key, value in _PAIR.findall(front["pairs"] if front else "")
    }
    heading = _HEADING.search(document.text)
    title = pairs.get("title") or (heading[1] if heading else None)
    metadata = told(title=title, date=pairs.get("date"), subject=pairs.get("subject"))
    return Document(name, document.text, document.sha256, "markdown", {**document.metadata, **metadata})


def _encoded_marks() -> tuple[bytes, ...]:
    """Return the byte order mark of UTF-8, and what it becomes when UTF-8 is taken for Windows-1252 and encoded again."""
    marks = [codecs.BOM_UTF8]
    for _ in range(2):
        marks.append(marks[-1].decode("cp1252").encode("utf-8"))
    return tuple(reversed(marks))


_FRONT_MARKS = _encoded_marks()


def without_marks(data: bytes) -> bytes:
    """Return the bytes of a file without byte order marks of UTF-8 at its front, however often they were encoded."""
    while mark := next((mark for mark in _FRONT_MARKS if data.startswith(mark)), None):
        data = data[len(mark) :]
    return data


def decode(name: str, data: bytes, declared: str | None = None) -> tuple[str, str]:
    """The text in some bytes, and the encoding: a mark at the front, what is `declared`, else what the bytes allow."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            try:
                return without_marks(data[len(mark) :]).decode(encoding), encoding
            except UnicodeDecodeError as error:
                raise ReadError(name, f"the file says that it is {encoding} and is not ({error.reason})") from error
    data = without_marks(data)
    for likely in filter(None, (_unmarked(data), "utf-8", _known(declared))):
        try:
            return data.decode(likely), likely
        except UnicodeDecodeError:
            continue
    # five bytes have no character in Windows-1252; they are replaced like other stray controls
    return data.decode("cp1252", "replace").replace("\ufffd", "\x00"), "windows-1252"


def _unmarked(data: bytes) -> str | None:
    """UTF-16 without a mark: Latin text has a zero in every second byte."""
    head = data[:2000]
    if len(head) < 8 or len(data) % 2:
        return None
    for start, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        if head[start::2].count(0) > 0.8 * len(head) / 2 and head[1 - start :: 2].count(0) < 0.05 * len(head):
            return encoding
    return None


def _known(encoding: str | None) -> str | None:
    """A declared encoding of one byte a character other than Windows-1252, which stands in for Latin-1 on the web."""
    try:
        found = codecs.lookup(encoding or "").name
    except LookupError:
        return None
    return found if found in ("iso8859-15", "iso8859-2", "cp1250", "cp1254") else None
