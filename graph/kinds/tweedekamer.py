"""Numbers that the Kamers give: Zaak 2023Z06024, document 2023D14598, toezegging TZ202306-123; T02893 in the Eerste Kamer.

A number may have a blank inside ("2024Z 17972") and may have the mark of a note stuck to its front ("32024Z15585" is
note 3 and 2024Z15585). The word before it says nothing about its kind: "Kamerstuk 2023Z06024" is a Zaak.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from graph.fold import Folded
from graph.kinds.numbers import S, digits
from graph.model import Kind, Mention, Span
from graph.patterns import late

_NUMBER = late(
    r"(?<![0-9]{2})(20[0-9]{2})[ \n\x7f]{0,2}([ZD])(?:-\n|[ \n\x7f]{0,2})([0-9](?:(?:-?\n)?[0-9]){4})(?![0-9])"
)
_PROMISE = late(rf"TZ{S}(20[0-9]{{4}}){S}-{S}([0-9]{{1,4}})(?![0-9])")
_PROMISE_TO_SENATE = late(
    rf"toezegging(?:en)?{S}(?:nr\.?{S}|nummer{S})?\(?(?P<id>T0[0-9]{{4}})(?![0-9A-Za-z])", re.IGNORECASE
)
_NEXT_TO_SENATE = late(rf"{S}(?:,|en|,{S}en|&){S}(?P<id>T0[0-9]{{4}})(?![0-9A-Za-z])")
_CALLED = late(r"Kamer-?\s?stuk(?:ken|nummer)?\s{0,3}(?:nr\.?\s{0,2})?$", re.IGNORECASE)
_SITE = "https://www.tweedekamer.nl/kamerstukken/detail?"


def _numbered(kind: str, letter: str) -> Callable[[Folded, Span], Iterator[Mention]]:
    def find(page: Folded, anchor: Span) -> Iterator[Mention]:
        for match in _NUMBER.finditer(page.plain, max(0, anchor.start - 7), anchor.end + 17):
            if match[2] == letter and match.start(2) + 1 == anchor.end:
                called = _CALLED.search(page.plain[max(0, match.start() - 24) : match.start()])
                parts = {"called": "Kamerstuk"} if called else {}
                yield Mention(kind, Span(*match.span()), match[1] + letter + digits(match[3]), parts)

    return find


def _find_promise(page: Folded, anchor: Span) -> Iterator[Mention]:
    if match := _PROMISE.match(page.plain, anchor.start):
        yield Mention("toezegging", Span(*match.span()), f"TZ{match[1]}-{match[2]}")
        return
    found = _PROMISE_TO_SENATE.match(page.plain, anchor.start)
    while found:
        yield Mention("toezegging", Span(*found.span("id")), found["id"].upper())
        found = _NEXT_TO_SENATE.match(page.plain, found.end())


ZAAK = Kind(
    name="zaak",
    label_nl="zaak",
    label_en="case of the Tweede Kamer",
    rdf_class="kg:Zaak",
    edge="cites",
    anchors=tuple(f"{digit}z" for digit in range(10)),
    find=_numbered("zaak", "Z"),
    iri=lambda identity: f"{_SITE}id={identity}",
    examples=(
        "kenmerk [[2023Z05957|2023Z05957]]/2023D14598",
        "Kamerstuk [[2023Z06024|2023Z06024]]",
        "zie noot 3[[2024Z15585|2024Z15585]]",
        "de vragen ([[2024Z 17972|2024Z17972]])",
        "de vragen ([[2024Z-\n17972|2024Z17972]] en [[2024Z17-\n985|2024Z17985]])",
    ),
    counterexamples=("artikel 12Z12035", "1999Z12035", "2024Z123456"),
)

DOCUMENT = Kind(
    name="document",
    label_nl="document",
    label_en="document of the Tweede Kamer",
    rdf_class="kg:TkDocument",
    edge="cites",
    anchors=tuple(f"{digit}d" for digit in range(10)),
    find=_numbered("document", "D"),
    iri=lambda identity: f"{_SITE}did={identity}",
    examples=("kenmerk 2023Z05957/[[2023D14598|2023D14598]]",),
    counterexamples=("de 2D-tekening van 2023", "2023D1459"),
)

TOEZEGGING = Kind(
    name="toezegging",
    label_nl="toezegging",
    label_en="promise to parliament",
    rdf_class="kg:Toezegging",
    edge="cites",
    anchors=("tz20", "toezeggingt0", "toezeggingent0", "toezegging(t0", "toezeggingnr.t0", "toezeggingnummert0"),
    find=_find_promise,
    iri=lambda identity: f"https://w3id.org/kamergraaf/toezegging/{identity}",
    examples=(
        "toezegging [[TZ202306-123|TZ202306-123]] is afgedaan",
        "toezegging [[T02893|T02893]] van 5 oktober; de toezeggingen [[T01234|T01234]], [[T01235|T01235]] en [[T02001|T02001]]",
    ),
    counterexamples=("TZ2023-12", "toezegging T1, formulier T02893"),
)
