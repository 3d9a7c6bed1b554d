"""Names compared, and names as parts of addresses."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ontology.naming import fold, slug, squash


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Bruins Slot", "bruins-slot"),
        ("Yeşilgöz-Zegerius", "yesilgoz-zegerius"),
        ("Boekholt-O'Sullivan", "boekholt-o-sullivan"),
        ("van 't Wout", "van-t-wout"),
        ("Onderwijs, Cultuur en Wetenschap", "onderwijs-cultuur-en-wetenschap"),
        ("Financiën", "financien"),
        ("  ", ""),
        ("Øst-Ægypte ıı", "ost-aegypte-ii"),
    ],
)
def test_slug(text: str, expected: str) -> None:
    assert slug(text) == expected


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Non-Proliferatie Verdrag", "nonproliferatieverdrag"),
        ("Staatsse-\ncretaris", "STAATSSECRETARIS"),
        ("I&W", "IenW"),
        ("Nicolaï", "Nicolai\u0308"),
    ],
)
def test_squash_makes_spellings_equal(one: str, other: str) -> None:
    assert squash(one) == squash(other)


@given(st.text())
def test_a_slug_is_plain_and_stays_as_it_is(text: str) -> None:
    made = slug(text)
    assert made.isascii()
    assert made == made.lower()
    assert slug(made) == made
    assert not made.startswith("-")


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)
