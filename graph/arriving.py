"""What stands beside the store to be loaded in one go, and counts once the record of its source is there.

Papers are gathered in `arriving-N.nq`; `arriving-N.jsonl` tells where in it each stands, and is removed after their records are on
disk. So what a load that was killed brought into the store, perhaps of a paper a part, can be taken out of it again.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

import pyoxigraph

from graph.named_graphs import BUILDS, TEXTS
from ontology.terms import PREFIXES

NUMBERS = (0, 1)
"""There are two files at most: one that is loaded, and one that is gathered."""
_READ_FROM = pyoxigraph.NamedNode(f"{PREFIXES['kg']}readFrom")


class Note(NamedTuple):
    """Where in a file a paper stands, the CRC-32 of its bytes there, its source as a dictionary and the lines of its record."""

    start: int
    end: int
    checksum: int
    source: dict[str, Any]
    record: list[str]


def gathered(folder: Path, number: int) -> Path:
    """The file of N-Quads with that number."""
    return folder / f"arriving-{number}.nq"


def noted(quads: Path) -> Iterator[Note]:
    """What the index says of each paper in a file, in the order in which they came."""
    with suppress(OSError, ValueError, TypeError), quads.with_suffix(".jsonl").open(encoding="utf-8") as lines:
        # there is no such file, or its last line was cut off
        yield from (Note(*json.loads(line)) for line in lines)


def discard(folder: Path) -> None:
    """Remove all that stands there, the indexes first: it belongs to a graph that is no more. Raises OSError."""
    for path in sorted(folder.glob("arriving-*"), key=lambda path: path.suffix):
        path.unlink()


def uncounted(folder: Path, quads: pyoxigraph.Store) -> set[str]:
    """The papers on their way into a store that have no record there: of each, nothing or a part or all may be in it."""
    builds = pyoxigraph.NamedNode(BUILDS)
    papers = {note.source["paper"] for number in NUMBERS for note in noted(gathered(folder, number))}
    return {
        paper
        for paper in papers
        if not any(quads.quads_for_pattern(pyoxigraph.NamedNode(paper), _READ_FROM, None, builds))
    }


def withdraw(folder: Path, quads: pyoxigraph.Store) -> None:
    """Take out of a store, open for writing, what was loaded without its record. Raises OSError and RuntimeError."""
    texts = pyoxigraph.NamedNode(TEXTS)
    for paper in map(pyoxigraph.NamedNode, uncounted(folder, quads)):
        quads.remove_graph(paper)
        for quad in list(quads.quads_for_pattern(paper, None, None, texts)):
            quads.remove(quad)
