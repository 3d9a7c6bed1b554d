"""Zip files, which DOCX and ODT are too: looked over before anything is unpacked."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator

from graph.filenames import decode_name, escape_name
from graph.read.errors import ReadError, detail

LARGEST_PART = 64_000_000
"""Bytes of one part when unpacked. The longest papers of parliament have a few MB."""
LARGEST_WHOLE = 256_000_000
"""Bytes of all parts of a document together."""
MOST_PARTS = 10_000
_UTF8 = 0x800
"""The flag of a part whose name is said to be UTF-8."""


class Archive:
    """The parts of a zip file by their names. Raises ReadError for what is damaged, locked or too large.

    Of parts with the same name the last counts, as for other programs; `repeated` names those that are left out.
    """

    def __init__(self, name: str, data: bytes) -> None:
        """Read the list of parts; nothing is unpacked yet."""
        self.name = name
        try:
            self._zip = _opened(data)
        # NotImplementedError: zipfile says so of a version of the format that it does not know
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
            raise ReadError(name, f"the zip file is damaged{detail(error)}") from error
        entries = self._zip.infolist()
        if len(entries) > MOST_PARTS:
            raise ReadError(name, f"the zip file has {len(entries)} parts, more than {MOST_PARTS}")
        self._entries = dict[str, zipfile.ZipInfo]()
        self.repeated: list[str] = []
        for entry in entries:
            if entry.filename and not entry.is_dir():
                part = _name(entry)
                if part in self._entries:
                    self.repeated.append(part)
                self._entries[part] = entry

    def __contains__(self, part: str) -> bool:
        return part in self._entries

    def __iter__(self) -> Iterator[str]:
        yield from self._entries

    def whole(self) -> None:
        """Refuse an archive that unpacks to more than a document can be."""
        size = sum(entry.file_size for entry in self._entries.values())
        if size > LARGEST_WHOLE:
            raise ReadError(
                self.name, f"it would unpack to {size // 1_000_000} MB (limit {LARGEST_WHOLE // 1_000_000} MB)"
            )

    def part(self, part: str) -> bytes:
        """The bytes of one part, never more than LARGEST_PART, whatever its header claims."""
        entry = self._entries[part]
        if entry.flag_bits & 1:
            raise ReadError(self.name, "the file is locked with a password")
        try:
            with self._zip.open(entry) as file:
                data = file.read(LARGEST_PART + 1)
        except (
            zipfile.BadZipFile,
            zlib.error,
            EOFError,
            OSError,
            ValueError,
            NotImplementedError,  # zipfile says so of a compression that it does not know
            RuntimeError,
        ) as error:
            raise ReadError(self.name, f"its part {part} is damaged{detail(error)}") from error
        if len(data) > LARGEST_PART:
            raise ReadError(self.name, f"its part {part} unpacks to more than {LARGEST_PART // 1_000_000} MB")
        return data


def _opened(data: bytes) -> zipfile.ZipFile:
    """Open a zip file, also one in which a name is said to be UTF-8 and is not, which zipfile refuses as a whole."""
    try:
        return zipfile.ZipFile(io.BytesIO(data))
    except UnicodeDecodeError:
        return zipfile.ZipFile(io.BytesIO(_undeclared(data)))


def _undeclared(data: bytes) -> bytes:
    """Return a zip file that no longer says of any name that it is UTF-8 (APPNOTE 4.3.7, 4.3.12 and 4.3.16)."""
    changed, end = bytearray(data), data.rfind(b"PK\x05\x06")
    at = end - int.from_bytes(data[end + 12 : end + 16], "little")
    while 0 <= at < end and data[at : at + 4] == b"PK\x01\x02":
        local = int.from_bytes(data[at + 42 : at + 46], "little")
        for flags in (at + 8, local + 6):
            if flags + 1 < len(changed):
                changed[flags + 1] &= ~(_UTF8 >> 8) & 0xFF
        at += 46 + sum(int.from_bytes(data[at + place : at + place + 2], "little") for place in (28, 30, 32))
    return bytes(changed)


def _name(entry: zipfile.ZipInfo) -> str:
    """Return the name of a part, its bytes escaped where they are not UTF-8: old programs do not say what they are."""
    if entry.flag_bits & _UTF8:
        return escape_name(entry.filename)
    return decode_name(entry.filename.encode("cp437"))
