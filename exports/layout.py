"""Positions for the picture of a network, computed before it is drawn.

The same network gives the same picture, whatever the order in which its nodes and edges were added:
everything is sorted first and the random numbers have a fixed seed.

Each connected part is laid out by itself: the hop distances to some far-apart pivots give a first shape
(pivot MDS), attraction along edges and repulsion between nodes refine it, and boxes that still overlap are
moved apart. Then the parts are put beside one another.

NumPy alone: of the layouts of networkx, Kamada-Kawai and (from 500 nodes) spring need SciPy, ForceAtlas2 is
fast for 50 nodes but took 1.7 s for 500 where this shape takes 0.2, and none knows the room that labels take.
Moving the boxes is most of the work here: 0.3 s for 50 nodes, 1 s for 500, 2.5 s for 2,000.
"""

from __future__ import annotations

from collections.abc import Mapping

import networkx as nx
import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

ROUNDS = 300  # of attraction and repulsion
PIVOTS = 30
GRAVITY = 0.2  # towards the middle; keeps chains of nodes from reaching far out
EXACT = 150  # nodes up to which every pair repels; above it, SAMPLES others chosen anew each round
SAMPLES = 8
FILL = 0.4  # share of the picture that boxes may take before they are moved apart
SQUEEZES, SQUEEZABLE = 20, 2000  # rounds of pressing empty space out, and up to how many nodes
GAP = 30.0  # between parts
PATIENCE = 60  # rounds of moving boxes apart before the picture grows


def place(
    network: nx.Graph[str], boxes: Mapping[str, tuple[float, float]], aspect: float = 1.4
) -> dict[str, tuple[float, float]]:
    """Give every node of `network` the centre of its box, such that no two boxes overlap.

    `boxes` holds the width and height of each node, in the units of the result (pixels at scale 1);
    `aspect` is the width of the picture divided by its height, as far as the network can follow it.
    Raises KeyError for a node without a box.
    """
    parts = sorted((sorted(part) for part in nx.connected_components(nx.Graph(network))), key=_largest_first)
    sizes = [np.array([boxes[node] for node in part], dtype=float) for part in parts]
    shapes = [_part(network, part, size, aspect) for part, size in zip(parts, sizes, strict=True)]
    return {
        node: (float(x), float(y))
        for part, shape in zip(parts, _pack(shapes, sizes, aspect), strict=True)
        for node, (x, y) in zip(part, shape, strict=True)
    }


def _largest_first(part: list[str]) -> tuple[int, list[str]]:
    return -len(part), part


def _part(network: nx.Graph[str], part: list[str], sizes: Floats, aspect: float) -> Floats:
    """Lay out one connected part, its nodes in the order of `part`."""
    if len(part) == 1:
        return np.zeros((1, 2))
    if len(part) == 2:
        return np.array([[0.0, 0.0], [(sizes[0, 0] + sizes[1, 0]) / 2 + GAP, 0.0]])
    number = {node: index for index, node in enumerate(part)}
    pairs = {(number[a], number[b]) for node in part for a, b in network.edges(node) if a != b}
    edges = np.array(sorted({(min(pair), max(pair)) for pair in pairs}), dtype=np.int64)
    points = _upright(_refine(_spread(len(part), edges), edges))
    room = np.sqrt(sizes.prod(axis=1).sum() / FILL)
    # Half the extent of evenly spread points is 1.73 times their standard deviation.
    points *= np.array([np.sqrt(aspect), 1 / np.sqrt(aspect)]) * room / 3.46 / (points.std(axis=0) + 1e-9)
    points = _separate(points, sizes)
    return _squeeze(points, sizes, aspect) if len(part) <= SQUEEZABLE else points


def _spread(count: int, edges: Ints) -> Floats:
    """Find a first shape from the distances in hops to some nodes far from each other."""
    ends = np.concatenate([edges, edges[:, ::-1]])
    ends = ends[np.lexsort((ends[:, 1], ends[:, 0]))]
    first, neighbour = np.searchsorted(ends[:, 0], np.arange(count + 1)), ends[:, 1]
    hops = np.zeros((count, min(PIVOTS, count)))
    pivot, nearest = int(np.diff(first).argmax()), np.full(count, np.inf)
    for column in range(hops.shape[1]):
        hops[:, column] = _hops(first, neighbour, pivot)
        nearest = np.minimum(nearest, hops[:, column])
        pivot = int(nearest.argmax())
    inner = -0.5 * hops**2
    inner -= inner.mean(axis=0)
    inner -= inner.mean(axis=1, keepdims=True)
    left, strength, _ = np.linalg.svd(inner, full_matrices=False)
    points: Floats = left[:, :2] * strength[:2]
    points *= np.sqrt(count) / (points.std() + 1e-9)
    # Leaves of one node have equal distances to everything; the noise takes them apart.
    return _signed(points) + np.random.default_rng(0).normal(0, 0.05 * np.sqrt(count), points.shape)


def _hops(first: Ints, neighbour: Ints, start: int) -> Floats:
    """Breadth-first distances from `start`, a level at a time."""
    hops = np.full(len(first) - 1, -1.0)
    hops[start] = 0
    front, level = np.array([start]), 0
    while len(front):
        level += 1
        front = np.unique(neighbour[_ranges(first[front], first[front + 1])])
        front = front[hops[front] < 0]
        hops[front] = level
    return hops


def _ranges(low: Ints, high: Ints) -> Ints:
    """Give the numbers of all ranges low[i]..high[i], one range after the other."""
    counts = high - low
    before = np.cumsum(counts) - counts
    return np.repeat(low - before, counts) + np.arange(counts.sum())


