"""Records of the Tweede Kamer (OData v4, JSON): a Zaak or a Document with its papers, actors and dossier.

A record is rendered in words, a field a line, and what a field states is a reference at its words by rule "record". That way a
record is a paper like any other: its statements stand in a named graph of their own with their source, every edge has its
evidence, and removing the file removes what it said. Triples without a text would have needed a second kind of evidence.
The place of a text is the path of its field ($.Document[0].DocumentNummer).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from graph.model import Document, Mention, Span
from graph.read.draft import Draft, told
from graph.read.errors import NoPaperError, ReadError, detail
from graph.read.official import KINDS, KNOWN
from graph.read.text import decode

BY = {"by": "record"}
"""The part of a mention that says that a record states it."""
_SITE = "https://www.tweedekamer.nl/kamerstukken/detail?"
_ZAAK, _DOCUMENT = re.compile("20[0-9]{2}Z[0-9]{5}"), re.compile("20[0-9]{2}D[0-9]{5}")
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_MOST_DEPTH = 60
_Record = Mapping[str, Any]


def read_odata(name: str, data: bytes) -> Document:
    """The document in a file with one or more records. Raises ReadError, and NoPaperError for other JSON."""
    text, _ = decode(name, data)
    if _depth(text) > _MOST_DEPTH:
        raise NoPaperError(name, f"the JSON is nested more than {_MOST_DEPTH} deep, which no record is")
    try:
        found = json.loads(text)
    except ValueError as error:
        raise ReadError(name, f"the JSON is damaged{detail(error)}") from error
    several = isinstance(found, dict) and isinstance(found.get("value"), list)
    records = [each for each in (found["value"] if several else [found]) if _is_record(each)]
    if not records:
        raise NoPaperError(name, "the JSON holds no record of a Zaak or Document of the Tweede Kamer")
    writer = _Writer()
    for index, record in enumerate(records):
        writer.record(record, f"$.value[{index}]" if several else "$")
    return writer.draft.document(name, data, "odata", _metadata(records[0]) if len(records) == 1 else {})


def _depth(text: str) -> int:
    """How deep brackets are nested; those within strings count too, which does no harm below the limit."""
    depth = deepest = 0
    for bracket in re.findall(r"[\[\]{}]", re.sub(r'"(?:[^"\\]|\\.)*"', "", text)):
        depth += 1 if bracket in "[{" else -1
        deepest = max(deepest, depth)
    return deepest


def _is_record(each: object) -> bool:
    return isinstance(each, dict) and bool(
        _ZAAK.fullmatch(_said(each, "Nummer")) or _DOCUMENT.fullmatch(_said(each, "DocumentNummer"))
    )


def _said(record: _Record, name: str) -> str:
    """The value of a field as one line; empty where it is null."""
    value = record.get(name)
    return " ".join(str(value).split()) if isinstance(value, str | int) and not isinstance(value, bool) else ""


def _lists(record: _Record, name: str) -> Iterator[tuple[int, _Record]]:
    """The records below a field: one, several or none."""
    value = record.get(name)
    for index, each in enumerate(value if isinstance(value, list) else [value]):
        if isinstance(each, dict):
            yield index, each


def _metadata(record: _Record) -> dict[str, str]:
    zaak = _said(record, "Nummer")
    number = zaak or _said(record, "DocumentNummer")
    dossier = next((each for papers in [*_documents(record), record] for each in [_dossier(papers)] if each), None)
    return told(
        number=number,
        address=f"{_SITE}{'id' if zaak else 'did'}={number}",
        sort="zaak" if zaak else None,
        title=_said(record, "Onderwerp") or _said(record, "Titel"),
        subject=_said(record, "Titel"),
        date=(_said(record, "GestartOp") or _said(record, "Datum"))[:10],
        dossier=dossier,
    )


def _documents(record: _Record) -> list[_Record]:
    return [each for _, each in _lists(record, "Document")]


def _dossier(record: _Record) -> str | None:
    """The dossier that a record names, or in which its paper is published."""
    for _, each in _lists(record, "Kamerstukdossier"):
        if re.fullmatch("[0-9]{5}", number := _said(each, "Nummer")):
            addition = _said(each, "Toevoeging").strip("()")
            return f"{number}-{addition}" if re.fullmatch("[IVX]{1,6}|[A-Z]|[0-9]{2}", addition) else number
    published = _published(record)
    return published.removeprefix("kst-").rpartition("-")[0] if published and published.startswith("kst-") else None


def _published(record: _Record) -> str | None:
    """The number under which a document was published officially."""
    for _, version in _lists(record, "HuidigeDocumentVersie"):
        if KNOWN.fullmatch(number := _said(version, "ExterneIdentifier")):
            return number
    return None


class _Writer:
    """Renders records into a draft."""

    def __init__(self) -> None:
        self.draft = Draft()

    def record(self, record: _Record, path: str) -> None:
        """One Zaak or Document with what belongs to it."""
        number = _said(record, "Nummer")
        kind, field = ("zaak", "Nummer") if number else ("document", "DocumentNummer")
        itself = Mention(kind, Span(0, 0), _said(record, field), BY)
        self._line(f"{path}.{field}", kind.capitalize(), _said(record, field), itself, _said(record, "Soort"))
        self._words(record, path)
        if kind == "document":
            self._paper(record, path)
        for index, each in _lists(record, "Document"):
            parts = self._known(each) | (
                {"same_as_iri": _address(published)} if (published := _published(each)) else {}
            )
            document = _said(each, "DocumentNummer")
            given = Mention("document", Span(0, 0), document, parts) if _DOCUMENT.fullmatch(document) else None
            self.draft.paragraph()
            self._line(f"{path}.Document[{index}].DocumentNummer", "Document", document, given, _said(each, "Soort"))
            self._words(each, f"{path}.Document[{index}]")
            self._paper(each, f"{path}.Document[{index}]")
            self._actors(each, f"{path}.Document[{index}]", "DocumentActor")
        self._actors(record, path, "ZaakActor" if number else "DocumentActor")
        for index, each in _lists(record, "Kamerstukdossier"):
            dossier = _dossier({"Kamerstukdossier": each})
            given = Mention("dossier", Span(0, 0), f"dossier-{dossier}", BY) if dossier else None
            self._line(f"{path}.Kamerstukdossier[{index}].Nummer", "Dossier", dossier or "", given)
        for index, each in _lists(record, "Zaak"):
            other = _said(each, "Nummer")
            given = Mention("zaak", Span(0, 0), other, BY) if _ZAAK.fullmatch(other) else None
            self._line(f"{path}.Zaak[{index}].Nummer", "Zaak", other, given)
        self.draft.paragraph()

    def _words(self, record: _Record, path: str) -> None:
        """The fields of words that say what a record is about."""
        for field in ("Titel", "Onderwerp", "Status", "Kabinetsappreciatie"):
            self._line(f"{path}.{field}", field, _said(record, field))
        for field in ("GestartOp", "Datum"):
            self._line(f"{path}.{field}", "Datum", _said(record, field)[:10])

    def _paper(self, record: _Record, path: str) -> None:
        """The official paper in which a document was published."""
        if published := _published(record):
            kind = KINDS[published.partition("-")[0]]
            given = Mention(kind, Span(0, 0), published, self._known(record))
            self._line(f"{path}.HuidigeDocumentVersie.ExterneIdentifier", "Publicatie", published, given)

    @staticmethod
    def _known(record: _Record) -> dict[str, str]:
        """What a record says of a paper: its date and title."""
        return BY | told(date=_said(record, "Datum")[:10], paper_title=_said(record, "Onderwerp"))

    def _actors(self, record: _Record, path: str, field: str) -> None:
        for index, actor in _lists(record, field):
            name, relation = _said(actor, "ActorNaam"), _said(actor, "Relatie")
            if not name:
                continue
            parts = BY | {"name": name} | ({"signs": "1"} if "ndiener" in relation else {})
            key = _said(actor, "Persoon_Id").lower()
            if _UUID.fullmatch(key):
                parts["person_id"] = key
            member = Mention("member", Span(0, 0), None, parts) if _said(actor, "ActorFractie") or key else None
            self._line(f"{path}.{field}[{index}].ActorNaam", relation or "Actor", name, member)

    def _line(self, path: str, label: str, value: str, given: Mention | None = None, sort: str = "") -> None:
        """One field; what it states stands at its value. `sort` is that of the record, in brackets behind its number."""
        if not value:
            return
        draft = self.draft
        draft.line()
        draft.place(path)
        draft.words(f"{label}: ")
        start = draft.here()
        draft.words(value)
        if given:
            draft.give(Mention(given.kind, Span(start, draft.length), given.id, given.parts))
        if sort:
            draft.words(f" ({sort})")
        draft.line()


def _address(number: str) -> str:
    return f"https://zoek.officielebekendmakingen.nl/{number}"
