"""Bring the index in line with the graph: papers that are new or changed are read again, what is gone is forgotten.

One transaction of SQLite, so that pages see the index as it was before or as it is after, and nothing between.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from pathlib import Path

import pyoxigraph

from exports.explorer import entries
from exports.explorer.reading import read
from exports.explorer.statements import Statements, statements
from exports.steps import Step
from graph.lookup import normalize
from graph.named_graphs import BUILDS, REGISTERS
from graph.store import Store, value
from ontology.terms import KG

SCHEMA, LOOKUPS = (Path(__file__).with_name(name) for name in ("index.sql", "lookups.sql"))
VERSION = "6"
"""Changes with the schema; an index of another version is made anew."""
SHIFT = 1 << 20
"""Passages that a paper may have, so that the number of a passage tells its paper."""
_node = pyoxigraph.NamedNode


def refresh(connection: sqlite3.Connection, store: Store, generation: int, progress: Step | None = None) -> int:
    """Bring the index in line with a store, and give the number of papers that were read anew.

    `generation` is that of the snapshot, of which the index is put on record to be; `progress` is told how many are done, of how many.
    """
    connection.executescript(SCHEMA.read_text(encoding="utf-8"))
    made = connection.execute("SELECT value FROM about WHERE name = 'generation'").fetchone()
    if made and made[0] == str(generation):
        return 0
    connection.execute("BEGIN IMMEDIATE")
    with connection:
        wanted, known = _stamps(store), dict(connection.execute("SELECT iri, stamp FROM paper"))
        for iri in known:
            if wanted.get(iri) != known[iri]:
                _forget(connection, iri)
        new = [iri for iri in sorted(wanted) if known.get(iri) != wanted[iri]]
        registers = statements(store.quads, REGISTERS)
        (last,) = connection.execute("SELECT coalesce(MAX(number), 0) FROM paper").fetchone()
        for done, (iri, found) in enumerate(zip(new, read(store, new, entries.ministries(registers)), strict=True)):
            _put(connection, iri, wanted[iri], found)
            if progress:
                progress(done + 1, len(new), iri)
        for lookup in LOOKUPS.read_text(encoding="utf-8").split(";"):
            connection.execute(lookup)
        connection.execute(
            "INSERT INTO naming SELECT target, coalesce(day, ''), paper, MIN(start), COUNT(*) FROM mention"
            " WHERE paper > ? AND target IS NOT NULL GROUP BY 1, 2, 3",
            (last,),
        )
        _put_registers(connection, registers)
        _count(connection)
        connection.execute("INSERT OR REPLACE INTO about VALUES ('generation', ?)", (str(generation),))
    # which of two ways is the shorter one, the engine knows by this
    connection.execute("PRAGMA analysis_limit = 1000")
    connection.execute("ANALYZE")
    return len(new)


def _stamps(store: Store) -> dict[str, str]:
    """Each paper with what tells whether it changed: the file that it was read from, and what read it."""
    builds, stamps = _node(BUILDS), {}
    for quad in store.quads.quads_for_pattern(None, _node(f"{KG}readFrom"), None, builds):
        file = quad.object
        assert isinstance(file, pyoxigraph.NamedNode)
        told = {
            each.predicate.value: value(each.object) for each in store.quads.quads_for_pattern(file, None, None, builds)
        }
        stamps[value(quad.subject)] = f"{file.value} {told.get(f'{KG}sha256')} {told.get(f'{KG}builtBy')}"
    return stamps


def _forget(connection: sqlite3.Connection, iri: str) -> None:
    (number,) = connection.execute("SELECT number FROM paper WHERE iri = ?", (iri,)).fetchone()
    for table in ("section", "mention", "naming", "edge", "tag"):
        connection.execute(f"DELETE FROM {table} WHERE paper = ?", (number,))
    connection.execute("DELETE FROM passage WHERE rowid BETWEEN ? AND ?", (number * SHIFT, (number + 1) * SHIFT - 1))
    connection.execute("DELETE FROM paper WHERE number = ?", (number,))


def _put(connection: sqlite3.Connection, iri: str, stamp: str, found: entries.Entries) -> None:
    paper = (None, iri, stamp, *found.paper)
    number = connection.execute(f"INSERT INTO paper VALUES ({', '.join('?' * len(paper))})", paper).lastrowid or 0
    for table, rows in (("section", found.sections), ("mention", found.mentions), ("edge", found.edges)):
        _insert(connection, table, [(number, *row) for row in rows])
    _insert(connection, "tag", [(number, *row) for row in found.tags])
    connection.executemany(
        "INSERT INTO passage (rowid, words, start) VALUES (?, ?, ?)",
        [(number * SHIFT + place, words, start) for place, (start, words) in enumerate(found.passages)],
    )
    _put_things(connection, found.things, registered=False)


def _insert(connection: sqlite3.Connection, table: str, rows: list[tuple[object, ...]]) -> None:
    """Put rows, all of one length, into a table."""
    if rows:
        connection.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(rows[0]))})", rows)


def _put_things(connection: sqlite3.Connection, things: Iterable[entries.Row], registered: bool) -> None:
    """Put on record what things are; what a paper that was read says of itself stands before what others call it."""
    connection.executemany(
        "INSERT INTO thing (iri, kind, dutch, english, identifier, day, page, registered)"
        f" VALUES (?, ?, ?, ?, ?, ?, ?, {int(registered)})"
        " ON CONFLICT (iri) DO UPDATE SET kind = excluded.kind, dutch = excluded.dutch, english = excluded.english,"
        " identifier = coalesce(excluded.identifier, identifier), day = coalesce(excluded.day, day),"
        " page = coalesce(excluded.page, page), registered = max(registered, excluded.registered)"
        " WHERE excluded.kind = 'paper' OR excluded.registered",
        things,
    )


def _put_registers(connection: sqlite3.Connection, registers: Statements) -> None:
    connection.execute("UPDATE thing SET registered = 0")
    _put_things(connection, entries.things(registers), registered=True)
    names = list(entries.names(registers))
    connection.execute("DELETE FROM name")
    connection.executemany(
        "INSERT INTO name (words, iri) VALUES (?, ?)", ((" \n".join(each), iri) for iri, each in names)
    )
    connection.execute("DELETE FROM alias")
    connection.executemany(
        "INSERT INTO alias VALUES (?, ?, ?)", ((normalize(name), name, iri) for iri, each in names for name in each)
    )


def _count(connection: sqlite3.Connection) -> None:
    """Count the mentions of each thing and the uses of each rule, and let go of things that nobody names any more."""
    run = connection.execute
    connection.create_function("normalize", 1, normalize, deterministic=True)
    run("CREATE TEMP TABLE tally (iri TEXT PRIMARY KEY, mentions INTEGER, papers INTEGER)")
    run("INSERT INTO tally SELECT target, SUM(number), COUNT(*) FROM naming GROUP BY target")
    run("UPDATE thing SET kind = 'document' WHERE kind = 'paper' AND iri NOT IN (SELECT iri FROM paper)")
    run(
        "DELETE FROM thing WHERE NOT registered AND iri NOT IN (SELECT iri FROM tally)"
        " AND iri NOT IN (SELECT iri FROM paper) AND iri NOT IN (SELECT target FROM edge)"
    )
    run("UPDATE thing SET mentions = 0, papers = 0 WHERE iri NOT IN (SELECT iri FROM tally)")
    run(
        "UPDATE thing SET mentions = tally.mentions, papers = tally.papers FROM tally"
        " WHERE thing.iri = tally.iri AND (thing.mentions, thing.papers) IS NOT (tally.mentions, tally.papers)"
    )
    # what the registers do not name is found by the name that the papers give it
    run(
        "INSERT INTO name (words, iri) SELECT dutch, iri FROM thing WHERE NOT registered AND kind NOT IN ('url', 'date')"
    )
    run(
        "INSERT INTO alias SELECT normalize(text), text, iri FROM (SELECT dutch AS text, iri FROM thing"
        " WHERE NOT registered AND kind NOT IN ('url', 'date') UNION SELECT title, iri FROM paper UNION"
        " SELECT identifier, iri FROM thing WHERE NOT registered AND identifier IS NOT NULL)"
    )
    run("DROP TABLE tally")
    run("DELETE FROM used")
    run("INSERT INTO used SELECT kind, rule, COUNT(*) FROM mention GROUP BY rule, kind")
    for name, table in (("papers", "paper"), ("mentions", "mention")):
        run(f"INSERT OR REPLACE INTO about VALUES (?, (SELECT COUNT(*) FROM {table}))", (name,))
