"""How names of people are written: particles, hyphens, initials and titles, and the words that are no names.

These patterns read the text itself, since capitals and accents matter; every blank may be a line end.
"""

from __future__ import annotations

import re
from functools import lru_cache

from graph.patterns import late, one_of
from ontology.entries import Person

B = r"[ \u00a0\n]{1,3}+"
"""Between two words of a name; none is given back (`+`), so what follows begins with none."""
B0 = r"[ \u00a0\n]{0,3}+"
"""The same where there may be nothing."""
_PARTICLE = r"(?:[Vv][ao]n|VAN|[Dd](?:e[nr]?|os|a|u)|DE[NR]?|[Tt]e[nr]?|TE[NR]?|[Ee]l|EL|[Ll][ae]|['’`]t|[Aa]l|[Bb]en|[Ii]n|[Oo]p|[Zz]ur|[Hh]et)"
_BEGINS = r"[A-ZÀ-ÖØ-ÞĀ-ŽȘȚ](?:[^\W\d_]|[’'\u0300-\u036f\u00ad])"
WORD = rf"{_BEGINS}(?:[^\W\d_]|[’'\u0300-\u036f\u00ad]){{0,29}}+"
_STOP = (
    "Council Meeting Conference Vervanging VERVANGING TER Kamer Kamerstuk Kamerstukken Kamerlid Kamerleden Tweede "
    "Eerste Voorzitter Voor Van De Het Een En In Op Aan Over Met Nederland Nederlandse Europese Minister Ministers "
    "President Staatssecretaris Vraag Antwoord Nr Nrs Motie Moties Amendement Zij Hij Dit Deze Die Dat Er Ik Wij We "
    "Als Bij Te Tot Uit Door Naar Om Zo Wel Niet Ja Nee Ook Zie Daarnaast Verder Aanhangsel Handelingen OVER "
    "AANHANGSEL EN "
).split()
_PARTY_LETTERS = "VVD|CDA|PVV|SP|SGP|PvdA|PvdD|D66|PPR|PSP|CPN|RPF|GPV|NSC|BBB|FVD|FvD|DENK|LPF|KVP|ARP|CHU|CU|GL|GroenLinks|ChristenUnie|Volt|JA21|Nieuw Sociaal|Partij v[ao][nor]+|Forum voor"
NOT_A_NAME = rf"(?={_BEGINS})(?!(?:{one_of(_STOP)})(?![\w-])|(?:{_PARTY_LETTERS})(?![^\W_]))"
"""Words that are no family names: "de leden van de VVD-fractie" names nobody, "de heer Irrgang van de SP" one."""
INITIALS = r"(?:(?:[A-Z]|Th|Ch|IJ|Ph|St|Chr|Tj|Sj)\.[ \u00a0-]?){1,7}+"
TITLES = r"(?:(?:drs|mr|dr|ir|ing|prof|dhr|mw|mevr|ds|bc|jhr|dhr)\.[ \u00a0]{0,2}+){0,3}+"
SURNAME = (
    rf"(?:{_PARTICLE}{B}){{0,3}}{NOT_A_NAME}{WORD}"
    rf"(?:[ \u00a0]?[-‐‑–][ \u00a0\n]?(?:{_PARTICLE}{B}){{0,3}}{WORD}){{0,2}}"
)
"""A family name with its particles: Van der Lee, Yeşilgöz-Zegerius, Faber - Van de Klashorst."""
_NO_PARTICLE = r"(?!(?:Van|De|Den|Der|Ter|Ten|El|Von|Het|La|Le|Al|Ben)[ \u00a0])"
GIVEN_BEFORE = rf"{_NO_PARTICLE}{WORD}[ \u00a0](?=(?:van|de|den|der|ter|ten|el)[ \u00a0\n])"
"""A given name: behind it the particle has a small letter (Inge van Dijk), at the front of a name a capital."""
_ENDS = r"(?=[ \u00a0\n]{0,3}(?:\(|(?<=[ \u00a0])[-–][ \u00a0]|,|\.|;|:|/|\)|c\.?s|(?:en|over|op|inzake|waarin|om|die|is|wordt|aan)[ \n]|$)|[ \u00a0]*\n)"
SURNAMES = rf"(?:{NOT_A_NAME}{GIVEN_BEFORE})?{SURNAME}(?:(?:[ \u00a0]{NOT_A_NAME}{WORD}){{1,2}}{_ENDS})?"
"""A family name that may have two words (Van Haersma Buma) or a given name before it, where what follows ends it."""
PARTICLE_SURNAME = rf"(?:{_PARTICLE}{B}){{1,3}}+{NOT_A_NAME}{WORD}"
GIVEN = rf"(?:{WORD}[ \u00a0]){{1,2}}(?:[A-Z]\.[ \u00a0]){{0,2}}"
PARTIES = (
    "VVD", "PVV", "CDA", "D66", "SP", "PvdA", "GroenLinks-PvdA", "GroenLinks", "GL", "GL-PvdA", "ChristenUnie", "CU", "SGP", "PvdD",
    "Partij voor de Dieren", "50PLUS", "50Plus", "DENK", "Denk", "FVD", "FvD", "Forum voor Democratie", "JA21", "Volt", "BBB",
    "BoerBurgerBeweging", "NSC", "Nieuw Sociaal Contract", "PRO", "BIJ1", "LPF", "LN", "Leefbaar Nederland", "Groep Markuszower",
    "Omtzigt", "Van Haga", "Groep Van Haga", "Fractie Den Haan", "Den Haan", "Ephraim", "Gündoğan", "RPF", "GPV", "PPR", "CPN",
    "PSP", "CD", "AOV", "Lid Omtzigt", "Lid Keijzer", "Keijzer", "GroenLinks/PvdA", "Krol", "Groep Krol/van Kooten-Arissen",
)  # fmt: skip
"""Parties and groups as they stand in brackets behind the name of a member."""
DOTTED = (
    "V.V.D.",
    "P.v.d.A.",
    "C.D.A.",
    "D'66",
    "D’66",
    "P.P.R.",
    "P.S.P.",
    "C.P.N.",
    "S.G.P.",
    "G.P.V.",
    "R.P.F.",
    "K.V.P.",
    "A.R.P.",
    "C.H.U.",
    "B.P.",
    "D.S.'70",
)
PARTY = rf"\((?:beiden |allen )?(?:{'|'.join(re.escape(party) for party in sorted((*PARTIES, *DOTTED), key=lambda party: (-len(party), party)))}|(?:Groep|Fractie|fractie|Lid)[ ][A-Z][\w/ -]{{2,30}})\)"

_GIVEN_FIRST = late(rf"^{_NO_PARTICLE}{WORD} (?=(?:van|de|den|der|ter|ten|el) )")
_PLURAL_S = late(r"(?<=[a-z])['’]s$")


@lru_cache(maxsize=10_000)
def clean(name: str) -> str:
    """A name as found, on one line, without what a line end or a genitive added."""
    name = re.sub(r"\b(Van|De|Den|Der|Ter)(?=[A-Z])", r"\1 ", name)
    return _PLURAL_S.sub("", re.sub(r"\s+", " ", name.replace("\u00ad", "")).strip(" ,.;:"))


@lru_cache(maxsize=10_000)
def surname(name: str) -> str:
    """The family name in a name as cleaned: without initials, and without a given name before a particle."""
    return _GIVEN_FIRST.sub("", re.sub(rf"^{INITIALS}", "", name)).strip()


def full_name(person: Person) -> str:
    """A person's name as one writes it: given name, else initials, and family name."""
    return f"{person.given or person.initials} {person.surname}".strip()
