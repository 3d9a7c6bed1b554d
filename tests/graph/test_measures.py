"""Measures of a network: what is central, what hangs together, what forms a community; the same in whatever order it was made."""

from __future__ import annotations

import random
import subprocess
import sys
from itertools import combinations
from pathlib import Path

import networkx
import pytest

from graph import Graph
from graph.measures import communities, components, pagerank
from graph.network import bare

NPT = "https://w3id.org/kamergraaf/treaty/npt"


def cliques(*groups: str, joined: str = "") -> networkx.DiGraph[str]:
    """Letters of which each refers to those after it in its group; `joined` are pairs between groups."""
    made: networkx.DiGraph[str] = networkx.DiGraph()
    for group in groups:
        made.add_nodes_from(group)
        made.add_edges_from(combinations(group, 2))
    made.add_edges_from(pair for pair in joined.split())
    return made


def shuffled(network: networkx.DiGraph[str]) -> networkx.DiGraph[str]:
    nodes, edges = list(network), list(network.edges())
    chance = random.Random(7)
    chance.shuffle(nodes)
    chance.shuffle(edges)
    made: networkx.DiGraph[str] = networkx.DiGraph()
    made.add_nodes_from(nodes)
    made.add_edges_from(edges)
    return made


def test_what_hangs_together_comes_by_size() -> None:
    assert components(cliques("xy", "abcd", "m")) == [["a", "b", "c", "d"], ["x", "y"], ["m"]]


def test_two_groups_with_one_edge_between_them_are_two_communities() -> None:
    assert communities(cliques("abcde", "vwxyz", "m", joined="ev")) == [list("abcde"), list("vwxyz"), ["m"]]


def test_a_network_without_edges_has_a_community_for_each_node() -> None:
    assert communities(cliques("a", "b")) == [["a"], ["b"]]
    assert communities(networkx.DiGraph()) == []


def test_what_all_refer_to_is_central_and_shares_add_up_to_one() -> None:
    shares = pagerank(networkx.DiGraph([("a", "t"), ("b", "t"), ("c", "t"), ("a", "b")]))
    assert max(shares, key=lambda node: shares[node]) == "t"
    assert sum(shares.values()) == pytest.approx(1)


def test_edges_side_by_side_count_each() -> None:
    made: networkx.MultiDiGraph[str] = networkx.MultiDiGraph([("a", "s"), ("a", "t"), ("a", "t")])
    shares = pagerank(made)
    assert shares["t"] > shares["s"]


def test_the_order_in_which_a_network_was_made_is_not_seen() -> None:
    network = networkx.gnp_random_graph(300, 0.02, seed=3, directed=True)
    named = networkx.relabel_nodes(network, {number: f"n{number}" for number in network})
    other = shuffled(named)
    assert communities(named) == communities(other)
    assert pagerank(named) == pagerank(other)


def test_the_network_of_a_store_says_who_refers_to_what(built: Path) -> None:
    with Graph.open(built) as graph:
        network, whole = bare(graph.store), graph.network()
    assert network.in_degree(NPT) == 2
    assert max(components(network), key=len) == components(network)[0]
    papers = {edge for edge in whole.edges() if "#" not in edge[0]}
    assert set(network.edges()) == papers


def test_without_the_packages_the_error_says_what_to_install() -> None:
    code = (
        "import sys; sys.modules['graspologic_native'] = sys.modules['scipy'] = None\n"
        "import networkx; from graph.measures import *\n"
        "for measure in (communities, pagerank):\n"
        "    try: measure(networkx.DiGraph([('a', 'b')]))\n"
        "    except NoMeasures as error: print(error)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.count("pip install 'kamergraaf[measures]'") == 2
