"""What things are tied to: neighbours a few at a time, the ties among some things, and the sentences in which a tie is said."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from exports.explorer.index import Index, Row

_OTHERS = "SELECT target AS other, * FROM tie WHERE source = ?1 UNION ALL SELECT source AS other, * FROM tie WHERE target = ?1"
# paper by paper, since all of the graph may name the thing
_MENTIONS = (
    "SELECT SUM(naming.number) FROM json_each(?) AS few CROSS JOIN paper ON paper.number = few.value"
    " CROSS JOIN naming ON naming.target = ? AND naming.day = coalesce(paper.day, '') AND naming.paper = paper.number"
)
_EVERY = 400
"""Papers that say the same, in which the sentence is looked for, the newest first."""
Key = tuple[str, str, str]
"""Of a tie: source, relation, target."""


@dataclass(frozen=True, slots=True)
class Sieve:
    """What is let through: all but some kinds of things and some properties, said by papers within a period.

    The ends of the period are days, or the beginnings of days ("2023", "2023-04"); "" is open.
    """

    kinds: tuple[str, ...] = ()
    properties: tuple[str, ...] = ()
    since: str = ""
    until: str = ""


@dataclass(frozen=True, slots=True)
class Tie:
    """One thing tied to another by a property: how often that is said, and the first and last day on which it is."""

    source: str
    relation: str
    target: str
    number: int = 0
    first: str | None = None
    last: str | None = None

    @property
    def key(self) -> Key:
        """What tells it from others."""
        return self.source, self.relation, self.target


def neighbours(index: Index, iri: str, sieve: Sieve, limit: int, offset: int = 0) -> tuple[int, list[str]]:
    """How many things are tied to one, and some of them: the most often named with it first, of those the newest."""
    condition, values = _let_through(sieve)
    within = f"FROM ({_OTHERS}) AS tie WHERE {condition}"
    if sieve.kinds:
        marks, kinds = _marks(sieve.kinds)
        within += f" AND NOT EXISTS (SELECT 1 FROM thing WHERE iri = other AND kind IN ({marks}))"
        values += kinds
    if within.endswith("WHERE 1"):
        total = index.number("SELECT ties FROM spot WHERE iri = ?", iri)
    else:
        total = index.number(f"SELECT COUNT(DISTINCT other) {within}", iri, *values)
    rows = index.rows(
        f"SELECT other {within} GROUP BY other ORDER BY SUM(number) DESC, MAX(last) DESC, other LIMIT {limit:d} OFFSET {offset:d}",
        iri, *values,
    )  # fmt: skip
    return total, [row["other"] for row in rows]


def among(index: Index, iris: Sequence[str], sieve: Sieve) -> list[Tie]:
    """The ties that both begin and end at some of these things, in the order of the things."""
    condition, values = _let_through(sieve)
    rows = index.rows(
        "WITH here AS MATERIALIZED (SELECT value AS iri FROM json_each(?))"
        " SELECT * FROM tie WHERE source IN (SELECT iri FROM here) AND target IN (SELECT iri FROM here)"
        f" AND {condition} ORDER BY number DESC, last DESC, source, target, property", json.dumps(list(iris)), *values,
    )  # fmt: skip
    place = {iri: number for number, iri in enumerate(iris)}
    found = [Tie(*(row[name] for name in ("source", "property", "target", "number", "first", "last"))) for row in rows]
    return sorted(found, key=lambda tie: (place[tie.source], place[tie.target]))


def around(index: Index, iris: Iterable[str], sieve: Sieve, most: int) -> list[tuple[str, str]]:
    """The ends of the ties that begin or end at some of these things, at most so many each way."""
    condition, values = _let_through(sieve)
    here, found = json.dumps(list(iris)), list[tuple[str, str]]()
    for end in ("source", "target"):
        rows = index.rows(
            f"SELECT source, target FROM tie WHERE {end} IN (SELECT value FROM json_each(?)) AND {condition} LIMIT {most:d}",
            here, *values,
        )  # fmt: skip
        found += [(row["source"], row["target"]) for row in rows]
    return found


def degrees(index: Index, iris: Iterable[str]) -> dict[str, int]:
    """With how many things each of these is tied, those that are tied at all."""
    rows = index.rows(
        "SELECT iri, ties FROM spot WHERE iri IN (SELECT value FROM json_each(?))", json.dumps(list(iris))
    )
    return {row["iri"]: row["ties"] for row in rows}


def rows_of(index: Index, tie: Tie, sieve: Sieve, limit: int, offset: int = 0) -> tuple[int, list[int]]:
    """How many mentions a tie rests on, and the numbers of some: the newest first, in the order of the text.

    The words of the target bear it; where a paper that says it does not name the target, those of the source do.
    """
    papers = [row["paper"] for row in _saying(index, tie, sieve)]
    for named in (tie.target, tie.source):
        told = json.dumps(papers), named
        if total := index.number(_MENTIONS, *told):
            within = "FROM mention WHERE paper IN (SELECT value FROM json_each(?)) AND target = ?"
            order = f"ORDER BY day DESC, paper, start LIMIT {limit:d} OFFSET {offset:d}"
            return total, [row["rowid"] for row in index.rows(f"SELECT rowid {within} {order}", *told)]
    return 0, []


def sayers(index: Index, tie: Tie, limit: int) -> list[str]:
    """The papers that say so, the newest first."""
    return [row["iri"] for row in _saying(index, tie, Sieve())[:limit]]


def years(index: Index, ties: Iterable[Tie]) -> Counter[str]:
    """In each year how many times a paper of that year says one of these ties."""
    found: Counter[str] = Counter()
    for tie in ties:
        if tie.first and tie.first == tie.last:
            found[tie.first[:4]] += 1
        elif tie.first:
            found.update(row["day"][:4] for row in _saying(index, tie, Sieve()) if row["day"])
    return found


def _saying(index: Index, tie: Tie, sieve: Sieve) -> list[Row]:
    """The papers that say so, or that their sections do: "$" is what follows "#", which stands before a section."""
    since, until = sieve.since or "0", (sieve.until or "9") + "~"
    return index.rows(
        "SELECT DISTINCT paper.number AS paper, paper.day, paper.iri FROM edge INDEXED BY edge_source JOIN paper ON paper.number = edge.paper"
        " WHERE source >= ?1 AND source < ?1 || '$' AND (source = ?1 OR source > ?1 || '#') AND property = ?2 AND target = ?3"
        f" AND (?4 = '' OR day BETWEEN ?5 AND ?6) ORDER BY day DESC, paper LIMIT {_EVERY}",
        tie.source, tie.relation, tie.target, sieve.since + sieve.until, since, until,
    )  # fmt: skip


def _let_through(sieve: Sieve) -> tuple[str, list[object]]:
    """A sieve as a condition on ties; kinds are not among it."""
    conditions, values = list[str](), list[object]()
    if sieve.properties:
        marks, properties = _marks(sieve.properties)
        conditions.append(f"property NOT IN ({marks})")
        values += properties
    if sieve.since or sieve.until:
        # "~" stands behind all that a day can go on with
        since, until = sieve.since or "0", (sieve.until or "9") + "~"
        between = (
            "EXISTS (SELECT 1 FROM edge JOIN paper ON paper.number = edge.paper WHERE edge.source = tie.source"
            " AND edge.property = tie.property AND edge.target = tie.target AND paper.day BETWEEN ? AND ?)"
        )
        conditions.append(f"(first BETWEEN ? AND ? OR last BETWEEN ? AND ? OR (first < ? AND last > ? AND {between}))")
        values += [since, until, since, until, since, until, since, until]
    return " AND ".join(conditions) or "1", values


def _marks(values: Sequence[str]) -> tuple[str, list[object]]:
    return ", ".join("?" * len(values)), list(values)
