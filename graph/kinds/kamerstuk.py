"""Kamerstukken: papers numbered within a dossier, and the dossiers themselves.

A dossier has five digits, perhaps a suffix (budget chapter "VII", fund "A", "02" for dossier 21501 alone); a paper in it
has an ondernummer, a number for the Tweede Kamer and letters for the Eerste Kamer. Official style: Aanwijzingen voor de
regelgeving 3.43 ("Kamerstukken II 2009/10, 27858, nr. 88"). Ids are those of officielebekendmakingen.nl: kst-33279-40,
kst-21501-02-1740, kst-36410-V-12, kst-33279-A. Numbers of Rijkswetten (R 1437) are no part of an id.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from graph.fold import Folded
from graph.kinds.numbers import CHAPTER, MARK, SESSION, YEAR, S, digits, more_numbers
from graph.model import Kind, Mention, Span

_DOSSIER = r"[1-9][0-9][ \n\x7f.]?[ \n]?[0-9]{3}(?![0-9])"
_RIJKSWET = rf"(?:{S}-?{S}\(?R{S}[0-9]{{3,4}}\)?)?"
_SUFFIX = rf"""(?:{S},?{S}(?:hoofdstuk|hfdst\.?|hfst\.?){S}(?P<chapter>{CHAPTER})(?:{S}en{S}{CHAPTER})?(?![A-Za-z0-9])
    |{S}[-.]?{S}(?P<suffix>{CHAPTER}|[A-M](?={S}[-,]?{S}(?:nr|no|[0-9])))(?![A-Za-z0-9])
    |{S}-{S}(?P<pair>[0-9]{{2}})(?![0-9]))"""
_ONDERNUMMER = r"(?P<{0}>[1-9][0-9]{{0,3}}(?![0-9]|[.,]?[0-9]{{3}})|[A-Z]{{1,2}}(?![A-Za-z]))"
_CITE = re.compile(
    rf"""(?P<dossier>{_DOSSIER})
    (?P<joined>(?:{S}(?:[/,]|en\b){S}{_DOSSIER}){{0,6}})
    {_RIJKSWET}{_SUFFIX}?{_RIJKSWET}
    (?:{S},?{S}(?:{YEAR}{S}[-/]{S}[0-9]{{2,4}}{S},?{S})?{MARK}{S}{_ONDERNUMMER.format("number")}
      |{S}-{S}{_ONDERNUMMER.format("hyphen")}
      |{S},{S}{_ONDERNUMMER.format("comma")})?""",
    re.VERBOSE,
)
_HEAD = re.compile(
    rf"(?:ken|nummers?|dossiers?)?{S}[:(]?{S}(?:(?:I{{1,2}}|TK|EK|Tweede{S}Kamer|Eerste{S}Kamer)\b{S},?{S})?"
    rf"(?:(?:vergaderjaar|zitting){S})?(?:{SESSION}{S},?{S})?(?:{MARK}{S})?",
    re.IGNORECASE,
)
_DOSSIER_HEAD = re.compile(rf"s?(?:nummer|nr\.?)?{S}(?:met{S}nummer{S})?\(?{S}", re.IGNORECASE)
_BEFORE = re.compile(
    rf"(?<![0-9A-Za-z/-])(?P<cite>{_DOSSIER}(?:{S}en{S}{_DOSSIER})?{_RIJKSWET}{_SUFFIX}?{_RIJKSWET}{S},?{S})$",
    re.VERBOSE,
)
_REVERSED = re.compile(
    rf"{MARK}{S}(?P<number>[1-9][0-9]{{0,3}}|[A-Z]{{1,2}}){S}(?:was{S})?\((?P<dossier>{_DOSSIER}){_RIJKSWET}{_SUFFIX}?{_RIJKSWET}\)",
    re.VERBOSE,
)
_BRACKETED = re.compile(rf"\((?P<dossier>{_DOSSIER}){_RIJKSWET}{_SUFFIX}?{_RIJKSWET}\)", re.VERBOSE)
_BILL_BEFORE = re.compile(
    r"(?:\b(?:wet|rijkswet|wijziging|voorstel|initiatief|novelle|begroting|goedkeuring|motie|amendement)|wet\b|wetsvoorstel|nota\b)[^.;()]{0,150}$",
    re.IGNORECASE,
)
_LOOSE = re.compile(rf"{MARK}{S}(?P<number>[1-9][0-9]{{0,3}})(?![0-9])", re.IGNORECASE)
_CUE = re.compile(
    rf"(?:\b(?:op|in|het|dit|dat|bij){S}stuk(?:ken)?|gedrukt{S}onder|\bonder|\b(?:idem|ibidem){S},?|dat{S}dossier,?|t\.?v\.?v\.?){S}$",
    re.IGNORECASE,
)
_WRITTEN = re.compile(r"kst-([0-9]{5}(?:-[0-9A-Z]{1,6}){1,3})(?![0-9A-Za-z])", re.IGNORECASE)
_WORDS_BACK = 48
_MONTH = re.compile(rf"{S}(?:januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december)")


def find(page: Folded, anchor: Span) -> Iterator[Mention]:
    """The papers and dossiers at an anchor: the word Kamerstuk, "nr." with a number, or a digit with a hyphen."""
    plain, word = page.plain, page.plain[anchor.start : anchor.end].replace("\x7f", "").lower()
    if word[0] == "k":
        yield from _after_word(plain, anchor)
    elif word[0] in "nl":
        yield from _around_number(plain, anchor)
    else:
        yield from _bare(plain, anchor)


def find_dossier(page: Folded, anchor: Span) -> Iterator[Mention]:
    """The dossier after the words dossier and wetsvoorstel, and one in brackets behind the name of a bill or motion."""
    plain = page.plain
    if plain[anchor.start] == "(":
        bracket = _BRACKETED.match(plain, anchor.start)
        if bracket and _BILL_BEFORE.search(plain[max(0, anchor.start - 160) : anchor.start]):
            dossier = _dossier(bracket)
            if dossier == "21501" and bracket["pair"]:
                dossier = f"21501-{bracket['pair']}"
            yield Mention("dossier", Span(anchor.start + 1, bracket.end() - 1), f"dossier-{dossier}")
        return
    head = _DOSSIER_HEAD.match(plain, anchor.end)
    cite = _CITE.match(plain, head.end()) if head else None
    if cite:
        yield from _read(plain, cite, Span(*cite.span()), worded=True)


def _after_word(plain: str, anchor: Span) -> Iterator[Mention]:
    if written := _WRITTEN.match(plain, anchor.start):
        yield Mention("kamerstuk", Span(*written.span()), "kst-" + written[1].upper())
        return
    head = _HEAD.match(plain, anchor.end)
    cite = _CITE.match(plain, head.end()) if head else None
    if cite:
        yield from _read(plain, cite, Span(anchor.start, cite.end()), worded=True)


def _around_number(plain: str, anchor: Span) -> Iterator[Mention]:
    if reversed_ := _REVERSED.match(plain, anchor.start):
        dossier = _dossier(reversed_)
        if dossier == "21501" and reversed_["pair"]:
            dossier = f"21501-{reversed_['pair']}"
        yield Mention("kamerstuk", Span(*reversed_.span()), f"kst-{dossier}-{reversed_['number']}")
        return
    offset = max(0, anchor.start - _WORDS_BACK)
    back = plain[offset : anchor.start]
    if before := _BEFORE.search(back):
        if cite := _CITE.match(plain, offset + before.start("cite")):
            yield from _read(plain, cite, Span(*cite.span()), worded=False)
    elif (loose := _LOOSE.match(plain, anchor.start)) and _CUE.search(back):
        number = loose["number"]
        yield Mention("kamerstuk", Span(*loose.span()), None, {"number": number})


def _bare(plain: str, anchor: Span) -> Iterator[Mention]:
    start = max(0, anchor.start - 5)
    before = re.search(r"(?<![0-9A-Za-z/.-])[1-9][0-9][ \x7f]?[0-9]{2}$", plain[max(0, start - 1) : anchor.start])
    if before is None:
        return
    cite = _CITE.match(plain, anchor.start - (len(before.group())))
    if cite is None or not (cite["hyphen"] or cite["number"] or cite["pair"]):
        return
    goes_on = re.match(r"[0-9-]|\.[0-9]", plain[cite.end() : cite.end() + 2])
    if not goes_on and not (" " in before.group() and cite["hyphen"]):
        yield from _read(plain, cite, Span(*cite.span()), worded=False)


def _dossier(cite: re.Match[str]) -> str:
    suffix = cite["chapter"] or cite["suffix"]
    return f"{digits(cite['dossier'])}-{suffix}" if suffix else digits(cite["dossier"])


def _read(plain: str, cite: re.Match[str], span: Span, worded: bool) -> Iterator[Mention]:
    """The mentions that a match of _CITE stands for."""
    dossier, end = _dossier(cite), cite.end()
    group = next((name for name in ("number", "hyphen", "comma") if cite[name]), None)
    number = cite[group] if group else None
    if cite["pair"]:
        if dossier == "21501":
            dossier = f"21501-{cite['pair']}"
        elif number is None:
            number, group, end = cite["pair"].lstrip("0"), "pair", cite.end("pair")
        else:
            return
    if group == "comma" and (not worded or _MONTH.match(plain, end) or re.match(rf"{S}[0-9]", plain[end : end + 3])):
        number, end = None, cite.start("comma")
        end = span.start + len(plain[span.start : end].rstrip(" \n\x7f,"))
    joined = list(re.finditer(_DOSSIER, cite["joined"]))
    if number is None and not worded:
        return
    if number is None:
        first_end = cite.start("joined") if joined else end
        yield Mention("dossier", Span(span.start, max(first_end, cite.end("dossier"))), f"dossier-{dossier}")
    else:
        yield Mention("kamerstuk", Span(span.start, end), f"kst-{dossier}-{number}", {"dossier": dossier})
        if number.isdigit():
            plural = bool(group == "number" and re.match(r"(?i)nrs|nrc|nos|.*nummers", cite["mark"]))
            for value, place in more_numbers(plain, end, int(number), plural):
                yield Mention("kamerstuk", place, f"kst-{dossier}-{value}", {"dossier": dossier})
    for other in joined:
        place = Span(cite.start("joined") + other.start(), cite.start("joined") + other.end())
        yield Mention("dossier", place, f"dossier-{digits(other.group())}")


def dossier_of(identity: str) -> str:
    """The dossier of a Kamerstuk: "kst-36410-V-12" -> "36410-V"."""
    return identity.removeprefix("kst-").rpartition("-")[0]


KAMERSTUK = Kind(
    name="kamerstuk",
    label_nl="Kamerstuk",
    label_en="parliamentary paper",
    rdf_class="kg:Kamerstuk",
    edge="cites",
    anchors=(
        "kamerstuk",
        "kst",
        "letter",
        *(f"{mark}{n}" for mark in ("nr", "nr.", "nrs", "nrs.", "nrc.", "no.") for n in range(1, 10)),
        *(f"{n}-" for n in range(10)),
    ),
    find=find,
    iri=lambda identity: f"https://zoek.officielebekendmakingen.nl/{identity}",
    examples=(
        "de brief ([[Kamerstuk 33279-40|kst-33279-40]])",
        "[[Kamerstuk 33 279, nr. 40|kst-33279-40]] en",
        "zie [[Kamerstuk23 432, nr.502|kst-23432-502]].",
        "[[Kamerstukken II 2022/23, 33 279, nrs. 12|kst-33279-12]] en [[13|kst-33279-13]].",
        "de aangehouden moties ([[31311, nrs. 125|kst-31311-125]] [[tot en met|kst-31311-126]] [[127|kst-31311-127]])",
        "[[21 501-02, nr. 1740|kst-21501-02-1740]] en [[21501-02-1740|kst-21501-02-1740]]",
        "([[36 410 V, nr. 12|kst-36410-V-12]])",
        "[[kamerstuk 19 200, hoofdstuk V no. 34|kst-19200-V-34]]",
        "[[Kamerstukken I 2020/21, 35 570, C|kst-35570-C]]",
        "([[Kamerstuk 34 356 (R2064), nr. 3|kst-34356-3]])",
        "[[Kamerstuk 31700.VIII, nr. 4|kst-31700-VIII-4]]",
        "Zij krijgt [[nr. 456 (36800-XVI)|kst-36800-XVI-456]].",
        "([[Kamer-\nstuk 23 645, nr. 828|kst-23645-828]])",
        "([[Kamerstuk 35000-A-15|kst-35000-A-15]])",
        "[[Kamerstuk 35526-L|kst-35526-L]]",
        "[[Kamerstuk 31793- 262|kst-31793-262]]",
        "[[Kamerstuk 32563, 58|kst-32563-58]]",
        "van het document [[kst-33279-40|kst-33279-40]] is",
        "[[33750-XVII-63|kst-33750-XVII-63]];[[32605-151|kst-32605-151]]",
        "[[Kamerstukken II 2004/05, 29\u00a0934, nr. 6|kst-29934-6]]",
        "([[Kamerstuk 33 279, nr. 1|kst-33279-1]]²)",
        "([[31 293 en 31 289, nr. 653|kst-31293-653]], bijlage 1)",
        "(motie [[36 067, letter Y|kst-36067-Y]])",
    ),
    counterexamples=(
        "een bedrag van 33 279 euro",
        "telefoon 070-318 22 11 of 06-12345678",
        "in de jaren 2022-2023 en 2023/24",
        "postcode 2500-2511 en rekeningnummer 12345",
        "ISSN 0921-7371",
        "zie nr. 12 van de agenda",
        "Tweede Kamer, vergaderjaar 2024-2025, Aanhangsel 1",
    ),
)

DOSSIER = Kind(
    name="dossier",
    label_nl="dossier",
    label_en="dossier",
    rdf_class="kg:Dossier",
    edge="cites",
    anchors=("dossier", "wetsvoorstel", *(f"({digit}" for digit in range(1, 10))),
    find=find_dossier,
    iri=lambda identity: "https://zoek.officielebekendmakingen.nl/dossier/" + identity.removeprefix("dossier-"),
    examples=(
        "[[Kamerstukken 31945|dossier-31945]] gaat over",
        "het dossier [[36 410 VII|dossier-36410-VII]] is",
        "[[Kamerstukken 35971|dossier-35971]], [[35972|dossier-35972]]",
        "de behandeling van de Wet gesloten keten ([[34 165|dossier-34165]]) dient",
        "de motie-Jansen ([[21501–02|dossier-21501-02]])",
        "[[kamerstukken I, 1991-1992, 22 636|dossier-22636]]",
    ),
    counterexamples=(
        "het dossier is gesloten",
        "een wetsvoorstel van 12 artikelen",
        "het aantal woningen (34 165) steeg",
    ),
)
