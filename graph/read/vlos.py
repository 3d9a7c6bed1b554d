"""Reports of meetings as the Tweede Kamer keeps them (VLOS, vergaderverslag v1.0): speeches with who spoke, by id.

An item of an agenda of which nothing was said, as in procedure meetings, is written from its record: title, subject, cases, decisions.
These reports are uncorrected drafts; `status` in the metadata says so. A paper that the report marks by dossier and number is
a reference by the publisher. The address of the paper is made from the id of the meeting, which all versions of its report share.
"""

from __future__ import annotations

import re

from lxml import etree

from graph.model import Document, Mention, Section, Span
from graph.read.draft import Draft, told
from graph.read.official import BY
from graph.read.trees import Paths, flat, local
from ontology.terms import BASE

_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_DOSSIER = re.compile(r"([0-9]{2}) ?([0-9]{3})(?:[ -]?\(?([IVX]{1,6}|[A-Z]|[0-9]{2})\)?)?")
_TECHNICAL = re.compile(
    r"(?:markeertijd.*|.*tijd|is[a-z]+|parlisid|sequeel|voortzetting|category|datum|vergaderjaar|vergaderingnummer|zaal|sluiting)"
)
"""Fields of a record that are settings of the program that writes it, not words of the agenda."""
_RECORDED = ("activiteit", "activiteithoofd", "activiteitdeel", "activiteititem", "zaken", "besluiten")
_NEAR = 20_000
"""Characters back within which the text of a motion gives its number."""


def read_vlos(name: str, data: bytes, root: etree._Element) -> Document:
    """The document in a report of a meeting. Raises ReadError if it has no text."""
    reader = _Reader()
    meeting = next((each for each in root if local(each) == "vergadering"), root)
    said = {local(each): flat(each) for each in meeting if len(each) == 0}
    title = " ".join(filter(None, (meeting.get("soort"), said.get("titel"))))
    reader.draft.words(title)
    reader.draft.paragraph()
    reader.walk(meeting)
    key = (meeting.get("objectid") or "").lower()
    metadata = told(
        title=said.get("titel"),
        date=said.get("datum"),
        sort="report",
        status=root.get("status"),
        chamber="ek" if (meeting.get("kamer") or "").startswith("Eerste") else "tk",
        address=f"{BASE}meeting/{key}" if _UUID.fullmatch(key) else None,
    )
    return reader.draft.document(name, data, "vlos", metadata)


