"""Who signed: the names under the offices at the end of a letter, in one column or several, above an answer, and under a motion."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from graph.kinds.names import GIVEN, INITIALS, SURNAME, TITLES, clean
from graph.model import Document, Mention, Section, Span
from graph.patterns import late
from ontology.naming import slug

_CELL = late(r"[^\t\n]+?(?=\t|[ \u00a0]{3,}|\n|$)")
_CLOSING = late(r"gaat\s+over\s+tot\s+de\s+orde\s+van\s+de\s+dag\s?\.")
_UNDER_MOTION = 400
_AMENDMENT = late(r"AMENDEMENT VAN|Amendement van|INITIATIEFNOTA|Initiatiefnota van")
_CHAIR = late(
    rf"^[ \t]*De (?:fungerend |waarnemend )?voorzitter van de [^\n]{{0,90}}?commissie[^\n]{{0,60}}?,[ \t]*\n?\s{{0,3}}{TITLES}(?P<name>(?:{INITIALS}|{GIVEN})?{SURNAME})[ \t.]*$",
    re.MULTILINE,
)
_ANSWER_OF = late(
    r"(?:Antwoord(?:en)?|Mededeling)\s+van\s+(?:de\s+)?(?:[Mm]inister|[Ss]taatssecretaris)(?:-[Pp]resident)?\s+$"
)
_RECEIVED = late(r"\?|\([Oo]ntvangen\s")
_RECEIVED_WITHIN = 400
"""Characters after the name within which it says when the answer came, with no question between."""
_NOT_MOVER = late(r"Motie|Tweede|Eerste|Kamer|Voorzitter|De voorzitter|Nr\b|Deze")
_BEFORE = late(r"(?:^|[\n.] ?)De $")
_BEHIND = late(rf",[ ]?\n?[ ]?(?P<name>{INITIALS}[ \u00a0]?{SURNAME})[ .]*(?=\n|$)")
"""Initials are asked for, since any word with a capital may stand behind a comma."""
_NAME = late(
    rf"\A[ \u00a0]*+{TITLES}(?P<name>(?:{INITIALS}[ \u00a0]?|{GIVEN})?{SURNAME}(?:[ \u00a0]{SURNAME})?)(?:[ ,]{{1,2}}(?:MSc|MA|MPA|LLM|PhD|MBA|BSc))?[ \u00a0.]*+\Z"
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


def signed_in_line(document: Document, offices: Iterable[Mention]) -> Iterator[Mention]:
    """Ministers whose names stand behind their office, as in older papers: "De Minister van Sociale Zaken, J. Boersma"."""
    text = document.text
    for office in offices:
        if office.kind != "office" or not (match := _BEHIND.match(text, office.span.end)):
            continue
        if _BEFORE.search(text[max(0, office.span.start - 5) : office.span.start]):
            span = Span(*match.span("name"))
            yield Mention("minister", span, None, {**office.parts, "name": clean(match["name"]), "signs": "1"})


def answerers(document: Document, mentions: Iterable[Mention]) -> Iterator[Mention]:
    """Ministers who answer questions, wherever that is written: "Antwoord van Minister De Ruiter (Justitie). (Ontvangen"."""
    text = document.text
    for each in mentions:
        before = text[max(0, each.span.start - 60) : each.span.start] if each.kind == "minister" else ""
        if not _ANSWER_OF.search(before):
            continue
        end = each.span.end
        received = _RECEIVED.search(text, end, end + _RECEIVED_WITHIN + len("(ontvangen "))
        if received and received.group() != "?":
            yield replace(each, parts={**each.parts, "answers": "1"})


def movers(document: Document, mentions: Iterable[Mention]) -> Iterator[Mention]:
    """Members who signed: under a motion, under a committee's report as its chair, alone on a line in an amendment or a note of their own."""
    text, closing = document.text, None
    for match in _CLOSING.finditer(text):
        closing = match
    if closing is not None:
        for line in _lines(text, (Span(closing.end(), min(len(text), closing.end() + _UNDER_MOTION)),)):
            name = _NAME.fullmatch(document[line].rstrip())
            if name is None or _NOT_MOVER.match(name["name"]):
                break
            yield _signed(line.start, name)
    for chair in _CHAIR.finditer(text) if "voorzitter van de" in text else ():
        yield _signed(0, chair)
    if closing is None and _AMENDMENT.search(text[:2000]):
        known = {slug(mention.parts["name"]) for mention in mentions if mention.kind == "member"}
        for line in _lines(text, (Span(0, len(text)),)):
            name = _NAME.fullmatch(document[line].rstrip())
            if name and slug(name["name"]) in known:
                yield _signed(line.start, name)


def _signed(offset: int, match: re.Match[str]) -> Mention:
    span = Span(offset + match.start("name"), offset + match.end("name"))
    return Mention("member", span, None, {"name": clean(match["name"]), "by": "lid", "signs": "1"})


def _lines(text: str, spans: tuple[Span, ...]) -> Iterator[Span]:
    for span in spans:
        start = span.start
        while start < span.end:
            end = text.find("\n", start, span.end)
            end = span.end if end < 0 else end
            if text[start:end].strip():
                yield Span(start, end)
            start = end + 1
