"""Zip files, which DOCX and ODT are too: looked over before anything is unpacked."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator

from graph.read.errors import ReadError

LARGEST_PART = 64_000_000
"""Bytes of one part when unpacked. The longest papers of parliament have a few MB."""
LARGEST_WHOLE = 256_000_000
"""Bytes of all parts of a document together."""
MOST_PARTS = 10_000


class Archive:
    """The parts of a zip file by their names. Raises ReadError for what is damaged, locked or too large."""

    def __init__(self, name: str, data: bytes) -> None:
        """Read the list of parts; nothing is unpacked yet."""
        self.name = name
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        # NotImplementedError: zipfile says so of a version of the format that it does not know
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
            raise ReadError(name, f"the zip file is damaged ({error})") from error
        entries = self._zip.infolist()
        if len(entries) > MOST_PARTS:
            raise ReadError(name, f"the zip file has {len(entries)} parts, more than {MOST_PARTS}")
        self._entries = {entry.filename: entry for entry in entries if entry.filename and not entry.is_dir()}

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
            raise ReadError(self.name, f"its part {part} is damaged ({error})") from error
        if len(data) > LARGEST_PART:
            raise ReadError(self.name, f"its part {part} unpacks to more than {LARGEST_PART // 1_000_000} MB")
        return data
