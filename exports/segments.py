"""A text cut at the boundaries of its references, so that each piece can be put in one element of a page.

References may overlap and one may lie within another, which elements of a page cannot; so a piece says which of them it
belongs to. The pieces joined are the text again, whatever the spans.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple


class Segment(NamedTuple):
    """A piece of a text: `start` inclusive and `end` exclusive, in code points; `within` are the indexes of the spans that cover it."""

    start: int
    end: int
    text: str
    within: tuple[int, ...]


def segments(text: str, spans: Iterable[tuple[int, int]]) -> Iterator[Segment]:
    """The pieces of a text in order, none of them empty, cut at each boundary of a span and nowhere else.

    A span is a pair (start, end) in code points, in any order, also twice. What lies outside the text is left out, and a
    span that covers no character cuts nothing. `within` holds indexes into `spans`, smallest first.
    """
    opening: dict[int, list[int]] = {}
    closing: dict[int, list[int]] = {}
    for index, (start, end) in enumerate(spans):
        first, after = max(0, start), min(end, len(text))
        if first < after:
            opening.setdefault(first, []).append(index)
            closing.setdefault(after, []).append(index)
    cuts = sorted({0, len(text), *opening, *closing})
    covering = set[int]()
    for here, there in pairwise(cuts):
        covering.difference_update(closing.get(here, ()))
        covering.update(opening.get(here, ()))
        yield Segment(here, there, text[here:there], tuple(sorted(covering)))
