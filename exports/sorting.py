"""Lines in order, however many: what does not fit in memory is sorted in parts on disk and merged."""

from __future__ import annotations

import heapq
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from typing import IO

_MOST = 64_000_000
"""Bytes of lines that are held in memory at once; the lists around them take as much again."""


def in_order(lines: Iterable[bytes], most: int = _MOST) -> Iterator[bytes]:
    """The lines in the order of their bytes, each once. Every line ends in its line end; `most` bytes are held in memory."""
    with ExitStack() as files:
        parts: list[IO[bytes]] = []
        held: list[bytes] = []
        size = 0
        for line in lines:
            held.append(line)
            size += len(line)
            if size > most:
                parts.append(_spilled(held, files))
                held, size = [], 0
        held.sort()
        last = b""
        for line in heapq.merge(*parts, held) if parts else held:
            if line != last:
                yield line
                last = line


def _spilled(lines: list[bytes], files: ExitStack) -> IO[bytes]:
    """A temporary file with the lines in order, ready to be read."""
    file = files.enter_context(tempfile.TemporaryFile())  # noqa: SIM115  (the stack closes it)
    lines.sort()
    file.writelines(lines)
    file.seek(0)
    return file
