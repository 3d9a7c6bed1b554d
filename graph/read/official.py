"""Papers as officielebekendmakingen.nl publishes them in XML: Kamerstukken, Handelingen, Kamervragen (op-xsd).

What the publisher marked (`extref`, `dossierref`) becomes a reference with its place; neighbouring marks of one paper
("nr. 169 (30872)", each number marked) are one reference. An element that holds words of its own is a paragraph, whatever its
name, so that no text is lost in elements that are not known here. The place of a text is the path to its element.
"""

from __future__ import annotations

import re

from lxml import etree

from graph.model import Document, Mention, Section, Span
from graph.read.draft import RAISED, Draft, first, told
from graph.read.links import linked
from graph.read.trees import Paths, flat, local

_INLINE = frozenset(
    "nadruk extref intref dossierref naam voornaam achternaam voorvoegsels politiek datum sup inf noot br ondernummer dossiernr "
    "begrotingshoofdstuk rijkswetnr organisatie kamervraagonderwerp term spatie voetref unl lw plaats functie eref letter".split()
)
_GONE = frozenset(["metadata", "meta-data", "colspec", "spanspec"])
_PRINTED = frozenset(["documenttype", "kamernummer"])
"""Lines of the printed heading that the metadata say too; before the own number of the paper they read as a reference."""
_FIELDS = frozenset(["functie", "naam", "plaats", "organisatie"])
"""Parts of a signature, each on a line of its own."""
KINDS = {
    "kst": "kamerstuk", "ah": "aanhangsel", "h": "handelingen", "blg": "bijlage", "stb": "staatsblad", "trb": "tractatenblad",
    "stcrt": "staatscourant",
}  # fmt: skip
"""The front of a number that a publisher gives, and the kind that it is of."""
KNOWN = re.compile(
    r"(?:kst-[0-9]{5}(?:-[0-9A-Za-z()]{1,8}){1,3}|(?:ah|h)-[te]k-[0-9]{8}(?:-[0-9]{1,5}){1,2}|blg-[0-9]{3,8}|(?:stb|trb|stcrt)-[0-9]{4}-[0-9]{1,6})"
)
_DOSSIER = re.compile(r"[0-9]{5}(?:-[0-9A-Z()]{1,8}){0,2}")
_TOGETHER = re.compile(r"[\s,(]{1,4}(?:[nN]rs?\.?\s?)?\(?")
_MONTHS = (
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
)
BY = {"by": "publisher"}
"""The part of a mention that says that the publisher marked it."""


def read_official(name: str, data: bytes, root: etree._Element) -> Document:
    """The document in an official publication. Raises ReadError if it has no text."""
    reader = _Reader()
    reader.block(root)
    return reader.draft.document(name, data, "xml", _metadata(root))


def _metadata(root: etree._Element) -> dict[str, str]:
    """What the head of the file and the markup of the paper tell of it."""
    said: dict[str, list[str]] = {}
    for meta in root.iter("meta"):
        said.setdefault(meta.get("name", ""), []).append(meta.get("content", ""))
    record = re.search(
        r"officielebekendmakingen\.nl/([^/]+)/", " ".join(said.get("OVERHEIDop.externMetadataRecord", []))
    )
    dossier = _dossier(root)
    number = flat(root.find(".//ondernummer"))
    chamber = flat(root.find(".//tekstregel[@inhoud='kamernummer']"))
    made = f"kst-{dossier}-{number}" if dossier and number and local(root.find(".//stuk")) else None
    day = root.find(".//datumtekst//datum[@isodatum]")
    return told(
        identifier=first([*said.get("DC.identifier", []), record[1] if record else None, made]),
        date=first([None if day is None else day.get("isodatum"), *said.get("DCTERMS.issued", []), _meeting_day(root)]),
        title=first([*said.get("OVERHEIDop.documenttitel", []), _title(root), *said.get("DC.title", [])]),
        subject=first(said.get("OVERHEID.category", [])),
        chamber={"1": "ek", "2": "tk"}.get(chamber),
        dossier=dossier,
    )


def _title(root: etree._Element) -> str | None:
    """The title of the dossier and of the paper in it, of the item of a meeting, or the words above questions."""
    dossier, paper = flat(root.find(".//dossier/titel")), flat(root.find(".//stuk/titel"))
    asked = flat(root.find(".//kamervraagonderwerp"))
    return "; ".join(filter(None, (dossier, paper))) or flat(root.find(".//item-titel")) or asked or None


def _dossier(root: etree._Element) -> str | None:
    """The dossier of the paper itself, as "36600-VII"; a number of the Kingdom ("R2188") is no part of it."""
    number = "".join(flat(root.find(".//dossiernummer/dossiernr")).split())
    chapter = "".join(flat(root.find(".//dossiernummer/begrotingshoofdstuk")).split())
    return f"{number}-{chapter}" if number and chapter else number or None


def _meeting_day(root: etree._Element) -> str | None:
    """The day of a meeting, written as "Donderdag 8 februari 2018"."""
    match = re.search(
        rf"([0-9]{{1,2}}) ({'|'.join(_MONTHS)}) ([0-9]{{4}})", flat(root.find(".//vergaderdatum")).lower()
    )
    return f"{match[3]}-{_MONTHS.index(match[2]) + 1:02}-{int(match[1]):02}" if match else None


