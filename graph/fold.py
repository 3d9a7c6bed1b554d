"""Text as the scanner sees it: one ASCII character for each character, and a squeezed form in which names are found.

Offsets never move: `plain` has the length of the text, and `place` leads from the squeezed form back. Accents, no-break
blanks, typographic dashes and full-width forms are folded; marks without width vanish; superscript digits stay apart
from digits, since "nr. 1²" is number 1 with note 2.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
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
    "\u2043": "-", "\u02d7": "-", "\x0b": "\n", "\x0c": "\n", "\t": " ", "⁄": "/",
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


_BLANK, _LINE_END, _HYPHEN, _ZERO, _NINE, _GONE = map(ord, (" ", "\n", "-", "0", "9", GONE))
_UNSEEN = 0xFF
_PLAIN = np.full(0x10000, _UNSEEN, dtype=np.uint8)
"""The plain form of each character, filled in when it is first met: few of the 65,536 ever are."""


def _plain(text: str) -> npt.NDArray[np.uint8]:
    units = text.encode("utf-16-le", "surrogatepass")
    codes: npt.NDArray[np.uint16] = np.frombuffer(units, dtype="<u2")
    if len(codes) != len(text):
        # a character beyond the table takes two units; it has no counterpart
        whole = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")
        codes = np.minimum(whole, 0xFFFF).astype(np.uint16)
    plain: npt.NDArray[np.uint8] = _PLAIN.take(codes)
    if (unseen := plain == _UNSEEN).any():
        for code in set(codes[unseen].tolist()):
            # half of a character has no counterpart either
            _PLAIN[code] = ord(OTHER if code == 0xFFFF or 0xD800 <= code <= 0xDFFF else _folded(chr(code)))
        plain = _PLAIN.take(codes)
    return plain


_BLANKS = str.maketrans("", "", f" \n{GONE}")
_LOST_HYPHEN = re.compile(r"(?<![0-9])-")


@dataclass(frozen=True, slots=True)
class Folded:
    """A text in four forms: as read, plain (same length, ASCII, case kept), squeezed (lower case, no blanks), and that with its case.

    The squeezed form leaves out hyphens too, except after a digit: a hyphen in "33279-40" means something, one in
    "Kamer-stuk" does not. `place[i]` is the offset in the text of squeezed character i.
    """

    text: str
    plain: str
    squeezed: str
    cased: str
    place: npt.NDArray[np.int64]
    portfolios: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    surnames: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The stretch of the text that squeezed characters start..end cover."""
        return self.place.item(start), self.place.item(end - 1) + 1

    def squeezed_word(self, span: tuple[int, int]) -> str:
        """What stands in a stretch of the text, in squeezed form."""
        return _squeezed_word(self.plain[slice(*span)])

    def portfolio(self, offset: int) -> int | None:
        """Where the name of a ministry or committee that begins at `offset` ends; None if none begins there."""
        return self._known(self.portfolios, offset)

    def surname(self, offset: int) -> int | None:
        """Where the family name of somebody in the registers that begins at `offset` ends; None if none begins there."""
        return self._known(self.surnames, offset)

    def _known(self, names: Mapping[str, tuple[str, ...]], offset: int) -> int | None:
        ahead = self.plain[offset : offset + _AHEAD].lower().translate(_BLANKS).replace("-", "")
        keys = [key for key in (ahead[:KEY], ahead[:3], ahead[:2]) if key in names]
        if not keys:  # so it is at most places, and to find where that is in the squeezed form takes ten times as long
            return None
        first = int(np.searchsorted(self.place, offset))
        for name in (name for key in dict.fromkeys(keys) for name in names[key]):
            if self.squeezed.startswith(name, first):
                end = self.span(first, first + len(name))[1]
                after = self.text[end : end + 1]
                if not after.isalpha() or (after.isupper() and self.text[end - 1].islower()):
                    return end
        return None


@lru_cache(maxsize=10_000)
def _squeezed_word(plain: str) -> str:
    word = plain.lower().translate(_BLANKS)
    return _LOST_HYPHEN.sub("", word) if "-" in word else word


KEY = 4
"""Names that are looked up at an offset are kept by their first so many squeezed characters."""
_AHEAD = 16


def by_first_letters(names: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Names as `Folded.portfolios` and `Folded.surnames` want them: squeezed, by their first letters, longest first."""
    found: dict[str, set[str]] = {}
    for name in map(str.lower, squeeze_all(tuple(names))):
        found.setdefault(name[:KEY], set()).add(name)
    return {key: tuple(sorted(group, key=lambda name: (-len(name), name))) for key, group in found.items()}


def fold(
    text: str,
    portfolios: Mapping[str, tuple[str, ...]] | None = None,
    surnames: Mapping[str, tuple[str, ...]] | None = None,
) -> Folded:
    """The forms of a text, with the portfolios and family names that the registers know."""
    plain = _plain(text)
    cased, place = _squeezed(plain)
    return Folded(
        text, plain.tobytes().decode("ascii"), cased.lower(), cased, place, portfolios or {}, surnames or {}
    )  # fmt: skip


def _squeezed(plain: npt.NDArray[np.uint8]) -> tuple[str, npt.NDArray[np.int64]]:
    """The squeezed form of a plain text, its case kept, and the offset of each of its characters."""
    kept = (plain != _BLANK) & (plain != _LINE_END) & (plain != _GONE)
    hyphens = np.flatnonzero(plain == _HYPHEN)
    if len(hyphens):
        place = np.flatnonzero(kept)
        before = plain.take(place.take(np.maximum(np.searchsorted(place, hyphens) - 1, 0)))
        kept[hyphens[(before < _ZERO) | (before > _NINE)]] = False
    place = np.flatnonzero(kept)
    return plain.take(place).tobytes().decode("ascii"), place


def squeeze_all(words: Sequence[str]) -> list[str]:
    """The squeezed forms of many names, their case kept; in one go, since each call has its price."""
    text = OTHER.join(words)
    cased, place = _squeezed(_plain(text))
    starts = np.cumsum([0, *map(len, words)]) + np.arange(len(words) + 1)
    bounds = np.searchsorted(place, starts).tolist()
    return [cased[first : last - 1] for first, last in pairwise([*bounds[:-1], len(cased) + 1])]


def squeeze(words: str) -> str:
    """The squeezed form of a few words, as names are looked up."""
    return squeeze_all([words])[0].lower()
