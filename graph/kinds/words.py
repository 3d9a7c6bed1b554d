"""References within parliament's own talk: motions by name, questions and answers by number, letters and days by date."""

from __future__ import annotations

import re
from collections.abc import Iterator

from graph.fold import Folded
from graph.kinds.names import B0, GIVEN_BEFORE, INITIALS, SURNAME, SURNAMES, B, clean, surname
from graph.kinds.numbers import MONTH, MONTHS, S, month, more_numbers
from graph.model import Kind, Mention, Span
from graph.patterns import late

_DAY = (
    rf"(?P<day>[0-3]?[0-9]){S}(?P<month>{MONTH})(?![a-z])"
    rf"(?:{S}(?P<year>(?:1[89]|20)[0-9]{{2}})(?![0-9]))?(?P<last>{S}(?:j\.?{S}?l\.?|l\.?l\.?|dezes)(?![a-z]))?"
)
_DATE = late(_DAY, re.IGNORECASE)
_TITLE = r"(?:[\"'][^\"\n]{3,200}[\"'])"
_ON = rf"(?:,?{S}d\.?d\.?|,?{S}gedateerd|{S}van|{S}op)"
_LETTER = late(
    rf"(?:brief|brieven)(?:{S}{_TITLE})?(?:{S}(?:van|aan){S}(?:de|het|mijn|onze|uw|zijn){S}(?:[^.,;()\"\n]|\n(?!\n)){{1,80}}?)?"
    rf"(?:{S}met{S}kenmerk{S}[^\s]{{3,30}})?{_ON}{S}{_DAY}",
    re.IGNORECASE,
)
_TITLED_LETTER = late(
    rf"brief(?:{B}[\"']?[A-Z][^.;\"\n]{{10,160}}?[\"']?)(?:{S}\([^()]{{4,60}}\))?{_ON}{S}{_DAY}", re.IGNORECASE
)
_QUESTION = late(
    rf"(?:vragen|vraag|antwoorden|antwoord)[ \n\x7f]{{1,4}}(?:nr\.?{S}|nummers?{S})?(?P<number>[1-9][0-9]{{0,2}})(?![0-9A-Za-z]|[.][0-9]|,[0-9]{{3}})",
    re.IGNORECASE,
)
_HEADING_BEFORE = late(
    r"(?:^|\n)[ \t\x7f*#]*(?:Antwoord(?:en)?[ \n]{1,2}(?:op[ ])?(?:de[ ])?(?:onderdelen[ ])?)?$", re.IGNORECASE
)
_HEADING_AFTER = late(
    r"(?:(?:[ ]?(?:,|en|t/m|tot en met|-|&)[ ]?[0-9]{1,3})*)[ \t\x7f]*[.:)*]{0,3}[ \t\x7f]*(?:\n|$)", re.IGNORECASE
)
_IN_SENTENCE = late(r"\b(?:op|onder|bij|van|de|en|ook|zie)[ \n\x7f]{1,3}$", re.IGNORECASE)
_LIST_NAMES = rf"{SURNAMES}(?:{B0}(?:,|en|/){B0}{SURNAME}){{0,12}}(?:{B}c\.?s\.?)?"
_MOTION = late(
    rf"[Mm]oties?(?:"
    rf"(?:{B0}-{B0}|{B})(?P<name>(?:{GIVEN_BEFORE})?{SURNAME}(?:{B0}(?:/|en){B0}{SURNAME}){{0,3}}(?:{B}c\.?{B0}s\.?)?)"
    rf"|(?:{B}van{B}[0-3]?[0-9]{B}\w+{B}[0-9]{{4}})?{B}van{B}(?:het{B}|de{B})?(?:Tweede{B})?(?:Kamer)?(?:lid|leden){B}(?P<of>{_LIST_NAMES}))",
)
_GLUED = late(rf"[Mm]oties?(?P<name>{SURNAME}(?:{B}c\.?s\.?)?)")
_A_SUBJECT = late(
    r"[ ](?!(?:c\.?s|over|en|die|om|van|is|was|wordt|werd|aan|op|in|met|niet|uit|te|heeft|waarin|waarmee|waarbij|zal|zou|kan|dat|voor|inzake"
    r"|betreffende|tot|als|ook|nog|dan|door|bij|nader|ter|al|vraagt|verzoekt|roept|ontraad|ontraden|aangenomen|aangehouden|vindt|ziet|stelt|naar"
    r"|sluit|past|laat|ligt|gaat|komt|heb|hebben|moet|moeten|uitvoering|onder|sinds|geeft|krijgt|gezegd|beoogt|dient|spreekt|waarvan)\b)[a-zé]{4,}"
)
"""What follows "motie" and a word with a capital where that word begins a subject: "moties Digitale veiligheid"."""
_FIRST = late(rf"(?:{INITIALS})?(?P<first>(?:{GIVEN_BEFORE})?{SURNAME})")
_ALSO = late(
    rf"(?:{B}\([^()]{{3,60}}\))?(?:,|{B}en){B}(?P<of>van{B}(?:het{B}lid|de{B}leden){B}(?P<names>{_LIST_NAMES}))"
)
_ALSO_FAR = late(
    rf"(?:[^.;?!]|nrs?\.){{1,160}}?{B}en{B}(?P<of>van{B}(?:het{B}lid|de{B}leden){B}(?P<names>{_LIST_NAMES}))"
)
_WORDS_BEFORE_HEADING = 80
_ADOPTED = late(r"(?:gewijzigde|nader|aangehouden|aangenomen|ingetrokken|verworpen)[ \n\x7f]{1,3}$", re.IGNORECASE)


