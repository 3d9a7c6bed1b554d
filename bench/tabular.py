"""The five questions of the page on tables: in DuckDB over Parquet, and the same in SPARQL over the store."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph

import graph
from bench.graphs import generated
from bench.rows import Row, seconds, size
from exports.rows import TABLES, write_parquet
from graph import Graph
from graph.store import Store, value
from ontology.terms import PREFIXES

if TYPE_CHECKING:
    import duckdb

PAGE = Path(graph.__file__).parents[1] / "docs" / "parquet.md"
RATIO = 20
_SPARQL = (
    """SELECT ?what (COUNT(?mention) AS ?mentions) WHERE { GRAPH ?paper { ?mention oa:hasBody ?what } }
       GROUP BY ?what ORDER BY DESC(COUNT(DISTINCT ?paper)) ?what LIMIT 20""",
    """SELECT ?year (COUNT(DISTINCT ?paper) AS ?papers) WHERE {
       GRAPH ?paper { ?paper kg:invokesTreaty ?treaty . OPTIONAL { ?paper dcterms:date ?date } } BIND (YEAR(?date) AS ?year) } GROUP BY ?year""",
    """SELECT ?one ?other (COUNT(DISTINCT ?paper) AS ?papers) WHERE {
       GRAPH ?paper { ?paper kg:invokesTreaty ?one , ?other } FILTER (STR(?one) < STR(?other)) }
       GROUP BY ?one ?other ORDER BY DESC(?papers) ?one ?other LIMIT 20""",
    "SELECT ?rule (COUNT(?mention) AS ?mentions) WHERE { GRAPH ?paper { ?mention kg:rule ?rule } } GROUP BY ?rule",
    """SELECT ?quote ?kind (COUNT(?mention) AS ?mentions) WHERE {
       GRAPH ?paper { ?mention a kg:UnresolvedMention ; kg:kind ?kind ; oa:hasTarget/oa:exact ?quote } }
       GROUP BY ?quote ?kind ORDER BY DESC(?mentions) ?quote LIMIT 50""",
)
"""The same questions in the order of the page."""


def questions() -> list[tuple[str, str]]:
    """Each question in SQL and in SPARQL."""
    sql = re.findall(r"^```sql\n(.*?)^```$", PAGE.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    return list(zip(sql, _SPARQL, strict=True))


def tables(store: Store, folder: Path, base: duckdb.DuckDBPyConnection) -> None:
    """Write both tables as Parquet, and let a database know them by their names."""
    for table in TABLES:
        path = folder / f"{table.name}.parquet"
        with path.open("wb") as out:
            write_parquet(store, table, out)
        base.read_parquet(str(path)).create_view(table.name)


def asked(store: Store, sparql: str) -> list[tuple[str, ...]]:
    """The rows of a query."""
    solutions = store.quads.query(sparql, prefixes=PREFIXES)
    assert isinstance(solutions, pyoxigraph.QuerySolutions)
    return [tuple(value(term) if term is not None else "" for term in solution) for solution in solutions]


def rows() -> Iterator[Row]:
    """How many times faster each question is on the table, on one core."""
    import duckdb

    with (
        tempfile.TemporaryDirectory() as folder,
        Graph.open(generated(size().quads)) as graph,
        duckdb.connect(config={"threads": 1}) as base,
    ):
        tables(graph.store, Path(folder), base)
        for number, (sql, sparql) in enumerate(questions(), 1):
            tabular = seconds(lambda sql=sql: base.execute(sql).fetchall(), 5)
            there = seconds(lambda sparql=sparql: asked(graph.store, sparql), 1)
            ratio = there / tabular
            yield Row(f"question {number} on the table", f"at least {RATIO} times SPARQL", ratio, "times",
                      f"SPARQL {1000 * there:,.0f} ms, table {1000 * tabular:.1f} ms", ratio >= RATIO)  # fmt: skip
