"""Resolutions of the Security Council of the United Nations: VN-Veiligheidsraadresolutie 1540 (2004), S/RES/2231 (2015).

The symbol of a resolution is its number with the year in brackets; it is the id. A number alone tells which is meant, but
an official address wants the year. Other bodies number resolutions too: the General Assembly by session (2758 (XXVI), later
77/208), the Council of Europe, the European Parliament; so a bare number counts where the paper speaks of the Council.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from graph.fold import Folded
from graph.kinds.numbers import MONTH, S
from graph.model import Kind, Mention, Span
from graph.patterns import late

_COUNCIL = rf"(?:(?:VN|VN\'s|UN)?{S}-?{S}(?:Veiligheids-?{S}raads?|VR|Security{S}Council)|VNVR|UNSC)"
_YEAR = r"(?:19[4-9]|20[0-9])[0-9]"
_NUMBERED = (
    rf"(?P<number>[1-9][0-9]{{0,3}})(?![0-9A-Za-z]|[.,/-][0-9]|{S}[A-Z]?{S}\({S}[IVXLES-]{{1,8}}\)|{S}%)"
    rf"(?:{S}\({S}(?P<year>{_YEAR}){S}\)|{S}(?:uit|of|van){S}(?P<from>{_YEAR})(?![0-9])"
    rf"|{S},?{S}(?:van|d\.d\.|of|\(){S}[0-3]?[0-9]{S}(?:{MONTH}|(?i:January|February|March|May|June|July|August|October)){S}(?P<day_of>{_YEAR}))?"
)
_WORD = late(
    rf"(?:resoluties?|resolutions?)(?P<of>{S}(?:van{S}de|of{S}the|of){S}(?:UN{S}|VN-?{S})?{_COUNCIL}(?:{S}van{S}de{S}(?:VN|Verenigde{S}Naties))?)?"
    rf"{S},?{S}(?:nrs?\.?{S}|nummers?{S}|no\.?{S}|numbers?{S}|S/RES/)?{_NUMBERED}",
    re.IGNORECASE,
)
_SHORT = late(rf"(?:S/RES/|UN{S}SCRs?{S}|VNVRs?{S})(?:nr\.?{S})?{_NUMBERED}", re.IGNORECASE)
_NEXT = late(
    rf"{S}(?:,{S}en|,|;|en|of|and|&){S}(?:nr\.?{S}|S/RES/|(?:resolutie|resolution){S})?{_NUMBERED}", re.IGNORECASE
)
_PREFIX = late(r"[A-Za-z'-]*$")
# without what may stand before the name of the council, which makes no difference to whether it is there
_BEFORE = late(rf"(?:Veiligheids-?{S}raads?|VR|Security{S}Council|UNSC)(?:[^.;\n]|\n(?!\n)){{0,60}}$", re.IGNORECASE)
_BEHIND = late(rf"(?:{S}\([^()]{{1,40}}\))?,?{S}(?:van|of){S}(?:de|the){S}{_COUNCIL}", re.IGNORECASE)
_OTHER_BODY = late(
    r"(?:\b(?:AVVN|AV|EP|PACE|IMO|ILO|WHO|UNEA|IAEA|ICAO|A/RES|HRC)[- \n/]{0,2}|\b(?:Algemene[ \n]Vergadering|Europees[ \n]Parlement|Mensenrechtenraad|"
    r"Raad[ \n]van[ \n]Europa|Assemblee)[^.;]{0,40})$"
)
_OF_OTHER_BODY = late(
    rf"(?:{S}\([^()]{{1,40}}\))?,?{S}(?:van|aangenomen{S}door){S}(?:de|het){S}(?:AVVN|Algemene|General|Europe|Parlementaire|Raad|Mensenrechtenraad|IMO|ILO|WHO|IAEA|Kamer|Assemblee)"
)
_LAST_OF_YEAR = (
    (1946, 15), (1950, 89), (1955, 110), (1960, 160), (1965, 219), (1970, 291), (1975, 384), (1980, 484), (1985, 580),
    (1990, 683), (1995, 1035), (2000, 1334), (2005, 1651), (2010, 1966), (2015, 2259), (2020, 2560), (2025, 2810),
)  # fmt: skip
"""Roughly where the numbers stood; what lies far from this is no number of the Council."""
_FAR = 45


def find(page: Folded, anchor: Span) -> Iterator[Mention]:
    """The resolutions at the word or at the symbol, each number of a list by itself."""
    plain = page.plain
    short = _SHORT.match(plain, anchor.start)
    match = short or _WORD.match(plain, anchor.start)
    if match is None:
        return
    prefix = "" if short else _prefix(plain, anchor.start)
    start = anchor.start - len(prefix)
    before = plain[max(0, start - 100) : start]
    if plain[max(0, start - 1) : start].isalnum() or _other(prefix) or (not short and _OTHER_BODY.search(before)):
        return
    found = list(_numbers(plain, match))
    end = found[-1][0].end
    named = bool(short or match["of"] or _by_council(prefix) or _BEFORE.search(before) or _BEHIND.match(plain, end))
    if not named and _OF_OTHER_BODY.match(plain, end):
        return
    for index, (place, number, year) in enumerate(found):
        if year and not _plausible(int(number), int(year)):
            continue
        span = Span(start, place.end) if index == 0 else place
        identity = f"S/RES/{number}({year})" if year and (named or _bracketed(plain, place)) else None
        parts = {"number": number, **({"year": year} if year else {}), **({"by": "council"} if named else {})}
        yield Mention("un-resolution", span, identity, parts)


def _numbers(plain: str, match: re.Match[str]) -> Iterator[tuple[Span, str, str | None]]:
    plural = match.group().lower().lstrip("-").startswith(("resoluties", "resolutions", "unscrs"))
    other: re.Match[str] | None = match
    while other:
        end = other.end()
        if (
            not plain[other.start("number") : end].strip().endswith(")")
            and plain[end : end + 1] == ")"
            and other["day_of"]
        ):
            end += plain.count("(", other.start("number"), end)  # "1373 (28 september 2001)"
        yield Span(other.start("number"), end), other["number"], other["year"] or other["from"] or other["day_of"]
        following = _NEXT.match(plain, other.end())
        # "resolutie 1701 en 2006 meer": a list after a singular wants a year for each
        other = following if following and (plural or following["year"]) else None


def _prefix(plain: str, start: int) -> str:
    """What is joined to the front of the word: "VN-Veiligheidsraad", "VNVR-"."""
    joined = _PREFIX.search(plain[max(0, start - 30) : start])
    return joined.group() if joined else ""


def _by_council(prefix: str) -> bool:
    return bool(re.search(r"veiligheids|VNVR|UNSC|\bVR", prefix, re.IGNORECASE))


def _other(prefix: str) -> bool:
    """Whether the word is joined to another body ("EP-resolutie", "ontwerpresolutie")."""
    return bool(prefix.strip("-")) and not _by_council(prefix) and prefix.upper().strip("-'S") not in ("VN", "UN")


def _bracketed(plain: str, place: Span) -> bool:
    return plain[place.end - 1] == ")"


def _plausible(number: int, year: int) -> bool:
    """Whether the Council can have given that number in that year."""
    for (first, low), (last, high) in pairwise(_LAST_OF_YEAR):
        if first <= year <= last:
            expected = low + (high - low) * (year - first) / (last - first)
            return expected - (high - low) / (last - first) - _FAR <= number <= expected + _FAR
    return number > _LAST_OF_YEAR[-1][1] - _FAR


def _address(identity: str) -> str:
    if "(" in identity:
        return f"https://undocs.org/{identity}"
    return f"https://w3id.org/kamergraaf/resolution/{identity.rpartition('/')[2]}"


UN_RESOLUTION = Kind(
    name="un-resolution",
    label_nl="resolutie van de Veiligheidsraad",
    label_en="resolution of the Security Council",
    rdf_class="kg:UnResolution",
    edge="invokesLaw",
    anchors=("resolutie", "resolution", "s/res/", "unscr", *(f"vnvr{digit}" for digit in range(1, 10))),
    find=find,
    iri=_address,
    covers=frozenset({"kamerstuk", "date"}),
    examples=(
        "in [[VN-Veiligheidsraadresolutie 1540 (2004)|S/RES/1540(2004)]] staat",
        "de [[resolutie 1325|S/RES/1325]] van de Veiligheidsraad over",
        "de [[resoluties 1267|S/RES/1267]] en [[1373|S/RES/1373]] van de VN-Veiligheidsraad",
        "[[resolutie 2231 (2015)|S/RES/2231(2015)]] blijft, en [[resolutie 2231|S/RES/2231(2015)]] geldt",
        "De VN-Veiligheidsraad nam [[resolutie 242 van 22 november 1967|S/RES/242(1967)]] aan",
        "de [[Veiligheidsraadresoluties 1970 (2011)|S/RES/1970(2011)]] en [[2292 (2016)|S/RES/2292(2016)]]",
        "[[VNVR-resolutie 2722|S/RES/2722]] en [[S/RES/2728 (2024)|S/RES/2728(2024)]]",
        "[[UNSCR 1325 (2000)|S/RES/1325(2000)]] and UN Security Council [[resolution 1701|S/RES/1701]]",
        "de [[VN-resolutie 1973 (2011)|S/RES/1973(2011)]] over",
        "[[Resolutie 1701|S/RES/1701]]: de Veiligheidsraad eist dat [[resolutie 1701|S/RES/1701]] wordt nageleefd",
    ),
    counterexamples=(
        "een resolutie van de Veiligheidsraad", "VN-resolutie 2758 uit 1971", "Resolutie 2672C (XXV) van 8 december 1970",
        "AVVN Resolutie 77/208 en de Veiligheidsraad", "resolutie 2361 van de Parlementaire Vergadering", "resolutie 1514 (XV)",
        "een resolutie van 1920 bij 1080 beeldpunten", "EP-resolutie 1234",
    ),
)  # fmt: skip
