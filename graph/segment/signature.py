"""Who signed: the names under the offices at the end of a letter, in one column or several, and under a motion."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from graph.kinds.names import GIVEN, INITIALS, SURNAME, TITLES, clean
from graph.model import Document, Mention, Section, Span

_CELL = re.compile(r"[^\t\n]+?(?=\t|[ \u00a0]{3,}|\n|$)")
_CLOSING = re.compile(r"gaat\s+over\s+tot\s+de\s+orde\s+van\s+de\s+dag\s?\.")
_UNDER_MOTION = 400
_NOT_MOVER = re.compile(r"Motie|Tweede|Eerste|Kamer|Voorzitter|De voorzitter|Nr\b|Deze")
_NAME = re.compile(
    rf"[ \u00a0]*{TITLES}(?P<name>(?:{INITIALS}[ \u00a0]?|{GIVEN})?{SURNAME}(?:[ \u00a0]{SURNAME})?)(?:[ ,]{{1,2}}(?:MSc|MA|MPA|LLM|PhD|MBA|BSc))?[ \u00a0.]*"
)


def signatories(document: Document, sections: tuple[Section, ...], offices: Iterable[Mention]) -> Iterator[Mention]:
    """A mention of a minister for each name in the signature, with the office above it as `role` and `portfolio`."""
    signature = next((section for section in sections if section.kind == "signature"), None)
    if signature is None:
        return
    within = [office for office in offices if office.kind == "office" and signature.holds(office.span)]
    waiting: list[Mention] = []
    for line in _lines(document.text, signature.spans):
        here = [office for office in within if line.holds(Span(office.span.start, office.span.start + 1))]
        if here:
            waiting += here
            continue
        names = [
            name
            for cell in _CELL.finditer(document.text, line.start, line.end)
            if (name := _NAME.fullmatch(cell.group().rstrip()))
        ]
        cells = [
            cell.start()
            for cell in _CELL.finditer(document.text, line.start, line.end)
            if _NAME.fullmatch(cell.group().rstrip())
        ]
        for office, name, start in zip(waiting, names, cells, strict=False):
            span = Span(start + name.start("name"), start + name.end("name"))
            yield Mention("minister", span, None, {**office.parts, "name": clean(name["name"]), "signs": "1"})
        waiting = waiting[len(names) :]


def movers(document: Document) -> Iterator[Mention]:
    """Members who moved a motion: the names on lines of their own under its last words."""
    closing = None
    for match in _CLOSING.finditer(document.text):
        closing = match
    if closing is None:
        return
    for line in _lines(document.text, (Span(closing.end(), min(len(document.text), closing.end() + _UNDER_MOTION)),)):
        name = _NAME.fullmatch(document[line].rstrip())
        if name is None or _NOT_MOVER.match(name["name"]):
            return
        span = Span(line.start + name.start("name"), line.start + name.end("name"))
        yield Mention("member", span, None, {"name": clean(name["name"]), "by": "lid", "signs": "1"})


def _lines(text: str, spans: tuple[Span, ...]) -> Iterator[Span]:
    for span in spans:
        start = span.start
        while start < span.end:
            end = text.find("\n", start, span.end)
            end = span.end if end < 0 else end
            if text[start:end].strip():
                yield Span(start, end)
            start = end + 1
