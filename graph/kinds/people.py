"""People named in their part: ministers (with a title, in a signature) and members of parliament.

The place of a mention is the name without title and party. Who is meant, the rules of resolve/ find out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from graph.fold import Folded
from graph.kinds.names import B0, INITIALS, PARTICLE_SURNAME, PARTIES, PARTY, SURNAME, SURNAMES, TITLES, B, clean
from graph.model import Kind, Mention, Span

_TITLED = re.compile(
    rf"(?:-{B}?[Pp]resident|s?ecretaris|s)?{B}(?:de{B}heer{B}|mevrouw{B})?{TITLES}(?P<name>(?:{INITIALS})?{SURNAMES})"
)
_IN_OFFICE = re.compile(r"[ \u00a0\n]{0,3}\((?P<post>[^()]{3,90})\)")
_MEMBER = re.compile(rf"{B}(?P<name>(?:{INITIALS})?{SURNAMES})")
_NEXT = re.compile(
    rf"(?:[ \u00a0\n]{{0,3}}{PARTY})?(?:[ \u00a0]c\.?s\.?)?[ \u00a0\n]{{0,3}}(?:,{B0}(?:en{B})?|{B0}en{B0}|/)(?:(?:het{B}lid|van){B})?"
    rf"(?P<name>(?:{INITIALS})?{SURNAMES})"
)
_CALLED = re.compile(rf"{B}(?:Kamerlid{B})?(?P<name>(?:{INITIALS})?{SURNAME})(?P<party>[ \u00a0\n]{{0,3}}{PARTY})?")
_BEFORE_PARTY = re.compile(
    rf"(?<!\w)(?P<name>(?:{INITIALS})?(?:{PARTICLE_SURNAME}(?:[ \u00a0-][A-Z][\w’'-]+)?|{SURNAME}))[ \u00a0\n]{{0,3}}$"
)
_DEAR = re.compile(r"Geachte[ \n\x7f]{1,2}$")
_IN_PARTY = re.compile(PARTY)
_POST_BEFORE = re.compile(r"(?:minister|secretaris)[ \n\x7f]{1,3}$", re.IGNORECASE)
_MOST_IN_LIST = 30


def find_minister(page: Folded, anchor: Span) -> Iterator[Mention]:
    """A named minister or state secretary at the title: "minister Berendsen (Buitenlandse Zaken)"."""
    match = _TITLED.match(page.text, anchor.end)
    if match is None or page.text[max(0, anchor.start - 1) : anchor.start].isalpha():
        return
    name = clean(match["name"])
    if name.startswith(("van ", "voor ")) and page.portfolio(match.start("name") + len(name.partition(" ")[0]) + 1):
        return
    if re.match(r"(?:Van|Voor|VAN|VOOR)\b", name) and page.portfolio(_second_word(page, match.start("name"))):
        return
    end = max(match.end("name"), page.surname(match.start("name")) or 0)
    parts = {
        "name": clean(page.text[match.start("name") : end]),
        "role": "staatssecretaris" if page.plain[anchor.start] in "sS" else "minister",
    }
    if (office := _IN_OFFICE.match(page.text, end)) and page.portfolio(office.start("post")):
        parts["portfolio"] = clean(office["post"])
    yield Mention("minister", Span(match.start("name"), end), None, parts)


def _second_word(page: Folded, offset: int) -> int:
    blank = re.compile(r"\w+[\s\u00a0]+").match(page.text, offset)
    return blank.end() if blank else offset


def find_member(page: Folded, anchor: Span) -> Iterator[Mention]:
    """Members behind "het lid", "de leden", "Kamerlid", or before their party in brackets."""
    text, plain = page.text, page.plain
    word = page.plain[anchor.start : anchor.end].lower()
    if word.startswith("("):
        yield from _before_party(page, anchor)
    elif word.endswith(("heer", "mevrouw")):
        if (called := _CALLED.match(text, anchor.end)) and not text[max(0, anchor.start - 1) : anchor.start].isalpha():
            strength = (
                "party"
                if called["party"]
                else "salutation"
                if _DEAR.search(plain[max(0, anchor.start - 10) : anchor.start])
                else "heer"
            )
            yield Mention("member", Span(*called.span("name")), None, {"name": clean(called["name"]), "by": strength})
    elif not text[max(0, anchor.start - 1) : anchor.start].isalpha():
        yield from _listed(text, anchor.end)


def _listed(text: str, end: int) -> Iterator[Mention]:
    match = _MEMBER.match(text, end)
    for _ in range(_MOST_IN_LIST):
        if match is None:
            return
        yield Mention("member", Span(*match.span("name")), None, {"name": clean(match["name"]), "by": "lid"})
        match = _NEXT.match(text, match.end())


def _before_party(page: Folded, anchor: Span) -> Iterator[Mention]:
    if _IN_PARTY.match(page.text, anchor.start) is None:
        return
    offset = max(0, anchor.start - 40)
    line = page.text[offset : anchor.start]
    for match in _BEFORE_PARTY.finditer(line):
        start = offset + match.start("name")
        if not _POST_BEFORE.search(page.plain[max(0, start - 20) : start]):
            yield Mention(
                "member", Span(start, offset + match.end("name")), None, {"name": clean(match["name"]), "by": "party"}
            )
        return


MINISTER = Kind(
    name="minister",
    label_nl="bewindspersoon",
    label_en="minister or state secretary",
    rdf_class="kg:Person",
    edge="mentionsPerson",
    anchors=("minister", "staatssecretaris", "premier", "ministerpresident"),
    find=find_minister,
    covers=frozenset({"member"}),
    examples=(
        "Antwoord van minister [[Veldkamp|person:veldkamp]] (Buitenlandse Zaken)",
        "Mededeling van Staatssecretaris [[Karremans|person:karremans]] (Volksgezondheid, Welzijn en\nSport)",
        "minister [[Van Weel|person:van-weel]] van Justitie en Veiligheid",
        "De minister van Buitenlandse Zaken,\n\n[[C.C.J. Veldkamp|person:veldkamp]]",
    ),
    counterexamples=("de minister heeft gezegd", "het ministerie van Defensie", "de heer Jansen uit Zwolle"),
)

MEMBER = Kind(
    name="member",
    label_nl="Kamerlid",
    label_en="member of parliament",
    rdf_class="kg:Person",
    edge="mentionsPerson",
    anchors=(
        "hetlid",
        "deleden",
        "kamerlid",
        "kamerleden",
        "deheer",
        "geachteheer",
        "mevrouw",
        *(f"({party.lower().replace(' ', '').replace('-', '')})" for party in PARTIES),
    ),
    find=find_member,
    examples=(
        "vragen van het Kamerlid [[Futselaar|person:futselaar]] (SP)",
        "Vragen van de leden [[Van den Hil|person:van-den-hil]] (VVD) en [[Bikker|person:bikker]] (ChristenUnie) aan",
        "MOTIE VAN HET LID [[DEN UYL|person:den-uyl]]",
        "voorgesteld door de leden [[Van Haersma Buma|person:van-haersma-buma]] en [[Segers|person:segers]].",
    ),
    counterexamples=("artikel 69, tweede lid", "de leden van de commissie", "het lid van de raad"),
)