class _Reader:
    """One report on its way into a draft."""

    def __init__(self) -> None:
        self.draft, self.paths = Draft(), Paths()
        self.dossier = (-1_000, "")

    def walk(self, element: etree._Element) -> None:
        """The texts below an element in their order; those of one speaker are a speech."""
        for child in element:
            name = local(child)
            if name == "tekst":
                speaker = next((each for each in element if local(each) == "spreker"), None)
                self._text(child, speaker if local(element) in ("woordvoerder", "interrumpant") else None)
                self._papers(element)
            elif name in _RECORDED and not _is_spoken(child):
                if not _is_spoken(element):
                    self._record(child)
            elif name == "activiteit":
                subject = next(
                    (flat(each) for each in child if local(each) in ("onderwerp", "titel") and flat(each)), ""
                )
                self.draft.place(self.paths[child])
                self.draft.words(subject)
                self.draft.paragraph()
                self.walk(child)
            elif len(child):
                self.walk(child)

    def _record(self, element: etree._Element) -> None:
        """Write an item without spoken words from the fields of its record, each once; a case with its number on one line."""
        draft, said = self.draft, set[str]()
        for each in element.iter():
            name, words = local(each), flat(each)
            if name == "zaak":
                draft.place(self.paths[each])
                self._case(each)
            elif len(each) or not words or words in said or _TECHNICAL.fullmatch(name):
                continue
            elif not any(local(around) in ("zaak", "spreker") for around in each.iterancestors()):
                said.add(words)
                draft.place(self.paths[each])
                draft.words(words)
                draft.paragraph()

    def _case(self, case: etree._Element) -> None:
        """Write what a case of the agenda is about, and the paper that it names by dossier and number."""
        fields = {local(each): flat(each) for each in case if len(each) == 0}
        draft, title, number = (
            self.draft,
            fields.get("titel") or fields.get("onderwerp", ""),
            fields.get("stuknummer", ""),
        )
        dossier = _DOSSIER.fullmatch(fields.get("dossiernummer", ""))
        draft.words(title)
        told = dossier and re.search(rf"{dossier[1]} ?{dossier[2]}\D{{1,12}}{re.escape(number)}(?!\w)", title)
        if dossier and re.fullmatch("[0-9A-Z]{1,5}", number) and not told:
            draft.words(" (")
            start = draft.here()
            draft.words(f"{fields['dossiernummer']}, nr. {number}")
            self._marked(Span(start, draft.length), _folded(dossier), number)
            draft.words(")")
        for name, words in fields.items():
            if (
                words not in (title, number, fields.get("dossiernummer"))
                and not _TECHNICAL.fullmatch(name)
                and words not in title
            ):
                draft.line()
                draft.words(words)
        draft.paragraph()

    def _text(self, text: etree._Element, speaker: etree._Element | None) -> None:
        draft = self.draft
        draft.paragraph()
        start = draft.here()
        for paragraph in text.iter():
            if local(paragraph) != "alineaitem":
                continue
            draft.place(self.paths[paragraph])
            first = draft.here() == start
            self._inline(paragraph, speaker if first else None)
            closes = paragraph.getnext() is None or local(paragraph.getparent()) == "lijst"
            draft.paragraph() if closes else draft.line()
        draft.paragraph()
        end = start + len(draft.so_far()[start:].rstrip())
        if speaker is not None and end > start:
            draft.sections.append(Section("speech", len(draft.sections) + 1, (Span(start, end),)))

    def _inline(self, element: etree._Element, speaker: etree._Element | None) -> None:
        """Running text; the words in bold at the head of a speech are its speaker, marked numbers are a paper."""
        draft = self.draft
        draft.words(element.text or "")
        for child in element:
            name, start = local(child), draft.here()
            self._inline(child, None)
            span = Span(start, draft.length)
            if name == "dossiernummer" and (match := _DOSSIER.fullmatch(flat(child))):
                self.dossier = (start, _folded(match))
            elif (
                name == "stuknummer" and re.fullmatch("[0-9A-Z]{1,5}", flat(child)) and 0 < start - self.dossier[0] < 40
            ):
                self._marked(Span(self.dossier[0], span.end), self.dossier[1], flat(child))
            elif name == "nadruk" and speaker is not None and flat(child):
                draft.give(_spoken(speaker, span))
                speaker = None
            draft.words(child.tail or "")

    def _marked(self, span: Span, dossier: str, number: str) -> None:
        self.draft.give(Mention("kamerstuk", span, f"kst-{dossier}-{number}", {**BY, "dossier": dossier}))

    def _papers(self, element: etree._Element) -> None:
        """The motions that the record of a part lists, where its text gives their numbers."""
        for case in element.iterfind("{*}zaken/{*}zaak"):
            said = {local(each): flat(each) for each in case if len(each) == 0}
            dossier, number = _DOSSIER.fullmatch(said.get("dossiernummer", "")), said.get("stuknummer", "")
            if dossier is None or not number.isdecimal():
                continue
            text = self.draft.so_far()
            base = max(0, len(text) - _NEAR)
            places = list(re.finditer(rf"\bnr\. ?{number} \({dossier[1]} ?{dossier[2]}[^)]{{0,10}}\)", text[base:]))
            if places:
                span = Span(base + places[-1].start(), base + places[-1].end())
                self._marked(span, _folded(dossier), number)


def _is_spoken(element: etree._Element) -> bool:
    """Return whether words of a meeting stand anywhere below an element."""
    return any(local(each) == "tekst" for each in element.iter())


def _folded(dossier: re.Match[str]) -> str:
    """A dossier as in ids: "36600-X"."""
    return f"{dossier[1]}{dossier[2]}" + (f"-{dossier[3]}" if dossier[3] else "")


def _spoken(speaker: etree._Element, span: Span) -> Mention:
    """The speaker as a reference: a minister with the post, else a member, each with the id that the Kamer gave."""
    said = {local(each): flat(each) for each in speaker}
    name = said.get("verslagnaam") or said.get("achternaam") or said.get("weergavenaam", "")
    parts = {**BY, "name": name, "speaks": "1"}
    if (key := (speaker.get("objectid") or "").lower()) and _UUID.fullmatch(key):
        parts["person_id"] = key
    post = re.match(r"(minister|staatssecretaris)(?: (?:van|voor) (.+))?$", said.get("functie", ""), re.IGNORECASE)
    if post:
        return Mention("minister", span, None, {**parts, "role": post[1].lower(), "portfolio": post[2] or ""})
    return Mention("member", span, None, parts)