class _Reader:
    """One publication on its way into a draft."""

    def __init__(self) -> None:
        self.draft, self.paths, self.notes = Draft(), Paths(), 0

    def block(self, element: etree._Element) -> None:
        """An element that is no running text: a paragraph if words stand in it, else what its children are."""
        name = local(element)
        if name in _GONE or not name or element.get("inhoud") in _PRINTED:
            return
        if name == "spreekbeurt":
            self._speech(element)
        elif name == "row":
            self._row(element)
        elif name == "li":
            self._item(element)
        elif name in ("kop", "dossiernummer", "stuknr", "spreker"):
            self._paragraph(element)
        elif name == "ondertekening":
            for field in element:
                self._paragraph(field, closed=False)
            self.draft.paragraph()
        elif self._holds_words(element):
            self._paragraph(element)
        else:
            for child in element:
                self.block(child)

    @staticmethod
    def _holds_words(element: etree._Element) -> bool:
        """Whether an element is a paragraph: it has words of its own, or only parts of running text."""
        if (element.text or "").strip() or any((child.tail or "").strip() for child in element):
            return True
        return len(element) > 0 and all(local(child) in _INLINE for child in element)

    def _paragraph(self, element: etree._Element, closed: bool = True) -> None:
        self.draft.line()
        self.draft.place(self.paths[element])
        self._inline(element, self.draft)
        self.draft.paragraph() if closed else self.draft.line()

    def _item(self, item: etree._Element) -> None:
        """An item of a list with its number before its first words."""
        self.draft.line()
        self.draft.place(self.paths[item])
        for child in item:
            if local(child) == "li.nr":
                self.draft.words(f"{flat(child)} ")
            elif local(child) == "lijst":
                self.draft.line()
                self.block(child)
            else:
                self._inline(child, self.draft)
                self.draft.line()
        self.draft.paragraph() if item.getnext() is None else self.draft.line()

    def _row(self, row: etree._Element) -> None:
        self.draft.line()
        self.draft.place(self.paths[row])
        for index, entry in enumerate(row):
            if index:
                self.draft.cell()
            self._inline(entry, self.draft)
        self.draft.line() if row.getnext() is not None else self.draft.paragraph()

    def _speech(self, speech: etree._Element) -> None:
        """What one speaker says; the speaker is named in markup."""
        self.draft.paragraph()
        start = self.draft.here()
        for child in speech:
            self.block(child)
        self.draft.paragraph()
        end = start + len(self.draft.so_far()[start:].rstrip())
        if end > start:
            self.draft.sections.append(Section("speech", len(self.draft.sections) + 1, (Span(start, end),)))

    def _inline(self, element: etree._Element, draft: Draft) -> None:
        """Running text with what is marked in it."""
        draft.words(element.text or "")
        for child in element:
            name = local(child)
            if name == "noot":
                self._note(child, draft)
            elif name in ("extref", "dossierref", "intref"):
                start = draft.here()
                self._inline(child, draft)
                self._mark(child, Span(start, draft.length), draft)
            elif name == "sup" and (digits := flat(child)).isdecimal():
                draft.words(digits.translate(RAISED))
            elif name in ("br", "spatie"):
                draft.line() if name == "br" else draft.words(" ")
            elif name in _FIELDS and local(element) == "ondertekening":
                draft.line()
                self._inline(child, draft)
            elif name not in _INLINE and name not in _GONE:
                # a block within running text: a list in a paragraph, a paragraph in a cell
                draft.words(" ")
                self._inline(child, draft)
                draft.words(" ")
            elif name not in _GONE:
                self._speaker(child, name, draft)
            draft.words(child.tail or "")

    def _speaker(self, element: etree._Element, name: str, draft: Draft) -> None:
        """A part of running text; the family name of a member who begins to speak is a reference to that member."""
        start = draft.here() if name == "achternaam" else 0
        self._inline(element, draft)
        turn = next(element.iterancestors("spreker"), None) if name == "achternaam" else None
        if turn is not None and turn.find("politiek") is not None:
            said = {**BY, "name": flat(element), "speaks": "1"}
            draft.give(Mention("member", Span(start, draft.length), None, said))

    def _mark(self, element: etree._Element, span: Span, draft: Draft) -> None:
        """A reference that the publisher marked, joined to the one before where both are of one paper."""
        target = (element.get("doc") or element.get("dossier") or "").strip()
        if local(element) == "dossierref" and _DOSSIER.fullmatch(target):
            draft.give(Mention("dossier", span, f"dossier-{target}", BY))
        elif KNOWN.fullmatch(target):
            kind, identity = KINDS[target.partition("-")[0].lower()], target
            before = draft.given[-1] if draft.given else None
            if before and before.id == identity and _TOGETHER.fullmatch(draft.so_far()[before.span.end : span.start]):
                draft.given.pop()
                span = Span(before.span.start, span.end)
            parts = {**BY, "dossier": identity.removeprefix("kst-").rpartition("-")[0]} if kind == "kamerstuk" else BY
            draft.give(Mention(kind, span, identity, parts))
        elif element.get("soort") == "URL" or target.startswith(("http://", "https://", "www.")):
            address = target if "://" in target else f"https://{target}"
            draft.give(linked(address, span))

    def _note(self, note: etree._Element, draft: Draft) -> None:
        content, outer = Draft(), self.draft
        self.notes += 1
        label = flat(note.find("noot.nr"))
        content.place(self.paths[note])
        self.draft = content
        for child in note:
            if local(child) != "noot.nr":
                self.block(child) if local(child) == "noot.lijst" else self._paragraph(child)
        self.draft = outer
        draft.note(int(label) if re.fullmatch("[0-9]{1,3}", label) else self.notes, content)
