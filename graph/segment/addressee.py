"""Whom a letter is addressed to: the line "Aan de Voorzitter van de Tweede Kamer" above or, in older papers, under it."""

from __future__ import annotations

from collections.abc import Iterator

from graph.model import Document, Mention, Span
from graph.patterns import late

_ADDRESSEE = late(
    r"(?:^|[\n\t])[ \u00a0]*(?:Aan[ \n]de[nr]?[ \n]|De )(?:[Hh]eer[ ])?(?P<who>[Vv]oorzitter[ \n]van[ \n]de[ \n](?P<which>Tweede|Eerste)[ \n]Kamer"
    r"(?:[ \n]{1,2}der[ \n]{1,2}Staten[- ]{0,2}Generaal)?)[ .,]*(?=\n|$)"
)
_HEAD, _FOOT = 3000, 1500
"""Characters above and under a letter in which the line may stand."""
CHAMBERS = {"Tweede": "chamber:tk", "Eerste": "chamber:ek"}


def addressees(document: Document) -> Iterator[Mention]:
    """The chamber to which a letter is addressed, where its speaker stands alone on a line."""
    text = document.text
    for start, end in ((0, _HEAD), (max(_HEAD, len(text) - _FOOT), len(text))):
        if "oorzitter" in text[start:end] and (match := _ADDRESSEE.search(text, start, end)):
            yield Mention("chamber", Span(*match.span("who")), CHAMBERS[match["which"]])
            return
