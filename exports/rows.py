"""The graph as two tables, for people who use no RDF: one row a mention, one row a paper; as CSV and as Parquet.

Rows come paper by paper, in the order of the text, so that memory does not grow with the graph. Parquet is written by DuckDB,
which is also what one asks it with; it comes with `pip install kamergraaf[parquet]`.
"""

from __future__ import annotations

import csv
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO

import pyoxigraph

from exports.steps import Step, tracked
from exports.tables import as_csv
from graph.store import Store, value
from ontology.terms import KG

_QUERIES = Path(__file__).parent / "tabular"
_MANY = 500
"""Rows that are written at a time."""


class NoParquet(Exception):
    """The library that writes Parquet is not installed; the message says how to have it."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its name and its columns with their types, in the words of SQL."""

    name: str
    columns: Mapping[str, str]

    @property
    def query(self) -> str:
        """The query for the rows of one paper, which `?paper` stands for."""
        return (_QUERIES / f"{self.name}.rq").read_text("utf-8")


MENTIONS = Table(
    "mentions",
    {
        "paper": "VARCHAR", "start": "INTEGER", "end": "INTEGER", "quote": "VARCHAR", "section": "VARCHAR",
        "kind": "VARCHAR", "target": "VARCHAR", "id": "VARCHAR", "label": "VARCHAR", "rule": "VARCHAR",
        "confidence": "DOUBLE", "problem": "VARCHAR", "reason": "VARCHAR",
    },
)  # fmt: skip
"""One row a mention: the paper, the place in its text (code points), what is meant (`target`, empty where unresolved)."""
PAPERS = Table(
    "papers",
    {
        "paper": "VARCHAR", "id": "VARCHAR", "label": "VARCHAR", "sort": "VARCHAR", "date": "DATE", "earliest": "DATE",
        "latest": "DATE", "sitting": "VARCHAR", "dossier": "VARCHAR", "signed": "VARCHAR",
    },
)  # fmt: skip
"""One row a paper; `signed` holds all who signed, with a semicolon between them."""
TABLES = (MENTIONS, PAPERS)

Row = dict[str, str]
_Term = pyoxigraph.NamedNode | pyoxigraph.BlankNode | pyoxigraph.Literal | pyoxigraph.Triple


def rows(store: Store, table: Table, progress: Step | None = None) -> Iterator[Row]:
    """The rows of a table, paper by paper; a value that there is not is an empty text."""
    confidence = _confidence(store)
    papers = sorted(store.papers())
    for paper in tracked(papers, papers, len(papers), progress):
        found = list(_found(store, table, paper))
        if table is PAPERS:
            yield from _one_a_paper(found)
        else:
            yield from _one_a_mention(found, confidence)


def _found(store: Store, table: Table, paper: str) -> Iterator[Row]:
    graph: dict[pyoxigraph.Variable, _Term] = {pyoxigraph.Variable("paper"): pyoxigraph.NamedNode(paper)}
    solutions = store.quads.query(table.query, substitutions=graph)
    assert isinstance(solutions, pyoxigraph.QuerySolutions)
    names = [variable.value for variable in solutions.variables]
    for solution in solutions:
        yield {name: value(term) if (term := solution[name]) is not None else "" for name in names} | {"paper": paper}


def _one_a_paper(found: list[Row]) -> Iterator[Row]:
    if found:
        signed = "; ".join(sorted({row["signed"] for row in found} - {""}))
        yield min(found, key=lambda row: tuple(row.values())) | {"signed": signed}


def _one_a_mention(found: list[Row], confidence: Mapping[str, str]) -> Iterator[Row]:
    mentions: dict[str, Row] = {}
    # a thing may have two labels in a paper; the first in the alphabet stands for it
    for row in sorted(found, key=lambda row: (int(row["start"]), int(row["end"]), *row.values())):
        mentions.setdefault(row["mention"], row)
    for row in mentions.values():
        kind, rule = row["rule"].rsplit("/", 2)[1:]
        yield row | {"kind": kind, "rule": rule, "confidence": confidence.get(row["rule"], "")}


def _confidence(store: Store) -> dict[str, str]:
    """How far each rule is to be trusted, by its address."""
    has = pyoxigraph.NamedNode(f"{KG}confidence")
    return {value(quad.subject): value(quad.object) for quad in store.quads.quads_for_pattern(None, has, None)}


def write_csv(store: Store, table: Table, out: BinaryIO, progress: Step | None = None) -> int:
    """Write a table as CSV, with nothing in it that a spreadsheet would run, and give the number of rows."""
    out.write(as_csv([table.columns]).encode("utf-8"))
    number, cells = 0, _cells(store, table, progress)
    while some := list(islice(cells, _MANY)):
        out.write(as_csv(some).encode("utf-8"))
        number += len(some)
    return number


def write_parquet(store: Store, table: Table, out: BinaryIO, progress: Step | None = None) -> int:
    """Write a table as Parquet and give the number of rows. Raises NoParquet."""
    try:
        import duckdb
    except ImportError as error:
        raise NoParquet("Parquet needs DuckDB; install it with: pip install 'kamergraaf[parquet]'") from error
    with tempfile.TemporaryDirectory() as folder:
        plain, packed = Path(folder) / "rows.csv", Path(folder) / "rows.parquet"
        number = _write_plain(store, table, plain, progress)
        # one thread and little memory: the rows keep their order, and a laptop is enough for any graph
        with duckdb.connect(config={"threads": 1, "memory_limit": "512MB", "temp_directory": folder}) as base:
            base.read_csv(str(plain), header=True, columns=dict(table.columns), **_PLAIN).write_parquet(
                str(packed), compression="zstd"
            )
        with packed.open("rb") as file:
            shutil.copyfileobj(file, out, 1 << 20)
    return number


_PLAIN: dict[str, Any] = {
    "sep": ",",
    "quotechar": '"',
    "escapechar": '"',
    "auto_detect": False,
    "max_line_size": 100_000_000,
}


def _write_plain(store: Store, table: Table, target: Path, progress: Step | None) -> int:
    """The rows as they are, for the writer of Parquet; all quoted, since a carriage return by itself would end a row."""
    number = 0
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n", quoting=csv.QUOTE_ALL)
        writer.writerow(table.columns)
        for number, cells in enumerate(_cells(store, table, progress), 1):  # noqa: B007  (its last value is the number of rows)
            writer.writerow(cells)
    return number


def _cells(store: Store, table: Table, progress: Step | None) -> Iterator[list[str]]:
    return ([row[name] for name in table.columns] for row in rows(store, table, progress))
