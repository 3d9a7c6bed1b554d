"""Text as the scanner sees it: one ASCII character for each character, and a squeezed form in which names are found.

Offsets never move: `plain` has the length of the text, and `place` leads from the squeezed form back. Accents, no-break
blanks, typographic dashes and full-width forms are folded; marks without width vanish; superscript digits stay apart
from digits, since "nr. 1²" is number 1 with note 2.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

GONE = "\x7f"
"""Stands in `plain` for a character without width: soft hyphen, zero-width blank, combining accent."""
RAISED = "^"
"""Stands in `plain` for a superscript digit."""
OTHER = "\x1a"
"""Stands in `plain` for a letter or sign without an ASCII counterpart."""

_BY_HAND = {
    "ß": "s", "ẞ": "S", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ł": "l", "Ł": "L", "ı": "i", "æ": "a", "Æ": "A",
    "œ": "o", "Œ": "O", "þ": "t", "ð": "d", "«": '"', "»": '"', "„": '"', "“": '"', "”": '"', "‘": "'", "’": "'",
    "‚": "'", "ʼ": "'", "´": "'", "…": ".", "−": "-", "\x85": "\n", "\u2028": "\n", "\u2029": "\n", "\r": "\n",
    "\x0b": "\n", "\x0c": "\n", "\t": " ", "⁄": "/",
}  # fmt: skip


def _folded(char: str) -> str:
    if char in _BY_HAND:
        return _BY_HAND[char]
    if char in ("\n", GONE) or " " <= char <= "~":
        return char
    category = unicodedata.category(char)
    if category in ("Mn", "Me", "Cf"):
        return GONE
    if category == "Zs":
        return " "
    if category == "Pd":
        return "-"
    shape = unicodedata.decomposition(char)
    if shape.startswith(("<super>", "<sub>")):
        return RAISED if char.isdigit() else OTHER
    base = unicodedata.normalize("NFKD", char)[:1]
    return base if base != char and " " < base <= "~" else OTHER


_UNSEEN = 0xFF
_PLAIN = np.full(0x10000, _UNSEEN, dtype=np.uint8)
"""The plain form of each character, filled in when it is first met: few of the 65,536 ever are."""


def _plain(text: str) -> npt.NDArray[np.uint8]:
    codes = np.minimum(np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4"), 0xFFFF)
    plain: npt.NDArray[np.uint8] = _PLAIN[codes]
    if (unseen := plain == _UNSEEN).any():
        for code in set(codes[unseen].tolist()):
            # a character beyond the table has no counterpart, and half of one has none either
            _PLAIN[code] = ord(OTHER if code == 0xFFFF or 0xD800 <= code <= 0xDFFF else _folded(chr(code)))
        plain = _PLAIN[codes]
    return plain


_LOWER = np.arange(128, dtype=np.uint8)
_LOWER[ord("A") : ord("Z") + 1] += 32
_DROPPED = np.zeros(128, dtype=bool)
_DROPPED[[ord(char) for char in (" ", "\n", GONE)]] = True


@dataclass(frozen=True, slots=True)
class Folded:
    """A text in three forms: as read, plain (same length, ASCII, case kept), squeezed (lower case, no blanks).

    The squeezed form leaves out hyphens too, except after a digit: a hyphen in "33279-40" means something, one in
    "Kamer-stuk" does not. `place[i]` is the offset in the text of squeezed character i.
    """

    text: str
    plain: str
    squeezed: str
    place: npt.NDArray[np.int64]
    portfolios: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    surnames: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The stretch of the text that squeezed characters start..end cover."""
        return int(self.place[start]), int(self.place[end - 1]) + 1

    def squeezed_word(self, span: tuple[int, int]) -> str:
        """What stands in a stretch of the text, in squeezed form."""
        first, last = np.searchsorted(self.place, span)
        return self.squeezed[first:last]

    def portfolio(self, offset: int) -> int | None:
        """Where the name of a ministry or committee that begins at `offset` ends; None if none begins there."""
        return self._known(self.portfolios, offset)

    def surname(self, offset: int) -> int | None:
        """Where the family name of somebody in the registers that begins at `offset` ends; None if none begins there."""
        return self._known(self.surnames, offset)

    def _known(self, names: Mapping[str, tuple[str, ...]], offset: int) -> int | None:
        first = int(np.searchsorted(self.place, offset))
        for name in names.get(self.squeezed[first : first + KEY], ()):
            if self.squeezed.startswith(name, first):
                end = self.span(first, first + len(name))[1]
                after = self.text[end : end + 1]
                if not after.isalpha() or (after.isupper() and self.text[end - 1].islower()):
                    return end
        return None


KEY = 4
"""Names that are looked up at an offset are kept by their first so many squeezed characters."""


def by_first_letters(names: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Names as `Folded.portfolios` and `Folded.surnames` want them: squeezed, by their first letters, longest first."""
    found: dict[str, set[str]] = {}
    for name in squeeze_all(tuple(names)):
        found.setdefault(name[:KEY], set()).add(name)
    return {key: tuple(sorted(group, key=lambda name: (-len(name), name))) for key, group in found.items()}


def fold(
    text: str,
    portfolios: Mapping[str, tuple[str, ...]] | None = None,
    surnames: Mapping[str, tuple[str, ...]] | None = None,
) -> Folded:
    """The three forms of a text, with the portfolios and family names that the registers know."""
    plain = _plain(text)
    squeezed, place = _squeezed(plain)
    return Folded(
        text,
        plain.tobytes().decode("ascii"),
        squeezed.tobytes().decode("ascii"),
        place,
        portfolios or {},
        surnames or {},
    )


def _squeezed(plain: npt.NDArray[np.uint8]) -> tuple[npt.NDArray[np.uint8], npt.NDArray[np.int64]]:
    """The squeezed form of a plain text, and the offset of each of its characters."""
    low = _LOWER[plain]
    kept = np.flatnonzero(~_DROPPED[low])
    squeezed = low[kept]
    hyphen = squeezed == ord("-")
    if hyphen.any():
        after_digit = np.zeros(len(squeezed), dtype=bool)
        after_digit[1:] = (squeezed[:-1] >= ord("0")) & (squeezed[:-1] <= ord("9"))
        wanted = ~hyphen | after_digit
        kept, squeezed = kept[wanted], squeezed[wanted]
    return squeezed, kept


def squeeze_all(words: Sequence[str]) -> list[str]:
    """The squeezed forms of many names, as they are looked up; in one go, since each call has its price."""
    text = OTHER.join(words)
    squeezed, place = _squeezed(_plain(text))
    letters = squeezed.tobytes().decode("ascii")
    starts = np.cumsum([0, *(len(word) + 1 for word in words)])
    bounds = np.searchsorted(place, starts).tolist()
    return [letters[first : last - 1] for first, last in pairwise([*bounds[:-1], len(letters) + 1])]


def squeeze(words: str) -> str:
    """The squeezed form of a few words, as names are looked up."""
    return fold(words).squeezed
