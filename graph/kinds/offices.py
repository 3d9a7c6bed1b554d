"""Offices without a name (minister van Defensie) and committees of parliament (vaste commissie voor Defensie).

A plural names several: "de ministers van Klimaat en Groene Groei en van Defensie" are two offices. Where one ends, the
names of portfolios in the registers tell ("Justitie en Veiligheid"); older ones are read as words with capitals.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from graph.fold import Folded
from graph.kinds.names import clean
from graph.model import Kind, Mention, Span
from graph.patterns import late
from ontology.terms import BASE

_OF = late(
    r"(?:-?s?secretaris)?(?:sen|s|en)?[ \n\x7f]{1,4}(?:van|voor)[ \n\x7f]{1,4}(?:het[ \n]|de[ \n])?", re.IGNORECASE
)
_AND = late(
    r"(?:[ \n\x7f]{0,3},)?[ \n\x7f]{1,3}(?:(?:en|of)[ \n\x7f]{1,3})?(?P<of>(?:van|voor)[ \n\x7f]{1,3}(?:de[ \n]|het[ \n])?)",
    re.IGNORECASE,
)
_AND_BARE = late(r"[ \n\x7f]{0,3}(?:,|en)[ \n\x7f]{0,3}(?:en[ \n\x7f]{1,3})?(?:de[ \n\x7f])?", re.IGNORECASE)
_WORD = r"[A-ZÀ-Þ](?:[^\W\d_]|[’'-]){2,25}"
_GAP = r"(?:[ \u00a0]{1,3}|[ \u00a0]?\n[ \u00a0]?)"
"""Between two words of a name, perhaps a line end, but not the end of a paragraph."""
_OLD = late(
    rf"{_WORD}(?:(?:,{_GAP}(?!(?<=[a-z],[ \n])[A-Z]{{3}})|{_GAP}(?:en|EN){_GAP}|{_GAP}){_WORD}){{0,4}}(?:-{_GAP}en{_GAP}{_WORD})?"
)
_COUNTRY = late(
    r"[ \n]van (?:(?:de|het) (?:Verenigde|Russische|Volksrepubliek|Federale)|[A-Z]\w+(?:land|rijk|stan|gië|nië|lië|kije|aël|raïne)\b|Iran|Irak|China|Japan|Canada|Suriname|Syrië|Egypte)"
)
_FOREIGN = late(r"(?<![A-Za-z])(?!Nederlandse|Tweede)[A-Z][A-Za-z-]{2,20}se[ \n\x7f]{1,3}$")
_DIRECT = late(r"[ \u00a0\n]{1,2}(?=[A-Z])")
_NAMED = late(
    r"[ \u00a0](?!(?:Minister|Staatssecretaris|De|Het|En)\b)(?:[A-Z]\.[ ]?){0,4}(?:(?:van|de|den|der|Van|De|Den)[ ])?[A-Z][a-zà-ÿ]"
)
"""What stands behind "premier" where it is the title of somebody named: "premier Cameron", "minister-president Rutte"."""
_PRESIDENT = late(r"[ \n\x7f-]{0,3}president", re.IGNORECASE)
_VICE = late(r"vice[ \n\x7f-]{0,3}$", re.IGNORECASE)
_COMMITTEE_OF = late(
    r"s?[ \n\x7f]{1,3}(?:voor|van)[ \n\x7f]{1,3}(?:de[ \n\x7f]{1,2}|het[ \n\x7f]{1,2})?", re.IGNORECASE
)
_COMMITTEE_SORT = late(
    r"(?:(?:vaste|algemene|bijzondere|tijdelijke|parlementaire)[ \n\x7f]{1,3})+(?:kamer)?$", re.IGNORECASE
)
_MINISTRY = r"(?P<short>VWS|OCW|OC&W|SZW|EZK?|EL&I|BZK?|BuZa|BuHa-?OS|BHO|IenW|I&W|IenM|I&M|LNV|LVVN|JenV|J&V|V&J|VenJ|VRO|VROM|KGG|AenM|A&M|V&W)"
_SORTED_SHORT = late(rf"s?[ \u00a0\n]{{1,2}}(?:(?:voor|van)[ \u00a0\n]{{1,2}})?{_MINISTRY}(?![\w&-])")
_NOT_POSTS = ("Staat", "Justitie van", "de", "het")


def find_office(page: Folded, anchor: Span) -> Iterator[Mention]:
    """Offices at the word minister, staatssecretaris or premier."""
    plain = page.plain
    of, president = _OF.match(plain, anchor.end), _PRESIDENT.match(plain, anchor.end)
    direct = None if of else _DIRECT.match(page.text, anchor.end)
    if not (of or president or direct or plain[anchor.start] in "pP"):
        return
    before = plain[max(0, anchor.start - 32) : anchor.start]
    run_on = before[-1:].isalpha() and not (before[-1:].islower() and plain[anchor.start].isupper())
    foreign = before.rstrip(" \n\x7f").endswith("se") and _FOREIGN.search(before)
    if (run_on and not _VICE.search(before)) or foreign:
        return
    if president or plain[anchor.start] in "pP":
        end = president.end() if president else anchor.end
        if not plain[end : end + 1].isalpha() and not _NAMED.match(page.text, end):
            vice = _VICE.search(before)
            start = anchor.start - (len(vice.group()) if vice else 0)
            role = "vice-minister-president" if vice else "minister-president"
            yield Mention("office", Span(start, end), None, {"role": role, "portfolio": ""})
        return
    role = "staatssecretaris" if plain[anchor.start] in "sS" else "minister"
    plural = bool(of and re.match(r"(?:secretaris)?(?:sen|s)[ \n]", plain[anchor.end : of.end()], re.IGNORECASE))
    start = anchor.start
    if direct and (stop := page.portfolio(direct.end())):
        # "de staatssecretaris Fiscaliteit, Belastingdienst en Douane"
        yield Mention(
            "office", Span(start, stop), None, {"role": role, "portfolio": clean(page.text[direct.end() : stop])}
        )
    while of:
        begin = of.end()
        ends = page.portfolio(begin) or (_old(page.text, begin) if start == anchor.start else None)
        if ends is None:
            return
        end = ends
        if not plural and _COUNTRY.match(page.text, end):
            return
        yield Mention("office", Span(start, end), None, {"role": role, "portfolio": clean(page.text[begin:end])})
        of = _AND.match(plain, end)
        if of is not None and not plural:
            return
        start = of.start("of") if of else end


def _old(text: str, begin: int) -> int | None:
    match = _OLD.match(text, begin)
    if (
        text[begin - 4 : begin].startswith(("V", "v"))
        and match
        and not match.group().isupper()
        and re.search(r"V(?:an|oor)\s$", text[max(0, begin - 5) : begin])
    ):
        return None
    if match is None or match.group().startswith(_NOT_POSTS):
        return None
    # a name of several parts ends in "en" and the last; what a comma joins behind it is somebody's name
    words, comma, rest = match.group().rpartition(",")
    return match.end() if not comma or " en " in f"{rest} ".lower().replace("\n", " ") else match.start() + len(words)


def find_committee(page: Folded, anchor: Span) -> Iterator[Mention]:
    """Committees of parliament at the word commissie."""
    plain = page.plain
    of, short = _COMMITTEE_OF.match(plain, anchor.end), _SORTED_SHORT.match(page.text, anchor.end)
    if of is None and short is None:
        return
    before = plain[max(0, anchor.start - 40) : anchor.start]
    sort = _COMMITTEE_SORT.search(before)
    if sort is None and before[-1:].isalpha() and not re.search(r"kamer$", before, re.IGNORECASE):
        return
    start = anchor.start - (len(sort.group()) if sort else 5 if re.search(r"kamer$", before, re.IGNORECASE) else 0)
    if short and (sort or of is None):
        yield Mention("committee", Span(start, short.end()), None, {"portfolio": short["short"]})
        return
    plural = plain[anchor.end : anchor.end + 1] in ("s", "S")
    while of:
        begin = of.end()
        # which committees there were of old no register tells, but "vaste commissie voor" names none but those of the Kamer
        end = page.portfolio(begin) or (_old(page.text, begin) if sort and "voor" in of.group().lower() else None)
        if end is None:
            return
        yield Mention("committee", Span(start, end), None, {"portfolio": clean(page.text[begin:end])})
        following = (_AND.match(plain, end) or _AND_BARE.match(plain, end)) if plural else None
        of = following
        start = (following.start("of") if "of" in following.groupdict() else following.end()) if following else end


OFFICE = Kind(
    name="office",
    label_nl="ambt",
    label_en="office",
    rdf_class="kg:Post",
    edge="mentionsPost",
    anchors=("minister", "staatssecretaris", "premier"),
    find=find_office,
    covers=frozenset({"treaty", "law"}),
    examples=(
        "De [[minister van Defensie|office:minister-defensie]] zegt",
        "aan de [[Ministers van\nKlimaat en Groene Groei|office:minister-klimaat-en-groene-groei]] en [[van Sociale Zaken en Werkgelegenheid|office:minister-sociale-zaken-en-werkgelegenheid]]",
        "de [[premier|office:minister-president]] zegt",
        "de [[minister voor Buitenlandse Handel en Ontwikkelingshulp|office:minister-buitenlandse-handel-en-ontwikkelingshulp]]",
        "de [[Vice Minister President|office:vice-minister-president]] en [[viceminister-president|office:vice-minister-president]]",
        "de [[staatssecretaris Jeugd, Preventie en Sport|office:staatssecretaris-jeugd-preventie-en-sport]] en de [[Minister Justitie en Veiligheid|office:minister-justitie-en-veiligheid]]",
        "de [[minister van Klimaat|office:minister-klimaat-en-groene-groei]] zegt",
    ),
    counterexamples=(
        "de minister zegt",
        "de Amerikaanse minister van Defensie",
        "de minister van Buitenlandse Zaken van de Verenigde Staten",
        "de minister van Defensie van Oekraïne",
        "het ministerie van Defensie",
        "minister van Staat",
        "Zowel premier Cameron als minister-president Rutte",
    ),
)

_CHAMBERS = {"chamber:tk": f"{BASE}chamber/tweede-kamer", "chamber:ek": f"{BASE}chamber/eerste-kamer"}

CHAMBER = Kind(
    name="chamber",
    label_nl="Kamer",
    label_en="chamber",
    rdf_class="kg:Chamber",
    edge="addressedTo",
    iri=_CHAMBERS.__getitem__,
    listed=False,
    examples=("Aan de [[Voorzitter van de Tweede Kamer der Staten-Generaal|chamber:tk]]\n\nGeachte voorzitter,",),
    counterexamples=("De voorzitter van de Tweede Kamer zei dat het stuk er is.",),
)

COMMITTEE = Kind(
    name="committee",
    label_nl="commissie",
    label_en="committee",
    rdf_class="kg:Committee",
    edge="mentionsCommittee",
    anchors=("commissie",),
    find=find_committee,
    examples=(
        "de [[vaste commissie voor Buitenlandse Zaken|committee:buitenlandse-zaken]]",
        "de [[vaste commissies voor Europese Zaken|committee:europese-zaken]] en [[voor Defensie|committee:defensie]]",
        "de [[commissie voor de Rijksuitgaven|committee:rijksuitgaven]]",
        "de [[Vaste Commissie van EZK|committee:economische-zaken-en-klimaat]] en de [[commissie VWS|committee:volksgezondheid-welzijn-en-sport]]",
        "VAN DE [[VASTE COMMISSIE VOOR INFRASTRUCTUUR, MILIEU EN RUIMTELIJKE ORDENING|committee:infrastructuur-milieu-en-ruimtelijke-ordening]]",
        "De griffier van de [[vaste commissie voor Ruimtelijke Ordening|committee:ruimtelijke-ordening]],\nDragstra",
        "de [[vaste Commissie voor het Midden- en Kleinbedrijf|committee:midden-en-kleinbedrijf]]",
        "de [[algemene commissie voor Jeugd en Gezin|committee:jeugd-en-gezin]]",
    ),
    counterexamples=(
        "de Europese Commissie",
        "een commissie van wijzen",
        "de commissie vraagt",
        "de commissie MER",
        "de Commissie voor de Rechtspositie",
    ),
)
