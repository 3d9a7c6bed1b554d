"""References within parliament's own talk: questions and answers by number, letters and days by date."""

from __future__ import annotations

import re
from collections.abc import Iterator

from graph.fold import Folded
from graph.kinds.names import B
from graph.kinds.numbers import MONTH, MONTHS, S, month, more_numbers
from graph.model import Kind, Mention, Span
from graph.patterns import late

_DAY = (
    rf"(?P<day>[0-3]?[0-9]){S}(?P<month>{MONTH})(?![a-z])"
    rf"(?:{S}(?P<year>(?:1[89]|20)[0-9]{{2}})(?![0-9]{{3}}))?(?P<last>{S}(?:jongstleden|j\.?{S}l\.?|l\.?l\.?|dezes)(?![a-z]))?"
)
_DATE = late(_DAY, re.IGNORECASE)
_TITLE = r"(?:[\"'][^\"\n]{3,200}[\"'])"
_ON = rf"(?:,?{S}d\.?d\.?|,?{S}gedateerd|{S}van|{S}op)"
_LETTER = late(
    rf"(?:brief|brieven|schrijven)(?:'(?=[ ]))?(?:{S}{_TITLE})?(?:{S}(?:van|aan){S}(?:de|het|mijn|onze|uw|zijn){S}(?:[^.,;()\"\n]|\n(?!\n)){{1,80}}?)?"
    rf"(?:{S}met{S}kenmerk{S}[^\s]{{3,30}})?(?:{_ON}|(?=[ ][0-9])){S}{_DAY}",
    re.IGNORECASE,
)
_SAME_MONTH = late(
    rf"(?:brieven)(?P<first>{_ON}{S}(?P<day>[0-3]?[0-9])){S}(?:en|,){S}(?P<other>[0-3]?[0-9]{S}(?P<month>{MONTH})(?![a-z])(?:{S}(?P<year>(?:19|20)[0-9]{{2}}))?)",
    re.IGNORECASE,
)
_LETTER_SENT = late(
    rf"brief(?:{S},)?{S}(?:die|welke|dat){S}(?:(?:ik|wij|de|het|mijn|onze|uw|u|aan|Kamer|minister|staatssecretaris|kabinet|regering|hierover|daarover){S}){{0,8}}"
    rf"op{S}{_DAY}(?={S}(?:[\w,()-]{{1,30}}{S}){{0,8}}(?:is|heb|heeft|hebben|zond|zonden|stuurde|stuurden|verzond|verstuurde|ver(?:stuurd|zonden)|toezond|ge(?:stuurd|zonden)|toegezonden|toekomen|ontving|schreef)\b)",
    re.IGNORECASE,
)
"""A letter by the day on which it went: "de brief die ik op 9 maart 2018 aan uw Kamer zond"."""
_NEXT_DAY = late(rf"{S}(?:,|en|,{S}en){S}(?:van{S})?(?P<next>{_DAY})", re.IGNORECASE)
_COMPOUND = late(r"(?<![\w-])[a-z]{3,24}-?$", re.IGNORECASE)
_NO_LETTER = ("nieuws", "vlug", "web", "lucht")
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
    r"(?<![-,&][0-9])(?:[ ]?(?:,|en|t/m|tot en met|-|&)[ ]?[0-9]{1,3}){0,40}+[ \t\x7f]{0,40}+[.:)*]{0,3}[ \t\x7f]{0,40}+(?:\n|$)",
    re.IGNORECASE,
)
_IN_SENTENCE = late(r"\b(?:op|onder|bij|van|de|en|ook|zie)[ \n\x7f]{1,3}$", re.IGNORECASE)
_BACK = 1 + len("onder") + 3
"""Characters that `_IN_SENTENCE` looks at."""


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
    """A letter known by its date, at the word brief or a word that ends in it (Kamerbrief, verzamelbrief)."""
    plain = page.plain
    compound = _COMPOUND.search(plain[max(0, anchor.start - 26) : anchor.start])
    joined = re.sub(r"^[a-z]+(?=[A-Z])", "", compound.group()) if compound else ""  # "deKamerbrief": a lost blank
    start = anchor.start - len(joined)
    if (plain[max(0, start - 1) : start].isalpha() and not joined) or joined.lower().startswith(_NO_LETTER):
        return
    match = _LETTER.match(plain, anchor.start)
    if match is None and joined:
        match = _TITLED_LETTER.match(plain, anchor.start)
    match = match or _LETTER_SENT.match(plain, anchor.start)
    if match:
        dates = [(Span(start, match.end()), _dated(match))]
        if page.squeezed_word(anchor) == "brieven":
            dates += _more_dates(plain, match.end())
        yield from (Mention("letter", span, None, parts) for span, parts in _one_year(dates))
    elif several := _SAME_MONTH.match(plain, anchor.start):
        # "brieven van 18 en 28 maart": the month and year of the second are those of the first
        parts = {"month": str(month(several["month"])), **({"year": several["year"]} if several["year"] else {})}
        yield Mention("letter", Span(start, several.end("first")), None, {"day": several["day"], **parts})
        day = re.match("[0-9]+", several["other"])
        yield Mention("letter", Span(*several.span("other")), None, {"day": day.group() if day else "", **parts})


