"""Results of the benchmark are kept, read back and compared with those of the same machine."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import get_type_hints

import pytest

from bench.__main__ import MODULES
from bench.rows import Result, Row, before, machine, results

FAST = Row("scan", "at least 60 MB/s", 80.0, "MB/s", "automaton 90 MB/s", True)
SLOW = Row("query", "at most 50 ms", 40.0, "ms", "", True)


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
    first = Result("2026-01-01T00:00:00", "0.1", "quick", here, (FAST, SLOW))
    later = Result("2026-01-02T00:00:00", "0.1", "quick", here, (replace(FAST, figure=70.0),))
    other = Result("2026-01-03T00:00:00", "0.1", "quick", {**here, "cores": 999}, (replace(FAST, figure=1.0),))
    full = Result("2026-01-04T00:00:00", "0.1", "full", here, (replace(FAST, figure=2.0),))
    for result in (other, later, full, first):
        result.save(tmp_path)
    kept = results(tmp_path)
    assert kept == [first, later, other, full]
    assert {name: row.figure for name, row in before(kept, here, "quick").items()} == {"scan": 70.0, "query": 40.0}


@pytest.mark.parametrize("name", MODULES)
def test_every_module_of_the_benchmark_gives_rows(name: str) -> None:
    given = get_type_hints(import_module(f"bench.{name}").rows)["return"]
    assert given.__args__ == (Row,)
    assert issubclass(given.__origin__, Iterable)


def test_reading_is_measured_on_made_papers_where_there_are_no_others(tmp_path: Path) -> None:
    from bench.readers import PLAIN, papers

    assert set(papers(tmp_path)) == set(PLAIN) - {".pdf", ".json"}
