"""What stands at the edges of the pages of a PDF: heads and feet that return, and notes."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from graph.read.pdfpage import Line

NOTE_HEAD = re.compile(r"^([0-9]{1,3}|[⁰¹²³⁴-⁹]{1,3})(?:[\s)]|(?=[A-Z«\"‘“(]|http|www))")
"""The number before the words of a note."""
RAISED_RUN = re.compile("[⁰¹²³⁴-⁹]{1,3}")
"""The mark of a note."""
DIGITS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
"""Raised digits to digits."""
_PAGE_NUMBER = re.compile(
    r"(?:P ?agina|Page|Blad|pag\.)\s*[0-9 ]{1,4}(?:\s*(?:van|of|/)\s*[0-9 ]{1,4})?", re.IGNORECASE
)
_MARGIN = 0.12
"""Running heads and feet stand in this part of the page at its top and bottom."""
_NOTE_SIZE = 0.93
"""Notes are set smaller than so much of the body."""


@dataclass(slots=True)
class Page:
    """A page taken apart: its body in order, and its notes by their number."""

    number: int
    height: float
    lines: list[Line]
    links: list[tuple[tuple[float, float, float, float], str]]
    notes: dict[int, list[Line]] = field(default_factory=dict)


def take_running(pages: list[Page]) -> list[str]:
    """Take out of the pages what returns on them at one height in the margins; each such line once."""
    seen: Counter[tuple[str, int]] = Counter()
    for page in pages:
        seen.update({_where(line) for line in page.lines if _in_margin(line, page)})
    enough = max(2, len(pages) // 3)
    running: dict[str, None] = {}
    for page in pages:
        kept = []
        for line in page.lines:
            returns = seen[_where(line)] >= enough or _PAGE_NUMBER.fullmatch(line.text)
            if returns and _in_margin(line, page):
                running.setdefault(line.text)
            else:
                kept.append(line)
        page.lines = kept
    return list(running)


def _in_margin(line: Line, page: Page) -> bool:
    _, bottom, _, top = line.box
    return top < _MARGIN * page.height or bottom > (1 - _MARGIN) * page.height


def _where(line: Line) -> tuple[str, int]:
    """A line without its numbers, and its height on the page."""
    return re.sub("[0-9]+", "#", "".join(line.text.split())), round(line.box[1] / 10)


def take_notes(pages: list[Page]) -> None:
    """Take the notes at the feet of pages and columns out of them, where their marks stand on the page.

    A note is set smaller than the body, begins with the number of a mark, and goes on over lines of its own size below it.
    """
    sizes = Counter(round(line.height, 1) for page in pages for line in page.lines for _ in line.chars)
    body = sizes.most_common(1)[0][0]
    for page in pages:
        # a raised number at the front of a line is that of a note, not a mark
        marks = {int(mark.translate(DIGITS)) for line in page.lines for mark in RAISED_RUN.findall(line.text[1:])}
        kept: list[Line] = []
        note: list[Line] = []
        for line in page.lines:
            head = NOTE_HEAD.match(line.text) if line.height < _NOTE_SIZE * body else None
            number = int(head[1].translate(DIGITS)) if head else 0
            if number in marks and number not in page.notes and number > max(page.notes, default=0):
                note = page.notes[number] = [line]
            elif note and _goes_on_below(note[-1], line):
                note.append(line)
            else:
                note = []
                kept.append(line)
        page.lines = kept


def _goes_on_below(before: Line, line: Line) -> bool:
    """Whether a line is the next one of a note: of its size, right below it, not far to the side."""
    (left, bottom, _, _), (begin, _, _, top) = before.box, line.box
    near = -0.5 * line.height < bottom - top < line.height and abs(begin - left) < 4 * line.height
    return near and abs(line.height - before.height) < 0.06 * before.height
