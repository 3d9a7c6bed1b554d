"""Recognise a full disk in what the system, SQLite and the engine of the graph say, and tell it in one sentence."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

_ERRNOS = (errno.ENOSPC, errno.EDQUOT)
_SIGNS = ("no space left on device", "disk is full", "disk quota exceeded")
"""Messages of RocksDB and SQLite on a full disk, in lower case."""
_UNCLEAR = "disk i/o error"
"""A message that SQLite uses for many errors; with less than _LITTLE bytes left on the disk it means a full disk."""
_LITTLE = 1_000_000


def no_space(error: BaseException, *places: Path) -> str:
    """Return "no space left on the disk that holds X" if that is what an error or its cause tells; else an empty string.

    Args:
        places: Files and folders that were being written; X is the file that the error names, or the place with the least room.
    """
    named = [Path(os.fsdecode(each.filename)) for each in _causes(error) if isinstance(each, OSError) and each.filename]
    place = min((*named, *places), key=_free, default=None)
    full = any(_is_full(each) or (_UNCLEAR in str(each).lower() and _free(place) < _LITTLE) for each in _causes(error))
    if not full:
        return ""
    return f"no space left on the disk that holds {place}" if place else "no space left on the disk"


def reason(error: BaseException, *places: Path) -> str:
    """Return the sentence for a full disk, or what the system says."""
    return no_space(error, *places) or getattr(error, "strerror", None) or " ".join(str(error).split())


def _causes(error: BaseException) -> Iterator[BaseException]:
    """Yield an error and what led to it."""
    seen = set[int]()
    found: BaseException | None = error
    while found and id(found) not in seen:
        seen.add(id(found))
        yield found
        found = found.__cause__ or found.__context__


def _is_full(error: BaseException) -> bool:
    if isinstance(error, OSError) and error.errno in _ERRNOS:
        return True
    said = str(error).lower()
    return any(sign in said for sign in _SIGNS)


def _free(place: Path | None) -> int:
    """Return the bytes that are free on the disk of a place, which need not exist yet."""
    for each in (place.absolute(), *place.absolute().parents) if place else ():
        try:
            return shutil.disk_usage(each).free
        except OSError:
            continue
    return _LITTLE
