"""The shape of one connected network: what belongs together lies together.

Hop distances to some far-apart pivots give a first shape (pivot MDS); attraction along edges and repulsion between nodes refine
it. A large network is first made smaller, some times over: each node joins a neighbour of higher degree, and what joined is one
node of the smaller network. The smallest is laid out whole, and every larger one starts from the places of the smaller.

Repulsion among many nodes is the convolution of their density with one kernel, by the fast Fourier transform on a grid, and what
a cell of the grid hides is made good between the nodes next to one another in it. So a round costs the same for each node.

NumPy alone: of the layouts of networkx, Kamada-Kawai and (from 500 nodes) spring need SciPy, and ForceAtlas2 took 1.7 s for 500
nodes; the fast libraries for this are under the GPL.
"""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

ROUNDS, LATER = (
    300,
    40,
)  # of attraction and repulsion: for what is laid out whole, and where a smaller network went before
PIVOTS = 30
GRAVITY = 0.2  # towards the middle; keeps chains of nodes from reaching far out
REPULSION, SOFT = 0.12, 0.05  # strength, and a distance squared below which it grows no more
REACH = 3.0  # how far a node may lie from the middle, in times the spread
EXACT = 150  # nodes up to which every pair repels
WHOLE = 1500  # nodes up to which a network is laid out whole
NEAR = 3  # nodes after it, in the order of the cells, from which a node is pushed apart
FEWEST, SHRINK = (
    30,
    0.9,
)  # nodes of a smaller network that has a shape of its own, and the share above which it helps no more


def shape(count: int, edges: Ints) -> Floats:
    """Places of the nodes 0..count-1 of a connected network, wider than high, with a spread of about sqrt(count).

    `edges` are different pairs of different nodes, each pair once. The same numbers give the same places.
    """
    return _upright(_shape(count, edges, np.ones(len(edges)), np.ones(count)))


def _shape(count: int, edges: Ints, weight: Floats, mass: Floats) -> Floats:
    if count > WHOLE:
        member, fewer = _joined(count, edges)
        if FEWEST < fewer < SHRINK * count:
            smaller, thicker = _merged(member[edges], weight, fewer)
            places = _shape(fewer, smaller, thicker, np.bincount(member, mass, fewer).astype(float))[member]
            noise = np.random.default_rng(count).normal(0, 0.5, places.shape)
            # the spread of places is that of all mass at every level, so that forces mean the same
            return _refine(places + noise, edges, weight, mass, LATER, 0.05)
    return _refine(_spread(count, edges) * np.sqrt(mass.sum() / count), edges, weight, mass, ROUNDS, 0.1)


# ---- a smaller network


def _joined(count: int, edges: Ints) -> tuple[Ints, int]:
    """For each node the number of the group that it joins, and how many groups there are.

    A node whose degree is the highest among its neighbours founds a group and takes them in; this goes on with the rest.
    """
    first, neighbour = neighbours(count, edges)
    degree = np.diff(first)
    rank = np.empty(count, dtype=np.int64)
    rank[np.lexsort((np.random.default_rng(2).permutation(count), degree))] = np.arange(1, count + 1)
    open_rank, group = rank.copy(), np.full(count, -1)
    while (group < 0).any():
        best = np.maximum.reduceat(open_rank[neighbour], first[:-1])
        founders = np.flatnonzero((open_rank > best) & (group < 0))
        group[founders] = founders
        taken = neighbour[ranges(first[founders], first[founders + 1])]
        owner = np.repeat(founders, degree[founders])
        free = group[taken] < 0
        # of several founders the one of the lowest degree takes a node, since it has the fewest
        order = np.argsort(-rank[owner[free]], kind="stable")
        group[taken[free][order]] = owner[free][order]
        open_rank[group >= 0] = 0
    names, member = np.unique(group, return_inverse=True)
    return member.astype(np.int64), len(names)


