"""What stands at the edges of the pages of a PDF: heads and feet that return, and notes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from graph.read.pdfpage import Box, Line

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
_NOTE_SIZE, _FINE_PRINT = 0.93, 0.8
"""Notes are set smaller than so much of the body, the imprint of a paper ("ISSN") than so much."""
_SMALLER = 0.95
"""A line smaller than so much of the body is no line of it."""
_APART = 1.5
"""So many heights of a line are between it and the text where it is a head or a foot."""
_NUMBER = re.compile("(?<![0-9])[0-9]{1,5}(?![0-9])")


_Key = tuple[str, bool, int]
"""The words of a line, whether a number in them is left out since it counts the pages, and the height on the page."""


@dataclass(slots=True)
class Page:
    """A page taken apart: its body in order, and its notes by their number."""

    number: int
    height: float
    lines: list[Line]
    links: list[tuple[Box, str]]
    notes: dict[int, list[Line]] = field(default_factory=dict)


@dataclass(slots=True)
class _Edge:
    """The lines in the margins of a page, and those that certainly and perhaps return on other pages."""

    lines: list[Line]
    taken: list[Line] = field(default_factory=list)
    returning: list[Line] = field(default_factory=list)


def take_running(pages: list[Page]) -> list[str]:
    """Take out of the pages what returns on them at one height in the margins; each such line once.

    A number in it may count the pages. A heading with a number ("Antwoord 4") may do so by chance, so a line that changes from
    page to page is one of these only where it stands apart from the text. A sentence may begin two pages by chance, so a line
    in the size of the body must stand apart from the text on one of its pages. Where most pages would lose all that they have,
    as an agenda with one item a page, nothing but page numbers is taken.
    """
    body = _body_size(pages)
    seen: Counter[_Key] = Counter()
    for page in pages:
        seen.update({key for line in page.lines if _in_margin(line, page) for key in _keys(line, page)})
    enough = max(2, len(pages) // 3)
    edges: list[_Edge] = []
    apart: set[_Key] = set()
    for page in pages:
        edge = _Edge([line for line in page.lines if _in_margin(line, page)])
        edge.taken = [line for line in edge.lines if _PAGE_NUMBER.fullmatch(line.text)]
        for line in edge.lines:
            same = max(seen[key] for key in _still(line, page))
            if same >= enough and line.height < _SMALLER * body:
                edge.taken.append(line)
            elif any(seen[key] >= enough for key in _keys(line, page)):
                edge.returning.append(line)
        text = [line for line in page.lines if line not in edge.taken and line not in edge.returning]
        alone = _alone(edge.returning, text) if text else []
        apart.update(key for line in alone for key in _still(line, page) if seen[key] >= enough)
        edge.taken += alone
        edges.append(edge)
    for page, edge in zip(pages, edges, strict=True):
        edge.taken += [line for line in edge.returning if not apart.isdisjoint(_still(line, page))]
        edge.taken += _beside(edge.taken, [line for line in edge.lines if line.height < _FINE_PRINT * body])
    bared = sum(
        bool(page.lines) and all(line in edge.taken for line in page.lines)
        for page, edge in zip(pages, edges, strict=True)
    )
    running: dict[str, None] = {}
    for page, edge in zip(pages, edges, strict=True):
        if 2 * bared > len(pages):
            edge.taken = [line for line in edge.lines if _PAGE_NUMBER.fullmatch(line.text)]
        running |= dict.fromkeys(line.text for line in page.lines if line in edge.taken)
        page.lines = [line for line in page.lines if line not in edge.taken]
    return list(running)


def _alone(lines: list[Line], text: list[Line]) -> list[Line]:
    """Return the lines that neither stand at the text nor at lines that do."""
    alone, touching = list(lines), text
    while touching:
        near = [line for line in alone if not all(_apart(line, other) for other in touching)]
        alone, touching = [line for line in alone if line not in near], near
    return alone


def _still(line: Line, page: Page) -> list[_Key]:
    """Return the keys of a line that count no pages."""
    return [key for key in _keys(line, page) if not key[1]]


def _in_margin(line: Line, page: Page) -> bool:
    _, bottom, _, top = line.box
    return top < _MARGIN * page.height or bottom > (1 - _MARGIN) * page.height


def _keys(line: Line, page: Page) -> Iterator[_Key]:
    """What a line shares with those that return with it: its longest cell and its height on the page.

    Once as it is and, for a number that counts the pages or, where two are printed on one, their pairs, without the count.
    """
    words = "".join(max(line.text.split("\t"), key=len).split())
    numbers = list(_NUMBER.finditer(words))
    ways = {(words, False)}
    for number in (*numbers[:1], *numbers[-1:]):
        for step in (1, 2):
            rest = f"{words[: number.start()]}#{step}#{int(number[0]) - step * page.number}{words[number.end() :]}"
            ways.add((rest, True))
    for way, counts in ways:
        # two grids of heights, so that none falls between two squares
        yield way, counts, round(line.box[1] / 10)
        yield way, counts, -1 - int(line.box[1] / 10)


def _apart(line: Line, other: Line) -> bool:
    """Whether more than the space between two paragraphs is between two lines, from above to below."""
    return max(line.box[1] - other.box[3], other.box[1] - line.box[3]) > _APART * line.height


def _beside(taken: list[Line], fine: list[Line]) -> list[Line]:
    """Fine print on the height of a running line, and what is printed right above it in the same size."""
    found: list[Line] = []
    for line in sorted(fine, key=lambda line: line.box[1]):
        (_, bottom, _, top) = line.box
        level = any(other.box[1] < top and bottom < other.box[3] for other in taken)
        if line not in taken and (level or any(0 <= top - other.box[3] < 2 * line.height for other in found)):
            found.append(line)
    return found


def _body_size(pages: list[Page]) -> float:
    """The height in which most of the paper is set; 0 where it has no lines."""
    sizes = Counter(round(line.height, 1) for page in pages for line in page.lines for _ in line.chars)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def take_notes(pages: list[Page]) -> None:
    """Take the notes at the feet of pages and columns out of them, where their marks stand on the page.

    A note is set smaller than the body, begins with the number of a mark, and goes on over lines of its own size below it.
    """
    body = _body_size(pages)
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
