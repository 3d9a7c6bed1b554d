"""Folding: whatever the text, every place in a folded form leads back to its place in the text."""

from __future__ import annotations

import pytest
from fragments import texts
from hypothesis import given

from graph import paper
from graph.fold import GONE, fold, squeeze


@given(texts)
def test_folding_keeps_the_length_and_is_ascii(text: str) -> None:
    page = fold(text)
    assert len(page.plain) == len(text)
    assert page.plain.isascii()


@given(texts)
def test_every_squeezed_character_leads_back(text: str) -> None:
    page = fold(text)
    assert len(page.place) == len(page.squeezed)
    assert all(a < b for a, b in zip(page.place, page.place[1:], strict=False))
    for index, char in enumerate(page.squeezed):
        assert page.plain[page.place[index]].lower() == char
        start, end = page.span(index, index + 1)
        assert (start, end) == (page.place[index], page.place[index] + 1)


@given(texts)
def test_plain_text_of_plain_text_is_itself(text: str) -> None:
    plain = fold(text).plain
    assert fold(plain).plain == plain
    assert squeeze(plain) == squeeze(text)


@given(texts)
def test_a_blank_a_line_end_and_a_soft_hyphen_change_no_name(text: str) -> None:
    words = text.replace("-", "").replace("\u2010", "")
    broken = "\u00ad\n".join(words)
    assert squeeze(broken) == squeeze(words)


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Yeşilgöz–Zegerius", "Yesilgoz-Zegerius"),
        ("33\u00a0279", "33 279"),
        ("e\u0301e\u0301n", f"e{GONE}e{GONE}n"),
        ("Kamer\u00adstuk", f"Kamer{GONE}stuk"),
        ("nr. 1²", "nr. 1^"),
        ("‘NPT’ „a” «b»", '\'NPT\' "a" "b"'),
        ("\uff2b\uff34", "KT"),
        ("🙂", "\x1a"),
        ("a\u2028b\rc", "a\nb\nc"),
    ],
)
def test_folded(text: str, plain: str) -> None:
    assert fold(text).plain == plain


@given(texts)
def test_the_words_of_a_link_are_the_text_at_its_place(text: str) -> None:
    found = paper(text)
    whole = found.document.text
    assert whole == text
    for link in found.links:
        assert 0 <= link.span.start < link.span.end <= len(text)
        assert found.document[link.span] == whole[link.span.start : link.span.end]
        assert found.document[link.span].strip("\n\t ") != ""
        assert (link.id is None) == (link.iri is None)
        assert 0 <= link.confidence <= 1
        assert link.iri or link.reason
    assert [link.span for link in found.links] == sorted(link.span for link in found.links)


@given(texts)
def test_the_same_text_gives_the_same_links(text: str) -> None:
    assert paper(text).links == paper(text).links


@given(texts)
def test_text_before_a_paragraph_moves_offsets_and_nothing_else(text: str) -> None:
    """A number in full means the same wherever it stands."""
    moved = paper("Vooraf.\n\n" + "Zie Kamerstuk 33279-40." + "\n\n" + text)
    assert any(link.id == "kst-33279-40" for link in moved.links)
