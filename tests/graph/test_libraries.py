"""The graph in the hands of rdflib and networkx: prefixes are bound, and every writer takes the network."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import networkx
import pytest
import rdflib

from graph import Graph
from graph.network import network, quotes, writable
from ontology.terms import PREFIXES

NPT = "https://w3id.org/kamergraaf/treaty/npt"
WRITERS = {
    "graphml": (networkx.write_graphml, networkx.read_graphml),
    "gexf": (networkx.write_gexf, networkx.read_gexf),
    "gml": (networkx.write_gml, networkx.read_gml),
}
HOSTILE = "".join(map(chr, range(0x20))) + "\x7f\x85\u2028\ud800\ufffe\uffff é😀 \u202e</data>]]>&amp;&#1;\"'[ ]"


@pytest.mark.parametrize("prefix", sorted(PREFIXES))
def test_every_prefix_is_bound(samples: Graph, prefix: str) -> None:
    dataset = samples.rdflib()
    assert dict(dataset.namespaces())[prefix] == rdflib.URIRef(PREFIXES[prefix])
    # a query that names the prefix need not declare it
    assert not list(dataset.query(f"SELECT ?a {{ ?a {prefix}:nothing-has-this ?b }}"))


def test_turtle_of_rdflib_has_short_names(samples: Graph) -> None:
    dataset = samples.rdflib()
    (paper,) = {str(row[0]) for row in dataset.query("SELECT ?p { ?p kg:answers ?q } LIMIT 1")}
    text = dataset.get_context(rdflib.URIRef(paper)).serialize(format="turtle")
    assert f"@prefix kg: <{PREFIXES['kg']}>" in text
    assert "kg:invokesTreaty" in text
    assert "ns1:" not in text


@pytest.mark.parametrize("name", WRITERS)
def test_every_writer_takes_the_network(samples: Graph, name: str, tmp_path: Path) -> None:
    whole = samples.network()
    assert all(isinstance(value, (str, int, float)) for value in _values(whole))
    back = _through(whole, name, tmp_path)
    assert back.is_directed()
    assert set(back) == set(whole)
    assert {(a, b, key) for a, b, key in back.edges(keys=True)} == {(a, b, key) for a, b, key in whole.edges(keys=True)}
    assert _said(back) == _said(whole)
    assert back.nodes[NPT]["weight"] == whole.nodes[NPT]["weight"]


@pytest.mark.parametrize("name", WRITERS)
def test_every_writer_takes_hostile_text(name: str, tmp_path: Path) -> None:
    made: networkx.MultiDiGraph[str] = networkx.MultiDiGraph()
    for node in ("https://e.org/a", "https://e.org/é😀"):
        made.add_node(node, kind=HOSTILE, label=HOSTILE, address=None, date=None, weight=1, mentions=2)
    said = ({"quote": HOSTILE, "document": "x", "section": "", "rule": "r", "confidence": 0.5},)
    made.add_edge(*made, "cites", label_nl=HOSTILE, label_en="", evidence=said)
    made.add_edge(*made, "answers", label_nl="", label_en="", evidence=())
    plain = writable(made)
    back = _through(plain, name, tmp_path)
    assert _said(back) == _said(plain)
    assert {about["kind"] for _, about in back.nodes(data=True)} == {plain.nodes["https://e.org/a"]["kind"]}
    assert "é😀" in back.nodes["https://e.org/a"]["kind"]


def test_the_evidence_is_the_same_as_text(samples: Graph) -> None:
    plain = samples.network()
    for source, target, key, about in network(samples.store).edges(keys=True, data=True):
        assert json.loads(plain.edges[source, target, key]["evidence"]) == list(quotes(about))


def _values(whole: Any) -> list[object]:
    return [
        value
        for about in (*dict(whole.nodes(data=True)).values(), *(each for *_, each in whole.edges(data=True)))
        for value in about.values()
    ]


def _through(whole: Any, name: str, folder: Path) -> Any:
    write: Callable[..., None]
    write, read = WRITERS[name]
    write(whole, folder / name)
    return networkx.MultiDiGraph(read(folder / name))


def _said(whole: Any) -> list[tuple[str, str, list[Any]]]:
    return sorted((a, b, list(quotes(about))) for a, b, about in whole.edges(data=True))
