"""Official journals and appendices: Staatsblad, Tractatenblad, Staatscourant, and the blg numbers of annexes.

"Trb. 1968, 126" is trb-1968-126, "Stb. 2021, 84" is stb-2021-84; a Staatscourant before its numbering is known by date.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from graph.fold import Folded
from graph.kinds.numbers import MONTH, S, month, more_numbers
from graph.model import Kind, Mention, Span
from graph.patterns import late

_ISSUE = late(
    rf"{S}\.?{S}\(?(?P<year>(?:1[89]|20)[0-9]{{2}})\)?{S}[,/-]?{S}(?:(?P<mark>nrs?)\.?{S})?(?P<number>[1-9][0-9]{{0,5}})(?![0-9])"
)
_DAY = late(rf"{S}\.?{S}(?:van{S})?(?P<day>[0-9]{{1,2}}){S}(?P<month>{MONTH}){S}(?P<year>(?:1[89]|20)[0-9]{{2}})")
_ALSO = late(rf"{S}en{S}(?P<number>[1-9][0-9]{{0,3}})(?![0-9]|{S}(?:{MONTH})|,{S}[0-9]|[.,/%-][0-9])")
_RANGE = late(rf"{S}-{S}(?P<last>[1-9][0-9]{{0,3}})(?![0-9.,/%-]|[ ][0-9]{{3}})")
_LONGEST = 20
"""Issues between two numbers with a hyphen; of more the second is something else."""
_NEXT = late(
    rf"{S}(?:,|;|en|&|onderscheidenlijk|respectievelijk){S}(?P<year>(?:19|20)[0-9]{{2}}),{S}(?P<number>[1-9][0-9]{{0,4}})(?![0-9])"
)
_NUMBER = late(rf"{S}\.?{S}(?:(?:nr|no|n)[.\"'o\x1a ]{{0,3}}{S})?(?P<number>[1-9][0-9]{{0,3}})(?![0-9])", re.IGNORECASE)
_ACT_BEFORE = late(
    rf"\b(?:van|wet){S}[0-9]{{1,2}}{S}(?:{MONTH}){S}(?P<year>(?:1[89]|20)[0-9]{{2}})\)?{S},?{S}\(?{S}$", re.IGNORECASE
)
_ANNEX = late(r"blg-([0-9]{3,7})(?![0-9])", re.IGNORECASE)


def _journal(kind: str, prefix: str) -> Callable[[Folded, Span], Iterator[Mention]]:
    def find(page: Folded, anchor: Span) -> Iterator[Mention]:
        plain = page.plain
        if plain[max(0, anchor.start - 1) : anchor.start].isalpha():
            return
        match = _ISSUE.match(plain, anchor.end)
        start: int = anchor.start
        if match is None and (bare := _NUMBER.match(plain, anchor.end)):
            # "de wet van 30 juli 1953, Stb. 363": the year is that of the act
            act = _ACT_BEFORE.search(plain[max(0, anchor.start - 48) : anchor.start])
            if act:
                yield Mention(kind, Span(start, bare.end()), f"{prefix}-{act['year']}-{bare['number']}")
        while match:
            yield Mention(kind, Span(start, match.end()), f"{prefix}-{match['year']}-{match['number']}")
            end = match.end()
            for value, place in more_numbers(plain, end, int(match["number"]), _several(plain, match)):
                yield Mention(kind, place, f"{prefix}-{match['year']}-{value}")
                end = place.end
            if end == match.end() and (also := _ALSO.match(plain, end)):
                yield Mention(kind, Span(*also.span("number")), f"{prefix}-{match['year']}-{also['number']}")
            match = _NEXT.match(plain, end)
            start = match.start("year") if match else 0
        if prefix == "stcrt" and (day := _DAY.match(plain, anchor.end)):
            identity = f"stcrt-{day['year']}-{month(day['month']):02}-{int(day['day']):02}"
            yield Mention(kind, Span(anchor.start, day.end()), identity)

    return find


def _several(plain: str, match: re.Match[str]) -> bool:
    """Whether a list or a range of numbers begins: "nrs. 12 en 13", "141-143"."""
    ahead = _RANGE.match(plain, match.end())
    return match.groupdict().get("mark") == "nrs" or bool(
        ahead and 0 < int(ahead["last"]) - int(match["number"]) <= _LONGEST
    )


def _find_annex(page: Folded, anchor: Span) -> Iterator[Mention]:
    if match := _ANNEX.match(page.plain, anchor.start):
        yield Mention("bijlage", Span(*match.span()), f"blg-{match[1]}")


def _site(identity: str) -> str:
    return f"https://zoek.officielebekendmakingen.nl/{identity}"


STAATSBLAD = Kind(
    name="staatsblad",
    label_nl="Staatsblad",
    label_en="Bulletin of Acts and Decrees",
    rdf_class="kg:Staatsblad",
    edge="cites",
    anchors=("stb", "staatsblad"),
    find=_journal("staatsblad", "stb"),
    iri=_site,
    covers=frozenset({"kamerstuk"}),
    examples=("([[Stb. 2021, 84|stb-2021-84]])", "[[Staatsblad 1998, nr. 649|stb-1998-649]]"),
    counterexamples=("in het Staatsblad geplaatst", "Stb. 1949, J 355"),
)

TRACTATENBLAD = Kind(
    name="tractatenblad",
    label_nl="Tractatenblad",
    label_en="Treaty Series of the Kingdom",
    rdf_class="kg:Tractatenblad",
    edge="cites",
    anchors=("trb", "tractatenblad"),
    find=_journal("tractatenblad", "trb"),
    iri=_site,
    covers=frozenset({"kamerstuk"}),
    examples=(
        "([[Trb. 1968, 126|trb-1968-126]])",
        "[[Trb. 1964,15|trb-1964-15]] en [[1969,241|trb-1969-241]]",
        "[[Tractatenblad 1992, 74|trb-1992-74]]",
        "([[Trb. 2004, 13|trb-2004-13]] en [[14|trb-2004-14]])",
        "([[Trb. 1969, 141|trb-1969-141]][[-|trb-1969-142]][[143|trb-1969-143]])",
        "[[Trb. 2019, nrs. 12|trb-2019-12]], [[14|trb-2019-14]] en [[15|trb-2019-15]]; [[Trb. 2020, nr. 3|trb-2020-3]]",
    ),
    counterexamples=("het Tractatenblad van het Koninkrijk", "Trb. in 12 delen"),
)

STAATSCOURANT = Kind(
    name="staatscourant",
    label_nl="Staatscourant",
    label_en="Government Gazette",
    rdf_class="kg:Staatscourant",
    edge="cites",
    anchors=("stcrt", "staatscourant"),
    find=_journal("staatscourant", "stcrt"),
    iri=_site,
    covers=frozenset({"kamerstuk"}),
    examples=(
        "[[Stcrt. 2020, 1234|stcrt-2020-1234]]",
        "[[Staatscourant 2020, nr. 64380|stcrt-2020-64380]]",
        "[[Staatscourant van 30 december 1986|stcrt-1986-12-30]]",
    ),
    counterexamples=("de Staatscourant van gisteren",),
)

BIJLAGE = Kind(
    name="bijlage",
    label_nl="bijlage",
    label_en="annex",
    rdf_class="kg:Bijlage",
    edge="cites",
    anchors=("blg",),
    find=_find_annex,
    iri=_site,
    examples=("bijlage [[blg-123456|blg-123456]]",),
    counterexamples=("blg 12",),
)
