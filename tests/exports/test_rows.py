"""The tables hold what the graph holds, and read back by a parser that is not ours."""

from __future__ import annotations

import csv
import io
from collections import Counter
from pathlib import Path

import networkx
import pytest
from conftest import Run

from exports import gexf
from exports.rows import MENTIONS, PAPERS, TABLES, Table, rows, write_csv, write_parquet
from graph import Graph, paper
from graph.describe import describe
from graph.model import Document
from graph.store import Source


@pytest.fixture
def nasty(tmp_path: Path) -> Graph:
    """A graph of one paper with everything in its text that may end a cell or a row."""
    text = 'Zie de motie-"Van Nispen",\rc.s. en Kamerstuk 33279-40.\n"De heer\tOmtzigt", zie\r\nhet antwoord op vraag 9 😀.\n'
    with Graph.open(tmp_path / "store", write=True) as made:
        made.build([])
        said = describe(paper(Document("=cmd", text, "0", "text")))
        made.store.put_paper(said, Source("=cmd", "0", "text", said.graph, "test", said.mentions))
        yield made


def as_text(table: Table, row: dict[str, str]) -> list[str]:
    return [row[name] for name in table.columns]


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_csv_reads_back(samples: Graph, table: Table) -> None:
    out = io.BytesIO()
    number = write_csv(samples.store, table, out)
    back = list(csv.DictReader(io.StringIO(out.getvalue().decode(), newline="")))
    assert len(back) == number > 0
    assert [list(row.values()) for row in back] == [as_text(table, row) for row in rows(samples.store, table)]


def test_there_is_a_row_for_each_mention_and_each_paper(samples: Graph) -> None:
    asked = "SELECT ?m { GRAPH ?g { ?m <http://www.w3.org/ns/oa#hasTarget> ?place } }"
    mentions = list(samples.store.quads.query(asked))
    found = list(rows(samples.store, MENTIONS))
    assert len(found) == len(mentions)
    assert Counter(row["paper"] for row in rows(samples.store, PAPERS)) == Counter(samples.store.papers())
    for row in found:
        text = samples.store.text(row["paper"])
        assert text[int(row["start"]) : int(row["end"])] == row["quote"]
        assert bool(row["target"]) != bool(row["reason"])
        assert 0 <= float(row["confidence"]) <= 1
        assert row["section"]


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_parquet_reads_back_whatever_the_text_holds(nasty: Graph, table: Table, tmp_path: Path) -> None:
    duckdb = pytest.importorskip("duckdb")
    with (tmp_path / "it's.parquet").open("wb") as out:
        number = write_parquet(nasty.store, table, out)
    with duckdb.connect() as base:
        back = base.read_parquet(str(tmp_path / "it's.parquet"))
        assert dict(zip(back.columns, map(str, back.types), strict=True)) == dict(table.columns)
        columns = ", ".join(f"coalesce(\"{name}\"::VARCHAR, '')" for name in table.columns)
        found = [list(row) for row in back.select(columns).fetchall()]
    expected = [as_text(table, row) for row in rows(nasty.store, table)]
    assert found == expected
    assert len(found) == number > 0


def test_the_command_writes_both_tables_and_needs_a_name_for_parquet(run: Run, built: Path, tmp_path: Path) -> None:
    done = run("export", "--format", "csv", "-o", "graph.csv", "--store", built)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "graph.csv").read_text("utf-8").startswith("paper,start,end,quote,")
    assert (tmp_path / "graph-papers.csv").read_text("utf-8").startswith("paper,id,label,")
    assert run("export", "--format", "csv", "--store", built).stdout == (tmp_path / "graph.csv").read_text("utf-8")
    wrong = run("export", "--format", "parquet", "--store", built)
    assert wrong.returncode == 2
    assert "-o" in wrong.stderr


def test_gexf_reads_back_as_the_same_network(samples: Graph) -> None:
    network = samples.network()
    one, again = io.BytesIO(), io.BytesIO()
    assert gexf.write([network], one) == network.number_of_edges() == gexf.write([network], again)
    assert one.getvalue() == again.getvalue()
    back = networkx.read_gexf(io.BytesIO(one.getvalue()), version="1.2draft")
    assert set(back) == set(network)
    assert {node: about["label"] for node, about in back.nodes(data=True)} == dict(network.nodes(data="label"))
    assert sorted((a, b, about["property"]) for a, b, about in back.edges(data=True)) == sorted(
        network.edges(keys=True)
    )
