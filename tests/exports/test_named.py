"""The named queries: each runs, says what it is, and takes values that stay values."""

from __future__ import annotations

import csv
import io
import re

import pytest

from exports.named import NamedQuery, NoSuchQuery, WrongValue, all_queries, query
from graph import Graph
from graph.guard import check
from ontology.terms import BASE

ALL = all_queries()
SLOTS = [(each, slot) for each in ALL for slot in each.parameters]
INJECTIONS = [
    'x" } SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } #', 'npt" "ctbt', "x'", "\\", '\\" } #', "}\n}\n# set treaty: x", '"""',
    "?paper", "<http://x>", "\\u0022", "a\nb\r\tc", "", "npt } VALUES ?notation { UNDEF", "\\1\\g<name>", "😀",
]  # fmt: skip
VALUES = re.compile(r"^ *(?=VALUES \?(\w+) \{ [\"<])(.*?\})(?: *# set (\w+) .*)? *$", re.MULTILINE)
"""The line of a parameter: its variable, the line as query, the name of the parameter where the comment still stands."""
NOTHING = "https://example.org/nothing"


def asked(graph: Graph, each: NamedQuery, **values: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(graph.query(each.filled(values), "csv").decode())))


def test_there_are_at_least_ten() -> None:
    assert len(ALL) >= 10
    assert {
        "documents-by-treaty", "who-answers-whom", "final-answer", "most-referred-to", "references-of-document", "co-cited",
        "documents-by-minister", "addresses-per-site", "unresolved", "problems",
    } <= {each.name for each in ALL}  # fmt: skip


@pytest.mark.parametrize("each", ALL, ids=lambda each: each.name)
def test_a_query_runs_as_it_stands_and_finds_something_in_the_samples(samples: Graph, each: NamedQuery) -> None:
    check(each.text)
    assert asked(samples, each)
    assert samples.query(each.text) == samples.query(each.filled({}))


@pytest.mark.parametrize("each", ALL, ids=lambda each: each.name)
def test_a_query_says_what_it_is(each: NamedQuery) -> None:
    first, second = each.text.splitlines()[:2]
    assert (first, second) == (f"# {each.title}", f"# {each.says}")
    assert each.title[0].isupper()
    assert not each.title.endswith(".")
    assert len(each.title) < 60
    assert each.says.endswith(".")
    assert "ORDER BY" in each.text
    assert "UNDEF" not in each.text


def test_titles_are_their_own() -> None:
    assert len({each.title for each in ALL}) == len(ALL)


@pytest.mark.parametrize(("each", "slot"), SLOTS, ids=lambda part: getattr(part, "name", part))
def test_a_value_that_nothing_has_finds_nothing(samples: Graph, each: NamedQuery, slot: str) -> None:
    if (each.name, slot) not in {("documents-by-minister", "from"), ("documents-by-minister", "to")}:
        assert asked(samples, each, **{slot: NOTHING}) == []
    assert each.parameters[slot].says


@pytest.mark.parametrize("value", INJECTIONS, ids=repr)
@pytest.mark.parametrize(("each", "slot"), SLOTS, ids=lambda part: getattr(part, "name", part))
def test_a_value_cannot_become_query(samples: Graph, each: NamedQuery, slot: str, value: str) -> None:
    kinds = each.parameters[slot].kinds
    try:
        filled = each.filled({slot: value})
    except WrongValue:
        assert kinds
        return
    if "\\u" not in filled:
        check(filled)
    (variable,) = (match[1] for match in VALUES.finditer(each.text) if match[3] == slot)
    (line,) = (match[2] for match in VALUES.finditer(filled) if match[1] == variable)
    rows = samples.store.quads.query(f"SELECT ?{variable} {{ {line} }}")
    assert [row[variable].value for row in rows] == [value]
    for name in each.parameters:
        (other,) = (match[1] for match in VALUES.finditer(each.text) if match[3] == name)
        assert sum(match[1] == other for match in VALUES.finditer(filled)) == 1


@pytest.mark.parametrize(
    ("name", "slot", "value", "column", "found"),
    [
        ("documents-by-treaty", "treaty", "ctbt", "paper", {"brief-kernwapens-belarus"}),
        ("documents-by-treaty", "treaty", "att", "paper", {"brief-veelsoortige-verwijzingen"}),
        ("documents-by-minister", "name", "ollongren", "paper", {"brief-kernwapens-belarus"}),
        ("office-holders", "post", "office:minister-president", "post", {"Minister-president"}),
    ],
)
def test_a_value_chooses(samples: Graph, name: str, slot: str, value: str, column: str, found: set[str]) -> None:
    values = query(name).parse({slot: value}, lambda words, kinds: samples.lookup(words, *kinds))
    cells = {row[column].rpartition("/")[2] for row in asked(samples, query(name), **values)}
    assert {
        next((word for word in found if cell.casefold().startswith(word.casefold())), cell) for cell in cells
    } == found


def test_the_period_of_an_undated_paper_counts(samples: Graph) -> None:
    by = query("documents-by-minister")
    for first, last, number in (
        ("2023-01-01", "2023-12-31", 1),
        ("2024-07-03", "2025-01-01", 0),
        ("2020-01-01", "2023-09-04", 0),
    ):
        assert len(asked(samples, by, name=f"{BASE}person/ollongren_kh", **{"from": first, "to": last})) == number


def test_an_unknown_query_and_an_unknown_slot_are_named() -> None:
    with pytest.raises(NoSuchQuery, match=r"there is no query .nope.; there are: .*papers"):
        query("nope")
    with pytest.raises(NoSuchQuery, match=r'has no parameter "nope"; it has: treaty, year'):
        query("documents-by-treaty").filled({"nope": "x"})
