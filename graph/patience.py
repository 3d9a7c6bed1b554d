"""Wait for the engine, but not for ever: on a full disk it may wait for room without a word (RocksDB's recovery from ENOSPC)."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from threading import Thread

_SECONDS = 10.0
"""How long a call may take before the disk is looked at."""
_ROOM = 100_000_000
"""Bytes that are free on a disk that has room: the engine writes what it holds in memory in files of up to 64 MB."""


def patiently(call: Callable[[], None], folder: Path, seconds: float = _SECONDS) -> None:
    """Make a call that writes to the disk of a folder. Raises what it raises, and OSError where it waits and there is no room.

    The call that waits is left to itself, and holds the store until there is room or the program ends.
    """
    raised: list[BaseException] = []

    def run() -> None:
        try:
            call()
        except BaseException as error:
            raised.append(error)

    thread = Thread(target=run, daemon=True)
    thread.start()
    thread.join(seconds)
    while thread.is_alive():
        if shutil.disk_usage(folder).free < _ROOM:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        thread.join(seconds)
    if raised:
        raise raised[0]
