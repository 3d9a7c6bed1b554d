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
from graph.kinds.citation import CITE, IN_BRACKETS, ONE, RIJKSWET, SUFFIX_AT_END, read_citation, whole_dossier
from graph.kinds.identities import ROMANS, find_roman, find_written
from graph.kinds.numbers import DOSSIER_NUMBER, MARK, SESSION, S, digits
from graph.kinds.ondernummers import find_alone
from graph.model import Kind, Mention, Span
from graph.patterns import here, late

_HEAD = here(
    rf"(?:(?=[- \n\x7fknd])(?:-?{S}ken|-?nummers?|-nrs?\.?|dossiers?))?{S}[:(]?{S}(?:(?=[ITE])(?:I{{1,2}}|TK|EK|Tweede{S}Kamer|Eerste{S}Kamer)\b{S},?{S})?"
    rf"(?:(?=[vz12nol])(?:(?:vergaderjaar|zitting){S})?(?:(?=[12]){SESSION}{S},?{S})?(?:{MARK}{S})?)?(?=[1-9])",
    re.IGNORECASE,
)
_BEFORE = late(
    rf"""(?<![0-9A-Za-z/-])(?P<cite>(?:{ONE}(?:{S}/{S}{ONE})+|{DOSSIER_NUMBER}{S}en{S}{DOSSIER_NUMBER}|{DOSSIER_NUMBER})
    {RIJKSWET}{SUFFIX_AT_END}?{RIJKSWET}{S},?{S}(?:stuk(?:ken)?{S})?)$""",
    re.VERBOSE,
)
_ALONE = late(r"\n[^\n]*\n")
_NUMBER_BEFORE = late(rf"{MARK}{S}(?:[1-9][0-9]{{0,3}}|[A-Z]{{1,2}}){S}\({S}$")
_REVERSED = late(rf"{MARK}{S}(?P<number>[1-9][0-9]{{0,3}}|[A-Z]{{1,2}}){S}(?:was{S})?{IN_BRACKETS}", re.VERBOSE)
_SPACED = late(
    rf"(?P<dossier>[1-9](?:[ ]?[0-9]){{4}})(?![ ]?[0-9]){S},?{S}{MARK}{S}(?P<number>[1-9](?:[ ]?[0-9]){{0,3}})(?![ ]?[0-9])"
)
"""Digits that a scan set apart, behind the word Kamerstuk alone: "3 3 279, nr. 4 0"."""
_FOUR_DIGITS = late(r"(?:(?<![0-9A-Za-z/.-])[1-9][0-9][ \x7f]?|(?<=\b[TE]K[ ])[1-9][0-9]\.)[0-9]{2}$")
"""The digits before the last of a dossier; with a dot, which amounts have too, only behind the name of a chamber: "EK 33.328, F"."""
_INSTEAD = late(r"\b(?:t\.?v\.?v\.?|TK|EK)[ ]$", re.IGNORECASE)
_WORDS_BACK = 48


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


def _after_word(plain: str, anchor: Span) -> Iterator[Mention]:
    head = _HEAD.match(plain, anchor.end)
    cite = CITE.match(plain, head.end()) if head else None
    if cite:
        yield from read_citation(plain, cite, Span(anchor.start, cite.end()), worded=True)
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
        if cite := CITE.match(plain, offset + before.start("cite")):
            yield from read_citation(plain, cite, Span(*cite.span()), worded=False)
    else:
        yield from find_alone(plain, anchor.start, back)


def _bare(plain: str, anchor: Span) -> Iterator[Mention]:
    """A citation without any word, at its digit before a hyphen, dot, comma or bracket: 33750-XVII-63, "36 372, D"."""
    before = _FOUR_DIGITS.search(plain[max(0, anchor.start - 9) : anchor.start])
    cite = CITE.match(plain, anchor.start - len(before.group())) if before else None
    if before is None or cite is None:
        return
    goes_on = re.match(r"[0-9-]|\.[0-9]", plain[cite.end() : cite.end() + 2])
    told = _INSTEAD.search(plain[max(0, cite.start() - 12) : cite.start()])
    bracketed = plain[cite.start() - 1 : cite.start()] == "(" and plain[cite.end() : cite.end() + 1] in (")", ",", ";")
    # "070-318 22 11" is a telephone number, "(23 432-537)" is none
    spaced_hyphen = (
        " " in before.group()
        and cite["hyphen"]
        and cite["hyphen"].isdigit()
        and not (bracketed or told or cite["suffix"])
    )
    lettered = cite["comma"] is not None and cite["comma"].isupper()
    numbered = cite["hyphen"] or cite["number"] or (cite["pair"] and not cite["joined"]) or lettered
    of_budget = cite["suffix"] and not cite["comma"] and plain[cite.start("suffix") - 1] in "-."
    rijkswet = "(R" in plain[cite.end("dossier") : cite.end()]
    if _NUMBER_BEFORE.search(plain[max(0, cite.start() - 16) : cite.start()]):
        return  # "nr. 456 (36800-XVI)" is one reference, read at its number
    if rijkswet and not numbered and _ALONE.fullmatch(plain[cite.start() - 1 : cite.end() + 1] or "\n"):
        return  # the heading of a paper of that dossier
    if not goes_on and not spaced_hyphen and (numbered or of_budget or rijkswet):
        yield from read_citation(plain, cite, Span(*cite.span()), worded=bool(lettered or of_budget or rijkswet))


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
        "[[Kamerstuk-nr. 29 544, 1111|kst-29544-1111]], [[Kamerstuk 33 279 – nr. 40|kst-33279-40]], [[Kamerstukken II 33279/41|kst-33279-41]], [[Kamerstuk 33 279, stuk 42|kst-33279-42]]",
        "het verslag ([[21501-02, 2345|kst-21501-02-2345]]) en nummer [[36 600-XV-12|kst-36600-XV-12]]",
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
