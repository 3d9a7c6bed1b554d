"""The project's own gold set: texts in which references are marked where they stand.

    # Voorbeeldtekst, geen officiële tekst. | date: 2024-11-19 | id: none

    Zie [[Kamerstuk 33279-40|kamerstuk|kst-33279-40]] en het {{Protocol}}.

The first line tells date and own number. `[[words|kind|id]]` is a reference, `{{words}}` is neither right nor wrong; marks may
lie within one another.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from bench.gold import Found, GoldText

_TOKEN = re.compile(r"\[\[|\{\{|\}\}|\|(?P<kind>[a-z-]+)\|(?P<id>[^\n]*?)\]\]")
_DATE = re.compile(r"date: (\d{4}-\d\d-\d\d)")


class MarkError(ValueError):
    """Marks that do not fit; the message names the text and the place."""


def load_marked(folder: Path) -> Iterator[GoldText]:
    """The marked texts of a folder. Raises MarkError."""
    for path in sorted(folder.glob("*.txt")):
        first, _, rest = path.read_bytes().decode("utf-8").partition("\n\n")
        day = _DATE.search(first)
        yield parse(path.stem, rest, date.fromisoformat(day[1]) if day else None)


def parse(name: str, marked: str, day: date | None = None) -> GoldText:
    """A marked text as a gold text. Raises MarkError for marks that are not closed."""
    pieces: list[str] = []
    length, at = 0, 0
    opened: list[tuple[str, int]] = []
    references, ignore = [], []
    for token in _TOKEN.finditer(marked):
        pieces.append(marked[at : token.start()])
        length += token.start() - at
        at = token.end()
        if token.group() in ("[[", "{{"):
            opened.append((token.group(), length))
            continue
        if not opened or (opened[-1][0] == "{{") != (token.group() == "}}"):
            raise MarkError(f"{name}: a mark closes that was not opened, after {''.join(pieces)[-40:]!r}")
        _, start = opened.pop()
        if token.group() == "}}":
            ignore.append((start, length, ()))
        else:
            references.append(Found(start, length, token["kind"], token["id"]))
    if opened:
        raise MarkError(f"{name}: {len(opened)} marks are not closed")
    pieces.append(marked[at:])
    return GoldText(
        name, "".join(pieces), day, tuple(sorted(references, key=lambda each: (each.start, -each.end))), tuple(ignore)
    )
