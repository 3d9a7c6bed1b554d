"""Answers to queries as Python values, and as tables and networks of other libraries."""

from __future__ import annotations

from datetime import date, datetime

import pyoxigraph
import pytest

from graph import Graph
from graph.answer import Wrong
from graph.guard import Refused
from graph.result import Result, result

VALUES = """
SELECT ?text ?number ?share ?true ?day ?moment ?nothing ?place WHERE { VALUES (?text ?number ?share ?true ?day ?moment ?place) {
  ("een"@nl 3 2.5 true "2023-03-17"^^xsd:date "2023-03-17T10:20:30Z"^^xsd:dateTime <http://example.org/a>)
  ("twee" 40 1e2 false "2026-06-29"^^xsd:date "2026-06-29T00:00:00"^^xsd:dateTime <http://example.org/b>)
} }
"""


@pytest.fixture
def typed() -> Result:
    return result(pyoxigraph.Store(), VALUES)


def test_values_have_the_types_that_the_graph_says(typed: Result) -> None:
    first = typed.rows()[0]
    assert first["moment"] == datetime.fromisoformat("2023-03-17T10:20:30+00:00")
    del first["moment"]
    assert first == {
        "text": "een", "number": 3, "share": 2.5, "true": True, "day": date(2023, 3, 17), "nothing": None,
        "place": "http://example.org/a",
    }  # fmt: skip
    assert [type(value) for value in typed.values[1]] == [str, int, float, bool, date, datetime, type(None), str]


@pytest.mark.parametrize(
    ("written", "expected"),
    [('"x"^^xsd:integer', "x"), ('"2023-02-30"^^xsd:date', "2023-02-30"), ('"maybe"^^xsd:boolean', "maybe"), ('"5"^^<http://e.org/integer>', "5")],
)  # fmt: skip
def test_what_is_not_written_as_its_type_stays_text(written: str, expected: str) -> None:
    assert result(pyoxigraph.Store(), f"SELECT ?x {{ VALUES ?x {{ {written} }} }}").values == ((expected,),)


def test_truth_and_statements_are_rows_too(samples: Graph) -> None:
    assert samples.sparql("ASK { ?s ?p ?o }").rows() == [{"answer": True}]
    made = samples.sparql("CONSTRUCT { ?d kg:on ?day } WHERE { ?d a kg:Document ; dcterms:date ?day }")
    assert made.columns == ("subject", "predicate", "object")
    assert date(2026, 6, 29) in {row["object"] for row in made.rows()}


def test_a_query_that_is_wrong_or_may_not_be_asked_says_so(samples: Graph) -> None:
    with pytest.raises(Wrong):
        samples.sparql("SELECT nonsense")
    with pytest.raises(Refused):
        samples.sparql("SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }")


def test_a_table_of_polars_keeps_the_types(typed: Result) -> None:
    polars = pytest.importorskip("polars")
    table = typed.to_polars()
    kinds = [polars.String, polars.Int64, polars.Float64, polars.Boolean, polars.Date]
    assert table.dtypes[:5] == kinds
    assert table["number"].sum() == 43


def test_a_table_of_pandas_keeps_the_types(typed: Result) -> None:
    pytest.importorskip("pandas")
    table = typed.to_pandas()
    assert table["number"].sum() == 43
    assert (table["day"].max() - table["day"].min()).days == 1200
    assert bool(table["true"][0]) is True
    # one moment has a zone and the other has none: they cannot stand in one column but as text
    assert table["moment"][0] == "2023-03-17 10:20:30+00:00"


@pytest.mark.parametrize("library", ["polars", "pandas"])
def test_moments_of_several_zones_stand_in_one_column(library: str) -> None:
    pytest.importorskip(library)
    moments = [datetime.fromisoformat(f"2023-03-17T10:00:00{zone}") for zone in ("+01:00", "Z", "-02:00")]
    table = getattr(Result(("at",), tuple((moment,) for moment in moments)), f"to_{library}")()
    assert table["at"].max() == moments[2]


@pytest.mark.parametrize("library", ["polars", "pandas"])
def test_a_column_of_several_types_is_text(library: str) -> None:
    pytest.importorskip(library)
    mixed = Result(("x", "y"), ((1, None), ("a", None), (date(2023, 1, 2), None)))
    assert getattr(mixed, f"to_{library}")()["x"].to_list() == ["1", "a", "2023-01-02"]
    assert len(getattr(Result(("x",), ()), f"to_{library}")()) == 0


def test_rows_are_edges_of_a_network() -> None:
    answer = Result(("a", "b", "n"), (("x", "y", 1), ("x", "y", 2), ("x", None, 3)))
    network = answer.to_networkx(target="b")
    assert sorted(network.edges(data=True), key=str) == [("x", "y", {"n": 1}), ("x", "y", {"n": 2})]
    with pytest.raises(KeyError):
        answer.to_networkx("nope")
    with pytest.raises(ValueError, match="two columns"):
        Result(("a",), ()).to_networkx()


@pytest.mark.parametrize("name", ["npt", "NPV", "non-proliferatieverdrag", "https://w3id.org/kamergraaf/treaty/npt"])
def test_what_lies_around_a_thing_of_any_name(samples: Graph, name: str) -> None:
    view = samples.around(name)
    assert view.title == "Non-proliferatieverdrag"
    assert len(view.to_networkx()) == 3
    assert view.middle in view.network


def test_nothing_lies_around_what_is_not_there(samples: Graph) -> None:
    with pytest.raises(LookupError, match="nothing in the graph"):
        samples.around("Kamerstuk 99999-1")
