"""One page of a PDF: its characters from PDFium, put into lines in the order in which one reads them.

Places are in points from the lower left corner of the page as one turns it to read its text. PDFium gives characters in the order in which they were drawn, which is the
order of reading in nearly all papers; only where lines jump up again and again the page is read by columns.
"""

from __future__ import annotations

import ctypes
import math
import statistics
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from graph.read.draft import RAISED

_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
_ACCENTS = dict(zip("¸´`¨ˆ˜ˇ", "\u0327\u0301\u0300\u0308\u0302\u0303\u030c", strict=True))
"""Accents that are drawn as signs of their own over or under a letter, and what joins that letter."""
HYPHENS = "-\u00ad\u2010\x02\ufffe"
"""Signs that end a broken word; PDFium puts the last two in place of a hyphen at a line end."""
_BROKEN = "\x02\ufffe"
_WIDE_GAP = 1.5
"""A gap of so many line heights separates the cells of a table or the columns of signatures."""
_SMALL, _RISEN = 0.87, 0.12
"""A raised sign is smaller than so much of its line, and stands higher by so much."""
_SAMPLES = 64
"""So many characters of a page tell how it is turned."""
Box = tuple[float, float, float, float]
"""Left, bottom, right, top."""


class Char(NamedTuple):
    """A sign with its box; the height of the box is that of the font."""

    sign: str
    left: float
    bottom: float
    right: float
    top: float


class Line:
    """Signs on one line, from left to right, as they are once the line is whole."""

    def __init__(self, chars: list[Char]) -> None:
        """Take the signs; at least one of them is no blank."""
        self.chars = chars

    @cached_property
    def height(self) -> float:
        """The height of the font of most of the line."""
        return statistics.median_high([char.top - char.bottom for char in self.chars])

    @cached_property
    def box(self) -> Box:
        """The box around what is no blank."""
        chars = [char for char in self.chars if char.sign.strip()] or self.chars
        return (
            min(char.left for char in chars), min(char.bottom for char in chars),
            max(char.right for char in chars), max(char.top for char in chars),
        )  # fmt: skip

    @cached_property
    def signs(self) -> list[tuple[str, Char]]:
        """What each sign is written as: ligatures in letters, raised digits as such, a tab for a wide gap; no double blanks."""
        height, base = self.height, statistics.median([char.bottom for char in self.chars])
        found: list[tuple[str, Char]] = []
        before: Char | None = None
        blank: Char | None = None
        for char in self.chars:
            if not char.sign.strip() and char.sign not in _BROKEN:
                blank = blank or char
                continue
            if before and char.left < before.right and (joined := _accented(before.sign, char.sign)):
                found[-1] = joined, before
                continue
            if before and char.left - before.right > _WIDE_GAP * height:
                found.append(("\t", char))
            elif before and blank:
                found.append((" ", blank))
            sign = "-" if char.sign in _BROKEN else _LIGATURES.get(char.sign, char.sign)
            found.append((sign.translate(RAISED) if _is_raised(char, height, base) else sign, char))
            before, blank = char, None
        return found

    @cached_property
    def text(self) -> str:
        """The line as it is written, without blanks at its ends."""
        return "".join(sign for sign, _ in self.signs)


def _accented(letter: str, accent: str) -> str:
    """A letter with an accent that is drawn on it, where there is one sign for both."""
    whole = unicodedata.normalize("NFC", letter + _ACCENTS[accent]) if accent in _ACCENTS else ""
    return whole if len(whole) == 1 else ""


def _is_raised(char: Char, height: float, base: float) -> bool:
    return (
        char.sign in "0123456789" and char.top - char.bottom < _SMALL * height and char.bottom - base > _RISEN * height
    )


