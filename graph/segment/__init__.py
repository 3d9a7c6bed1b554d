"""Cut a paper into its sections: heading, questions, answers, notes, signature, body.

Layout is all there is to go by: "Vraag 3" alone on a line, numbered questions in a letter, the names under it. Notes and
page feet are cut out of the section that they interrupt, so that a section reads on where it was broken off.
"""

from __future__ import annotations

from itertools import pairwise

from graph.model import Document, Note, Section, Span
from graph.segment.layout import Cut, cuts, page_feet
from graph.segment.notes import find_notes


def segment(document: Document, plain: str) -> tuple[Section, ...]:
    """The sections of a paper in the order of their beginning; `plain` is its text as folded.

    Together they cover all of its text but page feet and the headings "Vraag n" and "Antwoord". Notes and sections that the
    format itself shows go before what the layout of the text tells.
    """
    if document.sections:
        return _given(document, plain)
    notes, lined = document.notes or tuple(find_notes(document.text, plain)), "\n" + plain
    gaps = sorted([note.span for note in notes] + page_feet(lined))
    found = cuts(lined, gaps)
    sections: list[Section] = []
    for cut, after in pairwise([*found, Cut(len(plain), "")]):
        spans = _without(Span(max(cut.start, cut.body), after.start), gaps, plain)
        if spans:
            sections += [Section(cut.kind, number, spans) for number in cut.numbers or (0,)]
    sections += [Section("note", note.number, (note.span,), note.mark) for note in notes]
    return tuple(sorted(_numbered(sections), key=lambda section: section.spans[0].start))


def _given(document: Document, plain: str) -> tuple[Section, ...]:
    """The sections that the format shows, with its notes, and the rest: heading before the first, body elsewhere."""
    gaps = sorted([note.span for note in document.notes] + [span for each in document.sections for span in each.spans])
    first = document.sections[0].spans[0].start
    sections = [
        Section(
            each.kind,
            each.number,
            tuple(
                piece for span in each.spans for piece in _without(span, [note.span for note in document.notes], plain)
            ),
        )
        for each in document.sections
    ]
    for kind, around in (("heading", Span(0, first)), ("body", Span(first, len(plain)))):
        if spans := _without(around, gaps, plain):
            sections.append(Section(kind, 0, spans))
    sections += [Section("note", note.number, (note.span,), note.mark) for note in document.notes]
    return tuple(sorted((each for each in sections if each.spans), key=lambda section: section.spans[0].start))


def marks(sections: tuple[Section, ...]) -> list[tuple[int, Span]]:
    """The marks of notes in running text, each with the number of its note."""
    return [(section.number, section.mark) for section in sections if section.kind == "note" and section.mark]


def _without(span: Span, gaps: list[Span], plain: str) -> tuple[Span, ...]:
    """The parts of a stretch of text that lie outside the gaps, without blanks at their ends."""
    pieces, start = [], span.start
    for gap in gaps:
        if gap.start >= span.end:
            break
        if gap.end > span.start:
            pieces.append(Span(start, max(start, gap.start)))
            start = max(start, gap.end)
    pieces.append(Span(start, max(start, span.end)))
    return tuple(trimmed for piece in pieces if (trimmed := _trim(piece, plain)).start < trimmed.end)


def _trim(span: Span, plain: str) -> Span:
    words = plain[span.start : span.end]
    start = span.start + len(words) - len(words.lstrip())
    return Span(start, max(start, span.end - (len(words) - len(words.rstrip()))))


def _numbered(sections: list[Section]) -> list[Section]:
    """Sections with one name joined: an answer that comes in two parts, unnumbered body text before and after."""
    joined: dict[tuple[str, int], Section] = {}
    for section in sections:
        key = (section.kind, section.number)
        if key in joined:
            first = joined[key]
            joined[key] = Section(section.kind, section.number, first.spans + section.spans, first.mark or section.mark)
        else:
            joined[key] = section
    return list(joined.values())


__all__ = ["Note", "marks", "segment"]