def _dated(match: re.Match[str]) -> dict[str, str]:
    parts = {"day": match["day"], "month": str(month(match["month"]))}
    if match["year"]:
        parts["year"] = match["year"]
    if match["last"]:
        parts["last"] = "jl."
    return parts


def find_date(page: Folded, anchor: Span) -> Iterator[Mention]:
    """A day at its last digit and the name of a month."""
    plain, start = page.plain, anchor.start
    if start and plain[start - 1] in "0123":
        start -= 1
    if start and plain[start - 1] in "0123456789.,/-":
        return
    match = _DATE.match(plain, start)
    if match and 1 <= int(match["day"]) <= 31:
        yield Mention("date", Span(*match.span()), None, _dated(match))


def find_letter(page: Folded, anchor: Span) -> Iterator[Mention]:
    """A letter known by its date, at the word brief."""
    plain = page.plain
    start = anchor.start
    if re.search(r"kamer-?$", plain[max(0, start - 6) : start], re.IGNORECASE):
        start -= 5 + (plain[start - 1] == "-")
    elif plain[max(0, start - 1) : start].isalpha():
        return
    match = _LETTER.match(plain, anchor.start)
    if match is None and start != anchor.start:
        match = _TITLED_LETTER.match(plain, anchor.start)
    if match:
        yield Mention("letter", Span(start, match.end()), None, _dated(match))


def find_answer(page: Folded, anchor: Span) -> Iterator[Mention]:
    """Questions and answers of the same paper referred to by number; the headings above them are not."""
    plain = page.plain
    if plain[max(0, anchor.start - 1) : anchor.start].isalpha():
        return
    match = _QUESTION.match(plain, anchor.start)
    if match is None:
        return
    if "\n" in match.group() and re.match(r"[ ]*(?:\n|$)", plain[match.end() : match.end() + 4]):
        return  # "gegeven antwoorden", and on the next line the number of the paper
    numbers = [(int(match["number"]), Span(*match.span()))]
    plural = match.group().lower().startswith(("vragen", "antwoorden"))
    numbers += more_numbers(plain, match.end(), numbers[0][0], plural)
    before = plain[max(0, anchor.start - 40) : anchor.start]
    if _HEADING_BEFORE.search("\n" + before if anchor.start <= 40 else before) and _HEADING_AFTER.match(
        plain, match.end()
    ):
        return
    if plain[anchor.start].isupper() and not _IN_SENTENCE.search(before):
        return
    for number, span in numbers:
        yield Mention("answer", span, None, {"number": str(number)})


