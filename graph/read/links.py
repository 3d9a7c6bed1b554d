"""What a link in a file points to: a numbered paper where the address is an official one, else a web address."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import unquote

from graph.model import Mention, Span

_SITE = r"https?://(?:www\.)?(?:zoek\.)?(?:officielebekendmakingen|overheid)\.nl/"
_OFFICIAL: tuple[tuple[str, re.Pattern[str], Callable[[str], str]], ...] = (
    ("kamerstuk", re.compile(rf"{_SITE}(kst-[0-9]{{5}}(?:-[0-9A-Z]{{1,8}}){{1,3}})", re.IGNORECASE), str),
    ("aanhangsel", re.compile(rf"{_SITE}(ah-[te]k-[0-9]{{8}}-[0-9]{{1,5}})", re.IGNORECASE), str.lower),
    ("handelingen", re.compile(rf"{_SITE}(h-[te]k-[0-9]{{8}}-[0-9]{{1,4}}-[0-9]{{1,4}})", re.IGNORECASE), str.lower),
    ("bijlage", re.compile(rf"{_SITE}(blg-[0-9]{{3,8}})", re.IGNORECASE), str.lower),
    ("staatsblad", re.compile(rf"{_SITE}(stb-[0-9]{{4}}-[0-9]{{1,4}})", re.IGNORECASE), str.lower),
    ("tractatenblad", re.compile(rf"{_SITE}(trb-[0-9]{{4}}-[0-9]{{1,4}})", re.IGNORECASE), str.lower),
    ("staatscourant", re.compile(rf"{_SITE}(stcrt-[0-9]{{4}}-[0-9]{{1,6}})", re.IGNORECASE), str.lower),
    ("dossier", re.compile(rf"{_SITE}dossier/([0-9]{{5}}(?:-[0-9A-Z]{{1,6}}){{0,2}})", re.IGNORECASE), "dossier-{}".format),
    ("zaak", re.compile(r"https?://(?:www\.)?tweedekamer\.nl/[^#]*[?&]id=(20[0-9]{2}Z[0-9]{5})"), str),
    ("document", re.compile(r"https?://(?:www\.)?tweedekamer\.nl/[^#]*[?&](?:did|id)=(20[0-9]{2}D[0-9]{5})"), str),
    ("ecli", re.compile(r"https?://(?:deeplink|uitspraken)\.rechtspraak\.nl/[^#]*(ECLI:NL:[A-Z]{2,10}:[0-9]{4}:[0-9A-Z]{1,20})"), str),
    ("eu-act", re.compile(r"https?://eur-lex\.europa\.eu/[^#]*CELEX:(3[0-9]{4}[RLD][0-9]{4})(?![0-9])"), str),
)  # fmt: skip
_END = r"(?:\.(?:html|pdf|xml|odt))?(?:[/?#].*)?$"
_LONGEST = 2000
LINK = {"by": "link"}
"""The part of a mention that says that the file links its words to the address."""


def linked(target: str | None, span: Span) -> Mention | None:
    """The mention that a link with this target makes of the words at a place; None for what leads nowhere outside."""
    address = "".join((target or "").split())
    if not re.match(r"https?://[^/]*\w", address, re.IGNORECASE) or len(address) > _LONGEST:
        return None
    readable = unquote(address)
    for kind, pattern, spelt in _OFFICIAL:
        found = pattern.match(readable)
        if found and re.match(_END, readable[found.end() :]):
            identity = found[1].upper().replace("KST-", "kst-") if kind == "kamerstuk" else spelt(found[1])
            return Mention(kind, span, identity, LINK)
    return Mention("url", span, address, LINK)


def stripped(address: str) -> str:
    """An address without its scheme and closing slash, to compare what two links point to."""
    return re.sub(r"^https?://(?:www\.)?", "", address, flags=re.IGNORECASE).rstrip("/")