def _merged(ends: Ints, weight: Floats, count: int) -> tuple[Ints, Floats]:
    """Edges between groups, each pair once, with the sum of their weights."""
    between = ends[:, 0] != ends[:, 1]
    low, high = ends[between].min(axis=1), ends[between].max(axis=1)
    keys, which = np.unique(low * count + high, return_inverse=True)
    return np.stack([keys // count, keys % count], axis=1), np.bincount(which, weight[between], len(keys)).astype(float)


# ---- a first shape


def _spread(count: int, edges: Ints) -> Floats:
    """Find a first shape from the distances in hops to some nodes far from each other."""
    first, neighbour = neighbours(count, edges)
    hops = np.zeros((count, min(PIVOTS, count)))
    pivot = int(np.diff(first).argmax())
    nearest = np.full(count, np.inf)
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


def neighbours(count: int, edges: Ints) -> tuple[Ints, Ints]:
    """The neighbours of node i are the second result from first[i] to first[i + 1], in order."""
    ends = np.concatenate([edges, edges[:, ::-1]])
    ends = ends[np.lexsort((ends[:, 1], ends[:, 0]))]
    first = np.searchsorted(ends[:, 0], np.arange(count + 1))
    return first.astype(np.int64), ends[:, 1]


def _hops(first: Ints, neighbour: Ints, start: int) -> Floats:
    """Breadth-first distances from `start`, a level at a time."""
    hops = np.full(len(first) - 1, -1.0)
    hops[start] = 0
    front, level = np.array([start]), 0
    while len(front):
        level += 1
        front = np.unique(neighbour[ranges(first[front], first[front + 1])])
        front = front[hops[front] < 0]
        hops[front] = level
    return hops


def ranges(low: Ints, high: Ints) -> Ints:
    """Give the numbers of all ranges low[i]..high[i], one range after the other."""
    counts = high - low
    before = np.cumsum(counts) - counts
    return np.repeat(low - before, counts) + np.arange(counts.sum())


# ---- forces


def _refine(points: Floats, edges: Ints, weight: Floats, mass: Floats, rounds: int, pace: float) -> Floats:
    """Pull along edges and push between nodes, in ever smaller steps of at first `pace` of the spread."""
    count, total = len(points), mass.sum()
    spread, at = np.sqrt(total), np.ascontiguousarray(points.T)  # one row for each direction
    source, target = np.ascontiguousarray(edges.T)
    degree = np.bincount(edges.ravel(), np.repeat(weight, 2), count)
    pull = weight / np.sqrt(np.minimum(degree[source], degree[target]))
    for turn in range(rounds):
        force = -GRAVITY * at * mass
        along = at.take(target, axis=1) - at.take(source, axis=1)
        along *= _long(along) * pull
        for axis in (0, 1):
            force[axis] += np.bincount(source, along[axis], count)
            force[axis] -= np.bincount(target, along[axis], count)
        force += (_pushed if count <= EXACT else _pressed)(at, mass) * mass
        force /= mass
        length = _long(force) + 1e-9
        step = pace * spread * (1 - turn / rounds) ** 1.5 + 0.02
        at = at + force * (np.minimum(length, step) / length)
        # one node far out would make the grid coarse for all
        away = _long(at)
        farthest = REACH * math.sqrt((away**2 * mass).sum() / total)
        at *= np.minimum(1, farthest / np.maximum(away, 1e-9))
    return np.ascontiguousarray(at.T)


def _long(vectors: Floats) -> Floats:
    """How long each vector is."""
    length: Floats = np.sqrt(vectors[0] ** 2 + vectors[1] ** 2)
    return length


def _pushed(at: Floats, mass: Floats) -> Floats:
    """Repulsion of every node from every other; one row for each direction, as in what follows."""
    apart = at[:, None, :] - at[:, :, None]
    force: Floats = (apart * (mass[:, None] / (apart[0] ** 2 + apart[1] ** 2 + SOFT))).sum(axis=1)
    return REPULSION * force


def _pressed(at: Floats, mass: Floats) -> Floats:
    """Repulsion by the density of nodes on a grid, and between those that lie next to one another in its cells."""
    count = at.shape[1]
    side = 64 if count < 4000 else 128 if count < 30_000 else 256
    low = at.min(axis=1, keepdims=True)
    cell = float((at.max(axis=1, keepdims=True) - low).max()) / (side - 2) + 1e-9
    # cell by cell, and in a cell from below, so that neighbours lie side by side in memory too
    where = (at - low) / cell
    order = np.argsort(np.floor(where[0]) * side + where[1])
    at, mass, where = at.take(order, axis=1), mass.take(order), where.take(order, axis=1)
    corner = where.astype(np.int64)
    part = where - corner
    first = corner[0] * side + corner[1]
    density = np.zeros((side + 1) * side)
    corners = []
    for right, across in ((0, 1 - part[0]), (side, part[0])):
        for up, along in ((0, 1 - part[1]), (1, part[1])):
            index, share = first + (right + up), across * along
            corners.append((index, share))
            density += np.bincount(index, share * mass, len(density))
    seen = np.fft.rfft2(density[: side * side].reshape(side, side), (2 * side, 2 * side))
    force = np.empty_like(at)
    for axis, kernel in enumerate(_kernels(side)):
        rows = np.fft.ifft(seen * kernel, axis=0)[:side]
        field = np.fft.irfft(rows, axis=1)[:, :side].ravel() / cell
        force[axis] = sum(field.take(index) * share for index, share in corners)
    nearest = 1 / (cell**2 + SOFT)
    for ahead in range(1, NEAR + 1):
        apart = at[:, :-ahead] - at[:, ahead:]
        # a push that falls to nothing at the length of a cell
        push = np.maximum(1 / (apart[0] ** 2 + apart[1] ** 2 + SOFT) - nearest, 0.0)
        apart *= push
        force[:, :-ahead] += apart * mass[ahead:]
        force[:, ahead:] -= apart * mass[:-ahead]
    placed = np.empty_like(force)
    for axis in (0, 1):
        placed[axis, order] = REPULSION * force[axis]
    return placed


@lru_cache(maxsize=4)
def _kernels(side: int) -> tuple[NDArray[np.complex128], NDArray[np.complex128]]:
    """The repulsion of a cell at each distance in cells, across and up, as the transform multiplies it."""
    away = np.fft.fftfreq(2 * side, 1 / (2 * side))
    square = away[:, None] ** 2 + away[None, :] ** 2 + 0.5
    return np.fft.rfft2(away[:, None] / square), np.fft.rfft2(away[None, :] / square)


# ---- the same way round


def _upright(points: Floats) -> Floats:
    """Turn the shape so that it is wider than high, always the same way round."""
    centred = points - points.mean(axis=0)
    _, axes = np.linalg.eigh(centred.T @ centred)
    return _signed(centred @ axes[:, ::-1])


def _signed(points: Floats) -> Floats:
    """Choose the sign of each axis by its skewness; the solvers leave it open."""
    return np.where((points**3).sum(axis=0) < 0, -points, points)
