"""Expected references as text that a person reads: `[[Kamerstuk 33279-40|kst-33279-40]]`.

`[[words|id]]` marks a reference, `[[words|kind|id]]` one whose kind matters too, `[[words|?]]` one that is unresolved.
Marks may lie within one another. A comparison of two marked texts fails as a diff.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

_CLOSE = re.compile(r"\|(?:(?P<kind>[a-z-]+)\|)?(?P<id>[^|\[\]\n]*)\]\]")


class Marked(NamedTuple):
    """A marked stretch of a text. `kind` is None where the mark does not name it, `id` where it is unresolved."""

    start: int
    end: int
    kind: str | None
    id: str | None


def unmark(marked: str) -> tuple[str, list[Marked]]:
    """The plain text and its marks, by place, an outer one before those within it. Raises ValueError for an open mark."""
    text: list[str] = []
    found: list[Marked] = []
    opened: list[int] = []
    at = 0
    while at < len(marked):
        if marked.startswith("[[", at):
            opened.append(len(text))
            at += 2
        elif opened and (close := _CLOSE.match(marked, at)):
            identity = None if close["id"] == "?" else close["id"]
            found.append(Marked(opened.pop(), len(text), close["kind"], identity))
            at = close.end()
        else:
            text.append(marked[at])
            at += 1
    if opened:
        raise ValueError(f"a mark is not closed: {marked[max(0, opened[-1] - 20) :][:60]!r}")
    return "".join(text), sorted(found, key=_order)


def mark(text: str, references: Iterable[Marked]) -> str:
    """The text with its references marked. Raises ValueError where two cross, or where the text cannot be marked."""
    outer_first = sorted(references, key=_order)
    pieces, opened, at = [], list[Marked](), 0
    for place in sorted({0, len(text), *(each.start for each in outer_first), *(each.end for each in outer_first)}):
        pieces.append(text[at:place])
        at = place
        while opened and opened[-1].end == place:
            pieces.append(_closing(opened.pop()))
        if any(each.end == place for each in opened):
            raise ValueError(f"references cross at {place}: {text[max(0, place - 30) : place + 30]!r}")
        for each in outer_first:
            if each.start == place:
                pieces.append("[[")
                opened.append(each)
    made = "".join(pieces)
    if unmark(made)[0] != text:
        raise ValueError("the text itself holds what reads as a mark")
    return made


def _closing(each: Marked) -> str:
    kind = f"{each.kind}|" if each.kind else ""
    return f"|{kind}{'?' if each.id is None else each.id}]]"


def _order(each: Marked) -> tuple[int, int, str, str]:
    return each.start, -each.end, each.kind or "", each.id or ""
