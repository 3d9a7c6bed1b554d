"""Positions for the picture of a network, computed before it is drawn.

The same network gives the same picture, whatever the order in which its nodes and edges were added: everything is sorted first
and the random numbers have a fixed seed. Each connected part gets a shape by itself (`exports.shaping`), then its boxes room and
the parts a place side by side (`exports.spacing`).
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

import networkx as nx
import numpy as np

from exports.shaping import Floats, Ints, shape
from exports.spacing import GAP, pack, separate, squeeze

FILL = 0.4  # share of the picture that boxes may take before they are moved apart
ROOMY = 2000  # nodes up to which every box gets room of its own; above it, most do
ROUNDS = 20  # of moving boxes apart above that
SMALL = 50  # nodes of a part whose shape is kept, since a large network has many parts that are alike


def place(
    network: nx.Graph[str], boxes: Mapping[str, tuple[float, float]], aspect: float = 1.4
) -> dict[str, tuple[float, float]]:
    """Give every node of `network` the centre of its box.

    `boxes` holds the width and height of each node, in the units of the result (pixels at scale 1);
    `aspect` is the width of the picture divided by its height, as far as the network can follow it.
    Up to ROOMY nodes no two boxes overlap. Raises KeyError for a node without a box.
    """
    names = sorted(network)
    number = {name: index for index, name in enumerate(names)}
    edges = np.array([(number[a], number[b]) for a, b in network.edges()], dtype=np.int64).reshape(-1, 2)
    sizes = np.array([boxes[name] for name in names], dtype=float).reshape(-1, 2)
    points = arrange(edges, sizes, aspect)
    return {name: (float(x), float(y)) for name, (x, y) in zip(names, points, strict=True)}


def arrange(edges: Ints, sizes: Floats, aspect: float = 1.4) -> Floats:
    """The same for nodes that are numbers: `edges` are pairs of them, `sizes` their widths and heights."""
    count = len(sizes)
    low, high = edges.min(axis=1, initial=count), edges.max(axis=1, initial=0)
    keys = np.unique(low[low < high] * count + high[low < high])
    pairs = np.stack([keys // max(count, 1), keys % max(count, 1)], axis=1)
    part = _parts(count, pairs)
    # nodes part by part, the largest part first and the one with the first node before others of that size; in a part of
    # a large network those with most neighbours first, so that all small parts with a hub are alike
    members, degree = np.bincount(part, minlength=count), np.bincount(pairs.ravel(), minlength=count)
    hubs = degree if count > ROOMY else np.zeros_like(degree)
    order = np.lexsort((np.arange(count), -hubs, part, -members[part]))
    starts = np.flatnonzero(np.diff(part[order], prepend=-1))
    within = np.empty(count, dtype=np.int64)
    within[order] = np.arange(count) - np.repeat(starts, np.diff(starts, append=count))
    ends = np.split(order, starts[1:]) if count else []
    inside = np.argsort(part[pairs[:, 0]], kind="stable")
    first = np.searchsorted(part[pairs[inside, 0]], np.arange(count + 1))
    shapes, room = [], [sizes[nodes] for nodes in ends]
    for nodes, size in zip(ends, room, strict=True):
        own = pairs[inside[first[part[nodes[0]]] : first[part[nodes[0]] + 1]]]
        shapes.append(_part(within[own], size, aspect, count <= ROOMY))
    points = np.empty((count, 2))
    for nodes, places in zip(ends, pack(shapes, room, aspect), strict=True):
        points[nodes] = places
    return points


def _parts(count: int, pairs: Ints) -> Ints:
    """For each node the first node of the connected part that it is in."""
    part = np.arange(count)
    while True:
        before = part.copy()
        lower = np.minimum(part[pairs[:, 0]], part[pairs[:, 1]])
        for side in (0, 1):
            np.minimum.at(part, part[pairs[:, side]], lower)
            np.minimum.at(part, pairs[:, side], lower)
        part = part[part]
        if (part == before).all():
            return part


def _part(edges: Ints, sizes: Floats, aspect: float, roomy: bool) -> Floats:
    """Lay out one connected part."""
    count = len(sizes)
    if count == 1:
        return np.zeros((1, 2))
    if count == 2:
        return np.array([[0.0, 0.0], [(sizes[0, 0] + sizes[1, 0]) / 2 + GAP, 0.0]])
    room = np.sqrt(sizes.prod(axis=1).sum() / FILL)
    # Half the extent of evenly spread points is 1.73 times their standard deviation.
    scale = np.array([np.sqrt(aspect), 1 / np.sqrt(aspect)]) * room / 3.46
    points = _kept(count, edges.tobytes()) if count <= SMALL else shape(count, edges)
    points = points * scale / (points.std(axis=0) + 1e-9)
    return squeeze(separate(points, sizes), sizes, aspect) if roomy else separate(points, sizes, ROUNDS)


@lru_cache(maxsize=10_000)
def _kept(count: int, edges: bytes) -> Floats:
    return shape(count, np.frombuffer(edges, dtype=np.int64).reshape(-1, 2))
