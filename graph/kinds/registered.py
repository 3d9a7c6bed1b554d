"""Treaties, topics of one's own and notes; the articles that are named with treaties and laws.

Names are those of the registers, in any spelling that differs by case, blanks or hyphens. An article named before ("artikel 12, tweede lid, van de Wet open overheid") or after it belongs to the mention.
"""

from __future__ import annotations

import re

from graph.kinds.numbers import S
from graph.model import Kind
from graph.patterns import late

_LEDEN = r"(?:eerste|tweede|derde|vierde|vijfde|zesde|zevende|achtste|negende|tiende|[0-9]{1,2}(?:e|de)?)"
_ONE = r"[0-9]{1,4}(?:[.:][0-9]{1,4}){0,2}[a-z]{0,2}"
_PART = (
    rf"[ \n\x7f,]{{1,7}}+(?:en{S})?(?:{_LEDEN}{S}(?:(?:en|tot{S}en{S}met|,){S}{_LEDEN}{S})?(?:lid|leden)\b|lid{S}[0-9]{{1,2}}(?![0-9])|aanhef"
    rf"|onder(?:deel)?{S}[a-z0-9]{{1,3}}(?![a-z0-9])|sub{S}[a-z0-9]{{1,3}}(?![a-z0-9])|(?:eerste|tweede|derde){S}volzin)"
)
_ITEM = rf"(?:{_ONE}|[IVX]{{1,6}}\b)(?:{_PART}){{0,4}}"
_AND = rf"{S}(?:,{S}en\b|,|en\b|of\b|t/m|tot{S}en{S}met|juncto|jo\.){S}(?:art(?:ikel|\.){S})?"
_ARTICLES_BEFORE = late(
    rf"\b(?:artikel(?:en)?|artt?\.?){S}(?P<list>{_ITEM}(?:{_AND}{_ITEM}){{0,9}}+){S},?{S}(?:van{S})?(?:(?:de|het|dit|deze|genoemde?){S})?$",
    re.IGNORECASE,
)
_PARTS = late(_PART, re.IGNORECASE)
_NAMED = late(rf"(?P<to>t/m|tot{S}en{S}met)?{S}(?P<one>{_ONE}|\b[IVX]{{1,6}}\b)")
_BACK = 160
_MOST = 60


def articles_before(plain: str, start: int) -> str | None:
    """The articles named right before a law or treaty at `start`, as "107, 108", those of a range too; None if there are none."""
    match = _ARTICLES_BEFORE.search(plain, max(0, start - _BACK), start)
    if match is None:
        return None
    articles: list[str] = []
    for named in _NAMED.finditer(_PARTS.sub("", match["list"])):
        first, last = articles[-1] if articles else "", named["one"]
        if named["to"] and first.isdigit() and last.isdigit() and int(first) < int(last) <= int(first) + _MOST:
            articles += map(str, range(int(first) + 1, int(last)))
        articles.append(last)
    return ", ".join(articles)


TREATY = Kind(
    name="treaty",
    label_nl="verdrag",
    label_en="treaty",
    rdf_class="kg:Treaty",
    edge="invokesTreaty",
    examples=(
        "het [[Non-Proliferatie Verdrag|npt]] ([[NPV|npt]])",
        "het [[New START-verdrag|new-start]] en het [[Alomvattend Kernstopverdrag|ctbt]] ([[CTBT|ctbt]])",
        "het [[Boedapest Memorandum|budapest-memorandum]] van 1994",
        "'The [[NPT|npt]] and the origin of nuclear sharing'",
        "het [[Verdrag inzake de niet-\nverspreiding van kernwapens|npt]]",
        "de [[Non-Proliferation Treaty|npt]]",
        "artikel 5 van het [[NAVO-verdrag|north-atlantic-treaty]] en art. 5 van het [[NAVO-verdrag|north-atlantic-treaty]]",
        "de artikelen 107 en 108 [[[[VWEU|tfeu]]|tfeu]] over steun",
        "het protocol bij het [[Noord-Atlantisch Verdrag|north-atlantic-treaty]]",
    ),
    counterexamples=(
        "een nieuwe start in het najaar",
        "een sort van bericht",
        "in Boedapest vergaderd",
        "het verdrag is getekend",
        "de stad Ottawa",
        "in Minsk, Wassenaar, Almelo, Oslo, Parijs, Washington, Istanbul, Tlatelolco, Pelindaba of Rarotonga vergaderd",
        "Start met de aanleg; het sort en de start in Wenen",
    ),
)

# no register of ours has topics, so that its examples are those of a reader's own register, in tests/
TOPIC = Kind(
    name="topic",
    label_nl="onderwerp",
    label_en="topic",
    rdf_class="kg:Topic",
    edge="mentionsTopic",
)

NOTE = Kind(
    name="note",
    label_nl="noot",
    label_en="note",
    rdf_class="kg:Note",
    edge="hasNote",
    examples=("Zoals gezegd.[[¹|note-1]] Verder niets.\n\n¹ Zie de brief.\n",),
    counterexamples=("een vlak van 12 m² groot",),
)