def _refine(points: Floats, edges: Ints) -> Floats:
    """Pull along edges and push between nodes, in ever smaller steps."""
    count = len(points)
    rng = np.random.default_rng(1)
    source, target = edges[:, 0], edges[:, 1]
    degree = np.bincount(edges.ravel(), minlength=count)
    pull = 1 / np.sqrt(np.minimum(degree[source], degree[target]))
    for turn in range(ROUNDS):
        force = -GRAVITY * points
        along = points[target] - points[source]
        along *= (np.linalg.norm(along, axis=1) * pull)[:, None]
        for axis in (0, 1):
            force[:, axis] += np.bincount(source, along[:, axis], count)
            force[:, axis] -= np.bincount(target, along[:, axis], count)
        if count <= EXACT:
            apart = points[:, None, :] - points[None, :, :]
            force += 0.12 * (apart / ((apart**2).sum(axis=2) + 0.05)[:, :, None]).sum(axis=1)
        else:
            for _ in range(SAMPLES):
                apart = points - points[rng.integers(0, count, count)]
                force += apart * (0.12 * count / SAMPLES / ((apart**2).sum(axis=1) + 0.05))[:, None]
        length = np.linalg.norm(force, axis=1) + 1e-9
        step = 0.1 * np.sqrt(count) * (1 - turn / ROUNDS) ** 1.5 + 0.02
        points = points + force * (np.minimum(length, step) / length)[:, None]
    return points


def _upright(points: Floats) -> Floats:
    """Turn the shape so that it is wider than high, always the same way round."""
    centred = points - points.mean(axis=0)
    _, axes = np.linalg.eigh(centred.T @ centred)
    return _signed(centred @ axes[:, ::-1])


def _signed(points: Floats) -> Floats:
    """Choose the sign of each axis by its skewness; the solvers leave it open."""
    return np.where((points**3).sum(axis=0) < 0, -points, points)


def _squeeze(points: Floats, sizes: Floats, aspect: float) -> Floats:
    """Press empty space out, more so along the side that is too long for `aspect`."""
    for _ in range(SQUEEZES):
        extent = (points + sizes / 2).max(axis=0) - (points - sizes / 2).min(axis=0)
        press = np.array([0.95, 0.99]) if extent[0] > aspect * extent[1] else np.array([0.99, 0.95])
        points = _separate(points * press, sizes)
    return points


def _separate(points: Floats, sizes: Floats) -> Floats:
    """Move overlapping boxes apart along the shorter way; grow a little until all are free."""
    points = points + np.arange(len(points))[:, None] * 1e-6  # no two in one place
    turn = 0
    while True:
        one, other = _close(points, sizes.max(axis=0))
        apart = points[one] - points[other]
        gap = (sizes[one] + sizes[other]) / 2 - np.abs(apart)
        hit = (gap > 1e-3).all(axis=1)
        if not hit.any():
            return points
        one, other, apart, gap = one[hit], other[hit], apart[hit], gap[hit]
        axis = (gap[:, 1] < gap[:, 0]).astype(np.int64)
        row = np.arange(len(axis))
        push = (gap[row, axis] / 2 + 0.01) * np.where(apart[row, axis] < 0, -1, 1)
        for direction in (0, 1):
            here = axis == direction
            points[:, direction] += np.bincount(one[here], push[here], len(points))
            points[:, direction] -= np.bincount(other[here], push[here], len(points))
        turn += 1
        if turn > PATIENCE:
            points *= 1.002


def _close(points: Floats, cell: Floats) -> tuple[Ints, Ints]:
    """Pairs of points in the same or neighbouring cells of a grid; no others can overlap."""
    place = np.floor((points - points.min(axis=0)) / cell).astype(np.int64) + 1
    width = int(place[:, 0].max()) + 2
    key = place[:, 1] * width + place[:, 0]
    order = np.argsort(key, kind="stable")
    ranked = key[order]
    ones, others = [], []
    for step in (0, 1, width - 1, width, width + 1):
        low = np.searchsorted(ranked, ranked + step, side="left")
        high = np.searchsorted(ranked, ranked + step, side="right")
        if step == 0:  # each pair once, none with itself
            low = np.arange(len(order)) + 1
        ones.append(np.repeat(order, high - low))
        others.append(order[_ranges(low, high)])
    return np.concatenate(ones), np.concatenate(others)


def _pack(shapes: list[Floats], sizes: list[Floats], aspect: float) -> list[Floats]:
    """Put the parts on shelves, the highest first, so that their bounding boxes do not overlap."""
    low = [(shape - size / 2).min(axis=0) for shape, size in zip(shapes, sizes, strict=True)]
    high = [(shape + size / 2).max(axis=0) for shape, size in zip(shapes, sizes, strict=True)]
    extents = [top - bottom + GAP for bottom, top in zip(low, high, strict=True)]
    area = sum(float(extent.prod()) for extent in extents)
    shelf = max([float(np.sqrt(area * aspect)), *(float(extent[0]) for extent in extents)])
    x = y = depth = 0.0
    placed = list(shapes)
    for index in sorted(range(len(shapes)), key=lambda part: (-extents[part][1], part)):
        width, height = extents[index]
        if x and x + width > shelf + 1e-6:
            x, y, depth = 0.0, y + depth, 0.0
        placed[index] = shapes[index] - low[index] + np.array([x, y])
        x, depth = x + float(width), max(depth, float(height))
    return placed
