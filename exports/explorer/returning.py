"""Memory that was freed goes back to the system: the C library keeps what a thread freed, in a heap for every few threads."""

from __future__ import annotations

import ctypes
import sys

_ARENA_MAX = -8
"""The number of the setting in malloc.h."""
_HEAPS = 2
"""More would let threads ask for memory at once, which those of Python seldom do."""


def few_heaps() -> None:
    """Let all threads share two heaps, so that one uses what another freed. To be called before there are threads."""
    if _library:
        _library.mallopt(_ARENA_MAX, _HEAPS)


def give_back() -> None:
    """Give back what is free; takes some milliseconds."""
    if _library:
        _library.malloc_trim(ctypes.c_size_t(0))


def _gnu() -> ctypes.CDLL | None:
    """The C library where it is that of GNU; others have no such calls."""
    if sys.platform != "linux":
        return None
    library = ctypes.CDLL(None)
    return library if hasattr(library, "malloc_trim") and hasattr(library, "mallopt") else None


_library = _gnu()
