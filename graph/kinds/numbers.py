"""How numbers, lists of numbers, parliamentary years and dossiers are written; the grammar that the kinds share.

All patterns read the folded text (`Folded.plain`): ASCII, same offsets. Repeats are bounded, so that no text can make
them slow.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from graph.model import Span
from graph.patterns import late

S = r"[ \n\x7f]{0,4}+"
"""Blanks, line ends and characters without width, where a writer or a page may have put them; none is given back (`+`), so what follows begins with none."""

YEAR = r"(?:1[89]|20)[0-9]{2}"
SESSION = rf"(?P<from>{YEAR})(?:{S}[-/]{S}|\x7f)(?:(?:1[89]|20)\x7f?)?(?P<to>[0-9]{{2}})(?![0-9])"
"""A parliamentary year: 2022-2023, 2022/23, 2022/2023; a soft hyphen is what some pages have for the hyphen."""

MARK = rf"(?P<mark>(?:ondernummers?|nummers?|letter|nr[sc]?|nos?)\b{S}\.?|nr[sc]?\.?)"
"""The word before a number: nr., nrs., no., also run into it (nr.502, nr502)."""

PLURAL = late(r"nrs|nrc|nos|(?:onder)?nummers", re.IGNORECASE)
"""What MARK has found where more numbers than one follow."""

DOSSIER_NUMBER = r"[1-9][0-9][ \n\x7f.]?[ \n]?[0-9O]{3}(?![0-9O])"
"""The five digits of a dossier, perhaps with a blank or dot after two; a scan may have O for 0."""

CHAPTER = r"(?:X{1,2}(?:IX|IV|V?I{0,3})|IX|IV|V?I{1,3}|V)[A-M]?"
"""A budget chapter, I to XXIX, with the letter that some bear (IIA, IXB)."""

MONTHS = ("januari februari maart april mei juni juli augustus september oktober november december ").split()
_BROKEN = r"(?:-[ \n\x7f]{0,2}+|\x7f)?+"
MONTH = "|".join(_BROKEN.join(month) for month in MONTHS)
"""The name of a month, perhaps broken by a hyphen at a line end (fe-bruari)."""
_MONTH_AHEAD = late(rf"{S}(?:{MONTH})", re.IGNORECASE)

_JOINT = late(rf"{S}(?P<joint>,|;|en|&|of|tot{S}en{S}met|t/m|t\.e\.m\.|-){S}(?:nrs?\b{S}\.?{S})?(?=[0-9])")
_LETTER_JOINT = late(rf"{S}(?P<joint>,|en|&|t/m|tot{S}en{S}met){S}(?P<letters>[A-Z]{{1,2}})(?![A-Za-z.])")
_NUMBER = late(r"[1-9][0-9]{0,3}(?![0-9A-Za-z/])")
_MOST = 200
"""A range of more numbers than this is no list of papers."""


def session(match: re.Match[str]) -> str | None:
    """The parliamentary year of a match of SESSION as in official ids, "20222023"; None if the two years do not follow."""
    first, last = int(match["from"]), int(match["to"])
    return f"{first}{first + 1}" if (first + 1) % 100 == last else None


def month(name: str) -> int:
    """The number of a month from its name as matched by MONTH."""
    return MONTHS.index(re.sub(r"[^a-z]", "", name.lower())) + 1


def digits(text: str) -> str:
    """The digits of a number without the blanks and dots inside; a capital O among them is a misread 0."""
    return re.sub(r"[^0-9]", "", text.replace("O", "0"))


def more_numbers(plain: str, end: int, first: int, plural: bool) -> Iterator[tuple[int, Span]]:
    """The numbers that follow the first in a list ("12 en 13", "125 tot en met 127"), each with its place.

    A number that a range only implies has the place of the words between. Where the word before the first number was
    not a plural, only "en nr. 13" and ranges in words go on.
    """
    last = first
    while joint := _JOINT.match(plain, end):
        number = _NUMBER.match(plain, joint.end())
        if number is None or not _goes_on(plain, joint, number, plural):
            return
        value, word = int(number.group()), joint["joint"]
        if word[0] in "t-":
            if not last < value <= last + _MOST:
                return
            between = Span(joint.start("joint"), joint.end("joint"))
            yield from ((implied, between) for implied in range(last + 1, value))
        yield value, Span(*number.span())
        last, end = value, number.end()


def more_letters(plain: str, end: int, first: str) -> Iterator[tuple[str, Span]]:
    """The letters that follow the first in a list ("F en G", "A t/m C"), each with its place, as `more_numbers` does for numbers.

    Letters go up: what comes before the last one is a word ("35 112, F, A" is none), and so are two letters behind one ("F, EK").
    """
    last = first
    while (joint := _LETTER_JOINT.match(plain, end)) and len(joint["letters"]) == len(last) and joint["letters"] > last:
        letters = joint["letters"]
        if joint["joint"][0] == "t" and len(letters) == 1:
            between = Span(*joint.span("joint"))
            yield from ((chr(implied), between) for implied in range(ord(last) + 1, ord(letters)))
        yield letters, Span(*joint.span("letters"))
        last, end = letters, joint.end()


def _goes_on(plain: str, joint: re.Match[str], number: re.Match[str], plural: bool) -> bool:
    """Whether a number after a comma or "en" belongs to the list, and is not a date, an amount or another dossier."""
    if _MONTH_AHEAD.match(plain, number.end()) or re.match(
        r"[ .][0-9]{3}(?![0-9])|%|-[0-9A-Z]", plain[number.end() : number.end() + 5]
    ):
        return False
    named = "nr" in joint.group()
    # "(32 813, nr. 1142 en 1143)": a writer forgets the plural, but the bracket ends the list
    bracketed = plain[number.end() : number.end() + 1] == ")" and len(number.group()) >= 3 and joint["joint"] == "en"
    return plural or named or bracketed or joint["joint"][0] == "t"
