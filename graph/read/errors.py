"""The error that reading raises, and its special cases."""

from __future__ import annotations

import re


class ReadError(Exception):
    """A file that cannot be read: `name` of the file and the `reason` in words for people, on one line."""

    def __init__(self, name: str, reason: str) -> None:
        """Keep both apart, so that a report can list them."""
        self.name = name
        self.reason = " ".join(reason.split())
        super().__init__(f"{name}: {self.reason}")

    def __reduce__(self) -> tuple[type[ReadError], tuple[str, str]]:
        """Travel between processes with both fields."""
        return type(self), (self.name, self.reason)


class NoPaperError(ReadError):
    """A sound file that is no paper, such as JSON of another program: an error only for who asked for this file by name."""


class InaccessibleError(ReadError):
    """A file or folder that may not or cannot be opened, so that nothing is known of what it holds now."""


ERRORS: dict[str, type[ReadError]] = {each.__name__: each for each in (ReadError, NoPaperError, InaccessibleError)}
"""The errors by name, for what travels between processes as JSON."""


_EMPTY = re.compile(r"success|unknown error|none|failed to load document", re.IGNORECASE)
_WORDS = {
    "File is not a zip file": "its list of parts is not there, as if its end was cut off",
    "Data format error": "it does not have the structure of a PDF",
}
_PDFIUM = re.compile(r"^.*\(PDFium: ([^)]*)\).*$")
_LXML = re.compile(r"(?:,? line \d+)?(, line \d+, column \d+) \(<string>, line \d+\)$")


def detail(error: Exception) -> str:
    """Return what a library says of an error in brackets, to follow a reason of our own; empty if it says nothing.

    PDFium may say "Success" of a file that it does not open, and lxml gives a place twice.
    """
    said = " ".join(str(error).split())
    said = _LXML.sub(r"\1", _PDFIUM.sub(r"\1", said)).rstrip(".")
    said = _WORDS.get(said, said)
    return "" if not said or _EMPTY.fullmatch(said) else f" ({said[:200]})"
