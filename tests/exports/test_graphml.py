"""GraphML: strict XML, whatever the texts hold, that reads back as the same network."""

from __future__ import annotations

import io
import shutil
from pathlib import Path
from types import ModuleType
from xml.etree import ElementTree

import networkx
import pytest
from conftest import SAMPLES, Run

from exports import gexf, graphml
from graph import Graph
from graph.network import parts, quotes
from graph.triples import term


def written(*parts: networkx.MultiDiGraph, by: ModuleType = graphml) -> bytes:
    out = io.BytesIO()
    by.write(parts, out)
    return out.getvalue()


def test_the_network_reads_back(samples: Graph) -> None:
    network = samples.network()
    back = networkx.read_graphml(io.BytesIO(written(network)), force_multigraph=True)
    assert back.is_directed()
    assert set(back) == set(network)
    for node, about in network.nodes(data=True):
        assert back.nodes[node] == {"address": "", "date": ""} | about
    edges = sorted(
        (source, target, about["property"], about["mentions"]) for source, target, about in back.edges(data=True)
    )
    assert edges == sorted(
        (source, target, key, len(quotes(about))) for source, target, key, about in network.edges(keys=True, data=True)
    )


def test_the_same_network_gives_the_same_bytes(samples: Graph) -> None:
    assert written(samples.network()) == written(samples.network())


def test_a_hostile_network_is_strict_xml() -> None:
    nasty = "</data>]]><script>&lt; \"'\x00\x0b\ufffe\ud800 é😀\u2028"
    network = networkx.MultiDiGraph()
    network.add_node("https://e.org/a?b&c<d>", kind=nasty, label=nasty, address=None, weight=1)
    network.add_node("https://e.org/é", kind="url", label="", address=nasty, weight=0)
    evidence = ({"quote": nasty, "document": nasty, "section": "", "rule": "", "confidence": 0.5},)
    for source, target in (("https://e.org/a?b&c<d>", "https://e.org/é"), ("https://e.org/é", "https://e.org/é")):
        network.add_edge(source, target, "cites", label_nl=nasty, label_en=nasty, evidence=evidence)
    data = written(network)
    ElementTree.fromstring(data)
    back = networkx.read_graphml(io.BytesIO(data), force_multigraph=True)
    assert set(back) == set(network)
    clean = "</data>]]><script>&lt; \"'\ufffd\ufffd\ufffd\ufffd é😀\u2028"
    assert back.nodes["https://e.org/é"]["address"] == clean
    assert back.nodes["https://e.org/a?b&c<d>"]["label"] == clean
    assert [(about["label"], about["quote"]) for _, _, about in back.edges(data=True)] == [(clean, clean)] * 2


@pytest.mark.parametrize("by", [graphml, gexf], ids=["graphml", "gexf"])
def test_parts_are_written_as_the_whole_that_they_make(samples: Graph, by: ModuleType) -> None:
    assert written(*parts(samples.store), by=by) == written(samples.network(), by=by)


def test_gexf_has_the_values_of_graphml(samples: Graph) -> None:
    one = networkx.read_graphml(io.BytesIO(written(samples.network())), force_multigraph=True)
    other = networkx.read_gexf(io.BytesIO(written(samples.network(), by=gexf)))
    assert dict(other.nodes(data=True)) == dict(one.nodes(data=True))
    names = ("property", "label", "label_en", "mentions", "quote")
    assert sorted((*ends, *(about[name] for name in names)) for *ends, about in other.edges(data=True)) == sorted(
        (*ends, *(about[name] for name in names)) for *ends, about in one.edges(data=True)
    )


@pytest.mark.parametrize("form", ["graphml", "gexf"])
def test_what_xml_cannot_hold_is_counted_and_named(run: Run, fresh: Path, tmp_path: Path, form: str) -> None:
    with Graph.open(shutil.copytree(fresh, tmp_path / "store"), write=True) as made:
        made.build([SAMPLES])
        label = term("rdfs:label")
        made.store.update(
            f'DELETE {{ GRAPH ?g {{ ?s {label} ?o }} }} INSERT {{ GRAPH ?g {{ ?s {label} "\\u0001\\uFFFF" }} }} '
            f"WHERE {{ GRAPH ?g {{ ?s a {term('kg:Treaty')} ; {label} ?o }} }}"
        )
    done = run("export", "--store", "store", "--format", form, "-o", f"out.{form}")
    assert done.returncode == 0, done.stderr
    assert "with characters that XML cannot hold" in done.stderr
    assert "'\\x01\\uffff'" in done.stderr
    ElementTree.parse(tmp_path / f"out.{form}")


def test_an_empty_network_is_a_file_too() -> None:
    assert len(networkx.read_graphml(io.BytesIO(written(networkx.MultiDiGraph())))) == 0
