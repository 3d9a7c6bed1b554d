"""Gold sets: texts with the references that a careful reader marked, and how found references are held against them.

Right is a reference whose kind and id are the gold's and whose words overlap with it; each gold reference is matched once.
Addresses are compared without scheme and closing slash, laws without case. A set need not mark all kinds: which it does, its
README.md says in a table under a heading that begins with "Kinds". What is found of other kinds is neither right nor wrong.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

SOFT = ("law", "office", "motion", "letter")
"""Kinds that depend more on taste; reported apart."""


@dataclass(frozen=True, slots=True)
class Found:
    """A reference in a text, in gold or found: place, kind, id (empty if unresolved), and confidence."""

    start: int
    end: int
    kind: str
    id: str
    confidence: float = 1.0

    def overlap(self, start: int, end: int) -> int:
        """How many characters it shares with a place; none or less if it shares nothing."""
        return min(self.end, end) - max(self.start, start)


@dataclass(frozen=True, slots=True)
class GoldText:
    """A text with its references and with the places that are neither right nor wrong (all kinds, or those named)."""

    name: str
    text: str
    date: date | None
    references: tuple[Found, ...]
    ignore: tuple[tuple[int, int, tuple[str, ...]], ...]
    kinds: frozenset[str] | None = None
    """The kinds that were looked for when the text was marked; None for all."""

    def marks(self, kind: str) -> bool:
        """Whether references of a kind were marked, so that one that is not marked is none."""
        return self.kinds is None or kind in self.kinds


def same(kind: str, identity: str) -> str:
    """The form of an id in which two ids of a kind are compared."""
    if kind == "url":
        host, slash, rest = re.sub(r"^[a-z][a-z0-9+.-]*://", "", identity.strip(), flags=re.IGNORECASE).partition("/")
        return (host.lower() + slash + rest).rstrip("/")
    return " ".join(identity.split()).casefold() if kind == "law" else identity.strip()


def load(folder: Path) -> Iterator[GoldText]:
    """The gold texts of a folder: NAME.txt with NAME.json beside it."""
    kinds = marked_kinds(folder)
    for path in sorted(folder.glob("*.json")):
        told = json.loads(path.read_text(encoding="utf-8"))
        text = path.with_suffix(".txt")
        if not isinstance(told, dict) or "references" not in told or not text.exists():
            continue
        yield GoldText(
            path.stem,
            text.read_bytes().decode("utf-8"),
            date.fromisoformat(told["date"]) if told.get("date") else None,
            tuple(Found(each["start"], each["end"], each["kind"], each["id"]) for each in told["references"]),
            tuple((each["start"], each["end"], tuple(each.get("kinds", ()))) for each in told.get("ignore", ())),
            kinds,
        )


def marked_kinds(folder: Path) -> frozenset[str] | None:
    """The kinds in the table of a set's README.md, one or more ("staatsblad, tractatenblad") a row; None if it has no such table."""
    readme = folder / "README.md"
    if not readme.exists():
        return None
    _, found, rest = readme.read_text(encoding="utf-8").partition("\n## Kinds")
    rows = re.findall(r"^\| ([a-z][a-z, -]*?) \|", rest.partition("\n## ")[0], re.MULTILINE)
    kinds = frozenset(kind for row in rows[1:] for kind in row.split(", "))
    return kinds if found and kinds else None


def match(gold: GoldText, found: Iterable[Found]) -> tuple[list[tuple[Found, Found]], list[Found], list[Found]]:
    """Pairs of gold and found, gold that was missed, and found that is wrong (outside what is ignored)."""
    unique = list({(each.start, each.end, each.kind, same(each.kind, each.id)): each for each in found}.values())
    taken: dict[int, int] = {}

    def options(each: Found) -> list[int]:
        shared = [
            (each.overlap(reference.start, reference.end), index)
            for index, reference in enumerate(gold.references)
            if reference.kind == each.kind and same(each.kind, reference.id) == same(each.kind, each.id)
        ]
        return [index for overlap, index in sorted(shared, key=lambda pair: (-pair[0], pair[1])) if overlap > 0]

    def place(number: int, visited: set[int]) -> bool:
        for index in options(unique[number]):
            if index not in visited:
                visited.add(index)
                if index not in taken or place(taken[index], visited):
                    taken[index] = number
                    return True
        return False

    for number in range(len(unique)):
        place(number, set())
    pairs = [(gold.references[index], unique[number]) for index, number in taken.items()]
    missed = [reference for index, reference in enumerate(gold.references) if index not in taken]
    wrong = [each for number, each in enumerate(unique) if number not in taken.values() and not _excused(gold, each)]
    return pairs, missed, wrong


def _excused(gold: GoldText, each: Found) -> bool:
    return any(each.overlap(start, end) > 0 and (not kinds or each.kind in kinds) for start, end, kinds in gold.ignore)
