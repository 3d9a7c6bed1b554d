"""The plans of named queries: how many rows each pattern gives, which must not grow with papers that have no part in the answer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pyoxigraph
import pytest

from bench.generate import quads_of
from exports.named import query
from graph import Graph
from ontology.terms import BASE

MORE = 40
"""Generated papers beside the samples; none is of the parliamentary year, the treaty or the paper that is asked for."""
_PATTERN = re.compile(r"GRAPH (\S+) \{ ?((?:[^{}]|\{[^{}]*\})*)\}")
_SEEN = pyoxigraph.NamedNode("https://example.org/seen")
ASKED = {
    "co-cited": {"thing": "https://www.tweedekamer.nl/kamerstukken/detail?did=2023D14598"},
    "documents-by-treaty": {"treaty": f"{BASE}treaty/new-start"},
    "final-answer": {},
    "most-referred-to": {},
    "references-of-document": {},
}


@pytest.fixture(scope="module")
def few(built: Path) -> pyoxigraph.Store:
    store = pyoxigraph.Store()
    with Graph.open(built) as graph:
        store.extend(graph.store.quads)
    return store


@pytest.fixture(scope="module")
def many(few: pyoxigraph.Store) -> pyoxigraph.Store:
    store = pyoxigraph.Store()
    store.extend(few)
    for number in range(MORE):
        store.load("".join(quads_of(number)).encode(), pyoxigraph.RdfFormat.N_QUADS)
    return store


def counted(store: pyoxigraph.Store, text: str) -> list[int]:
    """The rows that each pattern of a graph gives, in the order of the text, and last those of the answer."""
    rows: list[int] = []
    numbers = count()

    def watched(match: re.Match[str]) -> str:
        number = next(numbers)
        rows.append(0)
        # all variables, so that the engine cannot count before the pattern is whole; BIND, since a filter changes the plan
        used = ", ".join(f'COALESCE({name}, "")' for name in sorted(set(re.findall(r"\?[a-z]+", match[2]))))
        return f"GRAPH {match[1]} {{ {match[2]} BIND (<{_SEEN.value}>({number}, {used}) AS ?seen{number}) }}"

    def seen(number: pyoxigraph.Literal, *_: object) -> pyoxigraph.Literal:
        rows[int(number.value)] += 1
        return pyoxigraph.Literal(True)

    answer = list(_solutions(store.query(_PATTERN.sub(watched, text), custom_functions={_SEEN: seen})))
    assert len(answer) == len(list(_solutions(store.query(text))))
    return [*rows, len(answer)]


def _solutions(found: object) -> Iterator[object]:
    assert isinstance(found, pyoxigraph.QuerySolutions)
    return iter(found)


@pytest.mark.parametrize("name", ASKED)
def test_papers_without_a_part_in_the_answer_cost_nothing(
    few: pyoxigraph.Store, many: pyoxigraph.Store, name: str
) -> None:
    text = query(name).filled(ASKED[name])
    rows = counted(few, text)
    assert rows[-1] > 0
    assert counted(many, text) == rows


def test_of_all_papers_only_the_day_is_looked_up(many: pyoxigraph.Store) -> None:
    text = query("papers").text.replace("LIMIT 200", "LIMIT 5")
    # those with a day; all, and those with a year, which are left out of all; then the latest five
    assert counted(many, text) == [MORE + 2, MORE + 3, MORE + 2, 5, 5, 5]


def test_only_the_latest_answers_are_looked_up(many: pyoxigraph.Store) -> None:
    text = query("who-answers-whom").text.replace("LIMIT 500", "LIMIT 5")
    signed, answers, days, labels, askers, zaken, rows = counted(many, text)
    assert answers > 5
    assert signed + answers < 2 * MORE
    assert days <= signed
    assert labels == 5
    assert max(askers, zaken) <= rows


def test_only_what_a_minister_signed_is_looked_up(many: pyoxigraph.Store) -> None:
    text = query("documents-by-minister").filled({"name": f"{BASE}person/zalm_g", "from": "1800-01-01"})
    *_, papers, days, earliest, latest, rows = counted(many, text)
    assert 0 < rows < MORE
    assert papers == rows
    assert max(days, earliest, latest) <= rows


def test_what_is_named_most_is_counted_before_it_is_looked_up(many: pyoxigraph.Store) -> None:
    text = (
        query("most-referred-to")
        .filled({"vergaderjaar": "2000-2001"})
        .replace("LIMIT 500 }\n  GRAPH ?one", "LIMIT 5 }\n  GRAPH ?one")
    )
    papers, mentions, labels, *_ = counted(many, text)
    assert papers < 5 < mentions
    assert 0 < labels <= 5


def test_the_count_sees_a_plan_that_reads_everything(few: pyoxigraph.Store, many: pyoxigraph.Store) -> None:
    everything = query("most-referred-to").text.replace(
        "?paper kg:vergaderjaar ?vergaderjaar", "?paper kg:vergaderjaar ?any"
    )
    assert counted(many, everything)[0] > 2 * counted(few, everything)[0]
