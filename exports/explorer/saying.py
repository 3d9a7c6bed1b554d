"""Where a tie is said: in which sentences, or where no words bear it, in which papers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from exports.explorer import evidence
from exports.explorer.evidence import Evidence, Named
from exports.explorer.index import Index
from exports.explorer.ties import Sieve, Tie, rows_of, sayers
from exports.explorer.words import Say

_PAPERS = 5
"""Papers that are named where no words bear a tie."""


@dataclass(frozen=True, slots=True)
class Said:
    """A tie in words, with some of the sentences that bear it, and how many there are; `papers` say it without words."""

    tie: Tie
    source: Named
    words: str
    target: Named
    sentences: tuple[Evidence, ...]
    total: int
    papers: tuple[Named, ...]


def said(index: Index, ties: Iterable[Tie], sieve: Sieve, say: Say, each: int = 1, offset: int = 0) -> list[Said]:
    """The ties in words, in their order, with up to `each` sentences from `offset` on."""
    found = list(ties)
    counted = [rows_of(index, tie, sieve, each, offset) for tie in found]
    numbers = list(dict.fromkeys(number for _, rows in counted for number in rows))
    marks = ", ".join("?" * len(numbers))
    rows = index.rows(f"SELECT rowid, * FROM mention WHERE rowid IN ({marks})", *numbers)
    ready = dict(zip((row["rowid"] for row in rows), evidence.of(index, rows, say), strict=True))
    silent = {tie: sayers(index, tie, _PAPERS) for tie, (total, _) in zip(found, counted, strict=True) if not total}
    ends = [iri for tie in found for iri in (tie.source, tie.target)]
    things = evidence.all_named(index, [*ends, *(iri for iris in silent.values() for iri in iris)], say)
    return [
        Said(
            tie, things[tie.source], evidence.property_in_words(tie.relation, say), things[tie.target],
            tuple(ready[number] for number in some), total, tuple(things[iri] for iri in silent.get(tie, ())),
        )
        for tie, (total, some) in zip(found, counted, strict=True)
    ]  # fmt: skip