def _more_dates(plain: str, end: int) -> Iterator[tuple[Span, dict[str, str]]]:
    """The dates that follow in a list: "brieven van 5 april en 21 juni 2022"."""
    while match := _NEXT_DAY.match(plain, end):
        yield Span(*match.span("next")), _dated(match)
        end = match.end()


def _one_year(dates: list[tuple[Span, dict[str, str]]]) -> list[tuple[Span, dict[str, str]]]:
    """The dates of a list, in which a year stands behind the last of several days."""
    year: dict[str, str] = {}
    for _, parts in reversed(dates):
        if "year" in parts:
            year = {"year": parts["year"]}
        elif "last" not in parts:
            parts.update(year)
    return dates


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
    before = plain[max(0, anchor.start - 40) : anchor.start]
    if plain[anchor.start].isupper() and not _IN_SENTENCE.search(before[-_BACK:]):
        return
    if _HEADING_BEFORE.search("\n" + before if anchor.start <= 40 else before) and _HEADING_AFTER.match(
        plain, match.end()
    ):
        return
    first, plural = int(match["number"]), match.group().lower().startswith(("vragen", "antwoorden"))
    for number, span in ((first, Span(*match.span())), *more_numbers(plain, match.end(), first, plural)):
        yield Mention("answer", span, None, {"number": str(number)})


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
    anchors=("brief", "brieven", "schrijven"),
    find=find_letter,
    examples=(
        "de [[brief d.d. 2 maart jl.|letter:2024-03-02]] (Kamerstuk 33279-40)",
        "de [[brief van 10 september 2024|letter:2024-09-10]] staat",
        "de [[Kamerbrief «Voortgang» d.d. 11 juni 2024|letter:2024-06-11]]",
        "in mijn [[brief van4 november jl.|letter:2024-11-04]]",
        "mijn [[brief van 5 fe-\nbruari 2020|letter:2020-02-05]] waarin",
        "de [[brieven van 18|letter:2024-03-18]] en [[28 maart 2024|letter:2024-03-28]]",
        "de [[Verzamelbrief justitiële jeugd van 27 juni jl.|letter:2024-06-27]], waarin",
        "de [[brief die ik op 9 maart 2018|letter:2018-03-09]] aan uw Kamer zond en mijn [[brieven van 5 april|letter:2022-04-05]], [[3 mei|letter:2022-05-03]] en [[21 juni 2022|letter:2022-06-21]]",
        "bij [[schrijven van 3 april 1962|letter:1962-04-03]] en over de [[brief 5 april 2018|letter:2018-04-05]] inzake",
    ),
    counterexamples=(
        "een brief over kernwapens",
        "briefing van 3 mei 2024",
        "de nieuwsbrief van 3 mei 2024",
        "beschrijven op 3 mei 2024",
        "de brief die op 3 mei 2024 kwam",
    ),
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
