"""Laws and regulations: those of the registers by name, others by the way in which such names are built.

A name that no register has is a word with a capital that ends in -wet, -besluit, -regeling or -wetboek, perhaps with a
year, or such a word by itself with what follows ("Wet goed verhuurderschap"), up to a word that cannot be part of a
name. Citation titles: Aanwijzingen voor de regelgeving 4.25.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from graph.fold import Folded
from graph.kinds.registered import articles_before
from graph.model import Kind, Mention, Span
from graph.patterns import here, late, one_of

_YEAR = r"(?:[ \n\u00a0]{1,2}(?:19|20)[0-9]{2}(?![0-9]))"
_ENDING = r"(?:wetboek|wet|besluit|regeling|statuut)"
_COMPOUND = late(
    rf"(?<!\w)(?!(?:Rijks|Slot|Staats|Aanwijzings|Overgangs|Catshuis)(?:wet|regeling)\b)[A-ZÀ-Þ]\w{{2,40}}{_ENDING}(?:(?:[ \u00a0][A-Z][a-zë]{{2,20}}){{0,2}}{_YEAR}|[ ]BES(?![A-Za-z])|[ ]I[IV]?(?![A-Za-z]))?(?![\w-])"
)
_WORD = r"(?:[a-zà-ÿ][\w’-]{1,30}+|[A-Z]{2,6}[0-9]?-[a-zà-ÿ]{3,20})"
_NOT_IN_NAME = (
    "is zijn was waren wordt worden werd werden kan kunnen kon heeft hebben had moet moeten zal zullen zou zouden "
    "mag mogen wil blijft geldt gelden bepaalt bepalen regelt regelen stelt stellen biedt bieden verplicht verbiedt "
    "voorziet treedt vereist schrijft gaat die dat deze dit waarin waarop waarbij waardoor waarmee zoals om niet "
    "ook door bij aan uit per naar als dan maar want dus hier wanneer nadat zodat omdat indien tot onder over sinds "
    "volgens tegen na nog al reeds nu mede vastgelegd genoemde bedoeld bedoelde het een mij ons u ik wij we hij zij "
    "ze er geen moeten dient dienen maakt maken stond staat staan komt komen ziet "
    "artikel artikelen hierna respectievelijk alsmede evenals"
).split()
_STOP = rf"(?!(?:{one_of(_NOT_IN_NAME)})(?![\w-]))"
_NAMED = late(
    rf"(?!Regeling[ ]van[ ]werkzaamheden|Besluit[ ]van[ ])(?:Rijkswet|Wet|Besluit|Regeling|Uitvoeringsregeling|(?:Uitvoerings|Aanpassings|Invoerings|Instellings|Goedkeurings|Kader|Verzamel|Spoed)wet|(?:Uitvoerings|Instellings|Invoerings)besluit|Tijdelijke[ ]wet|Wetboek[ ]van)(?:[ \n\u00a0]{{1,3}}(?:op|inzake|voor|tot|van)"
    rf"(?:[ \n\u00a0]{{1,2}}(?:de|het))?(?=[ \n\u00a0]{{1,2}}[a-zà-ÿ]))?(?:[ \n\u00a0]{{1,3}}(?:(?:en|over)[ \n\u00a0]{{1,2}}(?!de[ ]|het[ ])|in[ ]|van[ ](?:de[ ])?|voor[ ])?{_STOP}{_WORD}){{1,7}}"
    rf"(?:[ \u00a0](?:BES|Wft|I{{1,3}}|[A-Z][a-z]{{3,20}}wet)(?![A-Za-z]))?{_YEAR}?"
)
_BEFORE_BRACKET = here(
    rf"(?:[ \n\u00a0](?:bij|door|met|tegen|tot|uit|aan|onder|en|ten|ter|van|voor)(?=[^()]{{4,330}}\()(?:[ \n\u00a0](?:de|het))?(?:[ \n\u00a0]{_STOP}{_WORD}){{1,4}}){{1,3}}"
    rf"(?=[ \n\u00a0]{{1,2}}\((?:Stb|Kamerst|kamerst|dossier|hierna|[1-9][0-9][ \u00a0]?[0-9]{{3}}))"
)
"""The rest of a name whose end a bracket shows: "Wet verevening pensioenrechten bij scheiding (Stb. 1994, 342)"."""
_WITH_YEAR = here(
    rf"(?:[ \u00a0]{_STOP}(?:{_WORD}|[A-Z][a-zë]{{2,20}})){{1,5}}(?<![ ]in|van|uit|per)(?<!sinds|vanaf)[ \u00a0](?:19|20)[0-9]{{2}}(?![0-9])(?:-I{{1,3}}(?!\w))?"
)
"""The rest of a name that a year ends: "Sanctieregeling terrorisme 2007-II"."""
_TRAILING = late(r"(?:[ \n\u00a0]{1,3}(?:en|in|van|voor|op|de|of|inzake)){1,6}$")
_WORD_BACK = late(r"[\w-]{0,44}")
"""The first part of a word, read from its end."""


def find(page: Folded, anchor: Span) -> Iterator[Mention]:
    """The law at the end of a compound word, or at the word Wet, Besluit or Regeling with a capital."""
    text = page.text
    if text[anchor.start].isupper():
        match = _NAMED.match(text, anchor.start)
        if match is not None and not text[max(0, anchor.start - 1) : anchor.start].isalnum():
            yield from _whole(page, match)
        return
    word = _WORD_BACK.match(text[max(0, anchor.start - 44) : anchor.start][::-1])
    start = anchor.start - (word.end() if word else 0)
    if not text[start].isupper():
        return
    if named := _NAMED.match(text, start):
        # "Uitvoeringswet verdrag chemische wapens"
        yield from _whole(page, named)
        return
    match = _COMPOUND.match(text, start)
    if match is not None and match.end() >= anchor.end and _in_a_sentence(page.plain, start):
        more = _WITH_YEAR.match(text, anchor.end) if match.end() == anchor.end else None
        yield _law(page, Span(match.start(), more.end() if more else match.end()))


def _whole(page: Folded, match: re.Match[str]) -> Iterator[Mention]:
    """The law in a name of several words: without what dangles at its end, with what a bracket behind shows to be its end."""
    end = match.end() - len(_dangling(match.group()))
    if more := _BEFORE_BRACKET.match(page.text, end):
        end = more.end()
    if len(page.text[match.start() : end].split()) > 1:
        yield _law(page, Span(match.start(), end))


def _dangling(words: str) -> str:
    """What stands at the end of a name by grammar but cannot end it."""
    match = _TRAILING.search(words)
    return match.group() if match else ""


def _in_a_sentence(plain: str, start: int) -> bool:
    """Whether a word with a capital has it as a name, not as the first word of a sentence."""
    return re.search(r"[a-z0-9,;(][ \n]{1,2}$|\($", plain[max(0, start - 3) : start]) is not None


def _law(page: Folded, span: Span) -> Mention:
    name = " ".join(page.text[span.start : span.end].replace("\u00ad", "").split())
    article = articles_before(page.plain, span.start)
    return Mention("law", span, None, {"name": name, **({"article": article} if article else {})})


LAW = Kind(
    name="law",
    label_nl="wet of regeling",
    label_en="law",
    rdf_class="kg:Law",
    edge="invokesLaw",
    covers=frozenset({"treaty"}),
    anchors=("wet", "besluit", "regeling"),
    find=find,
    examples=(
        "artikel 12, tweede lid, onder b, van de [[Wet open overheid|law:Wet open overheid]]",
        "de [[Awb|law:Algemene wet bestuursrecht]] bepaalt",
        "het [[Reglement van Orde|law:Reglement van Orde van de Tweede Kamer der Staten-Generaal]]",
        "op grond van het [[Speelautomatenbesluit 2000|law:Speelautomatenbesluit 2000]] geldt",
        "de [[Uitvoeringswet verdrag chemische wapens|law:Uitvoeringswet verdrag chemische wapens]] (Stb. 1995, 338)",
        "de [[Tabaksverpakkingswet|law:Tabaksverpakkingswet]] is",
        "een aanpassing van de [[Regeling toezicht Sanctiewet 1977|law:Regeling toezicht Sanctiewet 1977]] is vereist",
        "dieren ([[Aanpassingswet bewijslasttermijn consumentenkoop levende dieren|law:Aanpassingswet bewijslasttermijn consumentenkoop levende dieren]])",
        "de [[Wet verevening pensioenrechten bij scheiding|law:Wet verevening pensioenrechten bij scheiding]] (dossier 35 287)",
        "de [[Sanctieregeling terrorisme 2007-II|law:Sanctieregeling terrorisme 2007-II]] en de [[Wet temporisering verhoging AOW-leeftijd|law:Wet temporisering verhoging AOW-leeftijd]]",
        "de [[Regeling vervoer over land van gevaarlijke stoffen|law:Regeling vervoer over land van gevaarlijke stoffen]] bepaalt",
        "de [[Wet regulering sekswerk|law:Wet regulering sekswerk]] en artikel 3 van de [[Wet goed verhuurderschap|law:Wet goed verhuurderschap]], alsmede",
        "de [[Wet CO2-heffing industrie|law:Wet CO2-heffing industrie]] (Kamerstuk 35 575)",
    ),
    counterexamples=(
        "de wet zegt",
        "een wet op komst",
        "over de faillissementswetgeving en de wetgever",
        "Het besluit van 12 mei",
        "Besluit van de Kamer: akkoord",
        "Regeling van werkzaamheden",
        "de Duitse Grondwet en de Grondwet voor Europa",
        "in strijd met de grondwet van Palau",
        "subsidie van ZonMw of V&VN",
        "zij vroegen om een sanctiewet",
    ),
)
