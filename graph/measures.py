"""What the shape of a network says: which things are central, which hang together, which communities they form.

    net = bare(store)                 # graph.network: papers and what they refer to, without evidence
    pagerank(net)                     # address to share
    components(net), communities(net) # lists of addresses, the largest first

All take any directed network whose nodes are text and give the same for the same network, in whatever order it was made.
Components and communities look at edges without their direction; edges side by side count each.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import networkx

_SEED, _ITERATIONS = 1, 3
"""Of the Leiden method: chance that is the same each time, and how often it goes over its own result."""
_EXTRA = "network measures need two more packages; install them with: pip install 'kamergraaf[measures]'"


class NoMeasures(Exception):
    """The packages that measure a network are not installed; the message says how to get them."""


def pagerank(network: networkx.DiGraph[str]) -> dict[str, float]:
    """The share of a reader's time that each node gets who follows references without end: all together 1. Raises NoMeasures."""
    ordered: networkx.DiGraph[str] = networkx.DiGraph()
    ordered.add_nodes_from(sorted(network))
    # added up from an order of its own, so that sums are rounded the same way each time
    numbers = Counter(iter(network.edges()))  # iter, since a view of edges looks like a mapping
    ordered.add_weighted_edges_from((a, b, number) for (a, b), number in sorted(numbers.items()))
    try:
        shares: dict[str, float] = networkx.pagerank(ordered)
    except ImportError as error:
        raise NoMeasures(_EXTRA) from error
    return shares


def components(network: networkx.DiGraph[str]) -> list[list[str]]:
    """The parts between which there is no edge, each in order of address."""
    return _ordered(networkx.weakly_connected_components(network))


def communities(network: networkx.DiGraph[str]) -> list[list[str]]:
    """Groups with more edges within them than chance would put there, by the Leiden method; each in order of address.

    A node without a neighbour is a community by itself. Source: Traag, Waltman and van Eck, "From Louvain to Leiden:
    guaranteeing well-connected communities", 2019. Raises NoMeasures.
    """
    try:
        from graspologic_native import leiden
    except ImportError as error:
        raise NoMeasures(_EXTRA) from error
    pairs = Counter((min(a, b), max(a, b)) for a, b in network.edges() if a != b)
    if not pairs:
        return _ordered([node] for node in network)
    edges = [(a, b, float(number)) for (a, b), number in sorted(pairs.items())]
    _, numbers = leiden(edges, iterations=_ITERATIONS, seed=_SEED)
    found: dict[int | str, list[str]] = {}
    for node in network:
        found.setdefault(numbers.get(node, node), []).append(node)
    return _ordered(found.values())


def _ordered(parts: Iterable[Iterable[str]]) -> list[list[str]]:
    """The largest first, then by their first node."""
    return sorted(map(sorted, parts), key=lambda part: (-len(part), part[0]))
