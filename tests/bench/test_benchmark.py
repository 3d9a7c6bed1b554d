"""Results of the benchmark are kept, read back and compared with those of the same machine."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import get_type_hints

import pytest
from starlette.routing import Route

from bench.__main__ import MODULES, measured, run
from bench.explorer import views
from bench.kept import Result, before, begun, results
from bench.page import SHORTFALLS, text
from bench.rows import Row, machine
from exports.explorer.app import PAGES
from exports.explorer.collection import Collection


@contextmanager
def opened(folder: Path) -> Iterator[Collection]:
    made = Collection(folder)
    yield made
    made.close()


FAST = Row("scan", "at least 60 MB/s", 80.0, "MB/s", "automaton 90 MB/s", True, "scan")
SLOW = Row("query", "at most 50 ms", 40.0, "ms", "", True, "queries")


def test_what_is_worse_depends_on_the_goal() -> None:
    assert replace(FAST, figure=40.0).worse_than(80.0) == pytest.approx(1.0)
    assert replace(FAST, figure=100.0).worse_than(80.0) < 0
    assert replace(SLOW, figure=60.0).worse_than(40.0) == pytest.approx(0.5)
    assert replace(SLOW, figure=30.0).worse_than(40.0) < 0


def test_a_goal_says_which_way_is_better() -> None:
    with pytest.raises(ValueError, match="neither"):
        Row("scan", "60 MB/s", 1.0, "MB/s")


def test_results_read_back_and_are_compared_on_the_same_machine_only(tmp_path: Path) -> None:
    here = machine()
    first = Result("2026-01-01T00:00:00", "0.1", "a", "quick", here, (FAST, SLOW))
    later = Result("2026-01-02T00:00:00", "0.1", "a", "quick", here, (replace(FAST, figure=70.0),))
    other = Result("2026-01-03T00:00:00", "0.1", "a", "quick", {**here, "cores": 999}, (replace(FAST, figure=1.0),))
    full = Result("2026-01-04T00:00:00", "0.1", "a", "full", here, (replace(FAST, figure=2.0),))
    for result in (other, later, full, first):
        result.save(tmp_path)
    kept = results(tmp_path)
    assert kept == [first, later, other, full]
    assert {name: row.figure for name, row in before(kept, here, "quick").items()} == {"scan": 70.0, "query": 40.0}


def test_a_module_that_is_measured_anew_takes_the_place_of_its_rows_in_the_result_of_the_same_code() -> None:
    first = Result("2026-01-01T00:00:00", "0.1", "a", "full", {}, (FAST, SLOW))
    assert begun(replace(first, date="2026-01-02T00:00:00", rows=()), [first]) == first
    newer = replace(first, date="2026-01-02T00:00:00", commit="b", rows=())
    assert begun(newer, [first]) == newer
    anew = first.with_rows("queries", [replace(SLOW, figure=30.0)])
    assert anew.rows == (FAST, replace(SLOW, figure=30.0))


def test_a_module_that_fails_says_so_and_costs_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    assert measured("no_such_module", "small") == ((), "exit code 1")
    monkeypatch.setattr("bench.__main__.MODULES", ("no_such_module", "rows"))
    assert run("small", (), keep=False) == 2


def test_the_page_shows_the_newest_figures_what_changed_and_why_a_row_falls_short() -> None:
    here = {"cores": 2}
    first = Result("2026-01-01T00:00:00", "0.1", "aaa", "full", here, (FAST, SLOW))
    short = replace(SLOW, name="no such | row", figure=90.0, met=False)
    later = Result("2026-01-02T00:00:00", "0.2", "bbb", "full", here, (replace(FAST, figure=40.0), short))
    quick = Result("2026-01-03T00:00:00", "0.2", "ccc", "quick", here, (SLOW,))
    page = text([first, later, quick])
    assert "| scan | at least 60 MB/s | 40 MB/s | automaton 90 MB/s | yes | 100% worse |" in page
    assert "| no such   row | at most 50 ms | 90 ms |  | **no** |  |" in page
    assert "- **no such | row**: Not explained yet." in page
    assert "| 2026-01-02 00:00:00 | 0.2 | bbb | full | 1 of 2 | scan (100% worse) |" in page
    assert page.index("ccc") < page.index("| 2026-01-02")


def test_every_shortfall_is_explained_in_whole() -> None:
    for each in tomllib.loads(SHORTFALLS.read_text("utf-8"))["row"]:
        assert set(each) == {"name", "why", "next"}
        assert all(words.endswith(".") for words in (each["why"], each["next"]))


def test_every_page_of_the_explorer_is_measured(built: Path) -> None:
    with opened(built) as collection:
        asked = views(collection.index)
    paths = {route.path for module in PAGES for route in module.routes if isinstance(route, Route)}
    assert set(asked) >= paths - {"/id", "/doc", "/thread"}
    assert all(place.startswith(("/nl/", "/id")) for places in asked.values() for place in places)


@pytest.mark.parametrize("name", MODULES)
def test_every_module_of_the_benchmark_gives_rows(name: str) -> None:
    given = get_type_hints(import_module(f"bench.{name}").rows)["return"]
    assert given.__args__ == (Row,)
    assert issubclass(given.__origin__, Iterable)


def test_reading_is_measured_on_made_papers_where_there_are_no_others(tmp_path: Path) -> None:
    from bench.readers import PLAIN, papers

    assert set(papers(tmp_path)) == set(PLAIN) - {".pdf", ".json"}
