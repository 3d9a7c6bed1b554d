"""The index, read: what the pages look up. Each thread has a connection of its own, which can only read."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

from exports.explorer.indexing import SHIFT

Row = sqlite3.Row
_MANY = 500
"""Values in one question to SQLite."""


class Index:
    """The index in a file. Rows are found by the names of their columns."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self._own = threading.local()
        self._all: list[sqlite3.Connection] = []

    def rows(self, question: str, *values: object) -> list[Row]:
        """The answer of SQLite, whole; a question of a page has a LIMIT, or asks about one paper."""
        return self._connection().execute(question, values).fetchall()

    def row(self, question: str, *values: object) -> Row | None:
        """The first row of an answer."""
        found: Row | None = self._connection().execute(question, values).fetchone()
        return found

    def number(self, question: str, *values: object) -> int:
        """The one number that an answer is."""
        found = self.row(question, *values)
        return int(found[0] or 0) if found else 0

    def paper(self, iri: str) -> Row | None:
        """What a paper is."""
        return self.row("SELECT * FROM paper WHERE iri = ?", iri)

    def thing(self, iri: str) -> Row | None:
        """What a thing is and is called."""
        return self.row("SELECT * FROM thing WHERE iri = ?", iri)

    def things(self, iris: Iterable[str]) -> dict[str, Row]:
        """What several things are, those that are known."""
        return {row["iri"]: row for row in self._each("SELECT * FROM thing WHERE iri IN", iris)}

    def papers(self, numbers: Iterable[int]) -> dict[int, Row]:
        """What several papers are, by their numbers in the index."""
        return {row["number"]: row for row in self._each("SELECT * FROM paper WHERE number IN", numbers)}

    def text(self, number: int) -> str:
        """The text of a paper as read, by its number in the index."""
        within = "SELECT words FROM passage WHERE rowid BETWEEN ? AND ? ORDER BY rowid"
        return "".join(row["words"] for row in self.rows(within, number * SHIFT, (number + 1) * SHIFT - 1))

    def _each(self, question: str, values: Iterable[object]) -> Iterator[Row]:
        ahead = iter(dict.fromkeys(values))
        while some := tuple(islice(ahead, _MANY)):
            yield from self.rows(f"{question} ({', '.join('?' * len(some))})", *some)

    def close(self) -> None:
        """Let go of the file; nobody may read any more."""
        for connection in self._all:
            connection.close()

    def _connection(self) -> sqlite3.Connection:
        if not hasattr(self._own, "connection"):
            place = f"{self.file.absolute().as_uri()}?mode=ro"
            # used by one thread, but closed by the one that ends
            self._own.connection = sqlite3.connect(place, uri=True, check_same_thread=False)
            self._own.connection.row_factory = Row
            self._all.append(self._own.connection)
        connection: sqlite3.Connection = self._own.connection
        return connection
