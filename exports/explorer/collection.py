"""The collection that the pages show: a graph, opened for reading, and the index made from it, which follows the graph."""

from __future__ import annotations

import logging
import sqlite3
import tempfile
import threading
import time
from contextlib import suppress
from pathlib import Path

from exports.explorer.index import Index
from exports.explorer.indexing import VERSION, refresh
from exports.explorer.returning import give_back
from exports.explorer.tying import tie
from exports.steps import Step
from graph import snapshot
from graph.disk_full import no_space
from graph.store import Store, StoreError

NAME = "index.sqlite"
_CACHE = 128_000  # kilobytes of the index in memory while it is written
PATIENCE = 2.0  # seconds between two looks at whether the graph has changed


class Collection:
    """An open collection; call `close` when done."""

    def __init__(self, folder: Path, progress: Step | None = None) -> None:
        """Open the graph in a folder and bring its index up to date; see `refresh` for `progress`. Raises StoreError."""
        self.folder = folder
        self.store = Store(folder)
        self._former: Store | None = None
        self._generation = snapshot.newest(folder)
        self._new = False
        self._scratch: tempfile.TemporaryDirectory[str] | None = None
        self._looked, self._refreshing = time.monotonic(), threading.Lock()
        try:
            self.index = Index(self._place())
            self._refresh(self.store, self._generation, progress)
        except (OSError, sqlite3.Error) as error:
            self._give_up()
            if full := no_space(error, folder):
                raise StoreError(
                    f"the search index of the graph in {folder} cannot be made: {full}; make room, then try again"
                ) from error
            raise

    def close(self) -> None:
        """Let go of the graph."""
        with self._refreshing:
            for store in filter(None, (self._former, self.store)):
                store.close()
        self.index.close()
        if self._scratch:
            self._scratch.cleanup()

    def _give_up(self) -> None:
        """Let go of everything; an index that was not finished takes no room."""
        if hasattr(self, "index"):
            self.index.close()
            if self._new:
                with suppress(OSError):
                    _remove(self.index.file)
        if self._scratch:
            self._scratch.cleanup()
        self.store.close()

    def follow(self) -> None:
        """See whether the graph has changed, and if so bring the index up to date, beside the readers."""
        if time.monotonic() - self._looked < PATIENCE:
            return
        self._looked = time.monotonic()
        if snapshot.newest(self.folder) != self._generation and self._refreshing.acquire(blocking=False):
            threading.Thread(target=self._renew, daemon=True).start()

    def _renew(self) -> None:
        """Take the newest snapshot in place of the one before; the lock of refreshing is held and let go."""
        try:
            generation = snapshot.newest(self.folder)
            store = Store(self.folder)
            self._refresh(store, generation)
            # who is reading the graph as it was has until the next change to finish
            if self._former:
                self._former.close()
            self._former, self.store, self._generation = self.store, store, generation
        except (StoreError, OSError, sqlite3.Error) as error:
            log = logging.getLogger("kamergraaf")
            if full := no_space(error, self.folder):
                log.error("the pages still show the graph as it was: %s", full)
            else:
                log.exception("the pages still show the graph as it was")
        finally:
            self._refreshing.release()
            give_back()  # each time is a thread of its own, which leaves behind all that it read

    def _place(self) -> Path:
        """Where the index lies: beside the graph, or where that folder cannot be written, for as long as we run."""
        place = self.folder / NAME
        self._new = not place.exists()
        try:
            if _version(place) not in ("", VERSION):
                self._new = True
                _remove(place)
        except sqlite3.OperationalError:
            self._scratch = tempfile.TemporaryDirectory(prefix="kamergraaf-")
            return Path(self._scratch.name) / NAME
        except sqlite3.DatabaseError:  # it is no index, or a damaged one
            self._new = True
            _remove(place)
        return place

    def _refresh(self, store: Store, generation: int, progress: Step | None = None) -> None:
        connection = sqlite3.connect(self.index.file, isolation_level=None, timeout=60)
        try:
            if not _told_version(connection):
                # what is new has nothing to go back to: it counts when its version is told, and nobody comes near it before
                connection.execute("PRAGMA locking_mode = EXCLUSIVE")
                connection.execute("PRAGMA journal_mode = OFF")
            connection.execute(f"PRAGMA cache_size = -{_CACHE}")
            connection.execute("PRAGMA synchronous = NORMAL")
            refresh(connection, store, generation, progress)
            tie(connection, generation)
            connection.execute("INSERT OR REPLACE INTO about VALUES ('version', ?)", (VERSION,))
            connection.execute("PRAGMA locking_mode = NORMAL")
            connection.execute("PRAGMA journal_mode = WAL")
        finally:
            connection.close()


def _version(place: Path) -> str:
    """The version of the index in a file that can be written; empty for one that is new. Raises sqlite3.DatabaseError."""
    connection = sqlite3.connect(place, isolation_level=None)
    try:
        connection.execute("BEGIN IMMEDIATE")
        return _told_version(connection)
    finally:
        connection.close()


def _told_version(connection: sqlite3.Connection) -> str:
    """The version of an index; empty for one that is new, "none" for one that was not finished."""
    if not connection.execute("SELECT name FROM sqlite_master").fetchone():
        return ""
    found = connection.execute("SELECT value FROM about WHERE name = 'version'").fetchone()
    return str(found[0]) if found else "none"


def _remove(place: Path) -> None:
    for each in (place, place.with_name(place.name + "-wal"), place.with_name(place.name + "-shm")):
        each.unlink(missing_ok=True)
