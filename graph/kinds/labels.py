"""What people call a numbered thing: kst-33279-40 is "Kamerstuk 33279, nr. 40", trb-1968-126 is "Trb. 1968, 126".

The forms are those of the Leidraad voor juridische auteurs and of the papers themselves, in Dutch like the things they name.
"""

from __future__ import annotations

from functools import lru_cache
from re import Match

from graph.patterns import late

_FORMS: tuple[tuple[str, str], ...] = (
    (r"chamber:tk", "Tweede Kamer"),
    (r"chamber:ek", "Eerste Kamer"),
    (r"kst-(?:[12]\d{7}-)?(.+?)-([^-]+(?:-[bhnv]\d+)*)", "Kamerstuk {}, nr. {}"),
    (r"dossier-(.+)", "dossier {}"),
    (r"ah-[te]k-(\d{4})(\d{4})-(\d+)", "Aanhangsel {}-{}, nr. {}"),
    (r"h-tk-(\d{4})(\d{4})-(\d+)", "Handelingen II {}-{}, nr. {}"),
    (r"h-tk-(\d{4})(\d{4})-(\d+)-(\d+)", "Handelingen II {}-{}, nr. {}, item {}"),
    (r"h-ek-(\d{4})(\d{4})-(\d+)", "Handelingen I {}-{}, nr. {}"),
    (r"h-ek-(\d{4})(\d{4})-(\d+)-(\d+)", "Handelingen I {}-{}, nr. {}, item {}"),
    (r"stb-(\d{4})-(\d+)", "Stb. {}, {}"),
    (r"trb-(\d{4})-(\d+)", "Trb. {}, {}"),
    (r"stcrt-(\d{4})-(\d+)", "Stcrt. {}, {}"),
    (r"stcrt-(\d{4}-\d\d-\d\d)", "Stcrt. van {}"),
    (r"pb-(19\d\d|200[0-2])-(?:([A-Z]+)-)?(\w+)", "PbEG {}, {} {}"),
    (r"pb-(\d{4})-([A-Z]+)-(\w+)", "PbEU {}, {} {}"),
    (r"S/RES/(\d+)(?:\((\d{4})\))?", "resolutie {} ({}) van de Veiligheidsraad"),
)
_PATTERNS = tuple((late(pattern), form) for pattern, form in _FORMS)
_CELEX = late(r"3(?P<year>\d{4})(?P<sort>[RLD])(?P<number>\d{4})")
_ACTS = {"R": "Verordening", "L": "Richtlijn", "D": "Besluit"}


@lru_cache(maxsize=10_000)
def label_of(kind: str, identity: str) -> str:
    """The name of a numbered thing; its id, or the address without scheme, where there is no better one."""
    if kind == "url":
        return identity.removeprefix("https://").removeprefix("http://").rstrip("/")
    if kind == "eu-act" and (act := _CELEX.fullmatch(identity)):
        return _act(act)
    for pattern, form in _PATTERNS:
        if match := pattern.fullmatch(identity):
            told = form.format(*(group or "" for group in match.groups()))
            return " ".join(told.replace("()", "").split())
    return identity


def _act(act: Match[str]) -> str:
    """The name of an act: before 2015 regulations had the number first, before 1999 years had two digits."""
    long, number = int(act["year"]), str(int(act["number"]))
    year = act["year"] if long >= 1999 else act["year"][2:]
    first, second = (number, year) if act["sort"] == "R" and long < 2015 else (year, number)
    return f"{_ACTS[act['sort']]} {first}/{second}"
