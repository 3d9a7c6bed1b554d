"""Papers by their number alone, the dossier left to the context: "gedrukt onder nr. 30", "in stuk nr. 7", "idem, nr. 41"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from graph.kinds.numbers import DOSSIER_NUMBER, MARK, PLURAL, S, digits, more_numbers
from graph.model import Mention, Span
from graph.patterns import here, late

_LOOSE = late(rf"(?i:{MARK}){S}(?:(?P<number>[1-9][0-9]{{0,3}})(?![0-9])|(?P<letter>[A-Z]{{1,2}})(?![A-Za-z]))")
_CUE = late(
    rf"(?:\b(?:op|in|het|dit|dat|bij|zie|motie|\(){S}stuk(?:ken)?|\(stuk|\b(?:moties?|amendement(?:en)?|stuk(?:ken)?){S}(?:op|onder)|gedrukt{S}onder|\bonder|\b(?:idem|ibidem){S},?|dat{S}dossier,?"
    rf"|t\.?v\.?v\.?|\bkrijgt|\bwas|\(){S}$",
    re.IGNORECASE,
)
_STUK = late(r"stuk(?:ken)?[ \n\x7f]{1,3}$", re.IGNORECASE)
_SAME_DOSSIER = late(rf"\b(?:idem|ibidem|(?:dat|datzelfde|hetzelfde){S}dossier)\b[^.;]{{0,20}}$", re.IGNORECASE)
_CUES = ("stuk", "stukken", "op", "onder", "idem", ",", "dossier", "v", "v.", "krijgt", "was", "(")
"""How what _CUE finds may end: looked at first, since few numbers have any of it before them."""
_AHEAD = here(
    rf"{S}van{S}(?:(?:het{S})?dossier|Kamerstuk(?:ken)?){S}(?P<of>{DOSSIER_NUMBER})|[^.;\n]{{0,24}}\((?P<in>{DOSSIER_NUMBER})\)"
)


def find_alone(plain: str, start: int, back: str) -> Iterator[Mention]:
    """The papers whose numbers begin at `start` behind words that say so; `back` is the text just before.

    The part `number` of a mention is its number, `dossier` the dossier that is named with it, and `there` says that the words point
    back to the dossier named last.
    """
    if not back.rstrip(" \n\x7f").lower().endswith(_CUES):
        return
    loose = _LOOSE.match(plain, start)
    if loose is None or not _CUE.search(back):
        return
    found = [(loose["number"] or loose["letter"], Span(*loose.span()))]
    if loose["number"] and PLURAL.match(loose["mark"]):
        following = more_numbers(plain, loose.end(), int(loose["number"]), plural=True)
        found += [(str(value), place) for value, place in following]
    ahead = _AHEAD.match(plain, found[-1][1].end)
    if not ahead and loose["mark"].lower().startswith("nummer") and not _STUK.search(back):
        return  # all sorts of things stand "onder nummer 12"
    dossier = {"dossier": digits(ahead["of"] or ahead["in"])} if ahead else {}
    if _SAME_DOSSIER.search(back):
        dossier["there"] = "1"
    for number, place in found:
        yield Mention("kamerstuk", place, None, {"number": number, **dossier})
