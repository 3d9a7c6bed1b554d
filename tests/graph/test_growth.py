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
from graph.kinds.registered import _BACK
from graph.patterns import _Here, _Late
from graph.resolve.which import _HEADED_BACK, _WORK_BACK

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
ANCHORS = {
    module: min((anchor for kind in KINDS if kind.find and kind.find.__module__ == module for anchor in kind.anchors), key=len)
    for module in {kind.find.__module__ for kind in KINDS if kind.find and kind.anchors}
} | {"graph.resolve.which": "www.a.nl"}  # fmt: skip
"""The shortest anchor beside which the patterns of a module are tried; those of this one are tried beside web addresses."""
SHORT = min(ANCHORS.values(), key=len)
"""The anchor for patterns of all other modules."""
RUNS = (1, 12, 60, 400)
"""Characters of a piece between one anchor and the next."""
WINDOW = 500
"""Characters before a place in which patterns that end there are looked for, at most, unless BACK says how many."""
BACKWARDS = "graph.resolve.which._HEADED_WORK-0"
"""The pattern that is tried on what stands before an anchor, from its end to its beginning."""
BACK = {
    "graph.kinds.members._BEFORE_PARTY-0": 40, "graph.kinds.registered._ARTICLES_BEFORE-0": _BACK,
    "graph.resolve.which._CITED_WORK-0": _WORK_BACK, BACKWARDS: _HEADED_BACK,
}  # fmt: skip


def anchor_of(name: str) -> str:
    """The anchor beside which a pattern is tried."""
    return ANCHORS.get(name.rpartition(".")[0], SHORT)


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


def runs(name: str, piece: str, size: int) -> Iterator[str]:
    """Texts of a size: of a piece alone, and where a pattern is only tried beside anchors (`here`) with those in between."""
    anchor = anchor_of(name)
    for run in RUNS if isinstance(PATTERNS[name], _Here) else (size,):
        filled = (piece * (run // len(piece) + 1))[:run] + anchor
        yield (filled * (size // len(filled) + 1))[:size]


def looked_for(name: str, text: str) -> Callable[[], object]:
    """The work of looking for a pattern all over a text, in the way that it is used.

    One for the whole of a text begins there (`\\A`), one that must end at a place is looked for before that place, and one
    that cannot search (`here`) is tried at the begin and the end of each anchor.
    """
    pattern = PATTERNS[name]
    if pattern.pattern.startswith(r"\A"):
        return lambda: pattern.match(text)
    if pattern.pattern.rstrip().rstrip(")").endswith(("$", r"\Z")):
        back = BACK.get(name, WINDOW)
        return lambda: [pattern.search(text[at : at + back]) for at in range(0, len(text), back)]
    places = [at for each in re.finditer(re.escape(anchor_of(name)), text) for at in each.span()]
    if name == BACKWARDS:
        return lambda: [pattern.match(text[max(0, at - BACK[name]) : at][::-1]) for at in places[::2]]
    if isinstance(pattern, _Here):
        return lambda: [pattern.match(text, at) is None for at in places]
    return lambda: sum(1 for _ in pattern.finditer(text))


def too_slow(name: str, size: int) -> Iterator[str]:
    for piece in PIECES:
        for run, long in enumerate(runs(name, piece, 4 * size)):
            for _ in range(3):  # on a machine with other work, one look is none
                much = cost(looked_for(name, long))
                little = cost(looked_for(name, long[:size]))
                if much < NOTHING or much < 4 * GROWTH * little:
                    break
            else:
                yield f"{piece!r}, text {run}: {little:.3f} s, and {much:.3f} s for four times as much"


@pytest.mark.torture
@pytest.mark.parametrize("name", sorted(PATTERNS))
def test_no_run_of_anything_makes_a_pattern_slow(name: str) -> None:
    assert list(too_slow(name, 10_000)) == []


def dearer(name: str) -> Iterator[str]:
    """The pieces with which a million characters take a second; a tenth of them is looked at first, since growth is linear."""
    PATTERNS[name].pattern  # noqa: B018  compiled now
    for piece in PIECES:
        for run, long in enumerate(runs(name, piece, MILLION)):
            for size in (MILLION // 10, MILLION):
                most = size / MILLION
                for _ in range(3):  # on a machine with other work, one look is none
                    taken = cost(looked_for(name, long[:size]), within=most)
                    if taken < most:
                        break
                else:
                    yield f"{piece!r}, text {run}: {taken:.2f} s for {size:,} characters"
                if taken >= most or taken < most * NEAR:
                    break


@pytest.mark.torture
@pytest.mark.parametrize("name", sorted(PATTERNS))
def test_a_million_characters_of_anything_take_a_pattern_less_than_a_second(name: str) -> None:
    assert list(dearer(name)) == []


NUMBERED = [
    "Kamerstuk {d}-{n}. Zie ook nr. 5. ", "(Kamerstuk {d}, nr. {n}) en stuk nr. 7\n", "Vraag {n}\nZie het antwoord op vraag 1 en {n}, noot {n}.\n",
    "tekst[{n}]\n\n[{n}: A. Titel van, www.a.nl/{n}]\n", "tekst {n}. \n{n} Trb. 1990, {n}\n", "minister Jan{w} van Defensie{n}, ",
    "het lid Jan{w} (SP) ", "de heer Jan{w} zei; ", "De heer Jan{w}:\nIk moties {n} stuk nr. {n}\n", "motie-Jan{w} c.s. ",
    "motie van het lid Jan{w} over {n} (Kamerstuk {d}-{n}) ", "brief van {n} mei 2023 (Kamerstuk {d}-{n}) ", "resolutie {n} ", "resolutie 1 ",
    "Verordening (EU) 2016/{n} (PbEU L 119) ", "artikel 1, NPV ", "artikel {n} van de Wet Jan{w} ", "Handelingen II 2020/21, nr. {n}, item {n} ",
    "toezegging TZ202401-{n} ", "https://a.nl/{n} ", "commissie voor Defensie ", "AH {n} ", "{d} {n} ", "zie noot {n} ",
]  # fmt: skip
"""References, over and over: {n} counts, {d} is a dossier of that number, {w} the number in letters."""


def counted(template: str, size: int) -> str:
    """A text of so many characters of a template."""
    pieces, length = list[str](), 0
    while length < size:
        number = str(len(pieces) + 1)
        word = "".join(chr(ord("a") + int(digit)) for digit in number)
        piece = template.replace("{n}", number).replace("{d}", str(30_000 + int(number) % 9_999)).replace("{w}", word)
        pieces.append(piece)
        length += len(piece)
    return "".join(pieces)[:size]


@pytest.mark.torture
@pytest.mark.parametrize("template", NUMBERED, ids=repr)
def test_many_references_cost_as_many_times_as_much(template: str) -> None:
    """From text to links: what is looked up in a paper is not looked through again for each of its references."""
    long, day = counted(template, 160_000), date(2024, 5, 5)
    paper("Kamerstuk 33279-40", day)
    little, much = cost(lambda: paper(long[:40_000], day)), cost(lambda: paper(long, day))
    assert much < max(5 * NOTHING, 4 * GROWTH * little)


def test_numbers_of_resolutions_are_looked_through_once() -> None:
    long, day = "resolutie 1 " * 8_000, date(2024, 5, 5)
    few, many = cost(lambda: paper(long[:24_000], day)), cost(lambda: paper(long, day))
    assert many < 4 * GROWTH * few


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
