"""No text makes a pattern or the scan slow: twice as much of anything takes about twice as long."""

from __future__ import annotations

import importlib
import pkgutil
import re
import time
from collections.abc import Callable, Iterator
from datetime import date

import pytest

import exports
import graph
import ontology
from graph import paper
from graph.kinds import KINDS
from graph.patterns import _Here, _Late

PIECES = [
    " ", "\n", "\t", "\u00a0", "1", "(", ")", "[", "]", "<", ".", ",", "-", "/", "a", "A", "'", "1 ", "a ", "A. ", ", ", "1-", "- ", " \n",
    "en ", "van de ", "De Van ", "nr. ", "nr. 1, ", "nrs. 1 t/m 200 ", "\n1. ", "12 345 ", "12 345, nr", "http://a", "www.a", "a-\n", "Vraag 1\n",
    "[2: ", "2023Z0", "artikel 1, ", "minister van ", "Handelingen II ", "COM (2023", "ECLI:NL:", "Trb. 19", "brief van 2 mei ", "motie-Van ",
    "Kamerstuk 33279, nrs. 1 t/m 200. ", "het lid ", "AH 24", "d.d. ", "punt 1. ", "[footnoteRef:2] ",
]  # fmt: skip
"""Runs of one sign, and of what the patterns look for and almost is there."""
GROWTH = 2.2
"""How much more than its share four times the text may take; a quadratic pattern takes four times its share."""
MILLION = 1_000_000
NEAR = 0.08
"""The share of its bound that a tenth of a million characters takes from which the whole million is measured."""
DEARER = {
    "graph.kinds.members._BEFORE_PARTY-0": 4, "graph.kinds.members._MEMBER-0": 10, "graph.kinds.handelingen._AFTER-0": 3,
    "graph.kinds.ondernummers._CUE-0": 3, "graph.kinds.registered._ARTICLES_BEFORE-0": 3, "graph.kinds.resolutions._BEFORE-0": 3,
    "graph.kinds.ministers._TITLED-0": 3, "graph.resolve.which._HEADED_WORK-0": 20, "graph.rewrite._SIGN-0": 3, "graph.tokens.TOKEN-0": 3,
}  # fmt: skip
"""Patterns that do not keep to a second yet, or just so, and the seconds that a million characters take them at most."""
MOST_FOR_A_MILLION = 30
"""Seconds of processor time from a million characters to their links, at most."""
NOTHING = 0.02
"""Seconds of processor time below which no growth is measured."""


def patterns() -> dict[str, re.Pattern[str] | _Late]:
    """All patterns of ours by the names that they have."""
    found: dict[int, tuple[str, re.Pattern[str] | _Late]] = {}
    for package in (graph, ontology, exports):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            for name, value in vars(importlib.import_module(module.name)).items():
                inside = value.values() if isinstance(value, dict) else value if isinstance(value, (tuple, list)) else [value]  # fmt: skip
                for number, each in enumerate(inside):
                    if isinstance(each, (_Late, re.Pattern)) and isinstance(each.pattern, str):
                        found[id(each)] = (f"{module.name}.{name}-{number}", each)
    return dict(found.values())


PATTERNS = patterns()
WINDOW = 500
"""Characters before a place in which patterns that end there are looked for, at most."""


def cost(work: Callable[[], object], within: float = 0.0) -> float:
    """Seconds of processor time, the least of three turns; the first is enough that takes less than `within`."""
    found = []
    for _ in range(3):
        begun = time.process_time()
        work()
        found.append(time.process_time() - begun)
        if found[-1] < within:
            break
    return min(found)


LEAST_ANCHOR = 2
"""Characters of the shortest anchor: behind so many comes the next place at which a pattern of a kind is tried."""


def looked_for(pattern: re.Pattern[str] | _Late, text: str) -> Callable[[], object]:
    """The work of looking for a pattern all over a text, in the way that it can be used.

    One for the whole of a text begins there (`\\A`), one that must end at a place is looked for before that place, and one
    that cannot search (`here`) is tried behind every anchor that the text has room for.
    """
    if pattern.pattern.startswith(r"\A"):
        return lambda: pattern.match(text)
    if pattern.pattern.rstrip().rstrip(")").endswith(("$", r"\Z")):
        return lambda: [pattern.search(text[at : at + WINDOW]) for at in range(0, len(text), WINDOW)]
    if isinstance(pattern, _Here):
        return lambda: [pattern.match(text, at) is None for at in range(0, len(text), LEAST_ANCHOR)]
    return lambda: sum(1 for _ in pattern.finditer(text))


