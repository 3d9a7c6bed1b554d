"""How long network measures take on 100,000 nodes, beside networkx in plain Python and a library of another house where installed.

The network is made by the way in which generated papers refer: a few recent papers, some that all cite, names of which few are
said very often, addresses that nobody else has. Time is that of the processor.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from random import Random

import networkx

from bench.rows import Row, judged, seconds, size
from graph.measures import communities, components, pagerank

NODES = {"small": 2_000, "quick": 20_000, "full": 100_000}
_SHARES = (("paper", 4), ("person", 2), ("law", 1), ("treaty", 1), ("url", 4))
"""How many edges of each sort a paper has on average; half of the addresses are its own."""
_NAMES = {"person": 2000, "law": 300, "treaty": 60}


@cache
def made(nodes: int) -> networkx.MultiDiGraph[str]:
    """A network of so many nodes with what a picture wants of them; the same each time."""
    network: networkx.MultiDiGraph[str] = networkx.MultiDiGraph()
    rng, number = Random(0), 0
    while len(network) < nodes:
        paper = f"https://example.org/paper/{number}"
        _node(network, paper, "paper", f"{1995 + number % 30}-01-01")
        for kind, share in _SHARES:
            for _ in range(rng.randrange(2 * share + 1)):
                if len(network) == nodes:
                    break
                target = f"https://example.org/{kind}/{_other(rng, kind, number)}"
                _node(network, target, kind, None)
                network.add_edge(paper, target, kind, label_nl="verwijst naar", label_en="refers to", evidence=())
                network.nodes[target]["weight"] += 1
        number += 1
    return network


def _node(network: networkx.MultiDiGraph[str], iri: str, kind: str, day: str | None) -> None:
    if iri not in network:
        network.add_node(iri, kind=kind, label=iri.rpartition("org/")[2], address=iri, date=day, weight=0)


def _other(rng: Random, kind: str, number: int) -> int:
    if kind == "url":
        return number * 100 + rng.randrange(100)
    if kind == "paper":
        near = rng.random() < 0.6
        back = int(min(number, 3000) * rng.random() ** 2) + 1 if near else number - int(number * rng.random() ** 6)
        return max(0, number - back)
    return int(_NAMES[kind] * rng.random() ** 2.5)


def rows() -> Iterator[Row]:
    """Each measure with its time; that of plain networkx beside it where that takes minutes at most."""
    network = made(NODES[size().name])
    what = f"{len(network):,} nodes, {network.number_of_edges():,} edges"
    repeats = min(3, size().repeats)
    yield judged("connected parts", "at most 5", seconds(lambda: components(network), repeats), "s", what)
    ranked = seconds(lambda: pagerank(network), repeats)
    yield judged("PageRank", "at most 5", ranked, "s", _rustworkx(network))
    ours = seconds(lambda: communities(network), repeats)
    small = made(NODES[size().name] // 10)
    tenth = seconds(lambda: communities(small), repeats)
    start = time.process_time()
    networkx.community.louvain_communities(networkx.Graph(small), seed=1)
    plain = time.process_time() - start
    yield judged("communities", "at most 5", ours, "s", f"{len(communities(network))} found in {what}")
    said = f"{len(small):,} nodes: Leiden {tenth:.2f} s, Louvain of networkx {plain:.1f} s"
    yield judged("communities, beside networkx", "at least 5", plain / tenth, "times", said)


def _rustworkx(network: networkx.MultiDiGraph[str]) -> str:
    """What rustworkx takes for the same, with the way there; it is no dependency, so where it is not installed nothing is said."""
    if not find_spec("rustworkx"):
        return "scipy under networkx"
    import rustworkx

    start = time.process_time()
    rustworkx.pagerank(rustworkx.networkx_converter(network))
    return f"rustworkx {time.process_time() - start:.1f} s with its copy of the network"
