"""Take a store's folder for writing: its lock, and the files of the engine, which are made whole or not at all."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TextIO

import pyoxigraph

from graph import arriving, snapshot
from graph.disk_full import reason
from graph.lock import StoreError, take


def hold(folder: Path) -> TextIO:
    """The lock of a writer, in a folder that is made if need be. Raises StoreError, InUseError where another writes."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = take(folder / "lock", write=True)
        _begin(folder)
        snapshot.changing(folder)
        for left in (folder / "quads").glob("bulk-*.sst"):  # of loads that were ended half-way; the engine keeps them
            left.unlink()
    except OSError as error:
        raise StoreError(f"the folder {folder} cannot be used: {reason(error, folder)}") from error
    return lock


def _begin(folder: Path) -> None:
    """Make the files of the engine, all or none: one that is killed while it makes them leaves what it cannot read."""
    quads, making = folder / "quads", folder / "quads.tmp"
    if quads.exists() and any(quads.iterdir()):
        return
    arriving.discard(folder)
    shutil.rmtree(making, ignore_errors=True)
    pyoxigraph.Store(str(making)).flush()
    if quads.exists():
        quads.rmdir()
    making.rename(quads)
