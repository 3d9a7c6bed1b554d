"""What people have today, run on the same texts: the patterns of opentk.nl, and the library nllegalcit where installed.

The patterns are written from their description in words; opentk links Kamerstukken, zaken and documents at page view.
"""

from __future__ import annotations

import contextlib
import io
import re
from collections.abc import Iterator
from typing import Any

from bench.gold import Found

_NUMBER = re.compile(r"20\d\d([DZ])\d{5}")
_KAMERSTUK = re.compile(r"([1-4]\d{4}|\d\d \d{3})(?:[ -]([A-Z0-9]{1,5}))?[,nr. -]{1,6}([1-9]\d{0,3})")
_PIECE = 2000
_REVERSED = re.compile(r"([1-9]\d{0,3}) \((\d{5})(?:-([A-Z0-9]{1,5}))?\)")


def opentk(text: str) -> Iterator[Found]:
    """References by the four patterns of opentk.nl."""
    for match in _NUMBER.finditer(text):
        yield Found(*match.span(), "document" if match[1] == "D" else "zaak", match.group())
    for match in _KAMERSTUK.finditer(text):
        yield Found(*match.span(), "kamerstuk", _id(match[1], match[2], match[3]))
    for match in _REVERSED.finditer(text):
        yield Found(*match.span(), "kamerstuk", _id(match[2], match[3], match[1]))


def _id(dossier: str, suffix: str | None, number: str) -> str:
    return "-".join(part for part in ("kst", dossier.replace(" ", ""), suffix, number) if part)


def nllegalcit_is_there() -> bool:
    """Whether the library can be imported."""
    try:
        import nllegalcit  # noqa: F401  (only whether it is there)
    except ImportError:
        return False
    return True


def nllegalcit(text: str) -> Iterator[Found]:
    """References by nllegalcit, which wants texts of a few kilobytes: its memory grows with their length."""
    import nllegalcit as library

    for offset in range(0, len(text), _PIECE):
        piece = text[offset : offset + _PIECE]
        # it prints its parse trees
        with contextlib.redirect_stdout(io.StringIO()):
            citations = library.parse_citations(piece)
        for citation in citations:
            start = offset + max(0, piece.find(citation.matched_text))
            kind, identity = _as_ours(citation)
            yield Found(start, start + len(citation.matched_text), kind, identity)


def _as_ours(citation: Any) -> tuple[str, str]:
    """The kind and id that one of its citations comes to."""
    name = type(citation).__name__
    if name == "EcliCitation":
        return "ecli", f"ECLI:{citation.country}:{citation.court}:{citation.year}:{citation.casenumber}".upper()
    if name == "KamerstukCitation":
        return "kamerstuk", f"kst-{citation.dossiernummer}-{citation.ondernummer}".replace(" ", "-")
    if name == "HandelingCitation":
        years = citation.vergaderjaar.replace("-", "")
        chamber = "ek" if citation.kamer == "I" else "tk"
        item = f"-{citation.itemnummer}" if citation.itemnummer else ""
        return "handelingen", f"h-{chamber}-{years}-{citation.vergaderingnummer}{item}"
    return "ecli", str(citation)