@dataclass(frozen=True, slots=True)
class Frame:
    """The sheet as one holds it to read: quarter turns of its text, and the box of the sheet as it is stored."""

    quarters: int
    left: float
    bottom: float
    right: float
    top: float

    @property
    def height(self) -> float:
        """Return the height of the sheet as it is read."""
        return self.right - self.left if self.quarters % 2 else self.top - self.bottom

    @property
    def stored(self) -> bool:
        """Return whether places are as they are stored, so that none needs to be turned."""
        return not self.quarters and not self.left and not self.bottom

    def turned(self, box: Box) -> Box:
        """Return a box of the sheet as it stands when the text is upright."""
        left, bottom, right, top = box
        match self.quarters:
            case 0:
                return left - self.left, bottom - self.bottom, right - self.left, top - self.bottom
            case 1:
                return bottom - self.bottom, self.right - right, top - self.bottom, self.right - left
            case 2:
                return self.right - right, self.top - top, self.right - left, self.top - bottom
            case _:
                return self.top - top, left - self.left, self.top - bottom, right - self.left


def layout_of(page: pdfium.PdfPage) -> tuple[list[Line], Frame]:
    """Return the lines of a page in the order of reading, and the frame that their places are in."""
    textpage = page.get_textpage()
    quarters = _quarters(textpage)
    if page.get_rotation() != 90 * quarters:
        # PDFium orders text as the page is shown, so one that is shown sideways is turned first
        textpage.close()
        page.set_rotation(90 * quarters)
        textpage = page.get_textpage()
    try:
        frame = Frame(quarters, *page.get_bbox())
        lines = [Line(chars) for chars in _joined(_split(_chars(textpage, frame)))]
    finally:
        textpage.close()
    parted = _parted(lines)
    ordered = _by_columns(parted) if _jumps(parted) > max(3, 0.2 * len(parted)) else lines
    return ordered, frame


