"""Papers by their ids as they are written out (kst-33279-40), and by the Roman numbers of the Eerste Kamer's own dossiers.

Ids are those of officielebekendmakingen.nl: kst-36410-V-12, with a reprint kst-34038-3-n1, of old with the year
kst-20032004-29218-E; a dossier of the Eerste Kamer itself is kst-CXLIX-B.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from graph.model import Mention, Span
from graph.patterns import late

_WRITTEN = late(r"kst-((?:[12][0-9]{7}-)?[0-9]{5}(?:-[0-9A-Z]{1,6}){1,4})(?![0-9A-Za-z])", re.IGNORECASE)
_SMALL = late(r"[bhnv]?[0-9]{1,4}[a-z]?", re.IGNORECASE)
"""Parts of an id with small letters: reprints and annexes ("n1", "b2"), numbers of the Eerste Kamer of old ("188b")."""
_PARTS = late(r"kst-(?:[12][0-9]{7}-)?(?P<dossier>.+?)-(?P<number>[^-]+)(?:-[bhnv][0-9]{1,3})*")
_ROMAN = late(r"(?<![A-Za-z-])([CLXVI]{4,9}),?[ ]?([A-Z]{1,2})(?![A-Za-z])")


def _romans() -> tuple[str, ...]:
    """The numbers that dossiers of the Eerste Kamer itself have, XXIX to CC, in small letters."""
    signs = ((100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
    made = []
    for number in range(29, 201):
        rest, roman = number, ""
        for value, sign in signs:
            roman += sign * (rest // value)
            rest %= value
        made.append(roman)
    return tuple(roman for roman in made if len(roman) >= 4)


ROMANS = _romans()


def find_written(plain: str, start: int) -> Iterator[Mention]:
    """The paper whose id begins at `start`, in the case in which the publisher writes it."""
    if written := _WRITTEN.match(plain, start):
        parts = (part.lower() if _SMALL.fullmatch(part) else part.upper() for part in written[1].split("-"))
        yield Mention("kamerstuk", Span(*written.span()), "-".join(("kst", *parts)))


def find_roman(plain: str, start: int) -> Iterator[Mention]:
    """The paper of a dossier with a Roman number that begins at `start`: "CXLVIII, A"."""
    if roman := _ROMAN.match(plain, start):
        yield Mention("kamerstuk", Span(*roman.span()), f"kst-{roman[1]}-{roman[2]}")


def dossier_of(identity: str) -> str:
    """The dossier of a Kamerstuk: "kst-36410-V-12" -> "36410-V", "kst-34038-3-n1" -> "34038"."""
    return _part(identity, "dossier")


def number_of(identity: str) -> str:
    """The ondernummer of a Kamerstuk: "kst-36410-V-12" -> "12", "kst-34038-3-n1" -> "3"."""
    return _part(identity, "number")


def _part(identity: str, name: str) -> str:
    match = _PARTS.fullmatch(identity)
    return match[name] if match else ""
