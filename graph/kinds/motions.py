"""Motions known by the name of who moved them: "motie-Van Nispen c.s.", "de motie van de leden Piri en Van der Lee"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from graph.fold import Folded
from graph.kinds.names import B0, GIVEN_BEFORE, INITIALS, PARTY, SURNAME, SURNAMES, B, clean, surname
from graph.model import Kind, Mention, Span
from graph.patterns import late

_PARTY = rf"(?:{B}{PARTY})?"
_LIST_NAMES = rf"{SURNAMES}{_PARTY}(?:{B0}(?:,|,?{B0}en|/){B0}{SURNAMES}{_PARTY}){{0,12}}(?:{B}c\.?s\.?)?"
_MOTION = late(
    rf"[Mm]oties?(?:"
    rf"{B}van{B}(?:mevrouw{B}|de{B}heer{B}|(?:Kamerlid{B})?(?={GIVEN_BEFORE}))(?P<by>{_LIST_NAMES})|(?:{B0}-{B0}|{B})(?P<name>{SURNAMES}{_PARTY}(?:{B0}(?:/|en){B0}{SURNAMES}{_PARTY}){{0,3}}(?:{B}c\.?{B0}s\.?)?)"
    rf"|(?:{B}van{B}[0-3]?[0-9]{B}\w+{B}[0-9]{{4}})?{B}van{B}(?:het{B}|de{B})?(?:Tweede{B})?(?:Kamer)?(?:lid|leden){B}(?P<of>{_LIST_NAMES}))",
)
_GLUED = late(rf"[Mm]oties?(?P<name>{SURNAME}(?:{B}c\.?s\.?)?)")
_A_SUBJECT = late(
    r"[ ](?!(?:c\.?s|over|en|die|om|van|is|was|wordt|werd|aan|op|in|met|niet|uit|te|heeft|waarin|waarmee|waarbij|zal|zou|kan|dat|voor|inzake"
    r"|betreffende|tot|als|ook|nog|dan|door|bij|nader|ter|al|vraagt|verzoekt|roept|ontraad|ontraden|aangenomen|aangehouden|vindt|ziet|stelt|naar"
    r"|sluit|past|laat|ligt|gaat|komt|heb|hebben|moet|moeten|uitvoering|onder|sinds|geeft|krijgt|gezegd|beoogt|dient|spreekt|waarvan)\b)[a-zé]{4,}"
)
"""What follows "motie" and a word with a capital where that word begins a subject: "moties Digitale veiligheid"."""
_FIRST = late(rf"\A(?:{INITIALS})?(?P<first>{SURNAMES})")
_ALSO = late(
    rf"(?:{B}\([^()]{{3,60}}\))?(?:,|{B}en){B}(?P<of>van{B}(?:het{B}lid|de{B}leden){B}(?P<names>{_LIST_NAMES}))"
)
_SENTENCE = late(r"(?:nrs?\.|[^.;?!]){1,160}+")
"""What may stand between two motions of one list: words of the same sentence."""
_ALSO_FAR = late(rf"{B}en{B}(?P<of>van{B}(?:het{B}lid|de{B}leden){B}(?P<names>{_LIST_NAMES}))")
_AND_OF = late(rf"{B}en{B}van")
_WORDS_BEFORE_HEADING = 80
_ADOPTED = late(r"(?:gewijzigde|nader|aangehouden|aangenomen|ingetrokken|verworpen)[ \n\x7f]{1,3}$", re.IGNORECASE)


def find_motion(page: Folded, anchor: Span) -> Iterator[Mention]:
    """A motion by the name of who moved it; a heading above a motion names the member instead."""
    text = page.text
    glued = text[max(0, anchor.start - 1) : anchor.start].isalpha() and not re.match(
        r"[A-Za-z]*-[A-Z]", text[anchor.start : anchor.start + 9]
    )
    if glued or text[anchor.start : anchor.start + 5].isupper():
        return
    match = _MOTION.match(text, anchor.start) or _GLUED.match(text, anchor.start)
    if match is None or _is_heading(page, anchor, match):
        return
    # a hyphen, a party or c.s. shows that what stands there is a name
    if _A_SUBJECT.match(text, match.end()) and not re.search(r"-|\)$|\.$|/", match.group()):
        return
    groups = match.groupdict()
    names = groups.get("of") or groups.get("by") or match["name"]
    yield _motion(Span(*match.span()), names)
    end, plural = match.end(), match.group().lower().startswith("moties")
    while other := _ALSO.match(text, end) or (_further(text, end) if plural else None):
        yield _motion(Span(*other.span("of")), other["names"])
        end = other.end()


def _further(text: str, end: int) -> re.Match[str] | None:
    """The next movers in the same sentence: "moties van het lid Piri over hulp en van het lid Klaver over gas"."""
    between = _SENTENCE.match(text, end)
    last = between.end() if between else end
    places = (found.start() for found in _AND_OF.finditer(text, end + 1, last + len("   en   van")))
    return next((other for place in places if place <= last and (other := _ALSO_FAR.match(text, place))), None)


def _is_heading(page: Folded, anchor: Span, match: re.Match[str]) -> bool:
    """Whether the motion stands alone on its line, as above its own text."""
    offset = max(0, anchor.start - _WORDS_BEFORE_HEADING)
    before = page.plain[offset : anchor.start]
    if offset and "\n" not in before:
        return False
    line = before.rpartition("\n")[2]
    alone = not _ADOPTED.sub("", line + " ").strip(" \x7f")
    return (
        alone
        and page.plain[match.end() : match.end() + 2].strip(" ")[:1] in ("\n", "")
        and match.group().startswith("M")
    )


def _motion(span: Span, names: str) -> Mention:
    first = _FIRST.match(names)
    name = clean(first["first"] if first else names)
    return Mention("motion", span, None, {"name": surname(name.partition("/")[0])})


MOTION = Kind(
    name="motion",
    label_nl="motie",
    label_en="motion",
    rdf_class="kg:Motion",
    edge="cites",
    anchors=("motie",),
    find=find_motion,
    covers=frozenset({"member", "minister"}),
    examples=(
        "de aangenomen [[motie-Van Nispen c.s.|motion:van-nispen]] en de [[motie-Sjoerdsma c.s.|motion:sjoerdsma]]",
        "Dan heb ik de [[motie van mevrouw Veltman|motion:veltman]], en de [[motie van de heer Graus|motion:graus]] over",
        "de [[motie van Aukje de Vries|motion:de-vries]] en de [[motie-Aukje de Vries|motion:de-vries]]",
        "de [[motie Dobbe c.s.|motion:dobbe]] (Kamerstuk 36180, nr. 107)",
        "de [[motie van de leden Piri en Van der Lee|motion:piri]] (Kamerstuk 36180, nr. 107)",
        "stemmen over de [[moties-Graus|motion:graus]]",
        "de [[motie van het lid El Abassi|motion:el-abassi]] over",
        "de [[motie-Jan Vos c.s.|motion:vos]] en de [[motie-Bruins Slot/Knops|motion:bruins-slot]] over gas",
        "aan de [[motie van de leden Erkens (VVD) en Boswijk (CDA)|motion:erkens]] over, aan de [[motie-Dassen (Volt) c.s.|motion:dassen]]",
        "de gewijzigde [[motie van het lid Edgar Mulder c.s.|motion:mulder]] (t.v.v. 31 239, nr. 400)",
        "Wij hebben de [[motie-Paternotte|motion:paternotte]] gesteund, net als de [[motie Van Dijk (PVV)|motion:van-dijk]] omtrent uniformen",
        "de [[moties van het lid Piri|motion:piri]] over hulp (Kamerstuk 36180, nr. 107) en [[van het lid Klaver|motion:klaver]] over gas",
    ),
    counterexamples=(
        "de motie is aangenomen",
        "MOTIE VAN HET LID KNOPS",
        "promotie Jansen",
        "de motie Kamerstuk 33279-40",
        "Stemmingen moties Digitale veiligheid",
        "de motie van het CDA en de motie van Nieuw Sociaal Contract",
    ),
)
