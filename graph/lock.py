"""Who may use a store: one writer alone, or readers together, across processes and on every system.

A lock is a file that is held; it ends with the process that holds it, however that ends.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TextIO

import portalocker

from graph.disk_full import no_space


class StoreError(Exception):
    """The store cannot be used; the message says why and what to do."""


class InUseError(StoreError):
    """Somebody else holds the store."""


def broken(folder: Path, reason: object) -> StoreError:
    """The error for a store that the engine refuses, or that lacks what was in it, with what to do."""
    if isinstance(reason, BaseException) and (full := no_space(reason, folder)):
        return StoreError(f"the graph in {folder} cannot be opened: {full}; nothing is lost, make room on the disk")
    return StoreError(f"the graph in {folder} is damaged: {reason}; {way_back(folder)}")


def way_back(folder: Path) -> str:
    """What to do about a store that is damaged."""
    return f"build it anew from its papers with: kamergraaf rebuild FOLDER --store {folder}"


def take(path: Path, write: bool, wait: bool = False) -> TextIO:
    """The lock file, held alone by a writer and together by readers, until it is closed; with `wait` as long as it takes.

    Raises InUseError with the holder named, and OSError where the file cannot be made.
    """
    flags = portalocker.LockFlags.EXCLUSIVE if write else portalocker.LockFlags.SHARED
    path.touch()
    lock = path.open("r+", encoding="utf-8")
    try:
        portalocker.lock(lock, flags if wait else flags | portalocker.LockFlags.NON_BLOCKING)
    except portalocker.LockException as error:
        holder = lock.read().strip() or "another program"
        lock.close()
        raise InUseError(
            f"the graph in {path.parent} is in use by {holder}; wait until that is done, or stop it"
        ) from error
    # whoever it names is gone, else there were no lock to be had
    lock.truncate(0)
    if write:
        lock.write(f"process {os.getpid()}, which writes it")
        lock.flush()
    return lock
