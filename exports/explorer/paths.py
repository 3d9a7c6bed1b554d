"""The way from one thing to another that explains most: few steps, and through things that few others are tied to."""

from __future__ import annotations

import math
from collections.abc import Iterable
from itertools import pairwise

import networkx

from exports.explorer.index import Index
from exports.explorer.ties import Sieve, Tie, among, around, degrees

STEPS = 6
"""Steps of a way, at most: of a longer one nobody sees what it explains."""
HUB = 400
"""Ties from which a thing is no longer walked through in search of a way, unless both sides come to it."""
_GATHERED, _READ = 60_000, 20_000  # ties that are looked through, and those read at once


def path(index: Index, start: str, end: str, sieve: Sieve, avoided: Iterable[str] = ()) -> list[Tie] | None:
    """The ties that lead from `start` to `end`, whichever way each points, at most STEPS; None where there is no way."""
    known = degrees(index, (start, end))
    if start == end or len(known) < 2:
        return None
    network, known = _gathered(index, (start, end), known, sieve, frozenset(avoided) - {start, end})

    def cost(one: str, other: str, _: object) -> float:
        # that two papers name the same minister says little, that they name the same motion says much
        return 1 + (math.log2(1 + known[one]) + math.log2(1 + known[other])) / 4

    for weight in (cost, None):
        try:
            way = networkx.shortest_path(network, start, end, weight=weight)
        except networkx.NetworkXNoPath:
            return None
        if len(way) <= STEPS + 1:
            return [_between(index, one, other, sieve) for one, other in pairwise(way)]
    return None


def _between(index: Index, one: str, other: str, sieve: Sieve) -> Tie:
    """Of the ties between two things the one that is said most often."""
    return max(among(index, (one, other), sieve), key=lambda tie: (tie.number, tie.key))


def _gathered(
    index: Index, ends: tuple[str, str], known: dict[str, int], sieve: Sieve, avoided: frozenset[str]
) -> tuple[networkx.Graph[str], dict[str, int]]:
    """What lies around both ends, the nearer side first, until they have met and a step further; and how tied each thing is."""
    network: networkx.Graph[str] = networkx.Graph()
    network.add_nodes_from(ends)
    fronts, met = [{ends[0]}, {ends[1]}], 0
    for _ in range(STEPS):
        near = min((0, 1), key=lambda side: (not fronts[side], len(fronts[side])))
        front = [iri for iri in sorted(fronts[near]) if iri in ends or known[iri] <= HUB]
        before = set(network)
        found = around(index, front, sieve, _READ)
        network.add_edges_from(pair for pair in found if avoided.isdisjoint(pair))
        fronts[near] = set(network) - before
        known |= degrees(index, fronts[near])
        if network.number_of_edges() > _GATHERED or not any(fronts):
            break
        if networkx.has_path(network, *ends):
            met += 1
            if met == 2:
                break
    if sieve.kinds:
        kinds = {iri: row["kind"] for iri, row in index.things(network).items()}
        network.remove_nodes_from(
            [iri for iri in network if kinds.get(iri, "other") in sieve.kinds and iri not in ends]
        )
    return network, known
