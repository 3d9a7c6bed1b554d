"""Papers by two numbers alone in brackets: "de brief (36528 B)", "de motie-Diks (34 952, 91)"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from graph.kinds.numbers import DOSSIER_NUMBER
from graph.model import Mention, Span
from graph.patterns import late

_BLANKS = late(r"[ .\n\x7f]")
_LETTERED = late(rf"\((?P<dossier>{DOSSIER_NUMBER})[ ,]{{1,2}}(?![IVX]\))(?P<number>[A-Z]{{1,2}})\)")
_COUNCIL = late(r"\((?P<dossier>21[ .]?501-[0-9]{2}),[ ](?P<number>[1-9][0-9]{0,3})\)")
"""A paper on the councils of the European Union, whose dossiers nothing else looks like."""
_PAIRED = late(rf"\((?P<dossier>{DOSSIER_NUMBER}),[ ](?P<number>[1-9][0-9]{{0,3}})\)")
_NAMED_PAPER = late(r"\b(?:moties?|amendement(?:en)?)\b[^.;()]{0,50}$", re.IGNORECASE)
"""What stands before two numbers in brackets that are a paper without the word for it: "motie-Diks (34 952, 91)"."""


def find_in_brackets(plain: str, start: int) -> Iterator[Mention]:
    """The paper whose dossier and ondernummer stand by themselves in the brackets that open at `start`."""
    inside = _LETTERED.match(plain, start) or _COUNCIL.match(plain, start)
    if inside is None and _NAMED_PAPER.search(plain[max(0, start - 60) : start]):
        inside = _PAIRED.match(plain, start)
    if inside:
        identity = f"kst-{_BLANKS.sub('', inside['dossier'])}-{inside['number']}"
        yield Mention("kamerstuk", Span(start + 1, inside.end() - 1), identity)
