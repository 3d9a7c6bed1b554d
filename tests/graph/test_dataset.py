"""The dataset describes itself: what is counted is what is there, and the same papers give the same words."""

from pathlib import Path

import pytest

import graph
from graph import Graph
from graph.dataset import DATASET
from graph.named_graphs import BUILDS, OWN_GRAPHS
from ontology.terms import PREFIXES

SAMPLES = Path(graph.__file__).parent / "samples"
PREFIX = "".join(f"PREFIX {name}: <{space}>\n" for name, space in PREFIXES.items())


def described(store: Path, papers: Path) -> list[str]:
    """What the dataset says of itself after a build, in order."""
    with Graph.open(store, write=True) as made:
        made.build([papers], prune=True)
        query = f'CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH <{BUILDS}> {{ ?s ?p ?o FILTER STRSTARTS(STR(?s), "{DATASET}") }} }}'
        return sorted(made.query(query).decode().splitlines())


def number(store: Path, pattern: str) -> int:
    with Graph.open(store) as made:
        rows = made.query(PREFIX + f"SELECT ?number WHERE {{ {pattern} }}", "csv").decode().split()
    return int(rows[1])


def test_what_is_counted_is_there(tmp_path: Path) -> None:
    described(tmp_path / "store", SAMPLES)
    with Graph.open(tmp_path / "store") as made:
        counted = sum(1 for quad in made.store.quads if quad.graph_name.value not in OWN_GRAPHS)
    assert number(tmp_path / "store", f"GRAPH ?g {{ <{DATASET}> void:triples ?number }}") == counted
    assert number(tmp_path / "store", f"GRAPH ?g {{ <{DATASET}> void:documents ?number }}") == 3
    letters = "GRAPH ?g { ?part void:class kg:Treaty ; void:entities ?number }"
    assert number(tmp_path / "store", letters) == number(
        tmp_path / "store",
        f"{{ SELECT (COUNT(DISTINCT ?t) AS ?number) {{ GRAPH ?g {{ ?t a kg:Treaty }} FILTER (?g NOT IN ({', '.join(f'<{own}>' for own in OWN_GRAPHS)})) }} }}",
    )


@pytest.mark.slow
def test_the_same_papers_give_the_same_description_and_fewer_papers_a_smaller_one(tmp_path: Path) -> None:
    papers = tmp_path / "papers"
    papers.mkdir()
    for sample in SAMPLES.glob("*.txt"):
        (papers / sample.name).write_bytes(sample.read_bytes())
    one, other = described(tmp_path / "one", papers), described(tmp_path / "other", papers)
    assert one == other
    assert described(tmp_path / "one", papers) == one
    next(iter(papers.iterdir())).unlink()
    fewer = described(tmp_path / "one", papers)
    assert fewer != one
    assert len([line for line in fewer if "void#triples" in line and f"<{DATASET}> " in line]) == 1
