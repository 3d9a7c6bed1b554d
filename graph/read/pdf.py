"""PDF by PDFium: lines in the order of reading, without what is printed on every page, notes behind their paragraph.

Heads and feet that return on the pages are left out; `running` in the metadata holds each of them once, since the number of
the paper may stand there alone. A word that is broken at a line end is joined where the whole word stands elsewhere in the
paper; all others stay as they are printed. The place of a text is its page and box, in points from the lower left corner of the page as
one turns it to read its text.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from graph.model import Document, Span
from graph.read.draft import Draft, told
from graph.read.errors import ReadError
from graph.read.links import linked
from graph.read.pdfmargins import DIGITS, NOTE_HEAD, RAISED_RUN, Page, take_notes, take_running
from graph.read.pdfpage import HYPHENS, Char, Line, layout_of, links_of

_BREAK = re.compile(rf"(?<![a-zà-ÿ])[a-zà-ÿ]{{2,}}+[{HYPHENS}]$")
_SENTENCE_END = re.compile(r"[.?!:;»”\"')\]⁰¹²³⁴-⁹]$")
_JUNK_TITLE = re.compile(
    r"\A(?:none|untitled|microsoft word.*+|.*\.(?:docx?|pdf|indd|xlsx?)|[\W\d_]*+|logo\b.*+|.*?\s{4}.*+)\Z",
    re.IGNORECASE | re.DOTALL,
)
_PARAGRAPH_GAP = 1.45
"""A step of so many usual ones to the next line begins a paragraph."""

_DAMAGED = "the PDF is damaged: it is cut off, or the list of its objects cannot be read"
_REASONS = {
    raw.FPDF_ERR_PASSWORD: "the PDF is locked with a password; save it without one",
    raw.FPDF_ERR_SECURITY: "the PDF is encrypted in a way that PDFium does not know; save it without encryption",
}
"""Meaning of the error codes of PDFium, which gives the code of success to some damaged files."""


def read_pdf(name: str, data: bytes) -> Document:
    """The document in a PDF file. Raises ReadError, also for one that has pictures of text only."""
    try:
        pdf = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        raise ReadError(name, _REASONS.get(error.err_code, _DAMAGED)) from error
    try:
        pages, unread = _pages(pdf)
        metadata = _metadata(pdf)
        count = len(pdf)
    finally:
        pdf.close()
    if not count:
        raise ReadError(name, "the PDF has no pages")
    if not pages:
        raise ReadError(name, f"the PDF is damaged: none of its {count} pages can be read")
    empty = [page.number for page in pages if not page.lines]
    if len(empty) == len(pages):
        raise ReadError(name, f"the PDF has no text on its {count} pages (scanned?)")
    running = take_running(pages)
    take_notes(pages)
    draft = Draft()
    _Writer(draft, pages).write()
    metadata |= {"pages": str(count), "running": "\n".join(running), "left_out": str(sum(map(len, running)) or "")}
    metadata |= {"pages_without_text": " ".join(map(str, empty)), "pages_unread": " ".join(map(str, unread))}
    return draft.document(name, data, "pdf", metadata)


def _pages(pdf: pdfium.PdfDocument) -> tuple[list[Page], list[int]]:
    pages, unread = [], []
    for index in range(len(pdf)):
        try:
            page = pdf[index]
            lines, frame = layout_of(page)
            pages.append(Page(index + 1, frame.height, lines, list(links_of(pdf, page, frame))))
            page.close()
        except pdfium.PdfiumError:
            unread.append(index + 1)
    return pages, unread


def _metadata(pdf: pdfium.PdfDocument) -> dict[str, str]:
    try:
        said = pdf.get_metadata_dict(skip_empty=True)
    except UnicodeDecodeError:  # half a character in damaged metadata
        said = {}
    made = re.match(r"D:([0-9]{4})([0-9]{2})([0-9]{2})", said.get("ModDate") or said.get("CreationDate") or "")
    title = said.get("Title", "").strip()
    return told(
        title=None if _JUNK_TITLE.fullmatch(title) else title,
        subject=said.get("Subject"),
        made=f"{made[1]}-{made[2]}-{made[3]}" if made else None,
    )


class _Writer:
    """Writes pages into a draft and keeps the offsets of their signs for the links."""

    def __init__(self, draft: Draft, pages: list[Page]) -> None:
        self.draft, self.pages = draft, pages
        self.mending: Draft | None = None
        self.words = Counter(
            word
            for page in pages
            for line in page.lines
            for word in re.findall(r"[a-zà-ÿ]{3,}(?![a-zà-ÿ-])", line.text.lower())
        )

    def write(self) -> None:
        """All pages; a paragraph goes on over the end of a page that does not end with a sentence."""
        for page, after in zip(self.pages, [*self.pages[1:], None], strict=True):
            placed: list[tuple[int, Char]] = []
            step = _usual_step(page.lines)
            for line, then in zip(page.lines, [*page.lines[1:], None], strict=False):
                first = after.lines[0] if after and after.lines else None
                if self._line(self.draft, line, then or first, page, placed):
                    continue
                down = line.box[1] - then.box[1] if then else 0
                if down > _PARAGRAPH_GAP * step or (not then and _SENTENCE_END.search(line.text)):
                    self.draft.paragraph()
                else:
                    self.draft.line()
            self._give(self.draft, page, placed)
        self.draft.paragraph()

    def _line(self, draft: Draft, line: Line, then: Line | None, page: Page, placed: list[tuple[int, Char]]) -> bool:
        """Write a line; whether its last word goes on in the next, which then begins anew behind that word."""
        left, bottom, right, top = (round(each) for each in line.box)
        draft.place(f"page {page.number}, box {left} {bottom} {right} {top}")
        mends, joins = self.mending is draft, then is not None and self._joins(line.text, then.text)
        self.mending = draft if joins else None
        signs = line.signs.copy()
        if joins:
            signs.pop()
        index = 0
        while index < len(signs):
            sign, char = signs[index]
            raised = _raised_from(signs, index)
            number = int(raised.translate(DIGITS)) if raised else 0
            if number in page.notes and draft is self.draft:
                draft.note(number, self._note(page, number))
                index += len(raised)
                continue
            if mends and sign == " ":
                draft.line()
                mends = False
            else:
                placed.append((draft.length, char))
                draft.exact(sign)
            index += 1
        return joins

    def _joins(self, text: str, after: str) -> bool:
        """Whether a word is broken at a line end, by a soft hyphen, or so that the whole word stands elsewhere."""
        if text.endswith("\u00ad"):
            return True
        begin, end = _BREAK.search(text), re.match("[a-zà-ÿ]+", after)
        return bool(begin and end) and self.words[(begin[0][:-1] + end[0]).lower()] > 0 if begin and end else False

    def _note(self, page: Page, number: int) -> Draft:
        """The words of a note, without its number."""
        content, placed = Draft(), list[tuple[int, Char]]()
        lines = page.notes.pop(number)
        for line, then in zip(lines, [*lines[1:], None], strict=True):
            if line is lines[0]:
                line = _without_number(line)
            if not self._line(content, line, then, page, placed):
                content.line()
        self._give(content, page, placed)
        return content

    def _give(self, draft: Draft, page: Page, placed: list[tuple[int, Char]]) -> None:
        """The links of a page as references of the words that stand in their boxes."""
        before: tuple[str, Span] | None = None
        for box, target in page.links:
            left, low, right, high = box
            inside = [
                offset for offset, char in placed
                if left - 1 <= (char.left + char.right) / 2 <= right + 1 and low - 1 <= (char.bottom + char.top) / 2 <= high + 1 and char.sign.strip()
            ]  # fmt: skip
            if not inside:
                continue
            span = Span(min(inside), max(inside) + 1)
            if before and before[0] == target and 0 <= span.start - before[1].end < 4:
                draft.given.pop()
                span = Span(before[1].start, span.end)
            mention = linked(target, span)
            draft.give(mention)
            before = (target, span) if mention else None


def _raised_from(signs: list[tuple[str, Char]], index: int) -> str:
    """The run of raised digits that begins at an index; empty in the middle of one."""
    if index and RAISED_RUN.fullmatch(signs[index - 1][0]):
        return ""
    found = ""
    while index < len(signs) and RAISED_RUN.fullmatch(signs[index][0]) and len(found) < 3:
        found += signs[index][0]
        index += 1
    return found


def _without_number(line: Line) -> Line:
    head = NOTE_HEAD.match(line.text)
    left = len(head[1]) if head else 0
    chars = [char for char in line.chars if char.sign.strip()]
    return Line(line.chars[line.chars.index(chars[left]) :]) if left and len(chars) > left else line


def _usual_step(lines: list[Line]) -> float:
    """The usual way down from one line to the next."""
    steps = Counter(round(before.box[1] - line.box[1]) for before, line in pairwise(lines))
    usual = [(count, step) for step, count in steps.items() if 4 < step < 40]
    return float(max(usual)[1]) if usual else 14.0
