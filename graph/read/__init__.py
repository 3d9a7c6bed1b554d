"""Read files: one module a format, chosen by the suffix of the name, unless the bytes say otherwise."""

from __future__ import annotations

import errno
import re
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from graph.filenames import escape_name
from graph.model import Document
from graph.read.errors import InaccessibleError, NoPaperError, ReadError
from graph.read.text import read_markdown, read_text
from ontology.regular import read_regular

Reader = Callable[[str, bytes], Document]


def _late(module: str, function: str) -> Reader:
    """A reader whose libraries are imported when the first such file comes: a folder of texts never pays for them."""

    def reader(name: str, data: bytes) -> Document:
        found: Reader = getattr(import_module(f"graph.read.{module}"), function)
        return found(name, data)

    return reader


read_xml, read_pdf = _late("xml", "read_xml"), _late("pdf", "read_pdf")
read_odata = _late("odata", "read_odata")
read_docx, read_odt, read_html = _late("docx", "read_docx"), _late("odt", "read_odt"), _late("html", "read_html")
READERS: dict[str, Reader] = {
    ".txt": read_text,
    ".md": read_markdown,
    ".docx": read_docx,
    ".odt": read_odt,
    ".html": read_html,
    ".htm": read_html,
    ".xhtml": read_html,
    ".xml": read_xml,
    ".pdf": read_pdf,
    ".json": read_odata,
}
"""Suffix of a file name to the function that reads such a file."""
LARGEST = 100_000_000
"""Bytes of a file; nothing that parliament publishes comes near."""
LEADS_NOWHERE = "it is a symbolic link that leads nowhere"
_CERTAIN = (errno.ENOENT, errno.ENOTDIR, errno.EISDIR, errno.ELOOP, errno.EINVAL)
"""Errors that tell for certain that there is no file of that name, not that nobody knows what is in it."""
_ZIP = "a zip archive"
_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", ".pdf"),
    (b"PK\x03\x04", ".zip"),
    (b"PK\x05\x06", ".zip"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"II*\x00", "a TIFF picture"),
    (b"MM\x00*", "a TIFF picture"),
    (b"\xd0\xcf\x11\xe0", "an old Office file (.doc) or a locked one; save it as DOCX without a password"),
    (b"{\\rtf", "RTF; save it as DOCX"),
    (b"\x7fELF", "a program"),
    (b"MZ", "a program"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"Rar!", "a RAR archive"),
)
_OFFICE = ((b"word/", ".docx"), (b"mimetypeapplication/vnd.oasis.opendocument.text", ".odt"))


def read(path: Path) -> Document:
    """The document in a file. Raises ReadError, which names the file and says why it cannot be read."""
    return read_bytes(escape_name(str(path)), load(path))


def load(path: Path) -> bytes:
    """The bytes of a file. Never waits for a named pipe.

    Raises:
        ReadError: It is no regular file, or larger than LARGEST.
        InaccessibleError: It may not or cannot be opened.
    """
    name = escape_name(str(path))
    try:
        if (size := path.stat().st_size) > LARGEST:
            raise ReadError(name, f"it has {size // 1_000_000} MB; files up to {LARGEST // 1_000_000} MB are read")
        return read_regular(path)
    except OSError as error:
        raise not_opened(name, path, error) from error


def not_opened(name: str, path: Path, error: OSError) -> ReadError:
    """Return the error for a file or folder that the system does not open."""
    nowhere = isinstance(error, FileNotFoundError) and path.is_symlink()
    reason = LEADS_NOWHERE if nowhere else error.strerror or str(error)
    kind = ReadError if error.errno in _CERTAIN else InaccessibleError
    return kind(name, f"cannot be opened: {reason}")


def read_bytes(name: str, data: bytes) -> Document:
    """The document in the bytes of a file of that name. Raises ReadError."""
    suffix = Path(name).suffix.lower()
    if not data:
        raise ReadError(name, "the file is empty")
    seen = _seen(data)
    if seen == ".zip" and suffix in (".docx", ".odt"):
        seen = suffix
    elif seen == ".zip" and suffix != ".zip":
        seen = _ZIP
    if seen and not seen.startswith("."):
        kind = "text" if suffix in (".txt", ".md") else suffix.removeprefix(".") or "paper"
        raise ReadError(name, f"this is not {'an' if kind[0] in 'hox' else 'a'} {kind} file: it is {seen}")
    reader = READERS.get(seen or suffix)
    if seen == ".zip":
        raise ReadError(name, "it is a zip archive; build and references read the papers in it")
    if reader is None:
        what = suffix or "a file without suffix"
        raise ReadError(name, f"{seen or what} is no format that is read here ({', '.join(READERS)})")
    return reader(name, data)


def _seen(data: bytes) -> str | None:
    """The suffix of the format, or the name of the kind of file, that the first bytes give away; None for texts."""
    for signature, what in _SIGNATURES:
        # "MZ" may begin a text; a program has zeros behind it
        if data.startswith(signature) and (len(signature) > 2 or b"\x00" in data[:64]):
            if what != ".zip":
                return what
            return next((office for mark, office in _OFFICE if mark in data[:4096] or mark in data[-65536:]), ".zip")
    # some programs write a few lines before the header of a PDF
    return ".pdf" if re.search(rb"^%PDF-[12]\.", data[:1024], re.MULTILINE) else None


def readable(path: Path) -> bool:
    """Whether a file has a suffix that some reader takes."""
    return path.suffix.lower() in READERS


__all__ = [
    "LARGEST",
    "LEADS_NOWHERE",
    "READERS",
    "InaccessibleError",
    "NoPaperError",
    "ReadError",
    "load",
    "not_opened",
    "read",
    "read_bytes",
    "read_text",
    "readable",
]
