"""Where sentences begin and end, as far as quotes need it."""

from __future__ import annotations

from graph.model import Span
from graph.patterns import late

_END = late(r"[.?!][\"'»”’)]*(?=\s|[⁰¹²³⁴-⁹0-9\[]|$)|\n\s*\n")
_ABBREVIATED = late(
    r"\b(?:nr|nrs|jl|d\.d|dd|c\.s|cs|art|artt|o\.a|bijv|bv|blz|p|drs|mr|dr|ir|prof|Stb|Trb|Stcrt|vgl|resp|mln|mld|n\.a\.v|i\.v\.m|t\.a\.v|i\.h\.k\.v|[A-Z])\.$"
)
_FURTHEST = 600


def sentence_at(text: str, place: Span, within: Span) -> Span:
    """The sentence around a place, inside the bounds of `within` and at most some 600 characters to each side.

    A place right behind a full stop (the mark of a note) belongs to the sentence before it.
    """
    first, last = max(within.start, place.start - _FURTHEST), min(within.end, place.end + _FURTHEST)
    start, end = first, last
    for match in _END.finditer(text, first, last):
        if not _ABBREVIATED.search(text, max(first, match.end() - 8), match.end()):
            if match.end() >= place.start:
                end = match.end()
                break
            start = match.end()
    end = max(end, place.end)
    words = text[start:end]
    return Span(start + len(words) - len(words.lstrip()), start + len(words.rstrip()))
