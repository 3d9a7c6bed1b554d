"""Kamerstukken: papers numbered within a dossier, and the dossiers themselves.

A dossier has five digits, perhaps a suffix (budget chapter "VII", fund "A", "02" for dossier 21501 alone); a paper in it
has an ondernummer, a number for the Tweede Kamer and letters for the Eerste Kamer. Official style: Aanwijzingen voor de
regelgeving 3.43 ("Kamerstukken II 2009/10, 27858, nr. 88"). Ids are those of officielebekendmakingen.nl: kst-33279-40,
kst-21501-02-1740, kst-36410-V-12, kst-33279-A. Numbers of Rijkswetten (R 1437) are no part of an id.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from string import ascii_lowercase

from graph.fold import Folded
from graph.kinds.bracketed import find_in_brackets
from graph.kinds.identities import ROMANS, find_roman, find_written
from graph.kinds.numbers import (
    CHAPTER,
    DOSSIER_NUMBER,
    MARK,
    PLURAL,
    SESSION,
    YEAR,
    S,
    digits,
    more_letters,
    more_numbers,
)
from graph.kinds.ondernummers import find_alone
from graph.model import Kind, Mention, Span
from graph.patterns import late

_ONE = rf"{DOSSIER_NUMBER}(?:-[0-9]{{2}}(?![0-9]))?"
_RIJKSWET = rf"(?:{S}-?{S}\(?R{S}[0-9]{{3,4}}\)?)?"
_SUFFIX = rf"""(?:{S},?{S}(?:hoofdstuk|hfdst\.?|hfst\.?){S}(?P<chapter>{CHAPTER})(?:{S}en{S}{CHAPTER})?(?![A-Za-z0-9])
    |{S}[-.]?{S}(?P<suffix>{CHAPTER}|[A-M](?={S}[-,]?{S}(?:nr|no|[0-9])))(?![A-Za-z0-9])
    |{S}-{S}(?P<pair>[0-9]{{2}})(?![0-9]))"""
_SUFFIX_AT_END = _SUFFIX.replace("(?:nr|no|[0-9])", "$")
_ONDERNUMMER = r"(?P<{0}>[1-9](?:[ ]?[0-9]){{1,3}}(?=\))|[1-9](?:\x7f?[0-9]|O(?![A-Za-z])){{0,3}}(?:[a-z](?![A-Za-z0-9]))?(?![0-9]|[.,]?[0-9]{{3}})|[A-Z]{{1,2}}(?![A-Za-z]))"
_JOINED = rf"{DOSSIER_NUMBER}(?:{S}[-.]?{S}(?:{CHAPTER}|[0-9]{{2}}(?![0-9]))(?![A-Za-z0-9]))?"
_CITE = late(
    rf"""(?P<dossier>{DOSSIER_NUMBER})
    {_RIJKSWET}{_SUFFIX}?{_RIJKSWET}
    (?P<joined>(?:{S}(?:[/,]|en\b){S}{_JOINED}){{0,6}}){_RIJKSWET}
    (?:{S},?{S}(?:{YEAR}{S}[-/]{S}[0-9]{{2,4}}{S},?{S})?(?:stuk(?:ken)?{S})?{MARK}{S}{_ONDERNUMMER.format("number")}
      |{S}-{S}{_ONDERNUMMER.format("hyphen")}
      |{S},{S}{_ONDERNUMMER.format("comma")}
      |;(?P<semicolon>[1-9][0-9]{{0,3}})(?![0-9]))?""",
    re.VERBOSE,
)
_HEAD = late(
    rf"(?:-?{S}ken|nummers?|dossiers?)?{S}[:(]?{S}(?:(?:I{{1,2}}|TK|EK|Tweede{S}Kamer|Eerste{S}Kamer)\b{S},?{S})?"
    rf"(?:(?:vergaderjaar|zitting){S})?(?:{SESSION}{S},?{S})?(?:{MARK}{S})?",
    re.IGNORECASE,
)
_BEFORE = late(
    rf"""(?<![0-9A-Za-z/-])(?P<cite>(?:{_ONE}(?:{S}/{S}{_ONE})+|{DOSSIER_NUMBER}{S}en{S}{DOSSIER_NUMBER}|{DOSSIER_NUMBER})
    {_RIJKSWET}{_SUFFIX_AT_END}?{_RIJKSWET}{S},?{S}(?:stuk(?:ken)?{S})?)$""",
    re.VERBOSE,
)
_IN_BRACKETS = rf"\({S}(?P<dossier>{DOSSIER_NUMBER}){_RIJKSWET}{_SUFFIX}?{_RIJKSWET}{S}\)"
_ALONE = late(r"\n[^\n]*\n")
_NUMBER_BEFORE = late(rf"{MARK}{S}(?:[1-9][0-9]{{0,3}}|[A-Z]{{1,2}}){S}\({S}$")
_REVERSED = late(rf"{MARK}{S}(?P<number>[1-9][0-9]{{0,3}}|[A-Z]{{1,2}}){S}(?:was{S})?{_IN_BRACKETS}", re.VERBOSE)
BRACKETED = late(_IN_BRACKETS.removesuffix(r"\)") + r"(?:\)|(?=\(Trb))", re.VERBOSE)
_SPACED = late(
    rf"(?P<dossier>[1-9](?:[ ]?[0-9]){{4}})(?![ ]?[0-9]){S},?{S}{MARK}{S}(?P<number>[1-9](?:[ ]?[0-9]){{0,3}})(?![ ]?[0-9])"
)
"""Digits that a scan set apart, behind the word Kamerstuk alone: "3 3 279, nr. 4 0"."""
_FOUR_DIGITS = late(r"(?:(?<![0-9A-Za-z/.-])[1-9][0-9][ \x7f]?|(?<=\b[TE]K[ ])[1-9][0-9]\.)[0-9]{2}$")
"""The digits before the last of a dossier; with a dot, which amounts have too, only behind the name of a chamber: "EK 33.328, F"."""
_INSTEAD = late(r"\b(?:t\.?v\.?v\.?|TK|EK)[ ]$", re.IGNORECASE)
_WORDS_BACK = 48
_MONTH = late(rf"{S}(?:januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december)")


def find(page: Folded, anchor: Span) -> Iterator[Mention]:
    """The papers and dossiers at an anchor: the word Kamerstuk, "nr." with a number, a digit with what may follow it."""
    plain, word = page.plain, page.squeezed_word(anchor)
    if word == "kst":
        yield from find_written(plain, anchor.start)
    elif word[0] == "k":
        yield from _after_word(plain, anchor)
    elif word[0] == "n" or word == "letter":
        yield from _around_number(plain, anchor)
    elif word[0] in "clx":
        yield from find_roman(plain, anchor.start)
    elif word[0] == "(":
        yield from find_in_brackets(plain, anchor.start)
    else:
        yield from _bare(plain, anchor)


def read_dossier(plain: str, start: int) -> Iterator[Mention]:
    """The dossier, or the papers in it, that a citation at `start` names."""
    if cite := _CITE.match(plain, start):
        yield from _read(plain, cite, Span(*cite.span()), worded=True)


def _after_word(plain: str, anchor: Span) -> Iterator[Mention]:
    head = _HEAD.match(plain, anchor.end)
    cite = _CITE.match(plain, head.end()) if head else None
    if cite:
        yield from _read(plain, cite, Span(anchor.start, cite.end()), worded=True)
    elif head and (spaced := _SPACED.match(plain, head.end())):
        identity = f"kst-{digits(spaced['dossier'])}-{digits(spaced['number'])}"
        yield Mention("kamerstuk", Span(anchor.start, spaced.end()), identity)


def _around_number(plain: str, anchor: Span) -> Iterator[Mention]:
    if reversed_ := _REVERSED.match(plain, anchor.start):
        identity = f"kst-{whole_dossier(reversed_)}-{reversed_['number']}"
        yield Mention("kamerstuk", Span(*reversed_.span()), identity, {"moved": "1"})
        return
    offset = max(0, anchor.start - _WORDS_BACK)
    back = plain[offset : anchor.start]
    if before := _BEFORE.search(back):
        if cite := _CITE.match(plain, offset + before.start("cite")):
            yield from _read(plain, cite, Span(*cite.span()), worded=False)
    else:
        yield from find_alone(plain, anchor.start, back)


def _bare(plain: str, anchor: Span) -> Iterator[Mention]:
    """A citation without any word, at its digit before a hyphen, dot, comma or bracket: 33750-XVII-63, "36 372, D"."""
    before = _FOUR_DIGITS.search(plain[max(0, anchor.start - 9) : anchor.start])
    cite = _CITE.match(plain, anchor.start - len(before.group())) if before else None
    if before is None or cite is None:
        return
    goes_on = re.match(r"[0-9-]|\.[0-9]", plain[cite.end() : cite.end() + 2])
    told = _INSTEAD.search(plain[max(0, cite.start() - 12) : cite.start()])
    bracketed = plain[cite.start() - 1 : cite.start()] == "(" and plain[cite.end() : cite.end() + 1] in (")", ",", ";")
    # "070-318 22 11" is a telephone number, "(23 432-537)" is none
    spaced_hyphen = " " in before.group() and cite["hyphen"] and cite["hyphen"].isdigit() and not (bracketed or told)
    lettered = cite["comma"] is not None and cite["comma"].isupper()
    numbered = cite["hyphen"] or cite["number"] or (cite["pair"] and not cite["joined"]) or lettered
    of_budget = cite["suffix"] and not cite["comma"] and plain[cite.start("suffix") - 1] in "-."
    rijkswet = "(R" in plain[cite.end("dossier") : cite.end()]
    if _NUMBER_BEFORE.search(plain[max(0, cite.start() - 16) : cite.start()]):
        return  # "nr. 456 (36800-XVI)" is one reference, read at its number
    if rijkswet and not numbered and _ALONE.fullmatch(plain[cite.start() - 1 : cite.end() + 1] or "\n"):
        return  # the heading of a paper of that dossier
    if not goes_on and not spaced_hyphen and (numbered or of_budget or rijkswet):
        yield from _read(plain, cite, Span(*cite.span()), worded=bool(lettered or of_budget or rijkswet))


def whole_dossier(cite: re.Match[str]) -> str:
    """The dossier of a match with its suffix: "36410-VII", "21501-02"."""
    suffix = cite["chapter"] or cite["suffix"]
    number = digits(cite["dossier"])
    if number == "21501" and cite["pair"]:
        return f"21501-{cite['pair']}"
    return f"{number}-{suffix}" if suffix else number


def _read(plain: str, cite: re.Match[str], span: Span, worded: bool) -> Iterator[Mention]:
    """The mentions that a match of _CITE stands for."""
    dossier, end = whole_dossier(cite), cite.end()
    group = next((name for name in ("number", "hyphen", "comma", "semicolon") if cite[name]), None)
    number = re.sub(r"[ \x7f]", "", cite[group]) if group else None
    if number and number[0].isdigit():
        number = number.replace("O", "0")
    if cite["pair"] and not dossier.startswith("21501-"):
        if number is not None:
            return
        number, group, end = cite["pair"].lstrip("0"), "pair", cite.end("pair")
    if group == "comma" and (not worded or _MONTH.match(plain, end) or re.match(rf"{S}[0-9]", plain[end : end + 3])):
        number, end = None, cite.start("comma")
        end = span.start + len(plain[span.start : end].rstrip(" \n\x7f,"))
    joined = list(re.finditer(_JOINED, cite["joined"]))
    if number is None and not worded:
        return
    if number is None:
        first_end = cite.start("joined") if joined else end
        yield Mention("dossier", Span(span.start, max(first_end, cite.end("dossier"))), f"dossier-{dossier}")
    else:
        yield Mention("kamerstuk", Span(span.start, end), f"kst-{dossier}-{number}", {"dossier": dossier})
        if number.isdecimal():
            plural = bool(group == "number" and PLURAL.match(cite["mark"]))
            for value, place in more_numbers(plain, end, int(number), plural):
                yield Mention("kamerstuk", place, f"kst-{dossier}-{value}", {"dossier": dossier})
        elif number.isalpha() and worded:
            for letter, place in more_letters(plain, end, number):
                yield Mention("kamerstuk", place, f"kst-{dossier}-{letter}", {"dossier": dossier})
    for other in joined:
        place = Span(cite.start("joined") + other.start(), cite.start("joined") + other.end())
        number_only = re.match(DOSSIER_NUMBER, other.group())
        suffix = re.sub(r"[ \n.-]", "", other.group()[number_only.end() :]) if number_only else ""
        identity = "-".join(
            part for part in (digits(other.group()[:6]) if suffix else digits(other.group()), suffix) if part
        )
        yield Mention("dossier", place, f"dossier-{identity}")


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
        *(
            f"{mark}{n}"
            for mark in ("nr", "nr.", "nrs", "nrs.", "nrc.", "no.", "nummer", "nummers")
            for n in range(1, 10)
        ),
        *(f"nr.{letter}" for letter in ascii_lowercase),
        *(f"{n}-" for n in range(10)),
        *(f"{n},{letter}" for n in range(10) for letter in ascii_lowercase),
        *(f"{n}.{letter}" for n in range(10) for letter in "ivx"),
        *(f"{n}(r{r}" for n in range(10) for r in range(1, 3)),
        *(f"({n}" for n in range(1, 10)),
        *ROMANS,
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
        "met [[36 372, D|kst-36372-D]] en met [[35 526, nr. L|kst-35526-L]]; de brief ([[36528 B|kst-36528-B]])",
        "[[kamerstukken I 1998/99, 25 922, nr. 87b|kst-25922-87b]], en",
        "Deze leden wijzen op [[CXLVIII, A|kst-CXLVIII-A]], het dossier",
        "Voor het fonds: [[35 000 A, nr. 2|kst-35000-A-2]].",
        "zie [[26 643 / 30 821, nr. 830|kst-26643-830]].",
        "([[Kamerstukken 21501-04 / 33 625, nr. 248|kst-21501-04-248]])",
        "(bijlage bij [[20 200 V, nr. 3O|kst-20200-V-30]])",
        "Zij krijgt [[nr. 29 (33694)|kst-33694-29]]. Ik ontraad de motie op stuk [[nr. 29|kst-33694-29]].",
        "de motie in stuk [[nr. 415|kst-23432-415]] van dossier 23 432.",
        "([[23 432-537|kst-23432-537]]); zij krijgt [[nr. 33 ( 36740-VII)|kst-36740-VII-33]]",
        "([[Kamerstuk-\nken 23 645, nr. 811|kst-23645-811]] en [[29 984, nr. 1207|kst-29984-1207]])",
        "Zie agenda: [[19 700, hoofdstuk X, stuk nr. 12|kst-19700-X-12]].",
        "de moties (dossier 33 221) op stukken [[nrs. 9|kst-33221-9]] en [[10|kst-33221-10]]; de motie op [[nr. 11|kst-33221-11]]",
        "in [[36 410, nr. 8|kst-36410-8]] en in dat dossier onder [[letter G|kst-36410-G]]; idem, [[nr. 41|kst-36410-41]]",
        "Behandeld dossier\t[[33858;4|kst-33858-4]]",
        "([[Kamerstuk 36 546, nr. 3|kst-36546-3]]) en het nader rapport ([[nr. 4|kst-36546-4]])",
        "[[Kamerstuk 27924-81|kst-27924-81]] (herdruk), [[kst-34038-3-n1|kst-34038-3-n1]] en [[KST-36410-v-12|kst-36410-V-12]]",
        "de oude [[kst-20032004-29218-E|kst-20032004-29218-E]] en [[kst-19951996-24169-45g|kst-19951996-24169-45g]]",
        "het amendement op [[33 279, nr. 28|kst-33279-28]] (t.v.v. [[nr. 12|kst-33279-12]]) is gedrukt onder [[nr. 30|kst-33279-30]]; zie stuk [[nr. 7|kst-33279-7]]",
        "zie [[26488 / 31300, nr 305|kst-26488-305]]",
        "[[Kamerstuk 33\u00ad279, nr. 4\u00ad0|kst-33279-40]] en [[Kamerstuk 33 279-\n41|kst-33279-41]]",
        "bij motie-Ter Beek ([[17 980, nr. 1 7|kst-17980-17]]) gevraagd",
        "[[K a m e r s t u k 33 279, nr. 40|kst-33279-40]] en [[Kamerstuk 3 3 279, nr. 4 1|kst-33279-41]]",
        "de leden lezen [[33 279, nr. 40|kst-33279-40]] en [[31700.VIII, nr. 4|kst-31700-VIII-4]]",
        "de motie-Diks ([[34 952, 91|kst-34952-91]])",
        "zie TK [[31 322-456|kst-31322-456]] en",
        "de gewijzigde motie (t.v.v. [[33 576-320|kst-33576-320]]) over",
        "de moties onder [[nummers 85|kst-34952-85]] en [[86|kst-34952-86]] van Kamerstuk 34952; kamervraag nummer 12",
        "de motie (t.v.v. [[31 239, nr. 400|kst-31239-400]])",
        "([[Kamerstukken I, 35 112, F|kst-35112-F]] en [[G|kst-35112-G]]; [[Kamerstukken I, 35 570, A|kst-35570-A]] [[t/m|kst-35570-B]] [[C|kst-35570-C]])",
        "de motie (EK [[33.328, F|kst-33328-F]])",
        "de moties ([[32 813, nr. 1142|kst-32813-1142]] en [[1143|kst-32813-1143]])",
        "ter goedkeuring van de wet voorgelegd ([[19 290 (R1301), nr. 1|kst-19290-1]])",
    ),
    counterexamples=(
        "een bedrag van 33 279 euro",
        "telefoon 070-318 22 11 of 06-12345678",
        "in de jaren 2022-2023 en 2023/24",
        "postcode 2500-2511 en rekeningnummer 12345",
        "Postbus 20018, 2500 EA Den Haag; 3500 AB-12",
        "Vraag 3\nHoofdstuk V\nParagraaf 2.1 12 345",
        "(070) 318 22 11 en +31 70 318 22 11",
        "33.279 euro, 12 345 miljoen, € 23 432",
        "ISSN 0921-7371",
        "zie nr. 12 van de agenda",
        "Tweede Kamer, vergaderjaar 2024-2025, Aanhangsel 1",
        "KST33211 0798tkkst25922-62",
        "ruim 12 345, De gemeente",
        "een motie over 12 000 woningen; het aantal (12 345, 67)",
        "een bedrag van 33.328, F. de Vries en EK 33.328 euro",
    ),
)
