"""OpenDocument text (ODT, ISO/IEC 26300): headers, body, tables row by row, text boxes, notes, links; deleted text stays out.

The place of a text is the number of its paragraph, counted from 1 as it is read.
"""

from __future__ import annotations

from lxml import etree

from graph.model import Document, Span
from graph.read.archive import Archive
from graph.read.draft import Draft, told
from graph.read.errors import ReadError
from graph.read.links import linked
from graph.read.trees import flat, local, parse

_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_PAGES = ("", "-first", "-left")
"""The pages that may have a header and a footer of their own."""
_HREF = "{http://www.w3.org/1999/xlink}href"
_GONE = frozenset(["tracked-changes", "annotation", "sequence-decls", "table-of-content-source", "shapes"])


def read_odt(name: str, data: bytes) -> Document:
    """The document in an ODT file. Raises ReadError."""
    archive = Archive(name, data)
    archive.whole()
    if "content.xml" not in archive:
        raise ReadError(name, "the file is no OpenDocument text: it has no part content.xml")
    if "META-INF/manifest.xml" in archive and b"encryption-data" in archive.part("META-INF/manifest.xml"):
        raise ReadError(name, "the file is locked with a password")
    reader = _Reader()
    styles = parse(name, archive.part("styles.xml")) if "styles.xml" in archive else None
    reader.margins(styles, "header")
    reader.block(parse(name, archive.part("content.xml")), reader.draft)
    reader.margins(styles, "footer")
    found = {}
    if "meta.xml" in archive:
        found = {local(each): flat(each) for each in parse(name, archive.part("meta.xml")).iter()}
    metadata = told(title=found.get("title"), subject=found.get("subject"), made=found.get("date"))
    return reader.draft.document(name, data, "odt", metadata)


class _Reader:
    """One document on its way into a draft."""

    def __init__(self) -> None:
        self.draft, self.count, self.notes = Draft(), 0, 0

    def margins(self, styles: etree._Element | None, kind: str) -> None:
        """The headers or footers of the pages, each line once however many pages bear it."""
        said: set[str] = set()
        for margin in styles.iter(*(f"{_STYLE}{kind}{page}" for page in _PAGES)) if styles is not None else ():
            for paragraph in margin.iter(f"{_TEXT}p", f"{_TEXT}h"):
                # paragraphs inside a text box are read with the paragraph that anchors it
                nested = any(local(parent) == "text-box" for parent in paragraph.iterancestors())
                if not nested and (text := flat(paragraph)) and text not in said:
                    said.add(text)
                    self.draft.place("letterhead" if local(margin) == "header-first" else kind)
                    self._inline(paragraph, self.draft)
                    self.draft.paragraph()

    def block(self, element: etree._Element, draft: Draft) -> None:
        """Paragraphs, headings and tables, also within lists and sections."""
        for child in element:
            name = local(child)
            if name in ("p", "h"):
                self._mark_place(draft)
                self._inline(child, draft)
                draft.paragraph()
            elif name == "table-row":
                self._row(child, draft)
            elif name not in _GONE:
                self.block(child, draft)

    def _mark_place(self, draft: Draft) -> None:
        if draft is self.draft:
            self.count += 1
            draft.place(f"paragraph {self.count}")

    def _row(self, row: etree._Element, draft: Draft) -> None:
        cells = [cell for cell in row if local(cell) == "table-cell"]
        if any(len(cell) > 1 or (len(cell) and local(cell[0]) not in ("p", "h")) for cell in cells):
            for cell in cells:
                self.block(cell, draft)
            return
        for index, cell in enumerate(cells):
            if index:
                draft.cell()
            for paragraph in cell:
                self._mark_place(draft)
                self._inline(paragraph, draft)
        draft.line() if row.getnext() is not None else draft.paragraph()

    def _inline(self, element: etree._Element, draft: Draft) -> None:
        boxes: list[etree._Element] = []
        self._runs(element, draft, boxes)
        for box in boxes:
            draft.line()
            self.block(box, draft)

    def _runs(self, element: etree._Element, draft: Draft, boxes: list[etree._Element]) -> None:
        draft.words(element.text or "")
        for child in element:
            name = local(child)
            if name == "s":
                draft.words(" ")
            elif name == "tab":
                draft.cell()
            elif name == "line-break":
                draft.line()
            elif name == "note":
                self._note(child, draft)
            elif name == "text-box":
                boxes.append(child)
            elif name == "a":
                start = draft.here()
                self._runs(child, draft, boxes)
                draft.give(linked(child.get(_HREF), Span(start, draft.length)))
            elif name not in _GONE:
                self._runs(child, draft, boxes)
            draft.words(child.tail or "")

    def _note(self, note: etree._Element, draft: Draft) -> None:
        self.notes += 1
        content = Draft()
        content.place(f"note {self.notes}")
        body = note.find(f"{_TEXT}note-body")
        if body is not None:
            self.block(body, content)
        draft.note(self.notes, content)
