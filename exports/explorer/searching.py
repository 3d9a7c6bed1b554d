"""Full-text search: passages that have the words in the box, with facets."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from exports.explorer.index import Index, Row
from exports.explorer.indexing import SHIFT

_LONGEST = 300  # characters of a question
COUNTED = 10_000  # passages in which facets are counted
_RANKED = 5_000  # passages up to which the best stand first; of more the newest
_WORD = re.compile(r'"([^"]+)"|(\w[\w\'’.-]*\*?)')
_VALUES = 12  # of a facet, at most
FACETS = ("sort", "year", "ministry", "treaty")


@dataclass(frozen=True, slots=True)
class Filters:
    """By what the papers are filtered: values of FACETS, and the first and the last day."""

    chosen: tuple[tuple[str, str], ...]
    first: str
    last: str

    def __bool__(self) -> bool:
        """Whether anything is filtered."""
        return bool(self.chosen or self.first or self.last)


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage with words that were asked for: its paper, its start, and the words with the marks around what was found."""

    paper: int
    start: int
    pieces: tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class Found:
    """Passages with the words: how many in all, in how many papers, some of them, and facet to (value, papers).

    `papers` and `facets` are counted in the first `COUNTED` passages; `more` says that there are more than these.
    """

    total: int
    papers: int
    hits: tuple[Hit, ...]
    facets: dict[str, list[tuple[str, int]]]
    more: bool


def worded(index: Index, asked: str, filters: Filters, number: int, size: int) -> Found:
    """The passages that have all the words asked for, a page of `size` of them; words between quotes stand together."""
    match = _match(asked)
    if not match:
        return Found(0, 0, (), {}, False)
    some = f"SELECT rowid, rowid / {SHIFT} AS paper FROM passage WHERE passage MATCH ?"
    within, values = _within(filters)
    counted = f"WITH hit AS MATERIALIZED ({some} LIMIT {COUNTED})"
    narrowed = f"FROM hit JOIN paper ON paper.number = hit.paper {within}"
    every = index.number("SELECT COUNT(*) FROM passage WHERE passage MATCH ?", match)
    papers = index.rows(
        f"{counted} SELECT hit.paper, paper.sort, substr(paper.day, 1, 4) AS year, COUNT(*) AS number {narrowed} GROUP BY hit.paper",
        match, *values,
    )  # fmt: skip
    total = sum(row["number"] for row in papers)
    chosen = f"SELECT hit.rowid {narrowed} ORDER BY paper.day DESC, hit.rowid LIMIT {size} OFFSET {(number - 1) * size}"
    if every <= _RANKED and not filters:
        rows = index.rows(
            "SELECT rowid, start, highlight(passage, 0, char(1), char(2)) AS words FROM passage WHERE passage MATCH ?"
            f" ORDER BY rank, rowid LIMIT {size} OFFSET {(number - 1) * size}", match,
        )  # fmt: skip
    else:
        places = [row["rowid"] for row in index.rows(f"{counted} {chosen}", match, *values)]
        rows = index.rows(
            "SELECT rowid, start, highlight(passage, 0, char(1), char(2)) AS words FROM passage"
            # in one pass: by each number for itself, all that a word may go on with is looked up each time
            f" WHERE passage MATCH ? AND rowid BETWEEN ? AND ? AND +rowid IN ({', '.join('?' * len(places))})",
            match, min(places, default=0), max(places, default=0), *places,
        )  # fmt: skip
        rows.sort(key=lambda row: places.index(row["rowid"]))
    hits = tuple(Hit(row["rowid"] // SHIFT, *_pieces(row["words"], row["start"])) for row in rows)
    return Found(total if filters else every, len(papers), hits, _facets(index, papers), every > COUNTED)


def _match(asked: str) -> str:
    """The words as FTS5 takes them: each quoted, so that none is read as an operator."""
    quoted = []
    for phrase, word in _WORD.findall(asked[:_LONGEST]):
        plain = (phrase or word).replace('"', " ").rstrip("*")
        if re.search(r"\w", plain):
            quoted.append(f'"{plain}"' + "*" * word.endswith("*"))
    return " ".join(quoted)


def _within(filters: Filters) -> tuple[str, list[object]]:
    """The filters as conditions on papers."""
    conditions, values = ["1"], list[object]()
    for facet, chosen in filters.chosen:
        if facet in ("sort", "year"):
            conditions.append("paper.sort = ?" if facet == "sort" else "substr(paper.day, 1, 4) = ?")
            values.append(chosen)
        else:
            conditions.append("EXISTS (SELECT 1 FROM tag WHERE tag.paper = paper.number AND facet = ? AND value = ?)")
            values += [facet, chosen]
    for compare, day in ((">=", filters.first), ("<=", filters.last)):
        if day:
            conditions.append(f"paper.day {compare} ?")
            values.append(day)
    return f"WHERE {' AND '.join(conditions)}", values


def _facets(index: Index, papers: Sequence[Row]) -> dict[str, list[tuple[str, int]]]:
    """In how many papers each value of each facet occurs, the most frequent first."""
    facets = {
        facet: _most(Counter(row[facet] for row in papers if row[facet] is not None)) for facet in ("sort", "year")
    }
    numbers = json.dumps([row["paper"] for row in papers])
    rows = index.rows(
        "SELECT facet, tag.value, COUNT(*) AS number FROM json_each(?) AS few JOIN tag ON tag.paper = few.value"
        " GROUP BY facet, tag.value", numbers,
    )  # fmt: skip
    for facet in ("ministry", "treaty"):
        facets[facet] = _most({row["value"]: row["number"] for row in rows if row["facet"] == facet})
    return facets


def _most(counts: Mapping[str, int]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:_VALUES]


def _pieces(marked: str, start: int) -> tuple[int, tuple[tuple[str, bool], ...]]:
    """The lines around what was found first, cut at the marks; and where in the text that first word stands."""
    first = marked.find("\x01")
    begin = max(marked.rfind("\n", 0, max(first, 0)) + 1, first - 200, 0)
    if begin and begin == first - 200:
        begin = marked.find(" ", begin) + 1 or begin
    shown = marked[begin : begin + 500]
    pieces, found = [], False
    for piece in re.split(r"([\x01\x02])", shown):
        if piece in ("\x01", "\x02"):
            found = piece == "\x01"
        elif piece:
            pieces.append((" ".join(piece.split()).join((" " * piece[0].isspace(), " " * piece[-1].isspace())), found))
    return start + max(first, 0), tuple(pieces)
