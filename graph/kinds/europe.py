"""Acts of the European Union by number: regulations, directives, decisions, and proposals (COM).

Ids are CELEX numbers (sector 3, year, letter of the sort, four digits) as EUR-Lex makes them; since 2015 the year comes
first in every number, before that a regulation had its number first ("nr. 267/2012").
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from graph.fold import Folded
from graph.kinds.numbers import S
from graph.model import Kind, Mention, Span
from graph.patterns import here, late

_LETTERS = {
    "verordening": "R", "richtlijn": "L", "besluit": "D", "beschikking": "D", "kaderbesluit": "F",
    "gemeenschappelijkstandpunt": "E", "gemeenschappelijkoptreden": "E", "aanbeveling": "H",
    "regulation": "R", "directive": "L", "decision": "D",
}  # fmt: skip
_PROPOSALS = {"com": "PC", "swd": "SC", "join": "JC", "sec": "SC"}
"""Papers of the Commission and the High Representative, with the letters that CELEX numbers have for them."""
_BODY = r"(?:EU|EG|EEG|EEC|EURATOM|Euratom|EGKS|ECSC|GBVB|CFSP|EC|JBZ|JHA)"
_ACT = late(
    rf"(?:en|s)?{S}(?:van{S}de{S}(?:Raad|Commissie){S})?(?:\((?P<of>{_BODY})(?:,{S}Euratom)?\){S})?(?:nr\.?{S}|No\.?{S})?"
    rf"\(?(?P<a>[0-9]{{1,4}}){S}/{S}(?P<b>[0-9]{{1,4}})(?![0-9])(?:/(?P<body>{_BODY}))?"
)
_IN_BRACKETS = rf"{S}\({S}(?P<act>(?:\((?P<of>{_BODY})\){S})?(?:nr\.?{S})?(?P<a>(?:19|20)[0-9]{{2}}){S}/{S}(?P<b>[0-9]{{1,4}})(?![0-9])(?:/(?P<body>{_BODY}))?){S}\)"
_NUMBERED = late(_IN_BRACKETS)
_NAMED = here(rf"{S}[a-z][a-z’'-]{{2,40}}+(?:{S}[a-z][a-z’'-]{{1,40}}+){{0,4}}+{_IN_BRACKETS}")
"""An act called by what it is about, with its number in brackets: "Verordening conflictmineralen (2017/821)"."""
_BARE = late(
    rf"(?<![0-9/])(?P<a>(?:(?:19|20)[0-9]{{2}})|[5-9][0-9]){S}/{S}(?P<b>[0-9]{{1,4}})/(?P<body>{_BODY})(?![A-Za-z])(?P<of>)"
)
"""An act by its number alone, behind its name: "Kaderrichtlijn Water (2000/60/EG)"."""
_SORT_BEFORE = late(r"(?P<sort>richtlijn|kaderbesluit|besluit|beschikking)(?:en)?\b[^.;\n]{0,60}$", re.IGNORECASE)
_PREFIX = late(r"(?:uitvoerings|wijzigings)$", re.IGNORECASE)
_OTHER = late(
    rf"{S}(?:,|en|,{S}en){S}(?P<act>(?:\((?P<of>{_BODY})\){S})?(?:nr\.?{S})?(?P<a>[0-9]{{1,4}}){S}/{S}(?P<b>[0-9]{{1,4}})(?![0-9])(?:/(?P<body>{_BODY}))?)"
)
_PROPOSAL = late(
    rf"{S}(?:\({S}(?P<year>(?:19|20)[0-9]{{2}}){S}\)|/(?P<slashed>20[0-9]{{2}})/){S}(?P<number>[1-9][0-9]{{0,3}})(?![0-9])(?:{S}(?:final|def(?:initief|\.)?))?"
)
_WRITTEN = late(r"(?<![0-9A-Za-z])3(?:19|20)[0-9]{2}[RLDEFH][0-9]{4}(?![0-9A-Za-z])")


def find(page: Folded, anchor: Span) -> Iterator[Mention]:
    """The act at an anchor: the word for its sort, or COM."""
    plain = page.plain
    if plain[anchor.start].isdigit():
        yield from _by_number(plain, anchor)
        return
    if plain[max(0, anchor.start - 1) : anchor.start].isalpha() and (numbered := _NUMBERED.match(plain, anchor.end)):
        yield from _bracketed(plain, anchor, numbered)
        return
    prefix = _PREFIX.search(plain[max(0, anchor.start - 12) : anchor.start])
    if plain[max(0, anchor.start - 1) : anchor.start].isalpha() and not plain[anchor.start].isupper() and not prefix:
        return
    word = re.sub(r"[^a-z]", "", plain[anchor.start : anchor.end].lower())
    if word in _PROPOSALS:
        if match := _PROPOSAL.match(plain, anchor.start + len(word)):
            yield Mention(
                "eu-act",
                Span(anchor.start, match.end()),
                f"{word.upper()}({match['year'] or match['slashed']}){match['number']}",
            )
        return
    match = _ACT.match(plain, anchor.end)
    if match and (numbers := _year_and_number(word, match)):
        year, number = numbers
        start = anchor.start - (len(prefix.group()) if prefix else 0)
        yield Mention("eu-act", Span(start, match.end()), f"3{year}{_LETTERS[word]}{number:04}")
        yield from _others(plain, match.end(), word)
    elif (
        _LETTERS[word] in "RL"
        and (match := _NAMED.match(plain, anchor.end))
        and (numbers := _year_and_number(word, match))
    ):
        yield Mention("eu-act", Span(*match.span("act")), f"3{numbers[0]}{_LETTERS[word]}{numbers[1]:04}")


def _bracketed(plain: str, anchor: Span, match: re.Match[str]) -> Iterator[Mention]:
    """The act named by a compound word, by the number in brackets behind it: "Asielprocedureverordening (2024/1348)"."""
    word = plain[anchor.start : anchor.end].lower()
    if word in _LETTERS and (numbers := _year_and_number(word, match)):
        yield Mention("eu-act", Span(*match.span("act")), f"3{numbers[0]}{_LETTERS[word]}{numbers[1]:04}")


def _by_number(plain: str, anchor: Span) -> Iterator[Mention]:
    """The act whose number has its last digit before the slash at the anchor, of the sort that the words before name."""
    match = next(
        (
            each
            for each in _BARE.finditer(plain, max(0, anchor.start - 10), anchor.end + 8)
            if each.end("b") == anchor.start + 1
        ),
        None,
    )
    before = _SORT_BEFORE.search(plain[max(0, match.start() - 90) : match.start()]) if match else None
    if match and before and (numbers := _year_and_number(word := before["sort"].lower(), match)):
        yield Mention("eu-act", Span(*match.span()), f"3{numbers[0]}{_LETTERS[word]}{numbers[1]:04}")


def _others(plain: str, end: int, word: str) -> Iterator[Mention]:
    """The acts that follow in a list: "de Richtlijnen 2009/138/EG en 2013/36/EU"."""
    while match := _OTHER.match(plain, end):
        numbers = _year_and_number(word, match)
        if numbers is None:
            return
        yield Mention("eu-act", Span(*match.span("act")), f"3{numbers[0]}{_LETTERS[word]}{numbers[1]:04}")
        end = match.end()


def _year_and_number(word: str, match: re.Match[str]) -> tuple[int, int] | None:
    """Which of the two numbers is the year: the first since 2015 and for all but regulations; two digits before 2000."""
    first, second = match["a"], match["b"]
    named = "nr" in match.group().lower() or "no" in match.group().lower()
    if _LETTERS[word] == "R" and len(second) == 2 and int(second) >= 52 and (match["body"] or match["of"] or named):
        first, second = second, first  # "Verordening (EEG) nr. 2092/91"
    elif _is_year(first) != _is_year(second) and (_LETTERS[word] == "R" or match["body"]):
        # "Verordening (EU) nr. 267/2012", "Besluit nr. 768/2008/EG": where one of the two can be a year, it is that
        first, second = (first, second) if _is_year(first) else (second, first)
    elif _LETTERS[word] == "R" and (named or not _is_year(first)):
        first, second = second, first
    if _is_year(first):
        return int(first), int(second)
    if len(first) == 2 and int(first) >= 52 and (match["body"] or match["of"] or named):
        return 1900 + int(first), int(second)
    return None


def _is_year(digits: str) -> bool:
    return len(digits) == 4 and 1952 <= int(digits) <= 2099


def _address(identity: str) -> str:
    if match := re.fullmatch(r"([A-Z]+)\((\d{4})\)(\d+)", identity):
        letters = _PROPOSALS[match[1].lower()]
        return f"http://publications.europa.eu/resource/celex/5{match[2]}{letters}{int(match[3]):04}"
    return f"http://publications.europa.eu/resource/celex/{identity}"


EU_ACT = Kind(
    name="eu-act",
    label_nl="EU-besluit",
    label_en="act of the European Union",
    rdf_class="kg:EuAct",
    edge="invokesLaw",
    anchors=(
        *_LETTERS,
        *(f"{digit}/{body}" for digit in range(10) for body in ("eg", "eu", "eeg", "gbvb", "jbz")),
        *(f"{word}{mark}" for word in _PROPOSALS for mark in ("(1", "(2", "/2")),
    ),
    find=find,
    iri=_address,
    covers=frozenset({"kamerstuk", "law"}),
    examples=(
        "[[Verordening (EU) 2016/679|32016R0679]]",
        "[[Verordening (EU) nr. 267/2012|32012R0267]]",
        "[[Richtlijn 2009/43/EG|32009L0043]]",
        "[[Besluit 2010/413/GBVB|32010D0413]]",
        "[[Gemeenschappelijk Standpunt 2007/140/GBVB|32007E0140]]",
        "het voorstel [[COM (2023) 12 final|COM(2023)12]]",
        "[[Richtlijn 95/46/EG|31995L0046]]",
        "[[COM/2020/592 final|COM(2020)592]], [[SEC(2022)546|SEC(2022)546]], [[SWD(2022) 2|SWD(2022)2]] en [[JOIN(2023) 1|JOIN(2023)1]]",
        "[[Verordening (EEG) nr. 1612/68|31968R1612]] en [[Verordening nr. 1408/71|31971R1408]]",
        "[[Verordening (EG) nr. 428/2009|32009R0428]], [[Verordening 833/2014|32014R0833]] en [[Besluit (GBVB) 2024/583|32024D0583]]",
        "Gedelegeerde [[Verordening (EU) 2016/161|32016R0161]] and Council [[Decision 2011/137/CFSP|32011D0137]]",
        "[[Besluit nr. 768/2008/EG|32008D0768]] en [[Verordening (EU) nr. 260/2012|32012R0260]]",
        "de [[Richtlijnen 2009/138/EG|32009L0138]] en [[2013/36/EU|32013L0036]].",
        "op [[Uitvoeringsverordening (EU) 2020/211|32020R0211]] en",
        "de Kaderrichtlijn Water ([[2000/60/EG|32000L0060]]), de Vogelrichtlijn ([[79/409/EEG|31979L0409]])",
        "de Asielprocedureverordening ([[2024/1348|32024R1348]]) en",
        "de Verordening conflictmineralen ([[2017/821|32017R0821]]) en de richtlijn herstel van de natuur ([[(EU) 2019/944|32019L0944]])",
        "[[Verordening (EEG) 2092/91|31991R2092]]",
    ),
    counterexamples=(
        "het besluit van 2010",
        "Besluit 12/3",
        "de richtlijn 24/7 bereikbaar",
        "besluit tot sluiting (2019/20)",
        "op 2000/60/EG na",
    ),
)
