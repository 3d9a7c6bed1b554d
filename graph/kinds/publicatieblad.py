"""The Official Journal of the European Union, by year, series and number: PbEU 2016, L 119; PB L 119 van 4.5.2016, blz. 1.

An id is pb-2016-L-119. Before 1968 there were no series (PbEG 1967, 196 is pb-1967-196); since October 2023 each act is an
issue by itself under its own number (PB L, 2024/1689 is pb-2024-L-1689). Where the year is left out ("PbEG L 281"), the rules
of resolve/ look for the act before it. Ways of writing: Aanwijzingen voor de regelgeving 3.38, the Interinstitutional style
guide 3.1; addresses as EUR-Lex gives them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from graph.fold import Folded
from graph.kinds.numbers import MONTH, S
from graph.model import Kind, Mention, Span
from graph.patterns import late

_YEAR = r"(?:19[5-9]|20[0-9])[0-9]"
_NR = rf"(?:(?:nr|no)\b\.?{S})?"
_UNION = r"(?:EU|E\.U\.|EG|E\.G\.|EEG|E\.E\.G\.|EGKS)"
_HEAD = late(
    rf"(?P<short>PB|Pb|OJ|O\.J\.)\.?(?:{S}-?{S}(?:van{S}de{S})?{_UNION})?"
    rf"|(?i:publi[ck]atie-?{S}blad(?:{S}van{S}de{S}Europese{S}(?:Unie|(?:Economische{S})?Gemeenschap(?:pen)?)|{S}{_UNION})?(?:{S}\(PB\))?"
    rf"|official{S}journal(?:{S}of{S}the{S}European{S}(?:Union|Communities))?)"
)
_SERIES = rf"(?P<series>C{S}E|[LCSP])(?![a-z])"
_PAGE = rf"(?:{S}/{S}[0-9]{{1,4}}(?:-[0-9]{{1,4}})?)?"
_DAY = (
    rf"(?:[0-3]?[0-9]{S}[./-]{S}[01]?[0-9]{S}[./-]{S}(?P<dated>{_YEAR}|[5-9][0-9](?![0-9]))"
    rf"|[0-3]?[0-9]{S}(?i:{MONTH}){S}(?P<day_of>{_YEAR}))(?![0-9])"
)
_ISSUE = rf"{_NR}(?P<number>[1-9][0-9]{{0,2}}(?:{S}[IEAM](?![A-Za-z]))?)(?![0-9]|[.][0-9])"
_BODY = late(
    rf"{S},?{S}\(?(?:(?P<year>{_YEAR})\)?{S}[,:/]?{S})?{_NR}{_SERIES}(?:"
    rf",?{S}(?P<act_year>20[2-9][0-9]){S}/{S}(?P<act>[1-9][0-9]{{0,4}})(?![0-9])"
    rf"|{S}[-,.]?{S}{_ISSUE}{_PAGE}(?:{S},?{S}(?:van|d\.d\.|of|dated)?{S}{_DAY}|{S},?{S}\(?(?P<after>{_YEAR})(?![0-9]))?)"
)
_OLD = late(
    rf"{S},?{S}(?:(?P<year>19[56][0-9]){S},{S}{_NR}(?P<number>[1-9][0-9]{{0,2}})(?![0-9])"
    rf"|{_NR}(?P<number2>[1-9][0-9]{{0,2}}){S}(?:van|,){S}{_DAY})"
)
_NEXT = late(
    rf"{S}(?:,|;|en|,{S}en){S}(?:(?P<year>{_YEAR}){S},?{S})?{_NR}{_SERIES}{S}{_ISSUE}{_PAGE}"
    rf"(?:{S},?{S}(?:van|d\.d\.)?{S}{_DAY})?"
)
_FIRST_BY_ACT = 1968
"""The number of the first act of 2023 that was an issue by itself; the last issue of that year was L 243."""


def find(page: Folded, anchor: Span) -> Iterator[Mention]:
    """The issue at the name of the journal, and those that follow in a list."""
    plain = page.plain
    head = _HEAD.match(plain, anchor.start)
    if head is None or plain[max(0, anchor.start - 1) : anchor.start].isalnum():
        return
    body = _BODY.match(plain, head.end())
    if body is None:
        yield from _before_series(plain, anchor.start, head.end())
        return
    if head["short"] and body.start("series") == head.end() and plain[head.end() - 1] != ".":
        return  # "PBL" is somebody else
    year = _year(body) or body["after"] or body["act_year"]
    number = body["act"] or body["number"]
    start, end, series = anchor.start, body.end(), body["series"]
    while True:
        yield _mention(Span(start, end), year, series, number)
        other = _NEXT.match(plain, end)
        if other is None:
            return
        year = _year(other) or year
        start, end = other.start("year") if other["year"] else other.start("series"), other.end()
        series, number = other["series"], other["number"]


def _before_series(plain: str, start: int, end: int) -> Iterator[Mention]:
    old = _OLD.match(plain, end)
    year = _year(old) if old else None
    if old and year and int(year) < 1968:
        yield Mention("publicatieblad", Span(start, old.end()), f"pb-{year}-{old['number'] or old['number2']}")


def _year(match: re.Match[str]) -> str | None:
    """The year that stands before the series, or that of the day behind the number."""
    year = match["year"] or match["dated"] or match["day_of"]
    return f"19{year}" if year and len(year) == 2 else year


def _mention(span: Span, year: str | None, series: str, number: str) -> Mention:
    issue = f"{''.join(series.split())}-{''.join(number.split())}"
    return Mention("publicatieblad", span, f"pb-{year}-{issue}" if year else None, {"issue": issue})


def _address(identity: str) -> str:
    """The page of an issue at EUR-Lex; issues are numbered in three digits, acts that are issues in five."""
    _, year, *rest = identity.split("-")
    series, number = rest if len(rest) > 1 else ("P", rest[0])
    figures, letter = re.sub(r"[A-Z]", "", number), re.sub(r"[0-9]", "", number)
    if int(year) > 2023 or (int(year) == 2023 and int(figures) >= _FIRST_BY_ACT):
        return f"https://eur-lex.europa.eu/legal-content/NL/TXT/?uri=OJ:{series}_{year}{int(figures):05}"
    return f"https://eur-lex.europa.eu/legal-content/NL/TXT/?uri=OJ:{series}:{year}:{int(figures):03}{letter}:TOC"


_DIGITS = range(1, 10)

PUBLICATIEBLAD = Kind(
    name="publicatieblad",
    label_nl="Publicatieblad van de Europese Unie",
    label_en="Official Journal of the European Union",
    rdf_class="kg:Publicatieblad",
    edge="cites",
    anchors=(
        "pbeu", "pbeg", "pbeeg", "pb.eu", "pb.eg", "pb.eeg", "pbvandeeu", "pbvandeeg", "publicatieblad", "publikatieblad", "officialjournal",
        *(f"{head}{nr}{series}{digit}" for head in ("pb", "pb.", "oj", "o.j.") for nr in ("", "nr.", "nr") for series in "lcsp" for digit in _DIGITS),
        *(f"{head}{nr}ce{digit}" for head in ("pb", "oj") for nr in ("", "nr.") for digit in _DIGITS),
        *(f"{head}{series}," for head in ("pb", "oj") for series in "lc"),
        *(f"pb{digit}" for digit in _DIGITS), "pb.19", "pb.20", "oj19", "oj20", "pb(19", "pb(20",
    ),
    find=find,
    iri=_address,
    covers=frozenset({"kamerstuk", "dossier", "eu-act"}),
    examples=(
        "Richtlijn 2016/680 ([[PbEU 2016, L 119|pb-2016-L-119]]) is",
        "([[PB L 119 van 4.5.2016|pb-2016-L-119]], blz. 1)",
        "([[PbEG 1998 L 123/1|pb-1998-L-123]])",
        "([[PbEG 2001, L 344/93|pb-2001-L-344]]) en ([[PbEG nr. L 281 van 23 november 1995|pb-1995-L-281]])",
        "([[OJ L 119, 4.5.2016|pb-2016-L-119]], p. 1) and ([[OJ 2012 C 326|pb-2012-C-326]])",
        "([[PB L 259I van 6.10.2022|pb-2022-L-259I]], blz. 3)",
        "([[PB L, 2024/1689|pb-2024-L-1689]], 12.7.2024) en [[PbEU L 2023/2831|pb-2023-L-2831]]",
        "([[PbEU 2013, L 347|pb-2013-L-347]] en [[L 352|pb-2013-L-352]])",
        "het [[Publicatieblad van de Europese Unie L 119 van 4 mei 2016|pb-2016-L-119]]",
        "[[Official Journal of the European Union, C 202, 7.6.2016|pb-2016-C-202]]",
        "([[PbEG 1967, 196|pb-1967-196]]) en [[PB 17 van 6.10.1958|pb-1958-17]]",
        "([[Pb. EG nr. L 187 van 14 juli 1984|pb-1984-L-187]])",
        "([[PB C 81 E van 31.3.2001|pb-2001-C-81E]], blz. 5)",
        "Richtlijn 95/46/EG ([[PbEG L 281|pb-1995-L-281]])",
        "in Verordening (EG) nr. 883/2004 ([[PbEU L 166/1|pb-2004-L-166]])",
    ),
    counterexamples=(
        "het PBL 2024 en het PB van de gemeente", "in het Publicatieblad bekendgemaakt", "PB 20 tot 30 meter", "OJ 2012",
        "een subsidie van PB C 5000 euro", "het Publicatieblad van Curaçao 2010, no. 87",
    ),
)  # fmt: skip