def _quarters(textpage: pdfium.PdfTextPage) -> int:
    """Return by how many quarter turns, counterclockwise, most of the text of a sheet is written."""
    count = textpage.count_chars()
    turns: Counter[int] = Counter()
    for index in range(0, count, max(1, count // _SAMPLES)):
        # PDFium makes up blanks and line ends, which have no angle of their own
        if raw.FPDFText_GetUnicode(textpage, index) > 0x20 and raw.FPDFText_IsGenerated(textpage, index) == 0:
            turns[round(-raw.FPDFText_GetCharAngle(textpage, index) / (math.pi / 2)) % 4] += 1
    return turns.most_common(1)[0][0] if turns else 0


def _chars(textpage: pdfium.PdfTextPage, frame: Frame) -> Iterator[Char]:
    box = raw.FS_RECTF()
    stored, end = frame.stored, 0.0
    for index in range(textpage.count_chars()):
        code = raw.FPDFText_GetUnicode(textpage, index)
        raw.FPDFText_GetLooseCharBox(textpage, index, ctypes.byref(box))
        sign = chr(code) if code and code <= 0x10FFFF and not 0xD800 <= code < 0xE000 else "\ufffd"
        if stored:
            yield Char(sign, box.left, box.bottom, box.right, box.top)
            continue
        left, bottom, right, top = frame.turned((box.left, box.bottom, box.right, box.top))
        if box.bottom == box.top:
            # PDFium puts a blank that it makes up on the right of the sheet, not of the turned character before it
            left = right = end
        yield Char(sign, left, bottom, right, top)
        end = right


def _split(chars: Iterator[Char]) -> Iterator[list[Char]]:
    """Lines as PDFium ends them; a broken word and a step down and back to the left end one too."""
    line: list[Char] = []
    for char in chars:
        if char.sign in "\r\n" or (line and _steps_back(line[-1], char)):
            if _inked(line):
                yield line
            line = []
        if char.sign not in "\r\n":
            line.append(char)
        if char.sign in _BROKEN:
            yield line
            line = []
    if _inked(line):
        yield line


def _inked(chars: list[Char]) -> bool:
    return any(char.sign.strip() for char in chars)


def _steps_back(before: Char, char: Char) -> bool:
    return char.right < before.left and char.top < before.bottom + 0.4 * (before.top - before.bottom)


def _joined(lines: Iterator[list[Char]]) -> list[list[Char]]:
    """PDFium ends a line at a raised sign; what goes on at the same height is the same line."""
    found: list[list[Char]] = []
    for line in lines:
        if found and found[-1][-1].sign not in _BROKEN and _goes_on(Line(found[-1]), Line(line)):
            last = found[-1][-1]
            if line[0].left - last.right > 0.15 * (last.top - last.bottom):
                found[-1].append(Char(" ", last.right, last.bottom, last.right, last.top))
            found[-1] += line
        else:
            found.append(line)
    return found


def _goes_on(before: Line, line: Line) -> bool:
    _, low, right, high = before.box
    left, bottom, _, top = line.box
    shared = min(high, top) - max(low, bottom)
    return left >= right - 1 and left - right < 3 * before.height and shared > 0.6 * min(high - low, top - bottom)


def _jumps(lines: list[Line]) -> int:
    """How often a line stands above the one before it in the same column, or back on the left of it."""
    jumps = 0
    for before, line in pairwise(lines):
        (left, _, right, _), (begin, low, end, high) = before.box, line.box
        across = begin >= right or end <= left
        jumps += low > before.box[3] - 0.5 * before.height or (across and abs(high - before.box[3]) < before.height)
    return jumps


def _parted(lines: list[Line]) -> list[Line]:
    """The lines cut at the gutter between two columns of prose; unchanged where the page has none."""
    gutter = _gutter(lines)
    if gutter is None:
        return lines
    parted: list[Line] = []
    for line in lines:
        left = [char for char in line.chars if char.right <= gutter + 1]
        right = [char for char in line.chars if char.right > gutter + 1]
        ink = [char for char in right if char.sign.strip()]
        if left and ink and min(char.left for char in ink) >= gutter - 1:
            parted += [Line(left), Line(right[right.index(ink[0]) :])]
        else:
            parted.append(line)
    return [line for line in parted if _inked(line.chars)]


def _gutter(lines: list[Line]) -> float | None:
    """Where the right one of two columns of prose begins: a left edge that many lines or pieces of lines share."""
    starts: dict[int, int] = {}
    for line in lines:
        edges = {round(line.box[0])}
        before = None
        for char in line.chars:
            if before and char.sign.strip() and char.left - before.right > 0.8 * line.height:
                edges.add(round(char.left))
            before = char if char.sign.strip() else before
        for edge in edges:
            starts[edge] = starts.get(edge, 0) + 1
    common = sorted(edge for edge, count in starts.items() if count >= max(6, 0.3 * len(lines)))
    if len(common) < 2 or common[-1] - common[0] < 100:
        return None
    gutter = common[-1] - 2.0
    right = [line for line in lines if line.box[2] > gutter + 20]
    long = [line for line in right if sum(char.left > gutter and bool(char.sign.strip()) for char in line.chars) > 20]
    return gutter if len(long) > 0.5 * len(right) else None


def _by_columns(lines: list[Line]) -> list[Line]:
    """The left column before the right one, between lines that run over both."""
    gutter = _gutter(lines)
    if gutter is None:
        return sorted(lines, key=lambda line: (-round(line.box[3] / 3), line.box[0]))
    ordered: list[Line] = []
    left: list[Line] = []
    right: list[Line] = []
    for line in sorted(lines, key=lambda line: -line.box[3]):
        begin, _, end, _ = line.box
        if begin < gutter - 10 and end > gutter + 10:
            ordered += [*left, *right, line]
            left, right = [], []
        else:
            (left if begin < gutter - 10 else right).append(line)
    return [*ordered, *left, *right]


def links_of(document: pdfium.PdfDocument, page: pdfium.PdfPage, frame: Frame) -> Iterator[tuple[Box, str]]:
    """The places on a page that lead to web addresses, with these."""
    position, link, box = ctypes.c_int(0), raw.FPDF_LINK(), raw.FS_RECTF()
    while raw.FPDFLink_Enumerate(page, ctypes.byref(position), ctypes.byref(link)):
        action = raw.FPDFLink_GetAction(link)
        if not action or raw.FPDFAction_GetType(action) != raw.PDFACTION_URI:
            continue
        size = raw.FPDFAction_GetURIPath(document, action, None, 0)
        if not 1 < size < 4096 or not raw.FPDFLink_GetAnnotRect(link, ctypes.byref(box)):
            continue
        buffer = ctypes.create_string_buffer(size)
        raw.FPDFAction_GetURIPath(document, action, buffer, size)
        low, high = sorted((box.bottom, box.top))
        yield frame.turned((box.left, low, box.right, high)), buffer.value.decode("utf-8", "replace")
