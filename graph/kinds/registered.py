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
_ARTICLES_BEFORE = late(
    rf"\b(?:artikel(?:en)?|artt?\.?){S}(?P<list>(?:{_ONE}|[IVX]{{1,6}})(?:{S}(?:,|en|of|t/m|tot en met){S}{_ONE}){{0,9}})"
    rf"(?:{S},?{S}(?:en{S})?(?:{_LEDEN}{S}(?:(?:en|tot en met|,){S}{_LEDEN}{S})?(?:lid|leden)|(?:aanhef|onder(?:deel)?{S}[a-z0-9]{{1,3}}(?:°)?)|sub{S}[a-z0-9]{{1,3}}|(?:eerste|tweede|derde){S}volzin)){{0,4}}"
    rf"{S},?{S}(?:van{S})?(?:(?:de|het|dit|deze|genoemde?){S})?$",
    re.IGNORECASE,
)
_BACK = 120


def articles_before(plain: str, start: int) -> str | None:
    """The articles named right before a law or treaty at `start`, as "107, 108"; None where there are none."""
    match = _ARTICLES_BEFORE.search(plain, max(0, start - _BACK), start)
    return ", ".join(re.findall(rf"{_ONE}|[IVX]+", match["list"])) if match else None


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
        "artikel 5 van het [[NAVO-verdrag|north-atlantic-treaty]]",
    ),
    counterexamples=(
        "een nieuwe start in het najaar",
        "een sort van bericht",
        "in Boedapest vergaderd",
        "het verdrag is getekend",
        "de stad Ottawa",
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