def find_motion(page: Folded, anchor: Span) -> Iterator[Mention]:
    """A motion by the name of who moved it; a heading above a motion names the member instead."""
    text = page.text
    glued = text[max(0, anchor.start - 1) : anchor.start].isalpha() and not re.match(
        r"[A-Za-z]*-[A-Z]", text[anchor.start : anchor.start + 9]
    )
    if glued or text[anchor.start : anchor.start + 5].isupper():
        return
    match = _MOTION.match(text, anchor.start) or _GLUED.match(text, anchor.start)
    if match is None or _is_heading(page, anchor, match) or _A_SUBJECT.match(text, match.end()):
        return
    names = match.groupdict().get("of") or match["name"]
    yield _motion(Span(*match.span()), names)
    end, plural = match.end(), match.group().lower().startswith("moties")
    while other := _ALSO.match(text, end) or (_ALSO_FAR.match(text, end) if plural else None):
        yield _motion(Span(*other.span("of")), other["names"])
        end = other.end()


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
        and text_of(match).startswith("M")
    )


def text_of(match: re.Match[str]) -> str:
    """What a match covers."""
    return match.group()


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
        "de aangenomen [[motie-Van Nispen c.s.|motion:van-nispen]]",
        "de [[motie Dobbe c.s.|motion:dobbe]] (Kamerstuk 36180, nr. 107)",
        "de [[motie van de leden Piri en Van der Lee|motion:piri]] (Kamerstuk 36180, nr. 107)",
        "stemmen over de [[moties-Graus|motion:graus]]",
        "de [[motie van het lid El Abassi|motion:el-abassi]] over",
        "de [[moties van het lid Piri|motion:piri]] over hulp (Kamerstuk 36180, nr. 107) en [[van het lid Klaver|motion:klaver]] over gas",
    ),
    counterexamples=(
        "de motie is aangenomen",
        "MOTIE VAN HET LID KNOPS",
        "promotie Jansen",
        "de motie Kamerstuk 33279-40",
        "Stemmingen moties Digitale veiligheid",
    ),
)

ANSWER = Kind(
    name="answer",
    label_nl="vraag of antwoord in hetzelfde stuk",
    label_en="question or answer in the same paper",
    rdf_class="kg:Answer",
    edge="seeAnswer",
    anchors=tuple(
        f"{word}{number}"
        for word in ("vraag", "vragen", "antwoord", "antwoorden")
        for number in ("nr", "nummer", *range(1, 10))
    ),
    find=find_answer,
    examples=(
        "Zie het antwoord op [[vraag 9|answer-9]].",
        "Zie de antwoorden op de [[vragen 2|answer-2]] en [[3|answer-3]].",
        "zoals in [[antwoord 5|answer-5]] staat",
    ),
    counterexamples=(
        "Vraag 3\nWat is uw reactie?",
        "Antwoord op vraag 3\nJa.",
        "Antwoord 4\nNee.",
        "de vragen van 12 mei",
    ),
)

LETTER = Kind(
    name="letter",
    label_nl="brief",
    label_en="letter",
    rdf_class="kg:Letter",
    edge="cites",
    anchors=("brief", "brieven"),
    find=find_letter,
    examples=(
        "de [[brief d.d. 2 maart jl.|letter:2024-03-02]] (Kamerstuk 33279-40)",
        "de [[brief van 10 september 2024|letter:2024-09-10]] staat",
        "de [[Kamerbrief «Voortgang» d.d. 11 juni 2024|letter:2024-06-11]]",
        "in mijn [[brief van4 november jl.|letter:2024-11-04]]",
        "mijn [[brief van 5 fe-\nbruari 2020|letter:2020-02-05]] waarin",
    ),
    counterexamples=("een brief over kernwapens", "briefing van 3 mei 2024", "de brief die op 3 mei 2024 kwam"),
)

DATE = Kind(
    name="date",
    label_nl="datum",
    label_en="date",
    rdf_class="kg:Day",
    edge="mentionsDay",
    anchors=tuple(f"{digit}{month}" for digit in range(10) for month in MONTHS),
    find=find_date,
    iri=lambda identity: f"https://w3id.org/kamergraaf/day/{identity}",
    listed=False,
    examples=("op [[18 juni jl.|2024-06-18]] en [[16 juni|2024-06-16]]", "van [[6 april 2023|2023-04-06]]"),
    counterexamples=("in mei", "mei 2023", "maart"),
)
