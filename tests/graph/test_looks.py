"""What recognising costs, counted: how often the automaton stops in a text and how often a finder looks at a place.

Time depends on the machine, these numbers do not. An anchor that stands in many words, or a check that moved behind a pattern,
shows here.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from conftest import ROOT

from graph.fold import Folded
from graph.model import Finder, Mention, Span
from graph.recognise import Recogniser
from ontology.registers import Registers

TEXTS = [path.read_text("utf-8") for path in sorted((ROOT / "tests" / "gold").glob("*.txt"))]
HITS, LOOKS = 5.0, 3.5
"""The most for each mention that is found in the gold texts; at first there were 3.7 hits and 2.7 looks."""


@pytest.fixture(scope="module")
def counted() -> tuple[int, int, int]:
    """Hits of the automaton, calls of finders, mentions found, in all gold texts."""
    own, looks = Recogniser(Registers.load()), list[str]()

    def counting(find: Finder) -> Finder:
        def look(page: Folded, anchor: Span) -> Iterator[Mention]:
            looks.append(page.plain[anchor.start : anchor.end])
            yield from find(page, anchor)

        return look

    own._finders = {anchor: [counting(find) for find in finders] for anchor, finders in own._finders.items()}
    pages = [own.page(text) for text in TEXTS]
    found = sum(len(own.mentions(page)) for page in pages)
    return sum(len(own.hits(page)) for page in pages), len(looks), found


def test_the_texts_are_there() -> None:
    assert sum(map(len, TEXTS)) > 50_000


def test_few_hits_lead_nowhere(counted: tuple[int, int, int]) -> None:
    hits, _, found = counted
    assert hits / found < HITS


def test_few_looks_find_nothing(counted: tuple[int, int, int]) -> None:
    _, looks, found = counted
    assert looks / found < LOOKS


def test_a_long_text_is_read_as_its_parts_are() -> None:
    """The automaton that is made for much text finds what the one for little does."""
    few, much = Recogniser(Registers.load()), Recogniser(Registers.load())
    much._before_table = 1
    for text in TEXTS:
        assert few.mentions(few.page(text)) == much.mentions(much.page(text))
