"""Members of parliament: behind "het lid" and "de leden", before their party in brackets, in lists of who was there.

The place of a mention is the name without title and party. Who is meant, the rules of resolve/ find out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from graph.fold import Folded, squeeze
from graph.kinds.names import B0, DOTTED, INITIALS, PARTICLE_SURNAME, PARTIES, PARTY, SURNAME, SURNAMES, B, clean
from graph.model import Kind, Mention, Span
from graph.patterns import here, late

_MEMBER = here(rf"(?:{B}|(?=[A-Z]))(?P<name>(?:{INITIALS})?{SURNAMES})")
_NEXT = here(
    rf"(?:[ \u00a0\n]{{0,3}}{PARTY})?(?:[ \u00a0]c\.?s\.?)?[ \u00a0\n]{{0,3}}(?:,{B0}(?:(?:en|EN){B})?|{B0}(?:en|EN){B0}|/)"
    rf"(?:(?:het{B}lid|van){B})?(?P<name>(?:{INITIALS})?{SURNAMES})"
)
_PRESENT = here(rf":?{B}(?P<name>(?:{INITIALS})?{SURNAMES})")
_CALLED = here(rf"{B}(?:Kamerlid{B})?(?P<name>(?:{INITIALS})?{SURNAMES})(?P<party>[ \u00a0\n]{{0,3}}{PARTY})?")
_BEFORE_PARTY = late(
    rf"(?<!\w)(?=[\w'’`])(?P<name>(?:{INITIALS})?(?:{PARTICLE_SURNAME}(?:[ \u00a0-][A-Z][\w’'-]+)?|{SURNAME}))"
    rf"(?:,[ ]{INITIALS})?[ \u00a0\n]{{0,3}}$"
)
_OF, _SMALL_BEFORE = (
    late(r"van[ \u00a0\n](?=[A-Z])"),
    late(r"(?<![^\W_])(?:[a-z]{2,24}|Kamervra[a-z]{1,4}|Vragen|Vraag|Moties?|Inbreng|Verzoek)[ \u00a0\n]$"),
)
_IN_PARTY = late(PARTY)
_DEAR = late(r"Geachte[ \n\x7f]{1,2}$")
_FORMER = ("oud-", "voormalig ", "voormalige ", "voormalig\n", "voormalige\n", "ex-")
_POST_BEFORE = late(r"(?:minister|secretaris)[ \n\x7f]{1,3}$", re.IGNORECASE)
_OF_THE_HOUSE = late(r"\b(?:leden|Leden|lid)\b[^.]{0,60}$")
_LINE_START = late(r"(?:^|\n)[ \t\x7f]*$")
_ROLES = (
    "fractievoorzitter",
    "fractieleider",
    "kamervoorzitter",
    "initiatiefnemer",
    "indiener",
    "rapporteur",
    "vragensteller",
)
"""What only members are, where a name with a capital follows: "de initiatiefnemers Westerveld en Peters"."""
_ASKED_BY_PARTY = late(rf"{B}(?:de{B}|het{B})?(?:fractie|Partij|Forum|Leefbaar|Nieuw|Boer|BIJ1|Denk|DENK|50)")
_SENT_IN = here(
    rf"{B}[^\n,-]{{3,60}}[ ][-–][ ](?:[^\n,-]{{3,80}},[ ](?!{INITIALS}))?(?P<name>{INITIALS}[ ]?{SURNAMES})[ ][-–][ ][0-9]"
)
"""A member who sent in what a list of decisions is about: "Zaak: Initiatiefnota - P.H. Omtzigt - 1 februari 2023"."""
_CAPITAL = late(r"s?(?=[ \u00a0\n]{1,3}[A-Z])")
_ABROAD = late(r"[A-Z][a-z]+(?:se|ns)[ \n\x7f]{1,3}$")
"""Of which country a senator is, where it is said: "de Amerikaanse senator"."""
_MOST_IN_LIST = 60
_CALLS = ("heer", "mevrouw", "meneer", "mejuffrouw", "collega")


def find_member(page: Folded, anchor: Span) -> Iterator[Mention]:
    """Members at a word that introduces them, or before their party in brackets."""
    text, plain = page.text, page.plain
    before = plain[max(0, anchor.start - 24) : anchor.start]
    word = page.squeezed_word(anchor)
    if word.startswith("("):
        yield from _before_party(page, anchor)
    elif _is_elsewhere(word, before):
        return
    elif word in _ROLES:
        if behind := _CAPITAL.match(text, anchor.end):
            yield from _listed(_MEMBER, text, behind.end())
    elif word == "deheren" or (word.startswith("collega") and word != "collega"):
        yield from _listed(_MEMBER, text, anchor.end, "heer" if word == "deheren" else "collega")
    elif word.endswith(_CALLS):
        if called := _CALLED.match(text, anchor.end):
            usual = "collega" if word == "collega" else "heer"
            yield _member(called, "party" if called["party"] else "salutation" if _DEAR.search(before) else usual)
    elif word == "teweten":
        if _OF_THE_HOUSE.search(plain[max(0, anchor.start - 80) : anchor.start]):
            yield from _listed(_PRESENT, text, anchor.end)
    elif word == "kamervragenvan":
        yield from _askers(text, anchor.end)
    elif word == "zaak:":
        if sent_in := _SENT_IN.match(text, anchor.end):
            yield _member(sent_in, "lid")
    elif word == "voorzitter:":
        if _LINE_START.search("\n" + before if anchor.start <= 24 else before) and (
            chair := _PRESENT.match(text, anchor.end)
        ):
            yield _member(chair, "heer")
    else:
        yield from _listed(_MEMBER, text, anchor.end)


def _is_elsewhere(word: str, before: str) -> bool:
    """Whether an introducing word is the end of another, or that of a former member or of a senator of another country."""
    abroad = word.startswith("senator") and _ABROAD.search(before) is not None
    return before[-1:].isalpha() or before.lower().endswith(_FORMER) or abroad


def _member(match: re.Match[str], by: str) -> Mention:
    return Mention("member", Span(*match.span("name")), None, {"name": clean(match["name"]), "by": by})


def _listed(first: re.Pattern[str], text: str, end: int, by: str = "lid") -> Iterator[Mention]:
    match = first.match(text, end)
    for _ in range(_MOST_IN_LIST):
        if match is None:
            return
        yield _member(match, by)
        match = _NEXT.match(text, match.end())


def _askers(text: str, end: int) -> Iterator[Mention]:
    """Members whose questions are named without more: "Kamervragen van Leijten en Van Raan"; a party asks nothing by itself."""
    if not _ASKED_BY_PARTY.match(text, end):
        yield from _listed(_MEMBER, text, end)


def _before_party(page: Folded, anchor: Span) -> Iterator[Mention]:
    if _IN_PARTY.match(page.text, anchor.start) is None:
        return
    offset = max(0, anchor.start - 40)
    match = _BEFORE_PARTY.search(page.text[offset : anchor.start])
    if match is None:
        return
    start = offset + match.start("name")
    if _OF.match(page.text, start) and _SMALL_BEFORE.search(page.text[max(0, start - 26) : start]):
        start += len("van ")  # "Kamervragen van Erkens (VVD)": behind a common word it is no part of the name
    span = Span(start, offset + match.end("name"))
    if not _POST_BEFORE.search(page.plain[max(0, span.start - 20) : span.start]):
        yield Mention("member", span, None, {"name": clean(page.text[slice(*span)]), "by": "party"})


def _squeezed(party: str) -> str:
    return squeeze(f"({party})")


MEMBER = Kind(
    name="member",
    label_nl="Kamerlid",
    label_en="member of parliament",
    rdf_class="kg:Person",
    edge="mentionsPerson",
    anchors=(
        "hetlid", "deleden", "kamerlid", "kamerleden", "deheer", "geachteheer", "mevrouw", "meneer", "mejuffrouw", "collega", "collega's", "collegas", "senator", "senatoren", *_ROLES, "deheren", "teweten", "voorzitter:", "kamervragenvan", "zaak:",
        "(groep", "(fractie", *dict.fromkeys(_squeezed(party) for party in (*PARTIES, *DOTTED)),
    ),
    find=find_member,
    examples=(
        "vragen van het Kamerlid [[Futselaar|person:futselaar]] (SP)",
        "Vragen van de leden [[Van den Hil|person:van-den-hil]] (VVD) en [[Bikker|person:bikker]] (ChristenUnie) aan",
        "MOTIE VAN HET LID [[DEN UYL|person:den-uyl]]",
        "MOTIE VAN DE LEDEN [[PATERNOTTE|person:paternotte]] EN [[BRUYNING|person:bruyning]] OVER",
        "voorgesteld door de leden [[Van Haersma Buma|person:van-haersma-buma]] en [[Segers|person:segers]].",
        "[[Frinking|person:frinking]] (C.D.A.) en [[Ter Beek|person:ter-beek]] (P.v.d.A.) vroegen",
        "Aanwezig zijn vier leden der Kamer, te weten: [[Albayrak|person:albayrak]], [[Van Bommel|person:van-bommel]] en [[Knops|person:knops]].",
        "Leden: [[Timmermans|person:timmermans]], F.C.G.M. (PvdA) en",
        "het lid [[Edgar Mulder|person:mulder]] (PVV) en het lid [[Six Dijkstra|person:six-dijkstra]] (NSC)",
        "Het lid [[Segers|person:segers]] (CU) sprak; collega [[Segers|person:segers]] en meneer [[Segers|person:segers]] van de CU",
        "gedaan aan senator [[Recourt|person:recourt]] (PvdA) en de senatoren [[Nicolaï|person:nicolai]] en [[Van Bijsterveld|person:van-bijsterveld]]",
        "de initiatiefnemers [[Westerveld|person:westerveld]] en [[Peters|person:peters]], en PVV-fractievoorzitter [[Wilders|person:wilders]]",
        "Het lid [[Segers|person:segers]] (CU) en het lid [[Bikker|person:bikker]] (CU); de collega's [[Segers|person:segers]] en [[Bikker|person:bikker]]",
        "vragen van de leden [[Inge van Dijk|person:van-dijk]] (CDA) en [[Dijk|person:dijk]] (SP)",
        "eerdere Kamervragen van [[Leijten|person:leijten]] en [[Van Raan|person:van-raan]], voor",
        "Zaak: Initiatiefnota - [[P.H. Omtzigt|person:omtzigt]] - 1 februari 2023",
        "het antwoord op Kamervragen van [[Erkens|person:erkens]] (VVD) en [[Inge van Dijk|person:van-dijk]] (CDA)",
    ),
    counterexamples=(
        "De leden van de VVD-fractie vragen dit; de leden\nvan de SP-fractie ook", "mijn collega Grapperhaus",
        "artikel 69, tweede lid", "de leden van de commissie", "het lid van de raad", "oud-Kamerlid Jansen schreef", "de Amerikaanse senator McCain", "de initiatiefnemers van de Woo", "de rapporteurs zijn er",
        "de Kamervragen van GroenLinks en de Partij voor de Dieren", "de Kamervragen van Denk over", "de Kamervragen van gisteren", "Zaak: Brief regering - minister van Defensie, K.H. Ollongren - 9 februari 2024",
    ),
)  # fmt: skip
