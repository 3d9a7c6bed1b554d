"""The collection that the pages show: a graph, opened for reading, and the index made from it, which follows the graph."""

from __future__ import annotations

import sqlite3
import tempfile
import threading
from pathlib import Path

from exports.explorer.index import Index
from exports.explorer.indexing import VERSION, Progress, refresh
from graph.store import Store

NAME = "index.sqlite"


class Collection:
    """An open collection; call `close` when done."""

    def __init__(self, folder: Path, progress: Progress | None = None) -> None:
        """Open the graph in a folder and bring its index up to date; see `refresh` for `progress`. Raises StoreError."""
        self.folder = folder
        self.store = Store(folder)
        self._scratch: tempfile.TemporaryDirectory[str] | None = None
        self._refreshing = threading.Lock()
        self.index = Index(self._place())
        self._refresh(self.store, progress)

    def close(self) -> None:
        """Let go of the graph."""
        self.store.close()
        if self._scratch:
            self._scratch.cleanup()

    def _place(self) -> Path:
        """Where the index lies: beside the graph, or where that folder cannot be written, for as long as we run."""
        place = self.folder / NAME
        try:
            with sqlite3.connect(place) as connection:
                connection.execute("PRAGMA journal_mode = WAL")
                made = connection.execute("SELECT name FROM sqlite_master WHERE name = 'about'").fetchone()
                version = made and connection.execute("SELECT value FROM about WHERE name = 'version'").fetchone()
                connection.execute("BEGIN IMMEDIATE")
            connection.close()
            if made and (not version or version[0] != VERSION):
                _remove(place)
        except sqlite3.DatabaseError as error:
            if not isinstance(error, sqlite3.OperationalError):  # no index at all, or a damaged one
                _remove(place)
            else:
                self._scratch = tempfile.TemporaryDirectory(prefix="kamergraaf-")
                place = Path(self._scratch.name) / NAME
        return place

    def _refresh(self, store: Store, progress: Progress | None = None) -> None:
        connection = sqlite3.connect(self.index.file, isolation_level=None, timeout=60)
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = NORMAL")
            refresh(connection, store, 0, progress)
        finally:
            connection.close()


def _remove(place: Path) -> None:
    for each in (place, place.with_name(place.name + "-wal"), place.with_name(place.name + "-shm")):
        each.unlink(missing_ok=True)
