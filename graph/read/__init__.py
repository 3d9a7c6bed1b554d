"""Read files: one module a format, chosen by the suffix of the name."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from graph.model import Document
from graph.read.errors import ReadError
from graph.read.text import read_text

READERS: dict[str, Callable[[str, bytes], Document]] = {".txt": read_text, ".md": read_text}
"""Suffix of a file name to the function that reads such a file."""


def read(path: Path) -> Document:
    """The document in a file. Raises ReadError, which names the file and says why it cannot be read."""
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        raise ReadError(
            str(path), f"{path.suffix or 'a file without suffix'} is no format that is read here ({', '.join(READERS)})"
        )
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ReadError(str(path), f"cannot be opened: {error.strerror or error}") from error
    return reader(str(path), data)


def readable(path: Path) -> bool:
    """Whether a file has a suffix that some reader takes."""
    return path.suffix.lower() in READERS


__all__ = ["READERS", "ReadError", "read", "read_text", "readable"]
