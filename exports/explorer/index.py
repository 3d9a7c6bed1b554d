"""The index, read: what the pages look up. Each question has a connection to itself, which can only read."""

from __future__ import annotations

import sqlite3
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
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
        # of as many as ever asked at once; one a thread would stay open when its thread ends, of which a server starts ever new ones
        self._idle: deque[sqlite3.Connection] = deque()
        self._all: list[sqlite3.Connection] = []

    @contextmanager
    def as_it_is(self) -> Iterator[Index]:
        """The index of this moment, for one thread: of two answers the second fits the first, whatever is written meanwhile."""
        with self._connection() as connection:
            connection.execute("BEGIN")
            try:
                held = Index(self.file)
                held._idle.append(connection)
                yield held
            finally:
                connection.execute("ROLLBACK")

    def rows(self, question: str, *values: object) -> list[Row]:
        """The answer of SQLite, whole; a question of a page has a LIMIT, or asks about one paper."""
        with self._connection() as connection:
            return connection.execute(question, values).fetchall()

    def row(self, question: str, *values: object) -> Row | None:
        """The first row of an answer."""
        with self._connection() as connection:
            found: Row | None = connection.execute(question, values).fetchone()
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

    @contextmanager
    def _connection(self) -> Iterator[sqlite3.Connection]:
        try:
            connection = self._idle.pop()
        except IndexError:
            connection = self._open()
        try:
            yield connection
        finally:
            self._idle.append(connection)

    def _open(self) -> sqlite3.Connection:
        # used by one thread at a time, but not always by the same
        place = f"{self.file.absolute().as_uri()}?mode=ro"
        connection = sqlite3.connect(place, uri=True, check_same_thread=False)
        connection.row_factory = Row
        self._all.append(connection)
        return connection