def test_no_anchor_is_shorter_than_what_the_cost_is_measured_with() -> None:
    assert min(len(anchor) for kind in KINDS for anchor in kind.anchors) == LEAST_ANCHOR


def too_slow(pattern: re.Pattern[str] | _Late, size: int) -> Iterator[str]:
    for piece in PIECES:
        long = (piece * (4 * size // len(piece) + 1))[: 4 * size]
        for _ in range(3):  # on a machine with other work, one look is none
            much = cost(looked_for(pattern, long))
            little = cost(looked_for(pattern, long[:size]))
            if much < NOTHING or much < 4 * GROWTH * little:
                break
        else:
            yield f"{piece!r}: {little:.3f} s, and {much:.3f} s for four times as much"


@pytest.mark.torture
@pytest.mark.parametrize("name", sorted(PATTERNS))
def test_no_run_of_anything_makes_a_pattern_slow(name: str) -> None:
    assert list(too_slow(PATTERNS[name], 10_000)) == []


def dearer(pattern: re.Pattern[str] | _Late, most: float) -> Iterator[str]:
    """The pieces of which a million characters take `most` seconds; a tenth of them is looked at first, since growth is linear."""
    pattern.pattern  # noqa: B018  compiled now
    for piece in PIECES:
        long = (piece * (MILLION // len(piece) + 1))[:MILLION]
        for size in (MILLION // 10, MILLION):
            taken = cost(looked_for(pattern, long[:size]), within=most * size / MILLION)
            if taken >= most * size / MILLION:
                yield f"{piece!r}: {taken:.2f} s for {size:,} characters"
            if taken >= most * size / MILLION or taken < most * NEAR:
                break


@pytest.mark.torture
@pytest.mark.parametrize("name", sorted(PATTERNS))
def test_a_million_characters_of_anything_take_a_pattern_less_than_a_second(name: str) -> None:
    assert list(dearer(PATTERNS[name], DEARER.get(name, 1))) == []


@pytest.mark.torture
@pytest.mark.parametrize("piece", PIECES, ids=repr)
def test_no_run_of_anything_makes_the_line_slow(piece: str) -> None:
    """From text to links, with four times as much."""
    long = (piece * (80_000 // len(piece) + 1))[:80_000]
    day = date(2024, 5, 5)
    paper("Kamerstuk 33279-40", day)
    little, much = cost(lambda: paper(long[:20_000], day)), cost(lambda: paper(long, day))
    assert much < max(NOTHING, 4 * GROWTH * little)


@pytest.mark.torture
@pytest.mark.parametrize("piece", [piece for piece in PIECES if "33279, nrs. 1 t/m" not in piece], ids=repr)
def test_a_million_characters_of_anything_take_the_line_seconds_and_not_minutes(piece: str) -> None:
    """Without the list that implies two hundred papers each time, which nobody promises to read to its end."""
    long = (piece * (MILLION // len(piece) + 1))[:MILLION]
    day = date(2024, 5, 5)
    paper("Kamerstuk 33279-40", day)
    quarter = cost(lambda: paper(long[: MILLION // 4], day), within=MOST_FOR_A_MILLION)
    whole = cost(lambda: paper(long, day), within=min(MOST_FOR_A_MILLION, 4 * GROWTH * quarter))
    assert whole < MOST_FOR_A_MILLION
    assert whole < max(NOTHING, 4 * GROWTH * quarter)


def test_what_a_range_implies_costs_no_more_than_its_share() -> None:
    """Two hundred numbers in the same words, over and over."""
    text, day = "Kamerstuk 33279, nrs. 1 t/m 200. ", date(2024, 5, 5)
    few = cost(lambda: paper(text * 5, day))
    found = paper(text * 20, day)
    assert len(found.links) == 20 * 200
    assert cost(lambda: paper(text * 20, day)) < 4 * GROWTH * few
