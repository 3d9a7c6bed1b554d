"""Word (DOCX, ECMA-376): headers, body, tables row by row, text boxes, notes, links; tracked changes as accepted.

Headers of the first page come before the body; those of following pages come after it, as footers do.

Numbers that Word gives to the paragraphs of a list are written out, since papers refer to them ("vraag 3"). The place of a
text is the number of its paragraph in the body, counted from 1 as it is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from lxml import etree

from graph.model import Document, Span
from graph.read.archive import Archive
from graph.read.draft import Draft, told
from graph.read.errors import ReadError
from graph.read.links import linked
from graph.read.numbering import Numbering
from graph.read.trees import flat, local, parse

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_GONE = frozenset(["del", "moveFrom", "delText", "instrText", "rPr", "pPr", "sectPr", "tblPr", "tcPr", "trPr"])
"""Elements without text that is read: deleted or moved text and settings."""
_FIELD_LINK = re.compile(r'HYPERLINK\s+"([^"]+)"')


def read_docx(name: str, data: bytes) -> Document:
    """The document in a DOCX file. Raises ReadError."""
    archive = Archive(name, data)
    archive.whole()
    if "word/document.xml" not in archive:
        raise ReadError(name, "the file is no Word document: it has no part word/document.xml")
    reader = _Reader(archive)
    return reader.draft.document(name, data, "docx", reader.metadata())


def _alternative(element: etree._Element) -> etree._Element | None:
    """Return the one branch of mc:AlternateContent to read: the first that has text."""
    return next((branch for branch in element if flat(branch)), None)


def _visible(paragraph: etree._Element) -> str:
    """Return the text of a paragraph, with one branch only of each mc:AlternateContent."""
    words: list[str] = []
    waiting = [paragraph]
    while waiting:
        element = waiting.pop()
        words.append(element.text or "" if local(element) == "t" else " ")
        branches = [_alternative(element)] if local(element) == "AlternateContent" else list(element)
        waiting += reversed([branch for branch in branches if branch is not None])
    return " ".join("".join(words).split())


class _Margins:
    """Header and footer parts of a document, by the pages that show them (ECMA-376 part 1, 17.10)."""

    def __init__(self, body: etree._Element, targets: Mapping[str, str], parts: Iterable[str]) -> None:
        """Sort the parts.

        Args:
            body: root of the document part, whose first section decides what the first page shows.
            targets: the relationships of the document part.
            parts: the names of all parts of the file.
        """
        names = sorted(parts)
        headers = [part for part in names if re.fullmatch(r"word/header[0-9]*\.xml", part)]
        section = next(body.iter(f"{W}sectPr"), None)
        shown: dict[str, str] = {}
        for reference in section.iter(f"{W}headerReference") if section is not None else ():
            target = targets.get(reference.get(_RELATION, ""), "")
            shown[reference.get(f"{W}type", "default")] = f"word/{target.rpartition('/')[2]}"
        title = section.find(f"{W}titlePg") if section is not None else None
        titled = title is not None and title.get(f"{W}val", "1") not in ("0", "false", "off")
        self.letterhead = tuple(part for part in headers if titled and part == shown.get("first"))
        """The header of the first page only."""
        unsaid = not shown and not titled
        self.first = () if titled else tuple(part for part in headers if unsaid or part == shown.get("default"))
        """The header of all pages, the first one too."""
        self.following = tuple(part for part in headers if part not in (*self.letterhead, *self.first))
        """Headers that the first page does not show."""
        self.footers = tuple(part for part in names if re.fullmatch(r"word/footer[0-9]*\.xml", part))


class _Reader:
    """One document on its way into a draft."""

    def __init__(self, archive: Archive) -> None:
        self.archive, self.draft, self.count = archive, Draft(), 0
        self.links: Mapping[str, str] = {}
        body = self._root("word/document.xml")
        assert body is not None
        self.numbering = Numbering(self._root("word/numbering.xml"), self._root("word/styles.xml"))
        self.notes = {kind: self._notes(f"word/{kind}s.xml", kind) for kind in ("footnote", "endnote")}
        self.note_number = 0
        margins = _Margins(body, self._targets("word/document.xml"), self.archive)
        said: set[str] = set()
        self._margin_parts(margins.letterhead, "letterhead", said)
        self._margin_parts(margins.first, "header", said)
        self._enter("word/document.xml")
        self._block(body, self.draft)
        self.draft.paragraph()
        self._margin_parts(margins.following, "header", said)
        self._margin_parts(margins.footers, "footer", set())

    def metadata(self) -> dict[str, str]:
        """Title, subject and days of the properties of the file."""
        core = self._root("docProps/core.xml")
        found = {} if core is None else {local(child): flat(child) for child in core}
        return told(title=found.get("title"), subject=found.get("subject"), made=found.get("modified"))

    def _root(self, part: str) -> etree._Element | None:
        if part not in self.archive:
            return None
        plain = self.archive.part(part).replace(_STRICT, W[1:-1].encode())
        return parse(self.archive.name, plain)

    def _targets(self, part: str) -> dict[str, str]:
        """Return the targets of the relationships of a part, by their ids."""
        folder, _, file = part.rpartition("/")
        relations = self._root(f"{folder}/_rels/{file}.rels")
        return {} if relations is None else {each.get("Id", ""): each.get("Target", "") for each in relations}

    def _enter(self, part: str) -> None:
        """Take the link targets of a part."""
        self.links = self._targets(part)

    def _notes(self, part: str, kind: str) -> dict[str, etree._Element]:
        root = self._root(part)
        if root is None:
            return {}
        # separators are kept among the notes
        return {note.get(f"{W}id", ""): note for note in root if note.get(f"{W}type") in (None, "normal")}

    def _margin_parts(self, parts: tuple[str, ...], place: str, said: set[str]) -> None:
        """Read headers or footers, each paragraph once however many parts repeat it."""
        for part in parts:
            self._enter(part)
            root = self._root(part)
            for paragraph in root.iter(f"{W}p") if root is not None else ():
                # paragraphs inside a text box are read with the paragraph that anchors it
                if next(paragraph.iterancestors(f"{W}txbxContent"), None) is not None:
                    continue
                text = _visible(paragraph)
                if text and text not in said:
                    said.add(text)
                    self.draft.place(place)
                    self._inline(paragraph, self.draft)
                    self.draft.paragraph()

    def _block(self, element: etree._Element, draft: Draft) -> None:
        """Paragraphs and tables, also within content controls and insertions."""
        for child in element:
            name = local(child)
            if name == "p":
                self._paragraph(child, draft)
            elif name == "tbl":
                self._table(child, draft)
            elif name == "AlternateContent":
                if (shown := _alternative(child)) is not None:
                    self._block(shown, draft)
            elif name not in _GONE:
                self._block(child, draft)

    def _paragraph(self, element: etree._Element, draft: Draft) -> None:
        if draft is self.draft:
            self.count += 1
            draft.place(f"paragraph {self.count}")
        if number := self.numbering.next(element):
            draft.words(f"{number} ")
        self._inline(element, draft)
        draft.paragraph()

    def _table(self, element: etree._Element, draft: Draft) -> None:
        """Row by row, the cells of a row on one line where each is one paragraph."""
        for row in element.iter(f"{W}tr"):
            if next(row.iterancestors(f"{W}tbl")) is not element:
                continue
            cells = [cell for cell in row.iter(f"{W}tc") if next(cell.iterancestors(f"{W}tr")) is row]
            if all(len([p for p in cell.iter(f"{W}p") if flat(p)]) < 2 for cell in cells):
                for index, cell in enumerate(cells):
                    if index:
                        draft.cell()
                    self._cell(cell, draft)
                draft.paragraph() if row.getnext() is None else draft.line()
            else:
                for cell in cells:
                    self._block(cell, draft)

    def _cell(self, cell: etree._Element, draft: Draft) -> None:
        for paragraph in cell.iter(f"{W}p"):
            if draft is self.draft:
                self.count += 1
                draft.place(f"paragraph {self.count}")
            self._inline(paragraph, draft)

    def _inline(self, element: etree._Element, draft: Draft) -> None:
        """The runs of a paragraph."""
        boxes: list[etree._Element] = []
        self._runs(element, draft, boxes, [])
        for box in boxes:
            draft.line()
            self._block(box, draft)

    def _runs(
        self, element: etree._Element, draft: Draft, boxes: list[etree._Element], fields: list[tuple[str, int]]
    ) -> None:
        for child in element:
            name = local(child)
            if name == "t":
                draft.words(child.text or "")
            elif name in ("tab", "ptab"):
                draft.cell()
            elif name in ("br", "cr"):
                draft.line()
            elif name == "noBreakHyphen":
                draft.words("-")
            elif name == "softHyphen":
                draft.words("\u00ad")
            elif name in ("footnoteReference", "endnoteReference"):
                self._note(child, name.removesuffix("Reference"), draft)
            elif name == "hyperlink":
                start = draft.here()
                self._runs(child, draft, boxes, fields)
                draft.give(linked(self.links.get(child.get(_RELATION, "")), Span(start, draft.length)))
            elif name == "fldSimple" and (target := _FIELD_LINK.search(child.get(f"{W}instr", ""))):
                start = draft.here()
                self._runs(child, draft, boxes, fields)
                draft.give(linked(target[1], Span(start, draft.length)))
            elif name in ("instrText", "fldChar"):
                self._field(child, draft, fields)
            elif name == "txbxContent":
                boxes.append(child)
            elif name == "AlternateContent":
                if (shown := _alternative(child)) is not None:
                    self._runs(shown, draft, boxes, fields)
            elif name not in _GONE:
                self._runs(child, draft, boxes, fields)

    def _field(self, element: etree._Element, draft: Draft, fields: list[tuple[str, int]]) -> None:
        """A link that Word keeps as a field: begin, instruction, separate, words, end."""
        step = element.get(f"{W}fldCharType")
        if step == "begin":
            fields.append(("", -1))
        elif fields and step == "separate":
            fields[-1] = (fields[-1][0], draft.here())
        elif fields and step == "end":
            instruction, start = fields.pop()
            if start >= 0 and (target := _FIELD_LINK.search(instruction)):
                draft.give(linked(target[1], Span(start, draft.length)))
        elif fields and step is None:
            fields[-1] = (fields[-1][0] + (element.text or ""), fields[-1][1])

    def _note(self, reference: etree._Element, kind: str, draft: Draft) -> None:
        note = self.notes[kind].pop(reference.get(f"{W}id", ""), None)
        if note is None:
            return
        self.note_number += 1
        content, links = Draft(), self.links
        self._enter(f"word/{kind}s.xml")
        content.place(f"{kind} {self.note_number}")
        self._block(note, content)
        self.links = links
        draft.note(self.note_number, content)
