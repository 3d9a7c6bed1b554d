"""Look up what a reader names: candidates from the index, ranked as `graph.lookup` ranks them everywhere."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence

from exports.explorer.index import Index, Row
from exports.explorer.state import whole
from graph.find import references
from graph.lookup import (
    LONGEST,
    AmbiguousName,
    Entity,
    Match,
    Rank,
    UnknownName,
    choice,
    choose,
    nearest,
    normalize,
    rank,
    read_references,
    unknown,
)
from ontology.terms import BASE

NAMES = 12  # names shown
_CANDIDATES = 200
_POOL = 2_000
"""Names of what no register has that are compared for "did you mean", of those that begin with the same letters."""
_START = 3  # letters
RANKED = 5_000
"""Things and passages up to which the best stand first; of more some of them."""
_LAST = "\U0010ffff"


def find(index: Index, asked: str, kinds: Collection[str] = ()) -> Match:
    """Find the one entity that a name means, of some kinds if they are given.

    Raises UnknownName, with the nearest names, if there is none, and AmbiguousName if there are several.
    """
    read = read_references(asked, references)
    entities = [each for each in _candidates(index, asked, read) if not kinds or each.kind in kinds]
    try:
        return choose(asked, entities, read, kinds)
    except AmbiguousName:
        raise
    except UnknownName as error:
        raise unknown(asked, error.candidates or nearest(asked, _pool(index, asked, kinds)), kinds) from None


def exact(index: Index, asked: str) -> list[Row]:
    """Find the things of which this is the whole of a name, or the number in any way of writing, best first."""
    read = read_references(asked, references)
    matches = rank(asked, _candidates(index, asked, read, words=False), read)
    best = [match.entity.iri for match in matches if match.rank == matches[0].rank and match.rank <= Rank.NORMALIZED]
    known = index.things(best)
    return sorted((known[iri] for iri in best), key=lambda row: -row["papers"])


def similar(index: Index, asked: str) -> list[Row]:
    """Find the things whose names resemble what was asked for, for "did you mean"."""
    found = [each.iri for each in nearest(asked, _pool(index, asked, ()))]
    known = index.things(found)
    return [known[iri] for iri in found]


def named(index: Index, asked: str, limit: int = NAMES) -> tuple[int, list[Row]]:
    """Find the things whose name has words that begin as those asked for, most mentioned first, and how many there are."""
    match = _match(asked)
    if not match:
        return 0, []
    joined = "FROM name JOIN thing ON thing.iri = name.iri WHERE name MATCH ?"
    total = index.number("SELECT COUNT(*) FROM name WHERE name MATCH ?", match)
    if total > RANKED:
        joined += f" AND name.rowid IN (SELECT rowid FROM name WHERE name MATCH ?1 LIMIT {RANKED})"
    rows = index.rows(
        f"SELECT thing.*, group_concat(name.words, char(10)) AS words {joined} GROUP BY thing.iri"
        f" ORDER BY papers DESC, mentions DESC, dutch LIMIT {limit}", match,
    )  # fmt: skip
    return total, rows


def described(candidates: Sequence[Entity], kinds: Collection[str] = ()) -> list[tuple[Entity, str]]:
    """Give candidates with what chooses each, of some kinds if they are given."""
    return [(each, choice(each, candidates)) for each in candidates if not kinds or each.kind in kinds][:NAMES]


def _match(asked: str) -> str:
    words = [word for word in re.findall(r"\w+", asked[:LONGEST]) if len(word) > 1 or word.isdigit()]
    return " ".join(f'"{word}"*' for word in words)


def _candidates(index: Index, asked: str, read: Iterable[str], words: bool = True) -> list[Entity]:
    """Collect what a name may mean: by IRI, by id, by a name without regard to case and signs, and by words of a name."""
    asked = " ".join(asked.split())
    if not asked or len(asked) > LONGEST:
        return []
    names, rows = dict[str, set[str]](), dict[str, Row]()
    by_iri = index.things(iri for iri in (*read, asked, whole(asked)) if iri)
    by_id = index.rows("SELECT * FROM thing WHERE identifier = ? LIMIT ?", asked, _CANDIDATES)
    by_key = index.rows(
        "SELECT thing.*, alias.name AS words FROM alias JOIN thing ON thing.iri = alias.iri WHERE key = ? LIMIT ?",
        normalize(asked), _CANDIDATES,
    )  # fmt: skip
    by_words = named(index, asked, _CANDIDATES)[1] if words else []
    for row in (*by_iri.values(), *by_id, *by_key, *by_words):
        rows[row["iri"]] = row
    for row in (*by_key, *by_words):
        names.setdefault(row["iri"], set()).update(row["words"].split(" \n"))
    return [_entity(row, names.get(iri, ())) for iri, row in rows.items()]


def _pool(index: Index, asked: str, kinds: Collection[str]) -> list[Entity]:
    """Collect what a misspelt name may mean: all that registers have, and some of the rest that begins with the same letters."""
    start = normalize(asked[:LONGEST])[:_START]
    names, rows = dict[str, set[str]](), dict[str, Row]()
    select = "SELECT thing.*, alias.name AS words FROM alias JOIN thing ON thing.iri = alias.iri WHERE"
    registered = index.rows(f"{select} registered")
    rest = index.rows(f"{select} key BETWEEN ? AND ? LIMIT ?", start, start + _LAST, _POOL) if start else []
    for row in (*registered, *rest):
        if not kinds or row["kind"] in kinds:
            rows[row["iri"]] = row
            names.setdefault(row["iri"], set()).add(row["words"])
    return [_entity(row, names[iri]) for iri, row in rows.items()]


def _entity(row: Row, names: Iterable[str]) -> Entity:
    own = (row["english"], row["identifier"] or "")
    return Entity(
        row["kind"],
        row["identifier"] or row["iri"].removeprefix(BASE),
        row["iri"],
        row["dutch"],
        tuple(sorted({*names, *filter(None, own)})),
        bool(row["registered"]),
    )
