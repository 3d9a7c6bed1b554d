"""Sections: found by the layout of papers, joined across what interrupts them, and always places in the text."""

from __future__ import annotations

import pytest
from fragments import texts
from hypothesis import given

from graph.fold import fold
from graph.model import Document, Section, Span, section_finder
from graph.segment import marks, segment


def cut(text: str) -> tuple[Section, ...]:
    return segment(Document("text", text, "", "text"), fold(text).plain)


def told(text: str) -> str:
    """Sections by name with the text that a person reads."""
    document = Document("text", text, "", "text")
    return "\n".join(
        f"{each.name}: {' '.join(each.read(document).split())}" for each in segment(document, fold(text).plain)
    )


@given(texts)
def test_sections_are_places_in_the_text(text: str) -> None:
    sections = cut(text)
    for section in sections:
        assert section.spans
        for span in section.spans:
            assert 0 <= span.start < span.end <= len(text)
        assert all(a.end <= b.start for a, b in zip(section.spans, section.spans[1:], strict=False))
        if section.mark:
            assert 0 <= section.mark.start < section.mark.end <= len(text)
    assert len({(each.kind, each.number) for each in sections}) == len(sections)


@given(texts)
def test_every_visible_letter_lies_in_a_section_a_heading_or_a_page_foot(text: str) -> None:
    find = section_finder(cut(text))
    for offset, char in enumerate(text):
        if char == "\U0001d576":  # a letter that stands in no heading and no page foot
            assert find(Span(offset, offset + 1)) is not None


@given(texts)
def test_marks_belong_to_notes(text: str) -> None:
    sections = cut(text)
    assert {number for number, _ in marks(sections)} <= {each.number for each in sections if each.kind == "note"}


CASES = {
    "an answer without a number answers what was asked last": (
        "Vraag 1\n\nWat?\n\nAntwoord\n\nDit.\n\nVraag 2\n\nEn?\n\nAntwoord\n\nDat.\n",
        "question 1: Wat?\nanswer 1: Dit.\nquestion 2: En?\nanswer 2: Dat.",
    ),
    "one answer to several questions": (
        "Vraag 1\nWat?\n\nVraag 2\nWie?\n\nAntwoord op vragen 1 en 2\nNiemand.\n",
        "question 1: Wat?\nquestion 2: Wie?\nanswer 1: Niemand.\nanswer 2: Niemand.",
    ),
    "questions in one heading": (
        "Vragen 1, 2 en 3\nWat?\n\nAntwoord\nNiets.\n",
        "question 1: Wat?\nquestion 2: Wat?\nquestion 3: Wat?\nanswer 1: Niets.\nanswer 2: Niets.\nanswer 3: Niets.",
    ),
    "a note interrupts an answer": (
        "Vraag 1\n\nWat?\n\nAntwoord\n\nZoals gezegd¹ is dit\n\n¹ Zie de brief.\n\nzeker niet zo.\n",
        "question 1: Wat?\nanswer 1: Zoals gezegd¹ is dit zeker niet zo.\nnote 1: ¹ Zie de brief.",
    ),
    "notes of a word processor": (
        "Tekst[footnoteRef:1] en[footnoteRef:2] meer. [1:  Een [sic] noot.] [2:  Twee.] Slot.",
        "body: Tekst[footnoteRef:1] en[footnoteRef:2] meer. Slot.\nnote 1: [1: Een [sic] noot.]\nnote 2: [2: Twee.]",
    ),
    "notes of Markdown": (
        "Tekst[^1] en meer.\n\n[^1]: De noot.\n",
        "body: Tekst[^1] en meer.\nnote 1: [^1]: De noot.",
    ),
    "a page foot interrupts an answer": (
        "Vraag 1\nWat?\n\nAntwoord\nEerst dit\nTweede Kamer, vergaderjaar 2024–2025, Aanhangsel 2\ndan dat.\n",
        "question 1: Wat?\nanswer 1: Eerst dit dan dat.",
    ),
    "marks in brackets are no numbers of articles": (
        "Volgens artikel 3.2.1 Wlz en r.o. 4.2 geldt dit.\nKlopt dat? 1) 2)\n\n1) Trouw van 3 mei.\n2) Het Parool.\n",
        "body: Volgens artikel 3.2.1 Wlz en r.o. 4.2 geldt dit. Klopt dat? 1) 2)\nnote 1: 1) Trouw van 3 mei.\nnote 2: 2) Het Parool.",
    ),
    "a mark is stuck to the year of a date": (
        "De brief van 17 juli 20241 en artikel 20242 zeggen dit.\n\n1 Kamerstuk 33279-40.\n",
        "body: De brief van 17 juli 20241 en artikel 20242 zeggen dit.\nnote 1: 1 Kamerstuk 33279-40.",
    ),
    "square metres are no mark": ("Een vlak van 12 m² groot.\n", "body: Een vlak van 12 m² groot."),
    "a numbered list is no list of questions": (
        "Punten:\n1. Eerst dit.\n2. Dan dat.\n",
        "body: Punten: 1. Eerst dit. 2. Dan dat.",
    ),
    "a note that is never closed is text": ("Tekst. [2: open", "body: Tekst. [2: open"),
    "nothing": ("", ""),
}


@pytest.mark.parametrize(("text", "expected"), CASES.values(), ids=CASES)
def test_sections_read(text: str, expected: str) -> None:
    assert told(text) == expected


def test_the_mark_of_a_note_stands_at_a_word_sooner_than_at_the_start_of_a_line() -> None:
    text = "Fiche (EDIP)\n1. Algemene gegevens\nde motie van Dassen1 zet in op inkoop.\n1 Zie de motie.\n"
    ((_, mark),) = marks(cut(text))
    assert (mark.start, mark.end) == (text.index("Dassen1") + 6, text.index("Dassen1") + 7)


@pytest.mark.parametrize(
    "signature",
    [
        "De minister van Defensie,\n\n\nR.P. Brekelmans\n",
        "De minister van Buitenlandse Zaken,          De minister van Defensie,\n\n\nHanke Bruins Slot\t\tdrs. K.H. Ollongren\n",
        "Hoogachtend,\n\nDe Minister van Defensie,\n\nR.P. Brekelmans",
    ],
)  # fmt: skip
def test_the_signature_is_a_section_at_the_end(signature: str) -> None:
    sections = cut("Geachte voorzitter,\n\nHierbij de brief.\n\n" + signature)
    assert [each.kind for each in sections] == ["body", "signature"]


def test_a_note_that_opens_in_a_note_is_words_of_that_note() -> None:
    text = "[2: [2:  Kamerstuk 2023Z06024]]"
    (note,) = [section for section in cut(text) if section.kind == "note"]
    assert [text[span.start : span.end] for span in note.spans] == [text]
