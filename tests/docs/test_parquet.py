"""The questions of the page on tables run as they stand, and their answers are those of the graph."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.tabular import asked, questions, tables
from graph import Graph


def test_each_question_has_the_answer_that_the_graph_gives(samples: Graph, tmp_path: Path) -> None:
    duckdb = pytest.importorskip("duckdb")
    with duckdb.connect() as base:
        tables(samples.store, tmp_path, base)
        found = [(base.sql(sql).fetchall(), asked(samples.store, sparql)) for sql, sparql in questions()]
    assert len(found) == 5
    for rows, solutions in found:
        assert rows
        counts = [str(row[-1]) for row in rows]
        assert sorted(counts) == sorted(row[-1] for row in solutions)
