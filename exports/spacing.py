"""Room for everything in a picture: boxes that overlap are moved apart, empty space is pressed out, parts stand side by side."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from exports.shaping import Floats, Ints, ranges

SQUEEZES = 20  # rounds of pressing empty space out
GAP = 30.0  # between parts
FEW = 50  # points up to which looking at all pairs takes less time than the grid
PATIENCE = 60  # rounds of moving boxes apart before the picture grows


def squeeze(points: Floats, sizes: Floats, aspect: float) -> Floats:
    """Press empty space out, more so along the side that is too long for `aspect`."""
    for _ in range(SQUEEZES):
        extent = (points + sizes / 2).max(axis=0) - (points - sizes / 2).min(axis=0)
        press = np.array([0.95, 0.99]) if extent[0] > aspect * extent[1] else np.array([0.99, 0.95])
        points = separate(points * press, sizes)
    return points


def separate(points: Floats, sizes: Floats, rounds: int | None = None) -> Floats:
    """Move overlapping boxes apart along the shorter way; grow a little until all are free.

    With `rounds` no longer than that, and some boxes may still overlap.
    """
    at = points.T + np.arange(len(points)) * 1e-6  # no two in one place; one row for each direction
    half = np.ascontiguousarray(sizes.T) / 2
    turn = 0
    while rounds is None or turn < rounds:
        one, other = _close(at, sizes.max(axis=0))
        apart = at[:, one] - at[:, other]
        gap = half[:, one] + half[:, other] - np.abs(apart)
        hit = np.flatnonzero((gap[0] > 1e-3) & (gap[1] > 1e-3))
        if not len(hit):
            break
        one, other, apart, gap = one[hit], other[hit], apart[:, hit], gap[:, hit]
        upwards = gap[1] < gap[0]
        push = np.where(upwards, gap[1], gap[0]) / 2 + 0.01
        push[np.where(upwards, apart[1], apart[0]) < 0] *= -1
        for direction, here in enumerate((~upwards, upwards)):
            at[direction] += np.bincount(one[here], push[here], len(points))
            at[direction] -= np.bincount(other[here], push[here], len(points))
        turn += 1
        if turn > PATIENCE:
            at *= 1.002
    return np.ascontiguousarray(at.T)


def _close(at: Floats, cell: Floats) -> tuple[Ints, Ints]:
    """Pairs of points in the same or neighbouring cells of a grid; no others can overlap. Of few points all pairs."""
    if at.shape[1] <= FEW:
        return _pairs(at.shape[1])
    place = np.floor((at.T - at.min(axis=1)) / cell).astype(np.int64) + 1
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
        others.append(order[ranges(low, high)])
    return np.concatenate(ones), np.concatenate(others)


@lru_cache(maxsize=FEW)
def _pairs(count: int) -> tuple[Ints, Ints]:
    one, other = np.triu_indices(count, 1)
    return one.astype(np.int64), other.astype(np.int64)


def pack(shapes: list[Floats], sizes: list[Floats], aspect: float) -> list[Floats]:
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
